"""What the pages of the app share: the way here, and the answer of a form."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Model
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from cohorts.models import Participation
from cohorts.roles import roles_of
from improvements.forms import PUBLIC
from modell.http import PageRequest
from modell.permissions import Perm, may
from modell.refusals import ActionRefused
from modell.staleness import SeenForm


@dataclass(frozen=True)
class Crumb:
    url: str
    label: str


@dataclass(frozen=True)
class FormPage:
    """The words of a page with one form on it; `back` is where one came from and goes to."""

    title: str
    eyebrow: str
    crumbs: list[Crumb]
    back: str
    saved: str
    goes_to_new: bool = False


def posted(request: PageRequest) -> QueryDict | None:
    """What a form is bound to: an empty post is a post too, and gets its errors."""
    return request.POST if request.method == "POST" else None


def save(request: PageRequest, form: SeenForm, action: Callable[..., Model]) -> Model | None:
    """What was stored; if nothing was, the form says why and keeps what was typed."""
    if not form.is_valid():
        return None
    try:
        return action(**form.cleaned_data, by=request.user)
    except ActionRefused as refusal:
        form.refuse(refusal)
    return None


def form_answer(request: PageRequest, form: SeenForm, page: FormPage, action: Callable[..., Model]) -> HttpResponse:
    """Draw the form; posted, store it and go on, or show what stands in the way."""
    row = save(request, form, action) if request.method == "POST" else None
    if row is not None:
        messages.success(request, page.saved)
        return redirect(f"improvements:{row._meta.model_name}", row.pk) if page.goes_to_new else redirect(page.back)
    context = {"form": form, "page": page, "public": PUBLIC}
    return render(request, "improvements/form.html", context, status=422 if form.errors else 200)


def is_own(request: PageRequest, participation: Participation) -> bool:
    return participation.organisation_id in roles_of(request.user).organisation_ids


def way_to(request: PageRequest, participation: Participation) -> list[Crumb]:
    """To the organisation's work, for those who may read it; else to the examples, if one is in the omgång."""
    roles, slug = roles_of(request.user), participation.cohort.slug
    if not (roles.is_skr or participation.cohort_id in roles.cohort_ids | roles.evaluated_cohort_ids):
        return []  # one's own organisation's, from an omgång before one's own
    if may(request.user, Perm.READ_VALUES, participation):
        return [Crumb(work_of_its(participation), "Förbättringar")]
    return [Crumb(reverse("improvements:examples", args=[slug]), "Lärande exempel")]


def work_of_its(participation: Participation) -> str:
    return reverse("improvements:work", args=[participation.cohort.slug, participation.code])
