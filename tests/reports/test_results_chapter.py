"""Expected results and own goals in the result report: only if it is chosen, alike in every format, and then known."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
import time_machine

from assessments.models import PublishedAnswers
from improvements.expected import result_counts
from improvements.models import OwnGoal, ResultAnswer
from kit.pdf import Cover
from reports.content import organisation_content
from reports.content.chapters import chapters_of
from reports.content.frozen import checksum_of, freeze, thaw
from reports.content.organisation import OrganisationContent
from reports.content.results import results_of
from reports.enums import BuildFormat
from reports.handing_in import what_is_missing, what_is_public
from reports.printers import printed
from reports.remembering import remember
from tests.factories import (
    CohortFactory,
    EffortFactory,
    IndicatorFactory,
    ParticipationFactory,
    ReportFactory,
    frozen,
)
from tests.pdf_checks import pdf_text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(date(2026, 11, 22), tick=False):
        yield


@pytest.fixture
def cohort():
    cohort = CohortFactory(constructed=False)
    cohort.expected_results.create(key="plan", text="En plan finns", kind="expected", position=1)
    cohort.expected_results.create(key="mentor", text="Ni blir mentor", kind="desirable", position=2)
    return cohort


def judged(participation, judgement="partly", **goal):
    result = participation.cohort.expected_results.get(key="plan")
    answer = ResultAnswer.objects.create(
        participation=participation, result=result, judgement=judgement, text="Två enheter\nav fem."
    )
    OwnGoal.objects.create(
        participation=participation, goal="Alla frågar", origin="later", position=1, judgement="reached", **goal
    )
    OwnGoal.objects.create(participation=participation, goal="Alla svarar", origin="later", position=2)
    return answer


@pytest.fixture
def own(cohort):
    own = ParticipationFactory(cohort=cohort)
    answer = judged(own)
    for title, public in (("Simhallens tider", True), ("Biblioteket", True), ("Bara delad", False)):
        answer.efforts.add(EffortFactory(participation=own, title=title, shared=True, public=public))
    answer.indicators.add(IndicatorFactory(participation=own, title="Väntetid", shared=True))
    answer.decisions.add(own.decisions.create(kind="entry", body="Nämnden", decided_on=date(2026, 3, 3)))
    return own


def report_of(own, **choices):
    report = ReportFactory(participation=own, **choices)
    report.texts.create(key="purpose", text="Vi ville se.")
    return report


def chapter_of(content):
    return next((chapter for chapter in chapters_of(content) if chapter.anchor == "resultat"), None)


def test_it_is_printed_only_if_it_is_chosen(own):
    report = report_of(own)
    assert organisation_content(report).results is None
    assert "Era svar om förväntade resultat och era egna mål kommer inte med." in what_is_missing(
        report, organisation_content(report)
    )
    report.with_results = True
    content = organisation_content(report)
    chapter = chapter_of(content)
    assert chapter.title == "Förväntade resultat och egna mål"
    assert [table.table.headers for table in chapter.tables] == [
        ("Resultat", "Bedömning", "Vad vi bygger det på"),
        ("Mål", "Bedömning", "Vad vi bygger det på"),
    ]
    assert "era svar om förväntade resultat och era egna mål" in " ".join(what_is_public(content))


def test_only_what_may_itself_be_published_is_named(own):
    expected, goals = (table.rows for table in results_of(own).tables)
    assert expected == (
        ("En plan finns", "Delvis", "Två enheter av fem. Insatser: Simhallens tider; Biblioteket."),
        ("Ni blir mentor", "Inte bedömt", "–"),
    )
    assert goals == (("Alla frågar", "Uppnått", "–"), ("Alla svarar", "Inte bedömt", "–"))
    own.efforts.filter(title="Biblioteket").update(public=False)
    assert results_of(own).tables[0].rows[0][2] == "Två enheter av fem. Insats: Simhallens tider."


def test_without_answers_and_goals_there_is_no_chapter(cohort):
    own = ParticipationFactory(cohort=cohort)
    assert results_of(own) is None
    content = organisation_content(report_of(own, with_results=True))
    assert (content.results, chapter_of(content)) == (None, None)


def test_goals_alone_and_results_alone_have_their_own_title(cohort):
    alone = ParticipationFactory(cohort=CohortFactory())
    OwnGoal.objects.create(participation=alone, goal="Alla frågar", origin="later", position=1)
    assert (results_of(alone).title, results_of(alone).called) == ("Egna mål", "era egna mål")
    answered = ParticipationFactory(cohort=cohort)
    judged(answered)
    answered.own_goals.all().delete()
    assert results_of(answered).title == "Förväntade resultat"


def words_in(file_format, data):
    """All that a file says, however it is packed."""
    if file_format == BuildFormat.PDF:
        return " ".join(pdf_text(data).split())
    if file_format == BuildFormat.JSON:
        return data.decode()
    with ZipFile(BytesIO(data)) as packed:
        return " ".join(packed.read(name).decode() for name in packed.namelist() if name.endswith((".xml", ".html")))


@pytest.mark.parametrize("file_format", [BuildFormat.PDF, BuildFormat.WORD, BuildFormat.WEB, BuildFormat.JSON])
def test_every_format_prints_it(own, file_format):
    words = words_in(file_format, printed(organisation_content(report_of(own, with_results=True)), file_format))
    for said in ("Förväntade resultat och egna mål", "En plan finns", "Alla frågar", "Simhallens tider; Biblioteket."):
        assert said in words
    assert "Bara delad" not in words
    assert "Väntetid" not in words


def test_the_plain_text_has_it_after_the_self_assessment(own):
    content = organisation_content(report_of(own, with_results=True))
    keys = [section.key for section in content.section_texts]
    assert keys == ["purpose", "resultat", "insatser"]
    assert "Alla frågar – Uppnått – –" in content.section_texts[1].text
    assert not content.is_empty


def test_an_edition_from_before_keeps_its_checksum(own):
    before = freeze(organisation_content(report_of(own)))
    assert "results" not in before
    assert checksum_of(freeze(thaw(OrganisationContent, before))) == checksum_of(before)
    own.report.with_results = True
    now = freeze(organisation_content(own.report))
    assert thaw(OrganisationContent, now) == organisation_content(own.report)
    assert checksum_of(now) != checksum_of(before)


def test_it_alone_is_something_to_report(own):
    content = OrganisationContent(Cover("", "", ()), "", (), None, (), (), "", results=results_of(own))
    assert not content.is_empty


class TestKnown:
    """What is published with a name is known to everyone, so that no count helps to work out the others'."""

    def publish(self, participation):
        report = report_of(participation, with_results=True)
        remember(frozen(report, "published", approved_on=date(2026, 11, 20)))

    def test_an_edition_remembers_the_judgements_that_it_prints(self, own):
        self.publish(own)
        answers = PublishedAnswers.objects.get(participation=own, meeting=None).answers
        assert {key: Decimal(value) for key, value in answers.items()} == {
            "result.plan": 1,
            "goal.reached": 1,
            "goal.partly": 0,
            "goal.not_yet": 0,
            "goal.unknown": 0,
            "goal.": 1,
        }

    def test_one_without_them_remembers_none(self, own):
        remember(frozen(report_of(own), "published", approved_on=date(2026, 11, 20)))
        assert PublishedAnswers.objects.get(participation=own, meeting=None).answers == {}

    def test_five_of_which_three_are_published_are_not_counted(self, cohort, own):
        others = [ParticipationFactory(cohort=cohort) for _ in range(4)]
        for other in others:
            judged(other, "reached")
        counts = result_counts(cohort)[0]
        assert (counts.results[0].judgements.reached, counts.goals.reached) == (4, 5)
        for other in others[:2]:
            self.publish(other)
        assert result_counts(cohort)[0].results[0].judgements is not None
        self.publish(others[2])
        counts = result_counts(cohort)[0]
        assert (counts.results[0].judgements, counts.goals) == (None, None)
