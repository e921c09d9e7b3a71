"""View of the page that gives each theme its mentors, in the whole omgång at once."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.requests import PageRequest
from cohorts.crumbs import cohort_crumb
from cohorts.enums import MentorModel
from cohorts.fetch import get_cohort
from grouping.actions.by_theme import assign_by_theme
from grouping.perms import EDIT_GROUPS
from grouping.theme_form import ThemeSharesForm
from kit.pages import Crumb, draw, posted, store
from kit.permissions import require
from kit.templatetags.swedish import in_words, sentence
from mentoring.themes import theme_shares


@require_http_methods(["GET", "POST"])
def mentors_by_theme(request: PageRequest, slug: str) -> HttpResponse:
    cohort = get_cohort(request, slug)
    require(request.user, EDIT_GROUPS, cohort)
    board = theme_shares(cohort)
    form = ThemeSharesForm(posted(request), board=board)
    shares = cohort.mentor_model == MentorModel.BY_THEME
    if shares and form.is_bound and form.is_valid():
        wanted = {"shares": form.shares, "also": form.also, "seen": form.cleaned_data["seen"]}
        changed = _saved(request, form, cohort=cohort, **wanted)
        if changed is not None:
            messages.success(request, changed)
            return redirect("grouping:mentors_by_theme", slug)
    crumbs = [cohort_crumb(cohort), Crumb(reverse("mentoring:mentors", args=[slug]), "Mentorer")]
    context = {"cohort": cohort, "board": board, "form": form, "shares": shares, "crumbs": crumbs}
    context["bare"] = board.bare(timezone.localdate())
    response = draw(request, "grouping/by_theme.html", form, **context)
    if form.is_bound and not shares:  # the page says why there is no form
        response.status_code = 422
    return response


def _saved(request: PageRequest, form: ThemeSharesForm, **wanted: object) -> str | None:
    """Save, and return what happened as a sentence; None if the form says why nothing did."""
    number = store(request, form, assign_by_theme, **wanted)
    if number is None:
        return None
    if number is True:  # no group changed
        return "Inget var ändrat."
    return (
        "Mentorerna är sparade för en grupp."
        if number == 1
        else f"{sentence(in_words(number))} grupper har fått sina mentorer."
    )
