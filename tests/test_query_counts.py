"""No page asks the database more the more there is: as many questions at six participants as at thirty, and few."""

import pytest

from bench.omgang import make_omgang
from bench.pages import PAGES, Page, Visitor, nowhere, own, whole
from checklist.models import AssessmentPlan, Evidence, Query
from tests.areas import AREAS

pytestmark = pytest.mark.django_db
AT_MOST = 12


def handed_in(omgang):
    """The first's, to the meeting that was last, with a question and a link at every moment."""
    assessment = omgang.first.assessments.submitted().order_by("meeting__starts_on").last()
    for item in assessment.items:
        about = {"assessment": assessment, "item": item}
        Query.objects.get_or_create(**about, text="Vad gör nämnden?")
        Evidence.objects.get_or_create(**about, title="Plan", url="https://exempel.invalid/", shared=True)
    return [assessment.pk]


def ruled(rule):
    def place(omgang):
        AssessmentPlan.objects.filter(cohort=omgang.cohort).update(title_rule=rule)
        return [omgang.cohort.slug]

    return place


# Beside the pages whose times `make bench` takes.
OTHERS = (
    Page("Figures, evaluator", "reports:figures", "evaluator", whole),
    Page("Cohorts, strategist", "programme:cohorts", "strategist", nowhere),
    Page("Own results, process leader", "checklist:own", "process_leader", own),
    Page("Own results, mentor", "checklist:own", "mentor", own),
    Page("Over time, strategist", "checklist:history", "strategist", own),
    Page("Over time, process leader", "checklist:history", "process_leader", own),
    Page("Group side by side, strategist", "checklist:group", "strategist", own),
    Page("Group side by side, process leader", "checklist:group", "process_leader", own),
    Page("Whom to learn from, strategist", "checklist:learn", "strategist", own),
    Page("Whom to learn from, mentor", "checklist:learn", "mentor", own),
    Page("Parts", "checklist:parts", "strategist", own),
    Page("Whole and parts side by side", "checklist:beside", "strategist", own),
    Page("Own results, politician", "checklist:own", "politician", own),
    Page("Brief, evaluator", "reports:brief", "evaluator", own),
    Page("Brief, mentor", "reports:brief", "mentor", own),
    Page("Figures, mentor", "reports:figures", "mentor", whole),
    Page("Improvements, process leader", "improvements:work", "process_leader", own),
    Page("Improvements, mentor", "improvements:work", "mentor", own),
    Page("Examples, process leader", "improvements:examples", "process_leader", whole),
    Page("People", "cohorts:people", "strategist", own),
    Page("Trail", "programme:trail", "strategist", own),
    Page("SKR's trail", "programme:skr_trail", "process_leader", nowhere),
    Page("Checklists", "checklist:versions", "strategist", nowhere),
    Page("Texts of a moment", "checklist:reword", "process_leader", lambda _: ["skr-2018", 6]),
    Page("Links of a moment", "checklist:version_links", "process_leader", lambda _: ["skr-2018", 6]),
    Page("Opening for individual rating", "checklist:round", "strategist", lambda omgang: [omgang.draft.pk]),
    Page("Working meeting", "checklist:working_meeting", "strategist", lambda omgang: [omgang.draft.pk, 1]),
    Page("Minutes", "checklist:minutes", "strategist", lambda omgang: [omgang.draft.pk]),
    Page("Workbook", "checklist:workbook", "strategist", own),
    Page("Workbook, process leader", "checklist:workbook", "process_leader", own),
    Page("Reading in a workbook", "checklist:import_workbook", "strategist", own),
    Page("Handing in", "checklist:submit", "strategist", lambda omgang: [omgang.draft.pk]),
    Page("Reading, strategist", "checklist:assessment", "strategist", handed_in),
    Page("Reading, process leader", "checklist:assessment", "process_leader", handed_in),
    Page("Reading, mentor", "checklist:assessment", "mentor", handed_in),
    Page("Underlag", "checklist:evidence", "strategist", lambda omgang: [omgang.draft.pk, 4]),
    Page("Asking to open again", "checklist:ask_reopening", "process_leader", handed_in),
    Page("Title, strategist", "checklist:title", "strategist", own),
    Page("Titles by values", "checklist:title_rule", "process_leader", ruled("self_assessment")),
    Page("Titles by omgångar", "checklist:title_rule", "process_leader", ruled("participant_and_mentor")),
    Page("Published reports", "reports:published", "strategist", nowhere),
    *(page for area in AREAS for page in area.COUNTED),
)


@pytest.mark.parametrize("seen", [*PAGES, *OTHERS], ids=lambda seen: seen.label)
def test_queries_are_few_and_do_not_grow(seen):
    few, many = (Visitor(seen, make_omgang(size, f"omgang-{size}")).queries() for size in (6, 30))
    assert few == many
    assert many <= AT_MOST
