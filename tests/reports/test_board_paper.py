"""The paper to the board about the result report: from all that is entered, and from nothing."""

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.urls import reverse
from docx import Document

from cohorts.duty import Matter
from cohorts.enums import Function, OrganisationKind
from cohorts.models import Participation
from follow_up.duties import tasks_of
from follow_up.records import read_records
from papers.models import MadePaper
from reports.board_paper.ground import facts_of, ground_of
from reports.board_paper.paper import report_paper
from reports.board_paper.words import MOST_SIGNS, in_short
from tests.factories import (
    AssessmentFactory,
    CycleFactory,
    DelegateFactory,
    EffortFactory,
    EffortStepFactory,
    ImprovementFactory,
    IndicatorFactory,
    MeetingFactory,
    OrganisationFactory,
    ParticipationFactory,
    ReportFactory,
    ValueFactory,
    frozen,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
TODAY = date(2026, 11, 22)


@pytest.fixture
def _today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def own():
    return ParticipationFactory()


def rated(participation, *occasions):
    """Hand in the values of one self-assessment after the other."""
    for number, values in enumerate(occasions, start=1):
        meeting = MeetingFactory(cohort=participation.cohort, number=number, starts_on=date(2026, number, 20))
        AssessmentFactory(
            participation=participation,
            meeting=meeting,
            values=values,
            submitted=True,
            submitted_on=date(2026, number, 10),
            raters={"politician": 1, "manager": 2},
        )


def waiting(participation, *values, **of):
    indicator = IndicatorFactory(participation=participation, title="Väntetid", **{"shared": True} | of)
    for year, women, men in values:
        ValueFactory(indicator=indicator, period=year, women=women, men=men, women_denominator=90, men_denominator=90)
    return indicator


def paper(participation):
    return report_paper(ground_of(participation, TODAY))


def under(participation, heading):
    """Return what stands under a heading, a line each."""
    part = next(part for part in paper(participation).headings if part.text == heading)
    return [line for block in part.blocks for line in ((block,) if isinstance(block, str) else block.lines)]


EFFECT = "Beslutsförslagets påverkan avseende jämställdhet"


class TestOfNothing:
    HEADINGS = (
        "Förslag till beslut",
        "Yttrande till beslutsförslaget",
        "Sammanfattning",
        "Ärendet",
        "Bakgrund",
        "Självskattningen då och nu",
        "Förbättringar",
        "Insatser längs resultatkedjan",
        "Skillnader mellan kvinnor och män",
        "Beslut",
        "Resultatrapporten",
        EFFECT,
        "Bilagor",
        "Protokollsutdrag skickas till",
    )

    def test_the_headings_in_order_and_none_is_empty(self, own):
        headings = paper(own).headings
        assert tuple(part.text for part in headings) == self.HEADINGS
        assert [part.text for part in headings if not part.blocks] == ["Ärendet"]

    def test_what_is_not_known_is_said_in_brackets(self, own):
        assert under(own, "Självskattningen då och nu") == [
            "[Hur självskattningen har förändrats. Ingen självskattning är inlämnad i omgången.]"
        ]
        assert under(own, "Förbättringar") == [
            "[Förbättringar som har gjorts. Inget förbättringsarbete är registrerat.]"
        ]
        assert under(own, "Insatser längs resultatkedjan") == ["Ingen insats är registrerad längs resultatkedjan."]
        assert under(own, "Bilagor")[0].startswith("[Resultatrapporten. Den är inte inlämnad än.")
        assert "det går inte att läsa ut av det som är registrerat" in under(own, EFFECT)[0]

    def test_no_standard_phrase_about_gender_equality(self, own):
        text = paper(own).text
        assert "positiv" not in text
        assert "bedöms" not in text

    @pytest.mark.parametrize("kind", OrganisationKind)
    def test_whatever_the_kind(self, kind):
        own = ParticipationFactory(organisation=OrganisationFactory(kind=kind))
        assert "beslutar att lägga resultatrapporten till handlingarna." in paper(own).text

    def test_kommun_and_region_have_their_own_board_and_director(self):
        for kind, board, director in (
            ("kommun", "Kommunstyrelsen", "kommundirektören"),
            ("region", "Regionstyrelsen", "regiondirektören"),
        ):
            own = ParticipationFactory(organisation=OrganisationFactory(kind=kind))
            assert under(own, "Förslag till beslut")[1].startswith(
                f"{board} beslutar att ge {director} i uppdrag att ["
            )
            assert director in under(own, "Protokollsutdrag skickas till")[0]


class TestMovement:
    def test_then_and_now_in_words(self, own):
        rated(own, [1] * 10, [2, 2, 1, 1, 1, 1, 1, 1, 1, 1])
        said = under(own, "Självskattningen då och nu")
        assert said[0].startswith("Två av tio moment har gått framåt från Lärandeträff 1 till Lärandeträff 2.")
        assert "Självskattningen gjordes 10 januari 2026 och 10 februari 2026." in said[0]
        assert said[1] == "Det här har gått framåt:"
        assert re.fullmatch(r"1\. .+: från 1 \(Inte påbörjat\) till 2 \(.+\)", said[2])
        assert "Det här har gått bakåt:" not in said
        assert said[-1].startswith("En politiker och två chefer har skattat.")

    def test_the_first_and_the_last_are_compared(self, own):
        rated(own, [1] * 10, [3] * 10, [2] * 10)
        assert "Tio av tio moment har gått framåt" in under(own, "Sammanfattning")[1]

    def test_what_has_fallen_is_said(self, own):
        rated(own, [3] * 10, [2, *[3] * 9])
        said = under(own, "Självskattningen då och nu")
        assert said[1] == "Det här har gått bakåt:"
        assert "från 3 " in said[2]
        assert "ett har gått bakåt" in said[0]
        assert "inget av tio moment gått framåt och ett bakåt" in under(own, EFFECT)[-2]

    def test_nothing_has_moved(self, own):
        rated(own, [2] * 10, [2] * 10)
        assert "Alla moment har samma värde som då." in under(own, "Självskattningen då och nu")
        assert "Inget av tio moment har gått framåt" in under(own, "Sammanfattning")[1]

    def test_rated_once(self, own):
        rated(own, [2] * 10)
        said = under(own, "Självskattningen då och nu")
        assert said[0] == (
            "Självskattningen är gjord en gång, 10 januari 2026. "
            "En förflyttning går att se först när den görs en gång till."
        )

    @pytest.mark.parametrize(("low", "is_named"), [(3, True), (4, False)])
    def test_the_lowest_are_offered_for_the_task_where_they_stand_out(self, own, low, is_named):
        rated(own, [*[1] * low, *[3] * (10 - low)])
        assert ("Lägst värde i självskattningen har" in under(own, "Förslag till beslut")[1]) is is_named

    def test_a_draft_is_not_told(self, own):
        AssessmentFactory(participation=own, values=[3] * 10)
        assert "Ingen självskattning är inlämnad" in paper(own).text


class TestWork:
    def test_what_is_adopted_and_what_it_led_to(self, own):
        work = ImprovementFactory(participation=own, title="Nya kallelser", state="adopted")
        CycleFactory(improvement=work, study="Fler kvinnor kom. Lika många män.")
        ImprovementFactory(participation=own, state="tried")
        ImprovementFactory(participation=own, state="ended")
        assert under(own, "Förbättringar") == [
            "Ett förbättringsarbete är infört:",
            "”Nya kallelser”: Fler kvinnor kom. Lika många män.",
            "Ett prövas fortfarande och ett avslutades utan resultat.",
        ]

    def test_what_a_step_says_comes_before_the_last_cycle(self, own):
        work = ImprovementFactory(participation=own, title="Nya kallelser", state="adopted")
        CycleFactory(improvement=work, study="Fler kvinnor kom.")
        effort = EffortFactory(participation=own, improvement=work)
        EffortStepFactory(effort=effort, stage="practice", text="Alla mottagningar gör så")
        EffortStepFactory(effort=effort, stage="product", text="En mall.")
        assert under(own, "Förbättringar")[1] == "”Nya kallelser”: Alla mottagningar gör så."

    def test_what_it_led_to_is_asked_for_where_nobody_has_said(self, own):
        ImprovementFactory(participation=own, title="Nya kallelser", state="adopted")
        assert under(own, "Förbättringar")[1] == "”Nya kallelser”: [Vad det har lett till.]"

    def test_the_stages_that_are_reached_and_not_those_on_their_way(self, own):
        for title in "ABCDE":
            EffortStepFactory(effort=EffortFactory(participation=own, title=title), stage="activity")
        effort = own.efforts.get(title="A")
        EffortStepFactory(effort=effort, stage="product", state="partly", part="två nämnder")
        EffortStepFactory(effort=effort, stage="practice", state="under_way")
        assert under(own, "Insatser längs resultatkedjan")[:3] == [
            "Fem insatser är registrerade längs resultatkedjan. De har nått så här långt:",
            "Aktivitet: ”A”, ”B”, ”C” och två andra",
            "Ny eller ändrad produkt: ”A” (två nämnder)",
        ]

    def test_decisions_with_paragraph_and_diary_number(self, own):
        decision = {"kind": "entry", "body": "kommunfullmäktige", "decided_on": date(2026, 5, 4)}
        own.decisions.create(**decision, paragraph="112", diary_number="KS 2026/7", text="Alla nämnder ska delta")
        assert under(own, "Beslut") == [
            "Kommunfullmäktige 4 maj 2026 (§ 112, diarienummer KS 2026/7): Alla nämnder ska delta."
        ]
        assert under(own, "Yttrande till beslutsförslaget")[0] == (
            "Kommunfullmäktige beslutade om jämställdhetsintegrering 4 maj 2026 (§ 112, diarienummer KS 2026/7). "
            "Alla nämnder ska delta."
        )

    def test_a_decision_without_numbers(self, own):
        own.decisions.create(kind="mentorship", body="Kommunstyrelsen", decided_on=date(2026, 5, 4))
        assert under(own, "Beslut") == ["Kommunstyrelsen 4 maj 2026: Beslut om mentorskap."]
        assert under(own, "Yttrande till beslutsförslaget")[0].startswith("[")


class TestGap:
    def test_now_in_the_matter_and_how_it_moved_in_the_effect(self, own):
        waiting(own, ("2024", 60, 42), ("2025", 50, 42))
        assert under(own, "Skillnader mellan kvinnor och män")[0].startswith("Väntetid, 2025. Kvinnor ")
        said = under(own, EFFECT)
        assert said[0] == "Så har skillnaderna mellan kvinnor och män förändrats:"
        assert said[1].startswith("Väntetid. Skillnaden har minskat sedan 2024, för att kvinnorna ligger bättre till.")
        assert "det går inte att läsa ut" not in paper(own).text

    def test_a_gap_that_shrank_because_those_ahead_fell_is_no_good_news(self, own):
        waiting(own, ("2024", 60, 42), ("2025", 60, 50))
        assert "men för att männen ligger sämre till" in under(own, EFFECT)[1]

    def test_of_what_is_not_shared_only_the_number_is_told(self, own):
        waiting(own, ("2024", 60, 42), ("2025", 50, 42), shared=False)
        text = paper(own).text
        assert "Väntetid" not in text
        assert "[Ni följer ett nyckeltal som ni inte delar" in text

    def test_what_few_people_are_behind_is_not_told(self, own):
        indicator = waiting(own)
        for year, women in (("2024", 60), ("2025", 50)):
            ValueFactory(indicator=indicator, period=year, women=women, women_denominator=3, men_denominator=90)
        assert "2025" not in "".join(under(own, "Skillnader mellan kvinnor och män"))
        assert "det går inte att läsa ut" in under(own, EFFECT)[0]

    def test_an_outcome_is_told_with_whom_it_is_for(self, own):
        step = {
            "stage": "outcome",
            "whom": ["women", "girls"],
            "noticed": True,
            "noticed_how": "De får tid samma vecka",
        }
        EffortStepFactory(effort=EffortFactory(participation=own, title="Tider"), **step)
        said = under(own, EFFECT)
        assert said[1] == "”Tider” (kvinnor och flickor), 2026: De får tid samma vecka."
        assert not said[0].startswith("[")


class TestReport:
    def test_the_edition_is_enclosed_with_number_and_day(self, own):
        report = ReportFactory(participation=own)
        report.texts.create(key="purpose", text="Vi ville se vem som frågar.")
        report.texts.create(key="next_steps", text="Alla nämnder i vår. Sedan bolagen.")
        frozen(report, approved_on=date(2026, 11, 23))
        name = own.organisation.name
        assert under(own, "Bilagor") == [
            f"Resultatrapport – {name}, utgåva 1, inlämnad 22 november 2026, godkänd 23 november 2026"
        ]
        assert under(own, "Resultatrapporten") == [
            "Resultatrapporten har avsnitten ”Syfte och mål” och ”Fortsatt arbete”."
        ]
        assert "Vi ville se vem som frågar." not in paper(own).text, "The report is not dumped."
        assert "”Alla nämnder i vår. Sedan bolagen.”" in under(own, "Yttrande till beslutsförslaget")[0]

    def test_a_draft_is_not_enclosed(self, own):
        report = ReportFactory(participation=own)
        frozen(report)
        report.state = "draft"
        report.save()
        assert under(own, "Bilagor")[0].startswith("[")

    def test_the_organisation_speaks_for_itself(self, own):
        rated(own, [1] * 10, [2] * 10)
        waiting(own, ("2024", 60, 42), ("2025", 50, 42))
        ImprovementFactory(participation=own, state="adopted")
        EffortStepFactory(effort=EffortFactory(participation=own))
        own_voice = re.sub(r"\[.*?\]", "", paper(own).text)
        assert not re.search(r"\b(ni|er|era|du)\b", own_voice, re.IGNORECASE)

    def test_long_texts_are_cut_at_a_sentence_or_a_word(self):
        assert in_short("Kort.\n\nMer.") == "Kort."
        assert in_short(f"{'a' * 100}. {'b' * 100}. {'c' * 100}.") == f"{'a' * 100}. {'b' * 100}."
        cut = in_short("ord " * 100)
        assert cut.endswith("ord …")
        assert len(cut) <= MOST_SIGNS + 2
        assert in_short("") == ""


class TestFacts:
    def test_each_thing_that_is_told_is_a_fact(self, own):
        rated(own, [1] * 10)
        waiting(own, ("2025", 50, 42))
        ImprovementFactory(participation=own)
        EffortFactory(participation=own)
        own.decisions.create(kind="entry", body="Nämnden", decided_on=TODAY)
        kinds = {fact.key.partition(".")[0] for fact in facts_of(ground_of(own, TODAY))}
        assert kinds == {"occasion", "item", "improvement", "effort", "indicator", "decision", "report"}

    def changed(self, own, change):
        before = {fact.key: fact.checksum for fact in facts_of(ground_of(own, TODAY))}
        change()
        return [fact.name for fact in facts_of(ground_of(own, TODAY)) if before.get(fact.key) != fact.checksum]

    def test_a_changed_value_is_named(self, own):
        indicator = waiting(own, ("2024", 60, 42), ("2025", 50, 42))
        value = indicator.values.get(period="2025")
        value.women = 51
        assert self.changed(own, value.save) == ["nyckeltalet ”Väntetid”"]

    def test_a_new_edition_is_named(self, own):
        assert self.changed(own, lambda: frozen(ReportFactory(participation=own))) == ["resultatrapporten"]

    def test_tomorrow_nothing_has_changed(self, own):
        rated(own, [1] * 10, [2] * 10)
        assert facts_of(ground_of(own, TODAY)) == facts_of(ground_of(own, TODAY + timedelta(days=1)))


class TestTask:
    TITLE = "Ta resultatrapporten till nämnden"

    def titles(self, seat, today=TODAY):
        rows = Participation.objects.filter(pk=seat.participation_id)
        records = read_records(rows, today, user=seat.user)
        tasks = (task for holder in records.holders(seat.user_id) for task in tasks_of(holder, records))
        return [task.title for task in tasks if task.matter == Matter.BOARD]

    @pytest.fixture
    def seat(self):
        seat = DelegateFactory()
        frozen(ReportFactory(participation=seat.participation))
        return seat

    def test_not_before_it_is_handed_in(self):
        seat = DelegateFactory()
        ReportFactory(participation=seat.participation)
        assert self.TITLE not in self.titles(seat)

    @pytest.mark.parametrize(("days", "is_there"), [(0, True), (60, True), (61, False)])
    def test_for_two_months(self, seat, days, is_there):
        assert (self.TITLE in self.titles(seat, TODAY + timedelta(days=days))) is is_there

    def test_only_the_strategist(self, seat):
        politician = DelegateFactory(participation=seat.participation, function=Function.POLITICIAN)
        assert self.TITLE not in self.titles(politician)

    @pytest.mark.parametrize(("days", "is_there"), [(-1, True), (0, False)])
    def test_until_it_is_made_after_the_handing_in(self, seat, days, is_there):
        made = {"kind": "report", "made_on": TODAY + timedelta(days=days)}
        MadePaper.objects.create(participation=seat.participation, **made)
        assert (self.TITLE in self.titles(seat)) is is_there


class TestReached:
    def test_from_the_report_before_and_after_it_is_handed_in(self, client):
        seat = DelegateFactory()
        place = [seat.participation.cohort.slug, seat.participation.code]
        client.force_login(seat.user)
        link = reverse("reports:board_paper", args=place)
        assert link in client.get(reverse("reports:report", args=place)).text
        frozen(ReportFactory(participation=seat.participation))
        assert link in client.get(reverse("reports:report", args=place)).text


class TestCommand:
    def run(self, about, participation, file, code=""):
        code = code or participation.code
        call_command("paper", about, participation.cohort.slug, organisation=code, output=str(file))

    @pytest.mark.parametrize(("about", "title"), [("report", "Resultatrapport från"), ("mentorship", "som mentor i")])
    def test_writes_the_word_of_the_page(self, own, tmp_path, about, title):
        self.run(about, own, tmp_path / "x.docx")
        document = Document(BytesIO((tmp_path / "x.docx").read_bytes()))
        first = next(each.text for each in document.paragraphs if each.style.name == "Heading 1")
        assert title in first

    def test_what_is_not_there_is_one_line(self, own, tmp_path):
        with pytest.raises(CommandError, match=f"There is no organisation '0000' in {own.cohort.slug}."):
            self.run("report", own, tmp_path / "x.docx", code="0000")
        with pytest.raises(CommandError, match="There is no omgång 'x'"):
            call_command("paper", "report", "x", organisation="1", output="-")
        with pytest.raises(CommandError, match="invalid choice"):
            call_command("paper", "letter", "x", "--organisation", "1", "--output", "-")
        with pytest.raises(CommandError, match="expected a file that can be written"):
            self.run("report", own, tmp_path / "no" / "x.docx")
        assert [*tmp_path.iterdir()] == []
