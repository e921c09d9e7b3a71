"""Where SKR says who may write an organisation's interest form."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from accounts.requests import PageRequest
from admission.actions.holders import let_go, let_in, turn_away
from admission.forms.holders import LetInForm
from admission.models import InterestAsk
from admission.perms import LET_IN
from cohorts.fetch import get_cohort
from cohorts.models import Cohort
from kit.pages import press
from kit.permissions import require
from kit.responses import post_only


def asks_of(cohort: Cohort) -> list[tuple[InterestAsk, LetInForm]]:
    return [(ask, LetInForm(ask=ask)) for ask in InterestAsk.objects.of_cohort(cohort)]


def _ask(request: PageRequest, slug: str, pk: int) -> InterestAsk:
    cohort = get_cohort(request, slug)
    require(request.user, LET_IN, cohort)
    return get_object_or_404(InterestAsk.objects.of_cohort(cohort), pk=pk)


@post_only
def interest_let_in(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    ask = _ask(request, slug, pk)
    form = LetInForm(request.POST, ask=ask)
    remember = form.is_valid() and form.cleaned_data.get("remember", False)
    press(request, partial(let_in, ask=ask, remember=remember), f"{ask.email} har fått en länk till anmälan.")
    return redirect("admission:interests", slug)


@post_only
def interest_turn_away(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    ask = _ask(request, slug, pk)
    press(request, partial(turn_away, ask=ask), f"Frågan från {ask.email} är avvisad. Personen får inget mejl om det.")
    return redirect("admission:interests", slug)


@post_only
def interest_let_go(request: PageRequest, slug: str, pk: int, writer: int) -> HttpResponse:
    cohort = get_cohort(request, slug)
    require(request.user, LET_IN, cohort)
    interest = get_object_or_404(cohort.interests, pk=pk)
    press(request, partial(let_go, interest=interest, pk=writer), "Länken är borttagen och slutar gälla nu.")
    return redirect("admission:interest_read", slug, pk)
