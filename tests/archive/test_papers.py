"""What is in an organisation's file, and in SKR's: all of one's own, and nothing of others."""

from datetime import date, timedelta
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.utils import timezone

from admission.enums import InterestState
from admission.models import LetterIssue
from archive.bundles import SKR, entries_for
from archive.skr import entries_of_skr
from assessments.models import Evidence, Query, Rating, Reopening, TitleDecision
from cohorts.enums import Function, Status
from cohorts.models import Participation
from decisions.models import PoliticalDecision
from improvements.models import OwnGoal, ReachedGoal, ResultAnswer
from indicators.models import Analysis, StatisticsHeld
from meetings.enums import MaterialKind
from questions.models import AskedQuestion
from reports.models import ReportReopening, ReportSection, SectionQuery
from tests import hostile
from tests.archive.conftest import listed, text_of, zipped
from tests.factories import (
    AssessmentFactory,
    CohortFactory,
    CycleFactory,
    DelegateFactory,
    EffortFactory,
    EffortStepFactory,
    GroupFactory,
    ImprovementFactory,
    JointReportFactory,
    MeetingFactory,
    ParticipationFactory,
    RaterFactory,
    ReportFactory,
    frozen,
)
from tests.pdf_checks import assert_accessible_pdf
from tests.process_factories import (
    AgreementFactory,
    AttendanceFactory,
    ImpressionFactory,
    InterestFactory,
    MailFactory,
    MaterialFactory,
    MentorAgreementFactory,
    MentorOfferFactory,
    MentorQuestionFactory,
    PeriodFactory,
    TakeawayFactory,
)

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 20)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(date(2026, 11, 20)):
        yield


@pytest.fixture
def cohort():
    return CohortFactory(name="Provomgången")


def filled(cohort, mark, *, group=None):
    """An organisation with a row of every kind, each of whose texts begins with the mark."""
    own = ParticipationFactory(cohort=cohort, group=group, organisation__name=f"{mark}stad kommun")
    meeting = MeetingFactory(cohort=cohort, starts_on=date(2026, 10, 1))
    later = MeetingFactory(cohort=cohort, starts_on=date(2027, 1, 15))
    handed_in = AssessmentFactory(participation=own, meeting=meeting, submitted=True, values=[2] * 10)
    handed_in.scores.filter(item__number=1).update(
        comment=f"{mark}-kommentar", shared=True, reasoning=f"{mark}-resonemang"
    )
    handed_in.scores.filter(item__number=2).update(comment=f"{mark}-ej-delad")
    draft = AssessmentFactory(participation=own, meeting=later, values=[1] * 3)
    draft.scores.filter(item__number=1).update(comment=f"{mark}-utkast", shared=True)
    item = handed_in.items[0]
    Query.objects.create(assessment=handed_in, item=item, text=f"{mark}-fråga", answer=f"{mark}-svar")
    Reopening.objects.create(assessment=handed_in, reason=f"{mark}-öppna", consented=False)
    TitleDecision.objects.create(
        participation=own,
        rule="self_assessment",
        given=True,
        decided_on=DAY,
        decided_by="Styrgruppen",
        note=f"{mark}-titel",
    )
    for shared, title in ((True, "delat"), (False, "eget")):
        file = ContentFile(f"{mark}-fil-{title}".encode(), "plan.pdf")
        Evidence.objects.create(
            assessment=handed_in, item=item, title=f"{mark}-underlag-{title}", file=file, shared=shared
        )
    for shared, name in ((True, "delat"), (False, "eget")):
        work = ImprovementFactory(participation=own, title=f"{mark}-förbättring-{name}", shared=shared)
        CycleFactory(improvement=work, plan=f"{mark}-plan-{name}")
        work.comments.create(text=f"{mark}-kommenterar-{name}", shared=shared)
        file = ContentFile(f"{mark}-rutin-{name}".encode(), "rutin.pdf")
        work.evidence.create(title=f"{mark}-visar-{name}", file=file)
        effort = EffortFactory(participation=own, title=f"{mark}-insats-{name}", shared=shared)
        EffortStepFactory(effort=effort, text=f"{mark}-steg-{name}")
        Analysis.objects.create(participation=own, title=f"{mark}-analys-{name}", focus=f"{mark}-fokus", shared=shared)
    StatisticsHeld.objects.create(participation=own, name=f"{mark}-statistik", split="yes")
    result = cohort.expected_results.create(key=f"r-{mark}", text="Ett resultat", kind="expected", position=1)
    ResultAnswer.objects.create(participation=own, result=result, judgement="partly", text=f"{mark}-bygger-på")
    OwnGoal.objects.create(participation=own, goal=f"{mark}-eget-mål", text=f"{mark}-visar-målet", origin="later")
    period = PeriodFactory(cohort=cohort)
    ReachedGoal.objects.create(participation=own, period=period, goal=f"{mark}-mål", reached_on=DAY)
    asked = {"audience": "politician", "place": "Nämnden", "asked_on": DAY}
    AskedQuestion.objects.create(participation=own, text=f"{mark}-ställd", **asked)
    report = ReportFactory(participation=own)
    ReportSection.objects.create(report=report, key="purpose", text=f"{mark}-avsnitt", revision=1)
    frozen(report)
    SectionQuery.objects.create(report=report, key="purpose", text=f"{mark}-rapportfråga")
    ReportReopening.objects.create(report=report, reason=f"{mark}-rapport-öppna")
    PoliticalDecision.objects.create(
        participation=own, kind="entry", body=f"{mark}-nämnden", decided_on=DAY, diary_number=f"{mark} 2026/1"
    )
    person = DelegateFactory(participation=own, user__name=f"{mark}a Ek", function=Function.STRATEGIST)
    AttendanceFactory(meeting=meeting, delegate=person)
    AgreementFactory(meeting=meeting, participation=own, text=f"{mark}-till-nästa")
    ImpressionFactory(meeting=meeting, participation=own, text=f"{mark}-plus")
    file = ContentFile(f"{mark}-bilder".encode(), "bilder.pdf")
    MaterialFactory(
        meeting=meeting,
        participation=own,
        title=f"{mark}-presentation",
        kind=MaterialKind.PRESENTATION,
        url="",
        file=file,
    )
    InterestFactory(
        cohort=cohort,
        organisation=own.organisation,
        participation=own,
        state=InterestState.ADMITTED,
        focus=f"{mark}-inriktning",
        goals=f"{mark}-vill-uppnå",
        diary_number=f"{mark} 2025/9",
        submitted_at=timezone.now(),
    )
    MentorQuestionFactory(cohort=cohort, participation=own, message=f"{mark}-mentorfråga")
    MentorOfferFactory(participation=own, tells_about=f"{mark}-berättar")
    MentorAgreementFactory(participation=own, note=f"{mark}-överenskommet")
    return own


OWN_ONLY = (
    *("-resonemang", "-ej-delad", "-utkast", "-underlag-eget", "-fil-eget", "-förbättring-eget", "-plan-eget"),
    *("-insats-eget", "-steg-eget", "-ställd", "-analys-eget", "-statistik"),
    *("-kommenterar-eget", "-visar-eget", "-rutin-eget"),
)
READ_BY_SKR = (
    *("-kommentar", "-fråga", "-svar", "-öppna", "-titel", "-underlag-delat", "-fil-delat", "-förbättring-delat"),
    *(
        "-plan-delat",
        "-insats-delat",
        "-steg-delat",
        "-analys-delat",
        "-kommenterar-delat",
        "-visar-delat",
        "-rutin-delat",
        "-bygger-på",
        "-eget-mål",
        "-visar-målet",
        "-mål",
        "-avsnitt",
        "-rapportfråga",
    ),
    *("-rapport-öppna", "-nämnden", " 2026/1", "a Ek", "-till-nästa", "-plus", "-presentation", "-bilder"),
    *("-inriktning", "-vill-uppnå", " 2025/9", "-mentorfråga", "-berättar", "-överenskommet", "-analys-delat"),
)


@pytest.mark.usefixtures("unprinted")
class TestWhatAnOrganisationGets:
    def test_all_that_is_its_own(self, cohort):
        own = filled(cohort, "Alfa")
        text = text_of(zipped(entries_for(own, for_skr=False)))
        assert [mark for mark in (*OWN_ONLY, *READ_BY_SKR) if f"Alfa{mark}" not in text] == []

    def test_skr_gets_what_skr_reads(self, cohort):
        own = filled(cohort, "Alfa")
        text = text_of(zipped(entries_for(own, for_skr=True)))
        assert [mark for mark in READ_BY_SKR if f"Alfa{mark}" not in text] == []
        assert [mark for mark in OWN_ONLY if f"Alfa{mark}" in text] == []
        assert "Minnesanteckningar" not in text

    @pytest.mark.parametrize("for_skr", [False, True])
    def test_nothing_of_others(self, cohort, for_skr):
        """Not even of those in the same group, whose work it reads in the product, or of its other omgångar."""
        group = GroupFactory(cohort=cohort)
        own, _other = filled(cohort, "Alfa", group=group), filled(cohort, "Beta", group=group)
        before = filled(CohortFactory(), "Gamma")
        Participation.objects.filter(pk=before.pk).update(organisation=own.organisation)
        text = text_of(zipped(entries_for(own, for_skr=for_skr)))
        assert ("Beta" in text, "Gamma" in text) == (False, False)

    def test_another_is_named_where_its_own_paper_names_it(self, cohort):
        own, other = filled(cohort, "Alfa"), filled(cohort, "Beta")
        TakeawayFactory(meeting=cohort.meetings.first(), participation=own, source=other, text="En idé")
        text = text_of(zipped(entries_for(own, for_skr=False)))
        assert "Betastad kommun" in text
        assert "Beta-" not in text

    def test_individual_ratings_are_never_in_it(self, cohort):
        own = filled(cohort, "Alfa")
        draft = own.assessments.get(state="draft")
        rater = RaterFactory(round__assessment=draft, user__name="Rut Ask", done_at=timezone.now())
        before = [text_of(zipped(entries_for(own, for_skr=for_skr))) for for_skr in (False, True)]
        Rating.objects.create(rater=rater, item=draft.items[4], value=3)
        after = [text_of(zipped(entries_for(own, for_skr=for_skr))) for for_skr in (False, True)]
        assert before == after
        assert [text for text in after if "Rut Ask" in text] == []

    def test_an_example_of_another_organisation_stays_there(self, cohort):
        own = ParticipationFactory(cohort=cohort)
        EffortFactory(participation__cohort=cohort, title="Annans exempel", shared=True, example=True)
        assert "Annans exempel" not in text_of(zipped(entries_for(own, for_skr=False)))

    @pytest.mark.parametrize("for_skr", [False, True])
    def test_one_with_nothing_gets_an_empty_list(self, cohort, for_skr):
        assert listed(zipped(entries_for(ParticipationFactory(cohort=cohort), for_skr=for_skr))) == []

    def test_one_that_has_left_gets_all_of_its_own(self, cohort):
        """Its group's meetings are closed to it, but what it said there is its own."""
        group = GroupFactory(cohort=cohort)
        own = filled(cohort, "Alfa", group=group)
        cohort.meetings.update(group=group)
        Participation.objects.filter(pk=own.pk).update(
            status=Status.WITHDRAWN, withdrawn_on=DAY, withdrawal_reason="Alfa-skäl"
        )
        own.refresh_from_db()
        text = text_of(zipped(entries_for(own, for_skr=False)))
        assert [mark for mark in (*OWN_ONLY, *READ_BY_SKR) if f"Alfa{mark}" not in text] == []
        assert "Alfa-skäl" not in text

    @pytest.mark.parametrize(("days", "is_in"), [(-1, False), (0, True)])
    def test_the_letter_is_in_it_if_it_was_there_when_it_was_sent(self, cohort, days, is_in):
        own = ParticipationFactory(cohort=cohort, joined_on=DAY)
        LetterIssue.objects.create(
            cohort=cohort,
            number=2,
            checksum="x",
            issued_on=DAY + timedelta(days=days),
            file=ContentFile(b"brev", "b.pdf"),
        )
        rows = listed(zipped(entries_for(own, for_skr=False)))
        assert [(row["rubrik"], row["version"], row["sha256"]) for row in rows] == (
            [("Antagningsbrev", "2", sha256(b"brev").hexdigest())] if is_in else []
        )

    def test_a_file_that_is_gone_is_told_of(self, cohort):
        own = filled(cohort, "Alfa")
        for row in Evidence.objects.all():
            default_storage.delete(row.file.name)
        rows = {row["rubrik"]: row for row in listed(zipped(entries_for(own, for_skr=False)))}
        lost = rows["Alfa-underlag-eget: filen finns inte kvar"]
        assert (lost["fil"], lost["datum"], lost["sha256"]) == ("", "2026-11-20", "")

    def test_the_decision_has_its_diary_number(self, cohort):
        rows = listed(zipped(entries_for(filled(cohort, "Alfa"), for_skr=False)))
        decision = next(row for row in rows if row["fil"].endswith("Alfa-nämnden.pdf"))
        assert (decision["datum"], decision["dnr"]) == ("2026-09-20", "Alfa 2026/1")

    def test_the_report_is_the_file_that_was_built(self, cohort):
        own = filled(cohort, "Alfa")
        edition = own.report.editions.get()
        edition.builds.create(
            report=own.report, state="ready", lease_until=timezone.now(), file=ContentFile(b"som byggt", "1.pdf")
        )
        rows = {row["rubrik"]: row for row in listed(zipped(entries_for(own, for_skr=False)))}
        report = rows["Resultatrapport, utgåva 1"]
        assert (report["version"], report["sha256"]) == ("1", sha256(b"som byggt").hexdigest())

    def test_the_same_state_gives_the_same_bytes(self, cohort):
        own = filled(cohort, "Alfa")
        first = zipped(entries_for(own, for_skr=False)).fp.getvalue()
        with time_machine.travel(date(2027, 5, 1)):
            later = zipped(entries_for(own, for_skr=False)).fp.getvalue()
        assert first == later

    @pytest.mark.parametrize("title", hostile.HOSTILE.values(), ids=hostile.HOSTILE)
    def test_a_hostile_title_stays_in_the_zip(self, cohort, title):
        own = ParticipationFactory(cohort=cohort)
        meeting, file = MeetingFactory(cohort=cohort), ContentFile(b"x", "x.pdf")
        MaterialFactory(
            meeting=meeting, participation=own, title=f"../{title}"[:160].replace("\0", ""), url="", file=file
        )
        names = zipped(entries_for(own, for_skr=False)).namelist()
        assert [name.count("/") for name in names] == [1, 1, 1, 0]
        assert [name for name in names if ".." in name.split("/")] == []


class TestOfSkr:
    def file(self, cohort):
        return zipped(
            entries_of_skr(type(cohort).objects.select_related("plan__checklist", "contact").get(pk=cohort.pk), SKR)
        )

    @pytest.fixture
    def everything(self, cohort):
        filled(cohort, "Alfa")
        meeting = MeetingFactory(cohort=cohort, name="Startdagen", documentation="Vi pratade om mål.")
        MaterialFactory(meeting=meeting, title="SKR:s bilder", url="", file=ContentFile(b"skr-bilder", "s.pdf"))
        LetterIssue.objects.create(
            cohort=cohort, number=1, checksum="x", issued_on=DAY, file=ContentFile(b"%PDF-brev", "b.pdf")
        )
        MailFactory(about=cohort.slug, subject="Välkommen till träffen", state="sent", sent_at=timezone.now())
        MailFactory(about="annan", subject="En annan omgångs", state="sent", sent_at=timezone.now())
        JointReportFactory(cohort=cohort, texts={"introduction": "Inledning av SKR."})
        return cohort

    @pytest.mark.usefixtures("unprinted")
    def test_it_has_skrs_papers_and_not_what_organisations_have_handed_in(self, everything):
        text = text_of(self.file(everything))
        here = ("Tidplan", "Startdagen", "Vi pratade om mål.", "skr-bilder", "%PDF-brev", "Välkommen till träffen")
        assert [
            mark for mark in (*here, "Inledning av SKR.", "Alfastad kommun", "Alfa 2025/9") if mark not in text
        ] == []
        assert [mark for mark in (*OWN_ONLY, "-kommentar", "-bilder", "-plus") if f"Alfa{mark}" in text] == []
        assert "En annan omgångs" not in text

    @pytest.mark.usefixtures("unprinted")
    def test_an_omgang_with_nothing_has_no_more_than_its_plan(self):
        assert {row["fil"].partition("/")[0] for row in listed(self.file(CohortFactory()))} <= {"1 Omgången"}

    def test_its_papers_are_archivable(self, everything):
        archive = self.file(everything)
        papers = [name for name in archive.namelist() if name.endswith(".pdf") and "filer" not in name]
        for name in papers:
            data = archive.read(name)
            if data != b"%PDF-brev":
                assert_accessible_pdf(data)
        assert len(papers) > 10


def test_the_papers_are_archivable_and_every_checksum_is_right(cohort):
    own = filled(cohort, "Alfa")
    ImprovementFactory(participation=own, title="Prövning", shared=True)
    for name, hostile_text in hostile.HOSTILE.items():
        text = hostile_text.replace("\x00", "")  # which PostgreSQL refuses, and every form
        AgreementFactory(meeting=cohort.meetings.first(), participation=own, text=text[:300])
        CycleFactory(improvement=ImprovementFactory(participation=own, title=name), plan=text)
    archive = zipped(entries_for(own, for_skr=False))
    rows = [row for row in listed(archive) if row["fil"]]
    assert {row["fil"] for row in rows} == set(archive.namelist()) - {"innehall.csv"}
    for row in rows:
        data = archive.read(row["fil"])
        assert sha256(data).hexdigest() == row["sha256"]
        if row["fil"].endswith(".pdf") and data.startswith(b"%PDF"):
            assert_accessible_pdf(data)


class TestTheCommand:
    def test_it_writes_the_organisations_file(self, cohort, tmp_path, unprinted):
        own = filled(cohort, "Alfa")
        target = tmp_path / "fil.zip"
        call_command("export_organisation", cohort.slug, organisation=own.code, output=str(target))
        expected = zipped(entries_for(Participation.objects.get(pk=own.pk), for_skr=False)).fp.getvalue()
        assert target.read_bytes() == expected
        assert ZipFile(BytesIO(expected)).testzip() is None

    @pytest.mark.parametrize("which", ["slug", "code"])
    def test_one_that_is_not_there_is_refused_in_one_line(self, cohort, tmp_path, which):
        own = ParticipationFactory(cohort=cohort)
        slug, code = ("finns-inte", own.code) if which == "slug" else (cohort.slug, "0000")
        with pytest.raises(CommandError, match="found none"):
            call_command("export_organisation", slug, organisation=code, output=str(tmp_path / "x.zip"))
        assert list(tmp_path.iterdir()) == []
