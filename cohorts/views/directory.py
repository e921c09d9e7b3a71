from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from cohorts.directory import Directory, directory_of, workbook_of
from cohorts.fetch import get_cohort
from cohorts.models import Cohort
from modell.http import PageRequest
from modell.permissions import Perm, may, require
from modell.workbook.writing import MEDIA_TYPE

LONGEST_SEARCH = 80


@require_GET
def directory(request: PageRequest, slug: str) -> HttpResponse:
    """Everyone in the omgång, by organisation and function: who is who, and how to write to them."""
    cohort = get_cohort(request, slug, "contact")
    require(request.user, Perm.READ_DIRECTORY, cohort)
    may_export = may(request.user, Perm.EXPORT_DIRECTORY, cohort)
    asked = {
        "search": request.GET.get("sok", "").strip()[:LONGEST_SEARCH],
        "group": request.GET.get("grupp", ""),
        "silent": may_export and request.GET.get("inloggning") == "nej",
    }
    groups = list(cohort.groups.all())
    asked["group"] = asked["group"] if asked["group"] in {group.key for group in groups} else ""
    today = timezone.localdate()
    context = {
        "cohort": cohort,
        "crumbs": [{"url": cohort.get_absolute_url(), "label": cohort.name}],
        "directory": _asked_for(cohort, today, asked),
        "groups": groups,
        "asked": asked,
        "narrowed": any(asked.values()),
        "may_export": may_export,
        "may_edit_all": may(request.user, Perm.EDIT_ALL_PEOPLE, cohort),
        "may_add": may(request.user, Perm.ADD_PARTICIPATION, cohort),
        "today": today,
    }
    return render(request, "cohorts/directory/directory.html", context)


@require_GET
def directory_file(request: PageRequest, slug: str) -> HttpResponse:
    cohort = get_cohort(request, slug)
    require(request.user, Perm.EXPORT_DIRECTORY, cohort)
    content = workbook_of(cohort, directory_of(cohort, timezone.localdate()))
    disposition = f'attachment; filename="personer-{cohort.slug}.xlsx"'
    return HttpResponse(content, content_type=MEDIA_TYPE, headers={"Content-Disposition": disposition})


def _asked_for(cohort: Cohort, today: date, asked: dict[str, object]) -> Directory:
    return directory_of(
        cohort, today, search=str(asked["search"]), group=str(asked["group"]), silent=bool(asked["silent"])
    )
