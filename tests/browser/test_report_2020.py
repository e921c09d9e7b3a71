"""The report of 2020 on the pilot of six regioner, written in the product by SKR and the evaluator.

Its skeleton and its figures are the printed report's own ("Modellregioner 2018–2020", SKR 2021); every word is ours.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.management import call_command
from playwright.sync_api import expect

from accounts.models import User
from checklist.models import Item
from cohorts.models import Cohort
from kit.references.reading import figures_in
from reports.models import JointReport
from tests.browser.conftest import patient, sign_in_as
from tests.factories import EvaluatorFactory, UserFactory
from tests.pdf_checks import assert_accessible_pdf, page_texts

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PUBLISHED = {
    table["key"]: table for table in json.loads((settings.DATA_DIR / "published-tables.json").read_text())["tables"]
}
CHAPTERS = {
    "Förord": "Sex regioner har gått före. Här berättar de vad som hände.",
    "Sammanfattning": "Regionerna har flyttat sig i alla moment.\n\n- Besluten är fattade.\n- Analysen återstår.",
    "Inledning": "Piloten pågick i två år^[Den förlängdes med ett år på fem regioners önskan.].",
    "Modellkonceptet": "Den som deltar granskar andra och blir själv granskad.",
    "Utveckling av konceptet": "Två träffar tillkom under det andra året.",
    "Deltagarnas resultat": "Regionerna skattade sig själva i oktober 2019 och i november 2020.",
    "Avslutande reflektioner": "# Framåt\n\nSex regioner kan nu vara mentorer för nästa.",
    "Bilagor": "Bedömningen bygger på resultatrapporter, observationer och intervjuer.",
}
OF_THE_EVALUATOR = {
    "Lärdomar": "Det hjälpte att politiker och chefer satt i samma rum.",
    "Måluppfyllelse": "Målet om ett starkare arbete är nått.",
}
MOMENT = "Alla sex har fattat beslut."
STAGE = "De nya arbetssätten handlar mest om uppföljning."
OBSERVED = "Samtalet började när varje grupp hade en egen tabell framför sig."
QUOTED = "Vi har slutat gissa."
GOAL = "Minst tre av regionerna är mentorer i nästa omgång."
JUDGED = "Alla sex rapporter visar att arbetet har blivit starkare."
INTERVIEWED = (("91", "Politiker"), ("92", "Strateg"), ("93", "Chef"))
SAID = {"Klar": "Texten är klar.", "Skicka till granskning": "Texten är skickad till granskning."}
FORMATS = ("PDF", "Word", "bilder (PowerPoint)")


@pytest.fixture
def regioner(browser, demonstration) -> Iterator[SimpleNamespace]:
    """The demonstration's omgång of six regioner, before anything was written in its joint report.

    No script runs: the field takes a text with its structure as it is typed, and the editor has tests of its own.
    """
    cohort = Cohort.objects.get(slug="demo-regioner")
    JointReport.objects.filter(cohort=cohort).delete()
    evaluator = UserFactory(name="Eva Utvärderare")
    EvaluatorFactory(cohort=cohort, user=evaluator)
    leader = UserFactory(skr_role="process_leader", name="Petra Process")
    page = patient(browser.new_context(java_script_enabled=False)).new_page()
    yield SimpleNamespace(cohort=cohort, url=demonstration.url, leader=leader, evaluator=evaluator, page=page)
    page.context.close()


def test_it_is_written_and_every_format_has_its_figures(regioner, tmp_path):
    hand = Hand(regioner)
    hand.becomes(regioner.evaluator)
    observe_and_interview(hand)
    judge(hand)
    for title, words in OF_THE_EVALUATOR.items():
        hand.writes(title, words, "Skicka till granskning")
    hand.becomes(regioner.leader)
    hand.opens("rapport/uppgifter/")
    hand.picks("Starkast då först")
    hand.presses("Spara")
    for title, words in CHAPTERS.items():
        hand.writes(title, words, "Klar")
    for title in OF_THE_EVALUATOR:
        hand.enters(title)
        hand.presses("Klar")
    write_a_moment_and_a_stage(hand)
    files = {name: build(hand, name, tmp_path) for name in FORMATS}
    assert_accessible_pdf(files["PDF"])
    has_what_was_printed(" ".join(page_texts(files["PDF"])))
    agree(regioner, files, tmp_path)


class Hand:
    """One person at the omgång's pages."""

    def __init__(self, at: SimpleNamespace) -> None:
        self.at, self.page, self.main = at, at.page, at.page.get_by_role("main")

    def becomes(self, user: User) -> None:
        sign_in_as(self.page, self.at.url, user)

    def opens(self, path: str) -> None:
        self.page.goto(f"{self.at.url}/omgangar/{self.at.cohort.slug}/{path}")

    def follows(self, name: str | re.Pattern[str]) -> None:
        self.main.get_by_role("link", name=name).first.click()

    def fills(self, label: str, words: str) -> None:
        self.main.get_by_label(label).fill(words)

    def picks(self, name: str) -> None:
        self.main.get_by_role("radio", name=name, exact=True).check()

    def presses(self, name: str) -> None:
        self.main.get_by_role("button", name=name, exact=True).first.click()

    def enters(self, title: str) -> None:
        """From the list of chapters to the one of that title."""
        self.opens("rapport/")
        self.follows(re.compile(rf"^\d+ {title}$"))

    def writes(self, title: str, words: str, button: str) -> None:
        self.enters(title)
        self.writes_here(words, button)

    def writes_here(self, words: str, button: str) -> None:
        self.main.locator("textarea[name=text]").fill(words)
        self.presses(button)
        expect(self.page.locator("main").get_by_text(SAID[button]).first).to_be_visible()


def observe_and_interview(hand: Hand) -> None:
    hand.opens("utvardering/")
    hand.follows("Skriv en observation")
    hand.fills("Vilken dag?", "2019-10-15")
    hand.fills("Vad såg du?", OBSERVED)
    hand.main.get_by_label("Får användas i den gemensamma rapporten").check()
    hand.presses("Spara")
    for code, function in INTERVIEWED:
        hand.follows("Anteckna en intervju")
        member = hand.at.cohort.participations.get(code=code)
        hand.main.get_by_label("Organisation").select_option(str(member.pk))
        hand.main.get_by_label("Funktion", exact=True).select_option(label=function)
        hand.fills("Vilken dag?", "2020-11-20")
        hand.picks("Video")
        hand.main.get_by_label("Får räknas upp i den gemensamma rapporten").check()
        hand.presses("Spara")
    hand.follows(re.compile("^Ta ut ett citat ur intervjun"))
    hand.fills("Citatet", QUOTED)
    hand.main.get_by_label("Får användas i den gemensamma rapporten").check()
    hand.presses("Spara")


def judge(hand: Hand) -> None:
    """A goal of the programme's own, and the evaluator's judgement of it."""
    hand.opens("utvardering/maluppfyllelse/")
    hand.follows("Lägg till ett mål")
    hand.fills("Målet", GOAL)
    hand.presses("Spara")
    hand.follows(f"Bedöm av ”{GOAL}”")
    hand.picks("Uppfyllt")
    hand.fills("Vad bygger bedömningen på?", JUDGED)
    hand.presses("Spara")


def write_a_moment_and_a_stage(hand: Hand) -> None:
    hand.enters("Deltagarnas resultat")
    hand.page.get_by_role("link", name=re.compile("^1. Den politiska församlingen")).click()
    hand.writes_here(MOMENT, "Klar")
    hand.page.get_by_role("link", name=re.compile("^Nytt eller ändrat arbetssätt")).click()
    hand.writes_here(STAGE, "Klar")


def build(hand: Hand, name: str, folder: Path) -> bytes:
    hand.opens("rapport/utgivning/")
    hand.main.get_by_label("Jämförd med").select_option("learning-3")
    hand.presses(f"Bygg {name}")
    with hand.page.expect_download() as fetched:
        hand.follows(re.compile("^Hämta "))
    return Path(fetched.value.path()).read_bytes()


def has_what_was_printed(text: str) -> None:
    """Every word that was written, the table of means to the digit in its printed order, and the evaluator's rows."""
    for words in (*CHAPTERS.values(), *OF_THE_EVALUATOR.values(), MOMENT, STAGE, GOAL, JUDGED):
        for line in re.split(r"\s*\n[-\s]*|\^\[|\]\.|# ", words):
            assert line in text
    before, now = (PUBLISHED[f"regioner-{year}-slutrapport"] for year in (2019, 2020))
    printed_now = {row["item"]: row["printed"] for row in now["items"]}
    numbers = dict(Item.objects.filter(checklist__key=now["checklist"]).values_list("key", "number"))
    texts = dict(Item.objects.filter(checklist__key=now["checklist"]).values_list("key", "text"))
    rows = [
        f"{numbers[row['item']]}. {texts[row['item']]} {row['printed']} {printed_now[row['item']]} "
        # Of equal means, the checklist's first stands first; in print they stand in no order that a rule could give.
        for row in sorted(before["items"], key=lambda row: (-float(row["mean"]), numbers[row["item"]]))
    ]
    places = [text.find(row) for row in rows]
    assert -1 not in places, [row for row in rows if row not in text]
    assert [rows[place] for place in sorted(range(len(rows)), key=places.__getitem__)] == rows
    assert "Medelvärde av momenten 2,04 2,36" in text
    assert "Intervjuer med 3 personer" in text


def agree(regioner: SimpleNamespace, files: dict[str, bytes], folder: Path) -> None:
    """PDF, Word, web pages and JSON have the same numbers; the slides have some of them."""
    built = {}
    for name in ("html", "json"):
        path = folder / f"rapport.{name}"
        call_command(
            "build_report", regioner.cohort.slug, "--joint", "--since", "learning-3", "--format", name, output=str(path)
        )
        built[name] = figures_in(path.read_bytes())
    figures = {**built, **{name: figures_in(data) for name, data in files.items()}}
    slides = figures.pop("bilder (PowerPoint)")
    assert len(slides) >= 20
    assert len({tuple(each.items()) for each in figures.values()}) == 1
    assert slides.items() <= figures["PDF"].items()
