"""The gaps between women and men that the joint report draws: of those that let it, from their approved reports."""

from decimal import Decimal

import pytest

from kit.rich import document_of, stored
from reports.content import joint_content
from reports.content.blocks import PictureBlock, flat
from reports.content.frozen import freeze, thaw
from reports.content.joint_value import JointContent
from reports.enums import BuildFormat
from reports.models import JointReport
from reports.printers import printed
from tests.factories import (
    CohortFactory,
    IndicatorFactory,
    JointReportFactory,
    ParticipationFactory,
    ReportFactory,
    ValueFactory,
    frozen,
)
from tests.pdf_checks import assert_accessible_pdf, pdf_text

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
PLACED = "Vi mätte.\n\n![{0}]{{tabell-nyckeltal-{1}}}"


@pytest.fixture
def cohort():
    return CohortFactory(constructed=False)


def report_in(cohort, typed, *, shared=True, approved_on="2026-05-02"):
    """A report with two indicators, and a text that may name them."""
    participation = ParticipationFactory(cohort=cohort)
    for title, key in (("Väntetid", "vantetid"), ("Sjukfrånvaro", "sjukfranvaro")):
        indicator = IndicatorFactory(participation=participation, title=title, key=key)
        ValueFactory(indicator=indicator, period="2026", women=Decimal(51), men=Decimal("42.5"))
    report = ReportFactory(participation=participation)
    text, structure = stored(document_of(typed))
    report.texts.create(key="results", text=text, structure=structure, shared=shared)
    frozen(report, **({"approved_on": approved_on} if approved_on else {}))
    return report


def content_of(cohort):
    joint = JointReport.objects.filter(cohort=cohort).first() or JointReportFactory(cohort=cohort)
    return joint_content(joint, None, None)


def test_one_that_is_placed_in_a_shared_text_is_drawn_with_words(cohort):
    report = report_in(cohort, PLACED.format("Väntetid", "vantetid"))
    content = content_of(cohort)
    (chapter,) = [chapter for chapter in content.printed if chapter.title == "Deltagarnas resultat"]
    drawn = [
        block for block in flat(chapter.blocks) if isinstance(block, PictureBlock) and block.picture in content.gaps
    ]
    (block,) = drawn
    assert block.picture.title.startswith(f"{report.participation.organisation.name}: Väntetid")
    assert block.words == block.picture.description != ""
    assert thaw(JointContent, freeze(content)) == content


@pytest.mark.parametrize(
    "lacks", [{"shared": False}, {"approved_on": None}, {"typed": "Vi mätte.\n\n![Insatser]{tabell-insatser}"}]
)
def test_none_where_the_organisation_has_not_let_it(cohort, lacks):
    report_in(cohort, **{"typed": PLACED.format("Väntetid", "vantetid"), **lacks})
    content = content_of(cohort)
    assert content.gaps == ()
    assert "gaps" not in freeze(content)


def test_none_of_one_that_has_left(cohort):
    report = report_in(cohort, PLACED.format("Väntetid", "vantetid"))
    report.participation.status, report.participation.withdrawn_on = "withdrawn", "2026-05-03"
    report.participation.save()
    assert content_of(cohort).gaps == ()


def test_an_organisation_has_its_first_indicator_only(cohort):
    both = "\n\n".join(PLACED.format(*each) for each in (("Sjukfrånvaro", "sjukfranvaro"), ("Väntetid", "vantetid")))
    report_in(cohort, both)
    report_in(cohort, PLACED.format("Sjukfrånvaro", "sjukfranvaro"))
    titles = [picture.title.partition(": ")[2] for picture in content_of(cohort).gaps]
    assert [title.partition(",")[0].partition(" ")[0] for title in titles] == ["Väntetid", "Sjukfrånvaro"]


def test_the_pdf_is_accessible_and_says_what_the_picture_shows(cohort):
    report_in(cohort, PLACED.format("Väntetid", "vantetid"))
    report_in(cohort, PLACED.format("Väntetid", "vantetid"))
    content = content_of(cohort)
    data = printed(content, BuildFormat.PDF)
    assert_accessible_pdf(data)
    assert " ".join(content.gaps[0].description.split()) in " ".join(pdf_text(data).split())
