"""SKR's pages of an omgång's lärande utvärderare."""

from functools import partial

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import PageRequest
from cohorts.crumbs import cohort_crumb
from cohorts.fetch import get_cohort
from cohorts.fields import with_dropped
from cohorts.models import Cohort, Evaluator
from kit.ordering import by_name
from kit.pages import ConfirmPage, Crumb, FormPage, confirmed, form_page, posted, saved_or_form, store
from kit.permissions import may, require
from kit.responses import makes_new
from kit.templatetags.swedish import day
from people.actions.evaluators import appoint_evaluator, change_last_day, end_evaluator
from people.forms.access import EvaluatorForm, LastDayForm
from people.perms import CLOSE_ACCOUNT, EDIT_EVALUATORS, READ_EVALUATORS

TEMPLATE = "kit/form.html"


@require_GET
def evaluators(request: PageRequest, slug: str) -> HttpResponse:
    cohort = get_cohort(request, slug)
    require(request.user, READ_EVALUATORS, cohort)
    today = timezone.localdate()
    rows = list(cohort.evaluators.select_related("user").order_by(by_name("user__name"), "pk"))
    context = {
        "cohort": cohort,
        "crumbs": _way_to(cohort)[:-1],
        "current": [row for row in rows if row.is_current(today)],
        "over": [row for row in rows if not row.is_current(today)],
        "may_edit": may(request.user, EDIT_EVALUATORS, cohort),
        "may_close": may(request.user, CLOSE_ACCOUNT),
    }
    return render(request, "people/access/evaluators.html", context)


@makes_new
@require_http_methods(["GET", "POST"])
def evaluator_add(request: PageRequest, slug: str) -> HttpResponse:
    cohort = get_cohort(request, slug, "contact")
    require(request.user, EDIT_EVALUATORS, cohort)
    form = EvaluatorForm(posted(request), initial={"until": cohort.ends_on})
    if row := store(request, form, partial(appoint_evaluator, cohort=cohort)):
        message = f"{row.user.name} läser omgången till och med {day(row.until)}. Ett mejl går till {row.user.email}."
        messages.success(request, with_dropped(message, form))
        return redirect("people:evaluators", slug)
    lead = "Utvärderaren läser det som organisationerna har lämnat in, och omgångens siffror. Hen får ett mejl."
    page = FormPage("Lägg till en lärande utvärderare", cohort.name, _back(cohort), _way_to(cohort), "Lägg till", lead)
    return form_page(request, TEMPLATE, form, page)


@require_http_methods(["GET", "POST"])
def evaluator_edit(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    cohort = get_cohort(request, slug)
    require(request.user, EDIT_EVALUATORS, cohort)
    row = _get(cohort, pk)
    lead = "Utvärderaren får ett mejl om den nya dagen."
    page = FormPage(f"Ändra sista dagen för {row.user.name}", cohort.name, _back(cohort), _way_to(cohort), lead=lead)
    form = LastDayForm(posted(request), evaluator=row)
    action = partial(change_last_day, evaluator=row)
    return saved_or_form(request, TEMPLATE, form, page, action, "Den nya dagen är sparad.")


@require_http_methods(["GET", "POST"])
def evaluator_end(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    cohort = get_cohort(request, slug)
    require(request.user, EDIT_EVALUATORS, cohort)
    row = _get(cohort, pk)
    page = ConfirmPage(
        f"Avsluta uppdraget för {row.user.name}?",
        cohort.name,
        _back(cohort),
        _way_to(cohort),
        button="Avsluta uppdraget",
        danger=True,
        happens=(
            f"{row.user.name} läser inte längre något i omgången, från och med nu.",
            f"Ett mejl går till {row.user.email}, och alla processledare ser det bland händelserna.",
        ),
    )
    done = f"Uppdraget för {row.user.name} är avslutat."
    return confirmed(request, forms.Form(posted(request)), page, partial(end_evaluator, evaluator=row), done)


def _get(cohort: Cohort, pk: int) -> Evaluator:
    row: Evaluator = get_object_or_404(cohort.evaluators.select_related("user"), pk=pk)
    row.cohort = cohort
    return row


def _back(cohort: Cohort) -> str:
    return reverse("people:evaluators", args=[cohort.slug])


def _way_to(cohort: Cohort) -> list[Crumb]:
    directory = Crumb(reverse("people:directory", args=[cohort.slug]), "Personer")
    return [cohort_crumb(cohort), directory, Crumb(_back(cohort), "Lärande utvärderare")]
