"""The pages that add and remove a comment to an improvement."""

from functools import partial

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import Truncator
from django.views.decorators.http import require_http_methods

from accounts.requests import PageRequest
from cohorts.roles import Roles, roles_of
from improvements.beside_forms import CommentForm
from improvements.commenting import add_comment, remove_comment
from improvements.models import Comment, Improvement
from improvements.perms import COMMENT, REMOVE_COMMENT
from improvements.speakers import seat_of
from improvements.views.improvement import get_improvement
from improvements.views.pages import way_to
from kit.pages import ConfirmPage, Crumb, FormPage, confirmed, posted, saved_or_form
from kit.permissions import require
from kit.responses import makes_new

READ_BY = {
    True: "Gruppen, dess mentorer, SKR:s processledare och utvärderaren läser det.",
    False: "Bara er egen organisation läser det, också om ni delar förbättringsarbetet senare.",
}


@makes_new
@require_http_methods(["GET", "POST"])
def add(request: PageRequest, pk: int) -> HttpResponse:
    improvement = get_improvement(request, pk)
    require(request.user, COMMENT, improvement)
    page = FormPage(
        "Skriv en kommentar",
        improvement.title,
        comments_of(improvement),
        _way_to(request, improvement),
        button="Lägg till kommentaren",
        lead=f"{_shown_as(roles_of(request.user), improvement)} {READ_BY[improvement.shared]}",
    )
    form = CommentForm(posted(request))
    return saved_or_form(
        request, "kit/form.html", form, page, partial(add_comment, improvement=improvement), "Kommentaren är tillagd."
    )


@require_http_methods(["GET", "POST"])
def remove(request: PageRequest, pk: int, number: int) -> HttpResponse:
    improvement = get_improvement(request, pk)
    comment = _visible(request, improvement, number)
    if comment is None:  # a second click
        return redirect(comments_of(improvement))
    require(request.user, REMOVE_COMMENT, comment)
    page = ConfirmPage(
        "Ta bort kommentaren?",
        improvement.title,
        comments_of(improvement),
        _way_to(request, improvement),
        lead=f"”{Truncator(comment.text).chars(200)}”",
        button="Ta bort kommentaren",
        danger=True,
        happens=("Ingen kan läsa kommentaren längre. Det går inte att ångra.",),
    )
    action = partial(remove_comment, comment=comment)
    return confirmed(request, forms.Form(posted(request)), page, action, "Kommentaren är borttagen.")


def comments_of(improvement: Improvement) -> str:
    return f"{reverse('improvements:improvement', args=[improvement.pk])}#kommentarer"


def _visible(request: PageRequest, improvement: Improvement, number: int) -> Comment | None:
    rows = Comment.objects.visible_to(roles_of(request.user)).filter(improvement=improvement)
    comment = rows.select_related("organisation").filter(pk=number).first()
    if comment:
        comment.improvement = improvement  # with its participation
    return comment


def _way_to(request: PageRequest, improvement: Improvement) -> list[Crumb]:
    here = reverse("improvements:improvement", args=[improvement.pk])
    return [*way_to(request, improvement.participation), Crumb(here, improvement.title)]


def _shown_as(roles: Roles, improvement: Improvement) -> str:
    seat = seat_of(roles, improvement)
    whose = "din funktion och organisation" if seat else "din roll på SKR"
    return f"Det du skriver visas med {whose}, aldrig med ditt namn."
