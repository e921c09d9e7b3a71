from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from cohorts.actions.inviting import invite_silent
from cohorts.directory import Directory, directory_of, workbook_of
from cohorts.fetch import get_cohort
from cohorts.models import Cohort
from cohorts.silent import silent_in
from modell.http import PageRequest
from modell.permissions import Perm, may, require
from modell.templatetags.swedish import in_words, sentence
from modell.workbook.writing import MEDIA_TYPE

LONGEST_SEARCH = 80
# A number longer than any key is nobody's, and none that a database can look for.
MOST_DIGITS = 18


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
    may_edit_all = may(request.user, Perm.EDIT_ALL_PEOPLE, cohort)
    context = {
        "cohort": cohort,
        "crumbs": [{"url": cohort.get_absolute_url(), "label": cohort.name}],
        "directory": _asked_for(cohort, today, asked),
        "groups": groups,
        "asked": asked,
        "narrowed": any(asked.values()),
        "may_export": may_export,
        "may_edit_all": may_edit_all,
        "silent": silent_in(cohort, today) if may_edit_all else None,
        "may_add": may(request.user, Perm.ADD_PARTICIPATION, cohort),
        "today": today,
    }
    return render(request, "cohorts/directory/directory.html", context)


@require_http_methods(["GET", "POST"])
def directory_invite(request: PageRequest, slug: str) -> HttpResponse:
    """All who have not signed in, named before the invitation goes to them once more."""
    cohort = get_cohort(request, slug)
    require(request.user, Perm.EDIT_ALL_PEOPLE, cohort)
    if request.method == "POST":
        named = {int(pk) for pk in request.POST.getlist("seat") if pk.isdecimal() and len(pk) < MOST_DIGITS}
        invited = invite_silent(cohort=cohort, seats=named, by=request.user)
        messages.success(request, _told(len(invited)))
        return redirect("cohorts:directory", slug)
    directory = {"url": reverse("cohorts:directory", args=[slug]), "label": "Personer"}
    context = {
        "cohort": cohort,
        "crumbs": [{"url": cohort.get_absolute_url(), "label": cohort.name}, directory],
        "silent": silent_in(cohort, timezone.localdate()),
    }
    return render(request, "cohorts/directory/invite.html", context)


def _told(number: int) -> str:
    if not number:
        return "Ingen inbjudan skickades: alla har loggat in, eller redan fått en i dag."
    return f"{'En inbjudan' if number == 1 else f'{sentence(in_words(number))} inbjudningar'} skickas."


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
