from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from accounts.requests import PageRequest
from cohorts.crumbs import cohort_crumb
from cohorts.enums import Status
from cohorts.fetch import get_cohort
from cohorts.models import Group
from cohorts.roles import roles_of
from improvements.perms import READ_GROUP_WORK
from improvements.shared_work import SharedWork, shared_work_of
from kit.permissions import require
from kit.templatetags.swedish import in_words, sentence, some


@require_GET
def group_work(request: PageRequest, slug: str, key: str) -> HttpResponse:
    """Show what the organisations of a group share with each other, their mentors and SKR."""
    cohort = get_cohort(request, slug)
    group = get_object_or_404(cohort.groups, key=key)
    require(request.user, READ_GROUP_WORK, group)
    rows = group.participations.participants().exclude(status=Status.WITHDRAWN).with_organisation()
    works = shared_work_of(list(rows.select_related("organisation", "cohort")), roles_of(request.user))
    context = {
        "cohort": cohort,
        "group": group,
        "crumbs": [cohort_crumb(cohort)],
        "works": works,
        "headline": _headline(group, works),
    }
    return render(request, "improvements/group_work.html", context)


def _headline(group: Group, works: tuple[SharedWork, ...]) -> str:
    sharing = sum(not work.is_empty for work in works)
    if not sharing:
        return f"Ingen i {group.name} delar något arbete än."
    if sharing == len(works):
        return f"Det här arbetar {group.name} med hemma."
    return sentence(f"{some(sharing)} av {in_words(len(works))} i {group.name} delar sitt arbete hemma.")
