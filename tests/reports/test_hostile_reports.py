"""Hostile texts in every text that a report, a paper form or minutes print: the file is still what it says it is."""

from datetime import date
from io import BytesIO

import pytest
import time_machine
from docx import Document

from assessments.models import Score
from assessments.occasions import occasion_of
from assessments.together.minutes import minutes_of
from assessments.together.minutes_word import word_of
from cohorts.enums import ExpectedKind
from cohorts.models import ExpectedResult
from kit.pdf import render_pdf
from reports.content import joint_content, organisation_content
from reports.content.organisation import READER
from reports.content.paper import filled_paper
from reports.models import ReportSection
from reports.printers import pdf
from reports.sections import sections_of
from tests.factories import (
    AssessmentFactory,
    CohortFactory,
    EffortFactory,
    EffortStepFactory,
    JointReportFactory,
    MeetingFactory,
    ParticipationFactory,
    ReportFactory,
    frozen,
)
from tests.hostile import ADDRESS, HOSTILE
from tests.pdf_checks import addresses, assert_accessible_pdf, lines_of, missing_glyphs, outside_the_margins

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
TEXTS = [text.replace("\x00", "") for text in HOSTILE.values()]
EVERYTHING = "\n\n".join(TEXTS)


@pytest.fixture
def assessment():
    with time_machine.travel("2026-11-22 09:00:00+01:00", tick=False):
        cohort = CohortFactory(constructed=False)
        meeting = MeetingFactory(cohort=cohort, starts_on=date(2026, 10, 1))
        member = ParticipationFactory(cohort=cohort)
        assessment = AssessmentFactory(participation=member, meeting=meeting, submitted=True, values=[2] * 10)
        for place, score in enumerate(assessment.scores.order_by("item__number")):
            text, other = TEXTS[place], TEXTS[-1 - place]
            texts = {"comment": text, "since_last": other, "reasoning": other, "next_step": text}
            Score.objects.filter(pk=score.pk).update(**texts, shared=True)
        for item, text in zip(cohort.plan.items, TEXTS[-8:], strict=False):
            effort = EffortFactory(
                participation=member, shared=True, public=True, example=True, item=item, title=text[:150]
            )
            EffortStepFactory(effort=effort, text=text)
        report = ReportFactory(participation=member, with_values=True, with_comments=True)
        for heading, text in zip(sections_of(cohort), [EVERYTHING, *TEXTS], strict=False):
            ReportSection.objects.create(report=report, key=heading.key, text=text, shared=True)
        frozen(report, approved_on=date(2026, 11, 2))
        yield assessment


def checked(data, margin):
    assert_accessible_pdf(data)
    assert missing_glyphs(data) == []
    assert outside_the_margins(data, margin, margin) == []
    assert ADDRESS in addresses(data)
    assert {"- kvinnor 14", "rad två", "rad tre"} <= set(lines_of(data))


def test_an_organisations_report(assessment):
    checked(render_pdf(pdf.html_of(organisation_content(assessment.participation.report))), 62)


def test_the_joint_report(assessment):
    cohort = assessment.participation.cohort
    ExpectedResult.objects.create(cohort=cohort, kind=ExpectedKind.EXPECTED, text=HOSTILE["address"][:200], position=1)
    joint = JointReportFactory(cohort=cohort, information=EVERYTHING)
    for key, text in (("preface", EVERYTHING), ("results--moment-1", EVERYTHING), ("annex", HOSTILE["list"])):
        joint.texts.create(key=key, text=text)
    checked(render_pdf(pdf.html_of(joint_content(joint, None, None))), 62)


def test_the_paper_form(assessment):
    checked(render_pdf(pdf.html_of(filled_paper(occasion_of(assessment, READER), own=True))), 50)


def test_the_minutes_in_word(assessment):
    document = Document(BytesIO(word_of(minutes_of(assessment))))
    text = "\n".join(line.text for line in document.paragraphs)
    assert "rad två\nrad tre" in text
    assert "- kvinnor 14\n- män 9" in text
    assert ADDRESS in {link.address for line in document.paragraphs for link in line.hyperlinks}
    grid = [column.width.cm for column in document.tables[0].columns]
    assert grid[0] > 2 * grid[1], "LibreOffice takes the widths of the columns, Word those of the cells."
