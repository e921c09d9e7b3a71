"""Every page, an app a file. Each of `tests/<app>/pages.py` has the same lists, which are gathered here:

ROWS who may see and do what, PUBLIC names of addresses open to all, PLACES where a row's page lies in the access
test's world, NO_HTML the places that answer with no page, PAGES what is looked at in the browser, NO_PAGE what is
not and why, COUNTED whose queries are counted and, where `timed`, measured by `make bench`.
"""

from django.urls import URLPattern, URLResolver, get_resolver

from bench.pages import Page as Counted
from tests.admission import pages as admission
from tests.archive import pages as archive
from tests.assessments import pages as assessments
from tests.checklist import pages as checklist
from tests.decisions import pages as decisions
from tests.demo import pages as demo
from tests.evaluation import pages as evaluation
from tests.follow_up import pages as follow_up
from tests.grouping import pages as grouping
from tests.improvements import pages as improvements
from tests.indicators import analysis_pages as analyses
from tests.indicators import pages as indicators
from tests.kolada import pages as kolada
from tests.meetings import pages as meetings
from tests.mentoring import pages as mentoring
from tests.modell import pages as modell
from tests.overview import pages as overview
from tests.people import pages as people
from tests.planning import pages as planning
from tests.privacy import pages as privacy
from tests.questions import pages as questions
from tests.reports import pages as reports

# In the order they are looked at: some states of the last ones leave little for others to show.
APPS = (
    *(
        modell,
        checklist,
        assessments,
        improvements,
        indicators,
        analyses,
        reports,
        people,
        decisions,
        questions,
        evaluation,
        planning,
        admission,
        grouping,
    ),
    *(mentoring, meetings, kolada, follow_up, archive, overview, privacy, demo),
)
TABLE = [row for app in APPS for row in app.ROWS]
PUBLIC = {name for app in APPS for name in app.PUBLIC}
PAGES = [page for app in APPS for page in app.PAGES]
COUNTED = [page for app in APPS for page in app.COUNTED]
NO_PAGE = {
    **{
        row.name: "takes a post only"
        for row in TABLE
        if row.post and row.name not in {r.name for r in TABLE if not r.post}
    },
    **{name: reason for app in APPS for name, reason in app.NO_PAGE.items()},
}


def views(patterns=None, namespace=""):
    for pattern in patterns or get_resolver().url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}", pattern.callback
        elif isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else namespace)


def url_names():
    return [name for name, _ in views()]


def timed(size: int) -> list[Counted]:
    """The pages whose times are measured in an omgång of that size."""
    return [page for page in COUNTED if page.timed == size]
