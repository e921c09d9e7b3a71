"""SKR's pages of an organisation in an omgång, and the page that extends the omgång."""

from datetime import date
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import PageRequest
from cohorts.crumbs import cohort_crumb
from cohorts.enums import Role
from cohorts.fetch import get_cohort, get_participation
from cohorts.models import Cohort, Participation
from kit.days import months_after
from kit.pages import Crumb, draw, posted, press, store
from kit.permissions import may, require
from kit.responses import makes_new, post_only
from kit.staleness import content_of
from kit.templatetags.swedish import day
from people.actions.extending import extend_cohort
from people.actions.participation import (
    FACTS,
    add_participation,
    change_participation,
    rejoin,
    remove_participation,
    rests_on_it,
    withdraw,
)
from people.composition import composition
from people.forms.participation import AddParticipationForm, ExtendForm, ParticipationForm, WithdrawForm
from people.perms import ADD_PARTICIPATION, EDIT_PARTICIPATION, EXTEND_COHORT, READ_PARTICIPATION, WITHDRAW


# Only this page, which is SKR's own, shows why an organisation left.
@require_GET
def participation(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = get_participation(request, slug, code)
    require(request.user, READ_PARTICIPATION, participation)
    today = timezone.localdate()
    delegates = list(participation.delegates.select_related("user").current_or_coming(today))
    context = {
        "participation": participation,
        "crumbs": _way_to(participation.cohort),
        "composition": composition(delegates, participation.both_sides, today),
        "registered": delegates,
        "silent": [row for row in delegates if row.user.last_login is None],
        "moves": participation.moves.select_related("by"),
        "decisions": participation.decisions.all(),
        "mentorships": participation.mentorships.select_related("group").prefetch_related("meetings"),
        "may_edit": may(request.user, EDIT_PARTICIPATION, participation),
        "may_withdraw": may(request.user, WITHDRAW, participation),
        "may_remove": not delegates
        and may(request.user, EDIT_PARTICIPATION, participation)
        and not rests_on_it(participation),
    }
    return render(request, "people/participation/participation.html", context)


@makes_new
@require_http_methods(["GET", "POST"])
def participation_add(request: PageRequest, slug: str) -> HttpResponse:
    cohort = get_cohort(request, slug)
    require(request.user, ADD_PARTICIPATION, cohort)
    role = Role.MENTOR if request.GET.get("roll") == Role.MENTOR else Role.PARTICIPANT
    form = AddParticipationForm(posted(request), cohort=cohort, role=role)
    if form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("code", "other_kind", "other_name", *FACTS)}
        added = store(request, form, add_participation, cohort=cohort, **facts)
        if added:
            messages.success(request, f"{added} är med i omgången. Lägg till strategen, så kan arbetet börja.")
            return redirect("people:people", slug, added.code)
    context = {"cohort": cohort, "form": form, "crumbs": _way_to(cohort)}
    return draw(request, "people/participation/add.html", form, **context)


@require_http_methods(["GET", "POST"])
def participation_edit(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = get_participation(request, slug, code)
    require(request.user, EDIT_PARTICIPATION, participation)
    form = ParticipationForm(posted(request), stored=content_of(participation, *FACTS))
    if store(request, form, partial(change_participation, participation=participation)):
        messages.success(request, "Uppgifterna är ändrade.")
        return redirect("people:participation", slug, code)
    context = {"participation": participation, "form": form, "crumbs": _way_to(participation.cohort, participation)}
    return draw(request, "people/participation/edit.html", form, **context)


@require_http_methods(["GET", "POST"])
def participation_withdraw(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = get_participation(request, slug, code)
    require(request.user, WITHDRAW, participation)
    initial = {"on": participation.withdrawn_on or timezone.localdate(), "reason": participation.withdrawal_reason}
    form = WithdrawForm(posted(request), initial=initial)
    if store(request, form, partial(withdraw, participation=participation)):
        messages.success(request, f"Antecknat: {participation} har lämnat omgången.")
        return redirect("people:participation", slug, code)
    context = {"participation": participation, "form": form, "crumbs": _way_to(participation.cohort, participation)}
    return draw(request, "people/participation/withdraw.html", form, **context)


@post_only
def participation_rejoin(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = get_participation(request, slug, code)
    require(request.user, WITHDRAW, participation)
    rejoin(participation=participation, by=request.user)
    messages.success(request, f"{participation} är med i omgången igen.")
    return redirect("people:participation", slug, code)


@post_only
def participation_remove(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = get_participation(request, slug, code)
    require(request.user, EDIT_PARTICIPATION, participation)
    action = partial(remove_participation, participation=participation)
    if press(request, action, f"{participation} är borttagen ur omgången."):
        return redirect(participation.cohort)
    return redirect("people:participation", slug, code)


@require_http_methods(["GET", "POST"])
def extend(request: PageRequest, slug: str) -> HttpResponse:
    """Show what follows from the new day; a second post with the same day stores it and mails everyone."""
    cohort = get_cohort(request, slug)
    require(request.user, EXTEND_COHORT, cohort)
    form = ExtendForm(posted(request))
    warnings: list[str] = []
    if form.is_valid():
        until: date = form.cleaned_data["ends_on"]
        warnings = _what_follows(cohort, until)
        if until <= cohort.ends_on or form.cleaned_data["understood"] == until.isoformat():
            if store(request, form, extend_cohort, cohort=cohort, ends_on=until):
                messages.success(request, f"Omgången slutar nu {day(until)}.")
                return redirect(cohort)
        else:
            form = ExtendForm({"ends_on": until.isoformat(), "understood": until.isoformat()})
    context = {"cohort": cohort, "form": form, "warnings": warnings, "crumbs": _way_to(cohort)}
    return draw(request, "people/participation/extend.html", form, **context)


def _what_follows(cohort: Cohort, until: date) -> list[str]:
    warnings = ["Alla som är med får ett mejl om den nya sista dagen. Träffarna flyttas inte."]
    ending = cohort.evaluators.filter(until__gte=timezone.localdate(), until__lt=until).count()
    if ending:
        warnings.append("Den lärande utvärderarens tid slutar före den nya sista dagen.")
    if until >= months_after(cohort.starts_on, 36):
        warnings.append("Omgången blir längre än tre år. Kontrollera årtalet.")
    if until.weekday() >= 5:
        warnings.append("Den nya sista dagen är en lördag eller söndag.")
    return warnings


def _way_to(cohort: Cohort, participation: Participation | None = None) -> list[Crumb]:
    crumbs = [cohort_crumb(cohort)]
    if participation is None:
        return crumbs
    url = reverse("people:participation", args=[cohort.slug, participation.code])
    return [*crumbs, Crumb(url, str(participation))]
