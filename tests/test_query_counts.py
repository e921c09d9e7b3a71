"""No page asks the database more the more there is: as many questions at six participants as at thirty, and few."""

import pytest

from bench.omgang import make_omgang
from bench.pages import PAGES, Page, Visitor, nowhere, own, whole

pytestmark = pytest.mark.django_db
AT_MOST = 12

# Beside the pages whose times `make bench` takes.
OTHERS = (
    Page("Figures, evaluator", "reports:figures", "evaluator", whole),
    Page("Cohorts, strategist", "programme:cohorts", "strategist", nowhere),
    Page("Own results, process leader", "checklist:own", "process_leader", own),
    Page("Own results, mentor", "checklist:own", "mentor", own),
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
    Page("Handing in", "checklist:submit", "strategist", lambda omgang: [omgang.draft.pk]),
    Page("Published reports", "reports:published", "strategist", nowhere),
)


@pytest.mark.parametrize("seen", [*PAGES, *OTHERS], ids=lambda seen: seen.label)
def test_queries_are_few_and_do_not_grow(seen):
    few, many = (Visitor(seen, make_omgang(size, f"omgang-{size}")).queries() for size in (6, 30))
    assert few == many
    assert many <= AT_MOST
