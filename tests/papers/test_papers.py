"""A paper to the board: its shape, the organisation's own words on it, and what has changed since it was made."""

from datetime import date
from io import BytesIO

import pytest
import time_machine
from django.urls import reverse
from docx import Document
from docx.enum.text import WD_COLOR_INDEX

from cohorts.enums import Function
from kit.models import AuditEvent
from kit.staleness import Stale, digest
from papers.actions import remember_paper, save_style
from papers.enums import PaperKind
from papers.facts import Fact, remembered, what_has_changed
from papers.models import MadePaper, PaperStyle
from papers.paper import BoardPaper, PaperHeading, PaperParts, Points, pieces
from papers.style import style_content, style_of
from papers.word import word_of
from tests.factories import DelegateFactory, OrganisationFactory, ParticipationFactory
from tests.hostile import HOSTILE

TODAY = date(2026, 11, 22)
PARTS = PaperParts(
    proposal=("Nämnden beslutar ett.", "Nämnden beslutar att [vad]."),
    statement=("[Er bedömning.]",),
    summary=("Kort.",),
    matter=(PaperHeading("Bakgrund", ("Först.", Points(("Ett", "Två"))), level=3),),
    effect=("Ingen.",),
    annexes=("Rapporten",),
    extracts=("[Chefen.]",),
)
PAPER = BoardPaper("Rapport", "Provby kommun", "Missiv", "socialnämnden", "", TODAY, PARTS)


def facts(**values):
    return [Fact(f"{kind}.{n}", f"{kind} {n}", value) for kind, of in values.items() for n, value in enumerate(of)]


class TestShape:
    HEADINGS = (
        "Förslag till beslut",
        "Yttrande till beslutsförslaget",
        "Sammanfattning",
        "Ärendet",
        "Bakgrund",
        "Beslutsförslagets påverkan avseende jämställdhet",
        "Bilagor",
        "Protokollsutdrag skickas till",
    )

    def test_word_has_the_headings_of_every_paper_in_order(self):
        document = Document(BytesIO(word_of(PAPER)))
        headings = [each.text for each in document.paragraphs if each.style.name.startswith("Heading")]
        assert headings == ["Rapport", *self.HEADINGS]

    def test_word_and_text_say_the_same(self):
        printed = [each.text for each in Document(BytesIO(word_of(PAPER))).paragraphs]
        assert printed == [*PAPER.head, "Rapport", *PAPER.text.split("\n")]
        assert printed[:3] == [
            "Missiv, 22 november 2026. Diarienummer [fyll i]",
            "Från: Provby kommun, [Er funktion, till exempel jämställdhetsstrateg]",
            "Till: Socialnämnden",
        ]

    def test_several_proposals_are_numbered_and_one_is_not(self):
        styles = {each.text: each.style.name for each in Document(BytesIO(word_of(PAPER))).paragraphs}
        assert styles["Nämnden beslutar ett."] == "List Number"
        assert styles["Ett"] == "List Bullet"
        alone = BoardPaper(**{**vars(PAPER), "parts": PaperParts(**{**vars(PARTS), "proposal": ("Ett.",)})})
        assert alone.headings[0].blocks == ("Ett.",)

    def test_what_is_left_to_fill_in_is_marked_and_counted(self):
        runs = [run for each in Document(BytesIO(word_of(PAPER))).paragraphs for run in each.runs]
        marked = tuple(run.text for run in runs if run.font.highlight_color == WD_COLOR_INDEX.YELLOW)
        assert marked == PAPER.gaps
        assert PAPER.gaps_in_words == "Fem ställen står inom hakparentes."
        assert pieces("a [b] c") == [("a ", False), ("[b]", True), (" c", False)]
        assert pieces("a [b") == [("a [b", False)]

    @pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
    def test_any_text_is_printed(self, text):
        style = PaperStyle(called=text[:60], body=text[:160], sender=text[:120])
        parts = PaperParts(**{**vars(PARTS), "statement": (text, Points((text,)))})
        paper = BoardPaper(text, text, style.called, style.body, style.sender, TODAY, parts, invented=True)
        Document(BytesIO(word_of(paper)))
        assert "/" not in paper.file_name


class TestWhatHasChanged:
    def test_nothing(self):
        assert what_has_changed(facts(item="ab"), remembered(facts(item="ab"))) == ()

    def test_each_kind_of_change_is_a_sentence(self):
        then = remembered(facts(item="ab", decision="x", effort="yz"))
        now = facts(item="aB", decision="xw")
        assert what_has_changed(now, then) == (
            "Item 1 har ändrats.",
            "Decision 1 har kommit till.",
            "Två insatser finns inte längre.",
        )

    def test_several_of_a_kind(self):
        then = remembered(facts(item="abc", decision="x", unheard="x"))
        assert what_has_changed(facts(item="xyc"), then) == (
            "Item 0 och item 1 har ändrats.",
            "Ett beslut och en uppgift finns inte längre.",
        )

    @pytest.mark.parametrize(
        ("number", "said"),
        [
            (5, "Item 0, item 1, item 2, item 3 och item 4 har ändrats."),
            (6, "Item 0, item 1, item 2, item 3 och två andra uppgifter har ändrats."),
        ],
    )
    def test_more_than_five_are_counted(self, number, said):
        then = remembered(facts(item="a" * number))
        assert what_has_changed(facts(item="b" * number), then) == (said,)

    def test_no_words_are_remembered(self):
        kept = remembered([Fact("item.1", "momentet", "Anna Ek sade 3")])
        assert "Anna" not in str(kept)


@pytest.fixture
def strategist(db):
    return DelegateFactory()


def restyle(seat, seen=None, **words):
    words = {"called": "Missiv", "body": "Kommunstyrelsen", "sender": "strateg"} | words
    return save_style(participation=seat.participation, seen=seen, by=seat.user, **words)


def kinds():
    return [*AuditEvent.objects.order_by("pk").values_list("kind", flat=True)]


class TestStyle:
    @pytest.mark.parametrize(
        ("kind", "body"),
        [
            ("kommun", "Kommunstyrelsen"),
            ("region", "Regionstyrelsen"),
            ("association", "[Förbundsdirektionen eller förbundsstyrelsen]"),
            ("district", "Stadsdelsnämnden"),
            ("administration", "[Nämnden]"),
        ],
    )
    def test_the_usual_words_are_those_of_the_kind(self, db, kind, body):
        style = style_of(OrganisationFactory(kind=kind))
        assert (style.called, style.body, style.sender) == ("Tjänsteskrivelse", body, "")
        assert not PaperStyle.objects.exists()

    def test_kept_for_the_organisation_in_whatever_omgang(self, strategist):
        restyle(strategist)
        later = ParticipationFactory(organisation=strategist.participation.organisation)
        assert style_content(style_of(later.organisation))["called"] == "Missiv"
        assert kinds() == ["paper_style_saved"]

    def test_the_same_again_is_no_event(self, strategist):
        restyle(strategist)
        restyle(strategist)
        assert kinds() == ["paper_style_saved"]

    def test_nobodys_words_are_lost(self, strategist):
        seen = digest(style_content(style_of(strategist.participation.organisation)))
        restyle(strategist, seen, called="PM")
        with pytest.raises(Stale):
            restyle(strategist, seen, called="Missiv")
        assert PaperStyle.objects.get().called == "PM"


class TestMade:
    def make(self, seat, values):
        about = {"participation": seat.participation, "kind": PaperKind.REPORT}
        return remember_paper(**about, facts=facts(item=values), by=seat.user)

    def test_the_last_time_counts(self, strategist):
        with time_machine.travel(TODAY):
            self.make(strategist, "ab")
        with time_machine.travel(date(2026, 12, 1)):
            self.make(strategist, "cd")
        made = MadePaper.objects.get()
        assert (made.made_on, made.facts) == (date(2026, 12, 1), remembered(facts(item="cd")))
        assert kinds() == ["paper_made", "paper_made"]

    def test_twice_on_a_day_is_one_event(self, strategist):
        self.make(strategist, "ab")
        self.make(strategist, "ab")
        assert kinds() == ["paper_made"]


@pytest.mark.usefixtures("_today")
class TestPage:
    @pytest.fixture
    def _today(self):
        with time_machine.travel(TODAY, tick=False):
            yield

    def url(self, seat, name="board_paper"):
        return reverse(f"reports:{name}", args=[seat.participation.cohort.slug, seat.participation.code])

    def test_the_button_leads_to_the_file_and_remembers(self, client, strategist):
        client.force_login(strategist.user)
        answer = client.post(self.url(strategist, "board_paper_make"))
        assert answer.url == self.url(strategist, "board_paper_file")
        file = client.get(answer.url)
        assert "Tj%C3%A4nsteskrivelse%2C%20Resultatrapport" in file["Content-Disposition"]
        page = client.get(self.url(strategist)).text
        assert "Pappret gjordes 22 november 2026. Underlaget är detsamma som då." in page

    def test_the_page_says_what_has_changed_since(self, client, strategist):
        client.force_login(strategist.user)
        client.post(self.url(strategist, "board_paper_make"))
        decision = {"kind": "entry", "body": "Kommunfullmäktige", "decided_on": date(2026, 11, 4)}
        strategist.participation.decisions.create(**decision)
        page = client.get(self.url(strategist)).text
        assert "Underlaget har ändrats sedan pappret gjordes 22 november 2026." in page
        assert "Beslutet 4 november 2026 har kommit till." in page
        client.post(self.url(strategist, "board_paper_make"))
        assert "Underlaget har ändrats" not in client.get(self.url(strategist)).text

    def test_its_own_words_stand_in_the_paper(self, client, strategist):
        client.force_login(strategist.user)
        seen = digest(style_content(style_of(strategist.participation.organisation)))
        words = {"called": "Tjänsteutlåtande", "body": "Kommunstyrelsen", "sender": "jämställdhetsstrateg"}
        answer = client.post(self.url(strategist), words | {"seen": seen}, follow=True)
        assert "Orden står i pappret nu, och i nästa papper som ni gör." in answer.text
        assert "Tjänsteutlåtande, 22 november 2026." in answer.text

    @pytest.mark.parametrize(
        ("field", "sentence"),
        [("called", "Skriv vad pappret heter hos er."), ("body", "Skriv vem som beslutar.")],
    )
    def test_what_is_needed(self, client, strategist, field, sentence):
        client.force_login(strategist.user)
        answer = client.post(self.url(strategist), {"called": "PM", "body": "Nämnden", field: ""})
        assert (answer.status_code, sentence in answer.text) == (422, True)
        assert not PaperStyle.objects.exists()

    def test_who_does_not_work_on_it_fetches_it_without_being_remembered(self, client, strategist):
        politician = DelegateFactory(participation=strategist.participation, function=Function.POLITICIAN).user
        client.force_login(politician)
        page = client.get(self.url(strategist)).text
        assert self.url(strategist, "board_paper_file") in page
        assert "Spara orden" not in page
        assert client.get(self.url(strategist, "board_paper_file")).status_code == 200
        assert not MadePaper.objects.exists()

    def test_after_leaving_it_is_read_only(self, client, strategist):
        participation = strategist.participation
        participation.status, participation.withdrawn_on = "withdrawn", date(2026, 11, 1)
        participation.save()
        client.force_login(strategist.user)
        assert client.get(self.url(strategist)).status_code == 200
        assert client.post(self.url(strategist, "board_paper_make")).status_code == 403
