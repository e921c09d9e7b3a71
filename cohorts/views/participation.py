"""An organisation in an omgång as SKR keeps it: its facts, that it comes late or leaves, and the omgång's last day."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from cohorts.actions.extending import extend_cohort
from cohorts.actions.participation import (
    FACTS,
    add_participation,
    change_participation,
    rejoin,
    remove_participation,
    rests_on_it,
    withdraw,
)
from cohorts.composition import composition
from cohorts.enums import Role
from cohorts.fetch import get_cohort, get_participation
from cohorts.forms.participation import AddParticipationForm, ExtendForm, ParticipationForm, WithdrawForm
from cohorts.models import Cohort, Participation
from modell.http import PageRequest
from modell.permissions import Perm, may, require
from modell.refusals import ActionRefused
from modell.responses import refuse
from modell.staleness import content_of
from modell.templatetags.swedish import day


def participation(request: PageRequest, slug: str, code: str) -> HttpResponse:
    """SKR's page of one organisation. Why it left stands here, and on no page that another reads."""
    found = get_participation(request, slug, code)
    require(request.user, Perm.READ_PARTICIPATION, found)
    today = timezone.localdate()
    delegates = list(found.delegates.select_related("user").current_or_coming(today))
    context = {
        "participation": found,
        "crumbs": _way_to(found.cohort),
        "composition": composition(delegates, found.both_sides, today),
        "silent": [row for row in delegates if row.user.last_login is None],
        "moves": found.moves.select_related("by"),
        "decisions": found.decisions.all(),
        "mentorships": found.mentorships.select_related("group"),
        "may_edit": may(request.user, Perm.EDIT_PARTICIPATION, found),
        "may_withdraw": may(request.user, Perm.WITHDRAW, found),
        "may_remove": not delegates and may(request.user, Perm.EDIT_PARTICIPATION, found) and not rests_on_it(found),
    }
    return render(request, "cohorts/participation/participation.html", context)


@require_http_methods(["GET", "POST"])
def participation_add(request: PageRequest, slug: str) -> HttpResponse:
    cohort = get_cohort(request, slug)
    require(request.user, Perm.ADD_PARTICIPATION, cohort)
    role = Role.MENTOR if request.GET.get("roll") == Role.MENTOR else Role.PARTICIPANT
    form = AddParticipationForm(request.POST if request.method == "POST" else None, cohort=cohort, role=role)
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("code", *FACTS)}
        try:
            added = add_participation(cohort=cohort, by=request.user, **facts)
        except ActionRefused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{added} är med i omgången. Lägg till strategen, så kan arbetet börja.")
            return redirect("cohorts:people", slug, added.code)
    context = {"cohort": cohort, "form": form, "crumbs": _way_to(cohort)}
    return render(request, "cohorts/participation/add.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def participation_edit(request: PageRequest, slug: str, code: str) -> HttpResponse:
    found = get_participation(request, slug, code)
    require(request.user, Perm.EDIT_PARTICIPATION, found)
    form = ParticipationForm(request.POST if request.method == "POST" else None, stored=content_of(found, *FACTS))
    if request.method == "POST" and form.is_valid():
        try:
            change_participation(participation=found, by=request.user, **form.cleaned_data)
        except ActionRefused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Uppgifterna är ändrade.")
            return redirect("cohorts:participation", slug, code)
    context = {"participation": found, "form": form, "crumbs": _way_to(found.cohort, found)}
    return render(request, "cohorts/participation/edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def participation_withdraw(request: PageRequest, slug: str, code: str) -> HttpResponse:
    found = get_participation(request, slug, code)
    require(request.user, Perm.WITHDRAW, found)
    initial = {"on": found.withdrawn_on or timezone.localdate(), "reason": found.withdrawal_reason}
    form = WithdrawForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw(participation=found, by=request.user, **form.cleaned_data)
        except ActionRefused as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            messages.success(request, f"Antecknat: {found} har lämnat omgången.")
            return redirect("cohorts:participation", slug, code)
    context = {"participation": found, "form": form, "crumbs": _way_to(found.cohort, found)}
    return render(request, "cohorts/participation/withdraw.html", context, status=422 if form.errors else 200)


@require_POST
def participation_rejoin(request: PageRequest, slug: str, code: str) -> HttpResponse:
    found = get_participation(request, slug, code)
    require(request.user, Perm.WITHDRAW, found)
    rejoin(participation=found, by=request.user)
    messages.success(request, f"{found} är med i omgången igen.")
    return redirect("cohorts:participation", slug, code)


@require_POST
def participation_remove(request: PageRequest, slug: str, code: str) -> HttpResponse:
    found = get_participation(request, slug, code)
    require(request.user, Perm.EDIT_PARTICIPATION, found)
    try:
        remove_participation(participation=found, by=request.user)
    except ActionRefused as refusal:
        return refuse(request, refusal, "cohorts:participation", slug, code)
    messages.success(request, f"{found} är borttagen ur omgången.")
    return redirect(found.cohort)


@require_http_methods(["GET", "POST"])
def extend(request: PageRequest, slug: str) -> HttpResponse:
    """First what follows from the new day, then, at a second click, the change and the mail to all."""
    cohort = get_cohort(request, slug)
    require(request.user, Perm.EXTEND_COHORT, cohort)
    form = ExtendForm(request.POST if request.method == "POST" else None)
    warnings: list[str] = []
    if request.method == "POST" and form.is_valid():
        until: date = form.cleaned_data["ends_on"]
        warnings = _what_follows(cohort, until)
        try:
            if until <= cohort.ends_on or form.cleaned_data["understood"] == until.isoformat():
                extend_cohort(cohort=cohort, ends_on=until, by=request.user)
                messages.success(request, f"Omgången slutar nu {day(until)}.")
                return redirect(cohort)
        except ActionRefused as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            form = ExtendForm({"ends_on": until.isoformat(), "understood": until.isoformat()})
    context = {"cohort": cohort, "form": form, "warnings": warnings, "crumbs": _way_to(cohort)}
    return render(request, "cohorts/participation/extend.html", context, status=422 if form.errors else 200)


def _what_follows(cohort: Cohort, until: date) -> list[str]:
    """What does not move with the last day, and what someone should look at."""
    told = ["Alla som är med får ett mejl om den nya sista dagen. Träffarna flyttas inte."]
    ending = cohort.evaluators.filter(until__gte=timezone.localdate(), until__lt=until).count()
    if ending:
        told.append("Den lärande utvärderarens tid slutar före den nya sista dagen.")
    if (until - cohort.starts_on).days > 3 * 366:
        told.append("Omgången blir längre än tre år. Kontrollera årtalet.")
    if until.weekday() >= 5:
        told.append("Den nya sista dagen är en lördag eller söndag.")
    return told


def _way_to(cohort: Cohort, found: Participation | None = None) -> list[dict[str, str]]:
    crumbs = [{"url": cohort.get_absolute_url(), "label": cohort.name}]
    if found is None:
        return crumbs
    url = reverse("cohorts:participation", args=[cohort.slug, found.code])
    return [*crumbs, {"url": url, "label": str(found)}]
