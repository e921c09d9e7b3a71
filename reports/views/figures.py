from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from checklist.panels import answered_meetings
from cohorts.fetch import get_cohort
from cohorts.models import Cohort
from cohorts.roles import Roles, roles_of
from meetings.models import Meeting
from modell.http import PageRequest
from modell.permissions import Perm, require
from reports.figures import figures_for, reads_all
from reports.figures_strip import strip_of


def figures(request: PageRequest, slug: str) -> HttpResponse:
    """Omgångens siffror at one meeting, per kind: what the reader may see of them (docs/architecture.md)."""
    cohort = get_cohort(request, slug, "plan__checklist")
    require(request.user, Perm.SEE_FIGURES, cohort)
    roles = roles_of(request.user)
    meetings = _meetings(cohort, roles)
    meeting = _chosen(request.GET.get("traff"), meetings, live=reads_all(roles, cohort))
    found = figures_for(roles, cohort, meeting, _before(meeting, meetings)) if meeting else []
    shown = sorted(found, key=lambda each: each.own is None)  # one's own kind first
    context = {
        "cohort": cohort,
        "crumbs": [{"url": cohort.get_absolute_url(), "label": cohort.name}],
        "meetings": meetings,
        "meeting": meeting,
        "headline": shown[0].in_a_sentence if len(shown) == 1 else "",
        "shown": [(each, strip_of(each)) for each in shown],
        "reads_all": reads_all(roles, cohort),
    }
    return render(request, "reports/figures.html", context)


def _meetings(cohort: Cohort, roles: Roles) -> list[Meeting]:
    """Those with anything submitted: the whole omgång's, and those of the groups one is in or mentors."""
    answered = answered_meetings(cohort).select_related("cohort", "group")
    if reads_all(roles, cohort):
        return list(answered)
    return list(answered.filter(Q(group=None) | Q(group__in=roles.group_ids | roles.mentored_group_ids)))


def _chosen(key: str | None, meetings: list[Meeting], *, live: bool) -> Meeting | None:
    """The one asked for, else the last whose figures have opened; to who reads live figures the last that has any."""
    if key is not None:
        return next((meeting for meeting in meetings if meeting.key == key), None) or _not_found()
    open_to_all = [meeting for meeting in meetings if meeting.has_begun(timezone.localdate())]
    of_interest = meetings if live else open_to_all or meetings
    return of_interest[-1] if of_interest else None


def _before(meeting: Meeting, meetings: list[Meeting]) -> Meeting | None:
    """The nearest earlier one of the same group, or of the whole omgång."""
    earlier = meetings[: meetings.index(meeting)]
    same = [other for other in earlier if other.group_id in (None, meeting.group_id)]
    return same[-1] if same else None


def _not_found() -> Meeting:
    raise Http404("Träffen finns inte eller har inga inlämnade självskattningar.")
