from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import PageRequest
from cohorts.crumbs import cohort_crumb
from cohorts.fetch import get_cohort
from cohorts.models import Cohort
from kit.exporting import log_export
from kit.limits import heavy
from kit.pages import Crumb
from kit.permissions import may, require
from kit.templatetags.swedish import in_words, sentence
from kit.workbook.writing import MEDIA_TYPE
from people.actions.inviting import invite_silent
from people.directory import Directory, directory_of, workbook_of
from people.perms import ADD_PARTICIPATION, EDIT_ALL_PEOPLE, EXPORT_DIRECTORY, READ_DIRECTORY, READ_EVALUATORS
from people.silent import silent_in

LONGEST_SEARCH = 80
PER_PAGE = 50
# A longer number is no key, and the database cannot look for it.
MOST_DIGITS = 18


@require_GET
def directory(request: PageRequest, slug: str) -> HttpResponse:
    cohort = get_cohort(request, slug, "contact")
    require(request.user, READ_DIRECTORY, cohort)
    may_export = may(request.user, EXPORT_DIRECTORY, cohort)
    asked = {
        "search": request.GET.get("sok", "").strip()[:LONGEST_SEARCH],
        "group": request.GET.get("grupp", ""),
        "silent": may_export and request.GET.get("inloggning") == "nej",
    }
    groups = list(cohort.groups.all())
    asked["group"] = asked["group"] if asked["group"] in {group.key for group in groups} else ""
    today = timezone.localdate()
    may_edit_all = may(request.user, EDIT_ALL_PEOPLE, cohort)
    directory = _asked_for(cohort, today, asked)
    context = {
        "cohort": cohort,
        "crumbs": [cohort_crumb(cohort)],
        "directory": directory,
        "rows": Paginator(directory.rows, PER_PAGE).get_page(request.GET.get("sida")),
        "groups": groups,
        "asked": asked,
        "narrowed": any(asked.values()),
        "write_to": urlencode(
            {"sok": asked["search"], "grupp": asked["group"], "inloggning": "nej" if asked["silent"] else ""}
        ),
        "may_export": may_export,
        "may_edit_all": may_edit_all,
        "silent": silent_in(cohort, today) if may_edit_all else None,
        "may_read_evaluators": may(request.user, READ_EVALUATORS, cohort),
        "may_add": may(request.user, ADD_PARTICIPATION, cohort),
        "today": today,
    }
    return render(request, "people/directory/directory.html", context)


@require_http_methods(["GET", "POST"])
def directory_invite(request: PageRequest, slug: str) -> HttpResponse:
    cohort = get_cohort(request, slug)
    require(request.user, EDIT_ALL_PEOPLE, cohort)
    if request.method == "POST":
        named = {int(pk) for pk in request.POST.getlist("seat") if pk.isdecimal() and len(pk) < MOST_DIGITS}
        invited = invite_silent(cohort=cohort, seats=named, by=request.user)
        messages.success(request, _invited_message(len(invited)))
        return redirect("people:directory", slug)
    directory = Crumb(reverse("people:directory", args=[slug]), "Personer")
    context = {
        "cohort": cohort,
        "crumbs": [cohort_crumb(cohort), directory],
        "silent": silent_in(cohort, timezone.localdate()),
    }
    return render(request, "people/directory/invite.html", context)


def _invited_message(number: int) -> str:
    if not number:
        return "Ingen inbjudan skickades: alla har loggat in, eller redan fått en i dag."
    return f"{'En inbjudan' if number == 1 else f'{sentence(in_words(number))} inbjudningar'} skickas."


@require_GET
def directory_file(request: PageRequest, slug: str) -> HttpResponse:
    cohort = get_cohort(request, slug)
    require(request.user, EXPORT_DIRECTORY, cohort)
    with heavy(request.user):
        content = workbook_of(cohort, directory_of(cohort, timezone.localdate()))
    log_export(f"the people of {cohort.slug}", by=request.user)
    disposition = f'attachment; filename="personer-{cohort.slug}.xlsx"'
    return HttpResponse(content, content_type=MEDIA_TYPE, headers={"Content-Disposition": disposition})


def _asked_for(cohort: Cohort, today: date, asked: dict[str, object]) -> Directory:
    return directory_of(
        cohort, today, search=str(asked["search"]), group=str(asked["group"]), silent=bool(asked["silent"])
    )
