"""The menus, composed of the entries in each app's `nav.py`: which role has which entries, and in what order."""

from collections.abc import Iterable
from typing import Literal

from django.urls import ResolverMatch, reverse

from accounts.models import User
from admission import nav as admission
from archive import nav as archive
from assessments import nav as assessments
from checklist import nav as checklist
from cohorts.models import Participation
from cohorts.roles import Roles, Seat
from decisions import nav as decisions
from evaluation import nav as evaluation
from follow_up import nav as follow_up
from grouping import nav as grouping
from improvements import nav as improvements
from indicators import nav as indicators
from kit.nav import MenuEntry, MenuPlace, NavItem
from kit.permissions import may
from meetings import nav as meetings
from mentoring import nav as mentoring
from overview import nav as overview
from people import nav as people
from planning import nav as planning
from privacy import nav as privacy
from questions import nav as questions
from reports import nav as reports

PLACES = (
    *decisions.PLACES,
    *meetings.PLACES,
    *checklist.PLACES,
    *assessments.PLACES,
    *questions.PLACES,
    *evaluation.PLACES,
    *people.PLACES,
    *improvements.PLACES,
    *indicators.PLACES,
    *reports.PLACES,
    *mentoring.PLACES,
    *admission.PLACES,
    *grouping.PLACES,
    *planning.PLACES,
    *privacy.PLACES,
    *follow_up.PLACES,
    *archive.PLACES,
    *overview.PLACES,
)
READERS = (overview.COHORTS, checklist.CHECKLISTS)
STAFF = (*READERS, follow_up.TASKS, planning.EDITIONS, people.STAFF)
ADMINISTRATORS = (*STAFF, overview.OPERATION)
PROCESS_LEADERS = (*STAFF, follow_up.MAIL_WORDINGS, overview.TRAIL, overview.OPERATION)
COHORT = (
    overview.COHORT,
    overview.OVERVIEW,
    follow_up.READINESS,
    planning.SETUP,
    planning.TIMETABLE,
    meetings.MEETINGS,
    admission.INTEREST,
    grouping.GROUPS,
    mentoring.MENTORS,
    improvements.SHARED_WORK,
    evaluation.EVALUATION,
    people.PEOPLE,
    follow_up.MAIL,
)
# An administrator reads neither values nor what organisations share, nor what the evaluator writes.
UNREAD = (overview.OVERVIEW, improvements.SHARED_WORK, evaluation.EVALUATION)
ADMINISTRATORS_COHORT = tuple(entry for entry in COHORT if entry not in UNREAD)
# What an evaluator reads and writes in an omgång.
EVALUATOR = (overview.COHORT, overview.OVERVIEW, meetings.MEETINGS, improvements.SHARED_WORK, evaluation.EVALUATION)
# The first entry depends on the seat and comes before these (overview/nav.py).
SEAT = (
    overview.OVERVIEW,
    assessments.ASSESSMENTS,
    improvements.WORK_AT_HOME,
    reports.REPORT,
    meetings.MEETINGS,
    overview.COHORT,
)
WORK = (
    improvements.IMPROVEMENTS,
    indicators.INDICATORS,
    improvements.CHAIN,
    indicators.STATISTICS,
    indicators.ANALYSES,
)
NOWHERE = MenuPlace(())


def main_menu(roles: Roles, seat: Seat | None, path: str, view_name: str) -> list[NavItem]:
    place = place_of(view_name)
    if roles.is_skr:
        return _items(PROCESS_LEADERS if roles.is_process_leader else ADMINISTRATORS, path, place.skr)
    if roles.evaluated_cohort_ids:
        return _items(READERS, path, place.skr)
    if seat is None:
        return []
    return _items((overview.start_of(seat), *SEAT), path, place.seat, slug=seat.cohort_slug, code=seat.code)


def cohort_menu(roles: Roles, path: str, match: ResolverMatch | None) -> list[NavItem]:
    """Return the menu of an omgång for SKR and the evaluator, for every page of that omgång."""
    slug = match.kwargs.get("slug") if match else None
    if not (match and slug and (roles.is_skr or roles.evaluated_cohort_ids)):
        return []
    entries = COHORT if roles.is_process_leader else ADMINISTRATORS_COHORT if roles.is_skr else EVALUATOR
    return _items(entries, path, place_of(match.view_name).cohort, slug=slug)


def work_menu(user: User, participation: Participation | None, path: str, view_name: str) -> list[NavItem]:
    """Return the tabs of an organisation's work at home: those that the user may read, if there is a choice."""
    place = place_of(view_name)
    if participation is None or not place.work:
        return []
    entries = [entry for entry in WORK if entry.needs is None or may(user, entry.needs, participation)]
    slug, code = participation.cohort.slug, participation.code
    return _items(entries, path, place.work, slug=slug, code=code) if len(entries) > 1 else []


def place_of(view_name: str) -> MenuPlace:
    # Several places may match, and the longest beginning of the name decides.
    named = [(len(name), place) for place in PLACES for name in place.names if view_name.startswith(name)]
    return max(named, key=lambda pair: pair[0], default=(0, NOWHERE))[1]


def _items(entries: Iterable[MenuEntry], path: str, belongs_to: str, **known: str) -> list[NavItem]:
    items = []
    for entry in entries:
        url = reverse(entry.name, kwargs={name: known[name] for name in entry.takes})
        items.append(NavItem(url, entry.label, _current(entry, url, path, belongs_to)))
    return items


def _current(entry: MenuEntry, url: str, path: str, belongs_to: str) -> Literal["page", "true", ""]:
    if path == url:
        return "page"
    return "true" if entry.key == belongs_to or (entry.under and path.startswith(url)) else ""
