"""The round of SKR's letter of 16 June 2021, set up from an empty site by its pages alone.

Organisations, decision, days and themes are the letter's own; every person is invented.
"""

import re
from collections import Counter
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail as post
from playwright.sync_api import Browser, Locator, Page, expect

from accounts.enums import SkrRole
from cohorts.models import Cohort, Organisation
from mailings.models import Mail
from tests.browser.conftest import patient, sign_in_as
from tests.factories import UserFactory
from tests.pdf_checks import assert_accessible_pdf, pdf_text

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NAME = "Modellregioner och Modellkommuner 2021–2023"
STOCKHOLM = ZoneInfo("Europe/Stockholm")
SET_UP, BOARD, BEFORE_THE_FIRST = (datetime(2021, *day, 10, 0, tzinfo=STOCKHOLM) for day in ((6, 10), (6, 16), (8, 10)))

# The family name that everyone of an organisation has here tells whose they are.
ASKED = ("Region Kronoberg", "Ek")
ADDED = (("Region Östergötland", "Lind"), ("Lunds kommun", "Ask"))
MENTORS = (
    ("Region Värmland", "Alm", "Ledning och styrning"),
    ("Region Norrbotten", "Hed", "Förbättringsarbete"),
    ("Region Västerbotten", "Berg", "Analys och uppföljning"),
)
FUNCTIONS = {"Paula": "Politiker", "Carl": "Chef", "Stina": "Strateg"}
MENTORING = {"Maja": "Strateg", "Max": "Strateg"}
NAMED = {
    *(f"{first} {name}" for first in FUNCTIONS for name in ("Ek", "Lind", "Ask")),
    *(f"{first} {name}" for first in MENTORING for _, name, _ in MENTORS),
}
# The days of its timetable; where it has only a month, the concept's day stands.
DAYS = {
    "Mentorträff": "19 augusti 2021",
    "Strategträff 1": "19 augusti 2021",
    "Uppstartskonferens": "13–14 september 2021",
    "Strategträff 2": "13 oktober 2021",
    "Fördjupning: kommunikation": "20 oktober 2021",
    "Lärandeträff 1 Ledning och styrning": "16–17 november 2021",
    "Strategträff 3": "15 februari 2022",
    "Lärandeträff 2 Förbättringsarbete": "5–6 april 2022",
    "Strategträff 4": "29 augusti 2022",
    "Lärandeträff 3 Analys och uppföljning": "4–5 oktober 2022",
    "Strategträff 5": "11 januari 2023",
    "Resultatkonferens": "8 februari 2023",
}
# Beside the day; of a meeting whose hours are not set it is told that they are not known.
HOURS = dict.fromkeys(("Mentorträff", *(f"Strategträff {number}" for number in range(1, 6))), "13.00–16.00")
CARRIED = (
    # who is admitted, by whom and when
    "Efter beslut av SKR:s styrgrupp 16 juni 2021 bekräftar SKR att Region Kronoberg har antagits",
    "SKR bekräftar att Lunds kommun och Region Östergötland har antagits",
    # mentors who share by theme
    "Region Norrbotten, Region Värmland och Region Västerbotten, som har deltagit tidigare, är mentorer",
    "delar på uppdraget efter tema",
    *(f"{theme} {name}" for name, _, theme in MENTORS),
    # how it begins
    "Vi börjar med uppstartskonferens 13–14 september 2021. Träffen är digital.",
    "Inbjudan med program skickas senast 16 augusti 2021",
    "strategträff 1, 19 augusti 2021 kl. 13.00–16.00",
    # preparations for all and for strategists
    "Läs checklistan och vägledningen",
    "förberedelseutbildningen",
    "Skicka alla deltagares e-postadresser till projektledaren",
    "(senast 16 augusti 2021)",
    "Se till att alla som ska delta från er står bland era personer",
    # expected and desirable results
    "Förväntade resultat • Konkreta förbättringar",
    "Indikatorer visar hur det går",
    "Önskvärda resultat • Ett nytt eller ändrat arbetssätt",
    "tvärsektoriella perspektiv",
    # way of working
    "två eller tre organisationer, med stöd av mentorer",
    "politiker med politiker, chef med chef och strateg med strateg",
    "bli mentorer för nya deltagare",
    "Agenda 2030",
    "CEMR-deklarationen",
    # who is asked, and by whom it is signed
    "Petra Ledare, kontaktperson på SKR",
    "Petra Ledare Projektledare petra@exempel.invalid",
    "Lunds kommun Stina Ask stina.ask@exempel.invalid",
    "Region Värmland, mentor Maja Alm maja.alm@exempel.invalid",
    "Region Värmland, mentor Max Alm max.alm@exempel.invalid",
    # the timetable
    "Tidplan 2021",
    "Tidplan 2022",
    "Tidplan 2023",
)
# What it may take the leader: with eleven seconds for each press and field, it is done in fifteen minutes.
MOST = {"presses": 56, "fields": 25, "pages": 56}


def address(name: str) -> str:
    return f"{name.lower().replace(' ', '.')}@exempel.invalid"


class Hand:
    """One person at the keyboard, and how much it takes: controls used, fields filled in, pages seen."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url
        self.main = page.get_by_role("main")
        self.took: Counter[str] = Counter()
        page.on("domcontentloaded", lambda _: self.took.update(["pages"]))

    def open(self, path: str) -> None:
        self.page.goto(self.url + path)

    def follow(self, name: str, role: str = "link") -> None:
        """To the control by its name, Enter, and there is a new page."""
        with self.page.expect_navigation():
            self._use(self.main, role, name, "Enter")

    def press(self, name: str) -> None:
        self.follow(name, "button")

    def nav(self, name: str) -> None:
        with self.page.expect_navigation():
            self._use(self.page.get_by_role("navigation", name="Omgångens sidor"), "link", name, "Enter")

    def tick(self, name: str, role: str = "radio") -> None:
        self._use(self.main, role, name, "Space")

    def _use(self, within: Locator, role: str, name: str, key: str) -> None:
        control = within.get_by_role(role, name=name, exact=True).first  # type: ignore[arg-type]
        control.focus()
        expect(control).to_be_focused()
        control.press(key)
        self.took["presses"] += 1

    def field(self, label: str) -> Locator:
        return self.main.get_by_label(re.compile(rf"^\s*{re.escape(label)}\s*(\(valfritt\))?\s*$"))

    def fill(self, label: str, text: str) -> None:
        self.field(label).fill(text)
        self.took["fields"] += 1

    def choose(self, label: str, option: str) -> None:
        self.field(label).select_option(option)
        self.took["fields"] += 1

    def stands_before(self, heading: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)

    def is_told(self, text: str) -> None:
        expect(self.main.get_by_text(text).first).to_be_visible()


def test_from_an_empty_site_to_the_letter(browser: Browser, browser_context_args, page: Page, live_server):
    assert not Cohort.objects.exists()
    petra = UserFactory(skr_role=SkrRole.PROCESS_LEADER, name="Petra Ledare", email="petra@exempel.invalid")
    leader = Hand(page, live_server.url)
    with time_machine.travel(SET_UP) as clock:
        sign_in_as(page, live_server.url, petra)
        lay_out(leader)
        open_for_interest(leader)
        visitor = patient(browser.new_context(**browser_context_args))
        ask_to_take_part(Hand(visitor.new_page(), live_server.url))
        clock.move_to(BOARD)
        sign_in_as(page, live_server.url, petra)  # whoever has been away for days signs in anew
        admit(leader)
        for name, family in ADDED:
            leader.nav("Personer")
            leader.follow("Lägg till organisationer")
            leader.follow("Lägg till den för sig")
            add(leader, name, people(family, FUNCTIONS))
        for name, family, _ in MENTORS:
            leader.nav("Mentorer")
            leader.follow("Lägg till en mentor ur registret")
            expect(leader.page.get_by_role("radio", name="Mentor", exact=True)).to_be_checked()
            add(leader, name, people(family, MENTORING))
        form_the_group(leader)
        see_the_hours(leader)
        letter = send_the_letter(leader)
        carries_what_it_should(letter)
        reached_each_once(letter)
        clock.move_to(BEFORE_THE_FIRST)
        see_what_is_due(Hand(visitor.new_page(), live_server.url))
        visitor.close()
    assert {kind: n for kind, n in leader.took.items() if n > MOST[kind]} == {}


def people(family: str, functions: dict[str, str]) -> str:
    named = ((f"{first} {family}", function.lower()) for first, function in functions.items())
    return "\n".join(["Namn\tE-post\tFunktion", *(f"{name}\t{address(name)}\t{function}" for name, function in named)])


def lay_out(leader: Hand) -> None:
    leader.open("/omgangar/")
    leader.is_told("En processledare lägger upp den första.")
    leader.follow("Ny omgång")
    leader.fill("Namn", NAME)
    leader.choose("Upplägg", "Konceptet 2021")
    leader.fill("Uppstartens första dag", "2021-09-13")
    leader.press("Visa dagarna")
    leader.press("Lägg upp omgången")
    leader.stands_before(re.compile("saker är kvar att göra"))


def open_for_interest(leader: Hand) -> None:
    leader.follow("Dagar för intresseanmälan")
    leader.fill("Intresseanmälan öppnar", "2021-06-10")
    leader.fill("Sista dag för intresseanmälan", "2021-06-15")
    leader.fill("Styrgruppen beslutar", "2021-06-16")
    leader.press("Spara")
    leader.is_told("Styrgruppen beslutar 16 juni 2021.")


def ask_to_take_part(visitor: Hand) -> None:
    """Someone in Region Kronoberg, signed in nowhere, by the link that came in the mail."""
    name, family = ASKED
    Organisation.objects.filter(name=name).update(email_domain="exempel.invalid")  # SKR knows how they write to it
    visitor.open("/intresse/")
    visitor.follow(f"Anmäl intresse till {NAME}")
    visitor.choose("Organisation", name)
    visitor.fill("Din e-postadress i tjänsten", address(f"Stina {family}"))
    visitor.press("Skicka länken")
    visitor.stands_before("Titta i din e-post")
    visitor.open(re.search(r"/intresse/[\w-]{40,}/", Mail.objects.get().text).group())
    visitor.follow("Dag för beslutet")
    visitor.fill("Vilket organ har beslutat?", "Regionfullmäktige")
    visitor.fill("Dag för beslutet", "2021-05-20")
    visitor.fill("Paragraf", "§ 45")
    visitor.tick("Ja")
    visitor.press("Spara och fortsätt")
    for first, function in FUNCTIONS.items():
        visitor.follow("Lägg till en person")
        visitor.fill("Namn", f"{first} {family}")
        visitor.fill("E-postadress i tjänsten", address(f"{first} {family}"))
        visitor.tick(function)
        visitor.press("Spara")
    visitor.press("Spara och fortsätt")
    visitor.page.get_by_label("Varför vill ni delta").fill("Vi vill leda och styra så att servicen når alla lika.")
    visitor.press("Spara och fortsätt")
    visitor.press("Spara och fortsätt")  # their own goals, which they leave for later
    visitor.tick("Samma tema")
    visitor.press("Spara")
    visitor.press("Skicka in anmälan")
    visitor.is_told("Inskickad, SKR läser")


def admit(leader: Hand) -> None:
    """The board's decision of 16 June."""
    leader.follow("Intresseanmälningar")
    leader.tick(f"Välj {ASKED[0]}", "checkbox")
    leader.press("Svara de valda")
    leader.tick("Antas")
    leader.fill("Svar med skäl", "Beslutet är tydligt och ledningen är med.")
    leader.press("Förhandsgranska mejlet")
    leader.press("Spara och mejla svaret")
    leader.is_told("Svaret är sparat och mejlat.")


def add(leader: Hand, name: str, listed: str) -> None:
    """An organisation from the register by SKR's own page, with its people from a list."""
    leader.choose("Organisation", name)
    leader.press("Lägg till")
    leader.follow("Lägg till från en lista")
    leader.fill("Klistra in listan här", listed)
    leader.press("Se vad som händer")
    n = listed.count("@")
    leader.press(f"Lägg till {n} {'person' if n == 1 else 'personer'}")


def form_the_group(leader: Hand) -> None:
    """All three in one, with the mentors by theme."""
    leader.nav("Grupper")
    leader.follow("Föreslå grupper")
    leader.is_told("Har ingen grupp än. Så här passar alla bäst tillsammans.")
    leader.press("Använd förslaget")
    leader.is_told("Tre organisationer har fått ny grupp.")
    leader.follow("Ändra Kronoberg, Östergötland och Lund")
    for name, _, theme in MENTORS:
        leader.choose("Mentor", name.removeprefix("Region "))
        leader.choose("Tema", theme)
        leader.press("Lägg till mentorn")
        leader.is_told(f"{name} – {theme}")


def see_the_hours(leader: Hand) -> None:
    """The letter's own: strategists and mentors meet on 19 August from 13 to 16, as the concept says."""
    leader.nav("Upplägg")
    leader.follow("Fyll i tider och platser")
    expect(leader.page.get_by_label("Börjar för Strategträff 1")).to_have_value("13:00")
    expect(leader.page.get_by_label("Slutar för Mentorträff")).to_have_value("16:00")


def send_the_letter(leader: Hand) -> bytes:
    leader.nav("Upplägg")
    leader.stands_before("Två saker är kvar att göra.")  # the other meetings' hours, and the letter
    leader.follow("Till antagningsbrevet")
    leader.stands_before("Antagningsbrevet är inte skickat än.")
    # Those whom SKR added itself have no decision of the board here.
    expect(leader.main.get_by_text("Inget beslut av styrgruppen är antecknat för")).to_be_visible()
    assert "Utkast, inte skickat" in pdf_text(pdf_behind(leader, "Visa som PDF"))
    assert not Mail.objects.filter(kind="admission_letter").exists()
    leader.follow("Se vem som får det")
    leader.stands_before("Skicka antagningsbrevet?")
    leader.is_told(f"{len(NAMED)} personer får brevet.")
    leader.press("Skicka brevet")
    leader.stands_before("Antagningsbrevet är skickat.")
    return pdf_behind(leader, "PDF av version 1")


def pdf_behind(leader: Hand, name: str) -> bytes:
    link = leader.main.get_by_role("link", name=name).first
    answer = leader.page.request.get(f"{leader.url}{link.get_attribute('href')}")
    assert answer.headers["content-type"] == "application/pdf"
    return answer.body()


def carries_what_it_should(letter: bytes) -> None:
    assert_accessible_pdf(letter)
    text = " ".join(pdf_text(letter).split())
    days = (f"{day} {HOURS.get(name, '–')} {name}" for name, day in DAYS.items())
    assert [words for words in (*CARRIED, *days) if words not in text] == []
    assert "Utkast" not in text
    assert [name for name in NAMED if name in text and name.split()[0] in ("Paula", "Carl")] == []


def reached_each_once(letter: bytes) -> None:
    """One mail to each who is named, from SKR's contact, with the letter that stands on its page."""
    sent = [mail for mail in post.outbox if mail.attachments]
    assert Counter(to for mail in sent for to in mail.to) == Counter(map(address, NAMED))
    assert {tuple(mail.reply_to) for mail in sent} == {("petra@exempel.invalid",)}
    assert {part.get_payload(decode=True) for mail in sent for part in mail.attachments} == {letter}
    assert {mail.state for mail in Mail.objects.filter(kind="admission_letter")} == {"sent"}


def see_what_is_due(strategist: Hand) -> None:
    """Signed in by the code that comes in the mail."""
    strategist.open("/logga-in/")
    strategist.fill("E-postadress", address("Stina Ask"))
    strategist.press("Skicka koden")
    code = re.search(r"^[A-Z0-9-]{6,}$", post.outbox[-1].body, re.M)
    assert code
    strategist.fill("Kod", code.group())
    strategist.press("Logga in")
    strategist.is_told("Lunds kommun · " + NAME)
    strategist.open("/mina-uppgifter/")
    strategist.stands_before("Fem uppgifter väntar på dig.")
    strategist.is_told("Svara om du kommer till Strategträff 1")
    strategist.is_told("Senast torsdag 12 augusti, om två dagar")
