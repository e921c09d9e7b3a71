"""The page and the file of a paper to the board, for the views of the apps that the papers are about."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from accounts.requests import PageRequest
from cohorts.models import Participation
from cohorts.roles import roles_of
from kit.limits import heavy
from kit.pages import Crumb, draw, posted, store
from kit.permissions import may, require
from kit.responses import download
from kit.word import MEDIA_TYPE
from papers.actions import remember_paper, save_style
from papers.enums import PaperKind
from papers.facts import what_has_changed
from papers.forms import PaperStyleForm
from papers.paper import BoardPaper
from papers.perms import MAKE_PAPER, STYLE_PAPER
from papers.style import style_content, style_of
from papers.word import word_of


@dataclass(frozen=True)
class PaperPlace:
    """Where a paper has its page: its title there, the way to it, and the addresses of its button and its file."""

    kind: PaperKind
    title: str
    crumbs: Sequence[Crumb]
    make_url: str
    file_url: str


def paper_page(
    request: PageRequest, participation: Participation, paper: BoardPaper, place: PaperPlace
) -> HttpResponse:
    """Show the paper; a post keeps the organisation's own words on its papers."""
    if request.method == "POST":
        require(request.user, STYLE_PAPER, participation)
    form = PaperStyleForm(posted(request), stored=style_content(style_of(participation.organisation)))
    if store(request, form, partial(save_style, participation=participation)):
        messages.success(request, "Sparat. Orden står i pappret nu, och i nästa papper som ni gör.")
        return redirect(request.path)
    own = participation.organisation_id in roles_of(request.user).organisation_ids
    made = participation.made_papers.filter(kind=place.kind).first() if own else None
    return draw(
        request,
        "papers/paper.html",
        form,
        form=form,
        participation=participation,
        paper=paper,
        place=place,
        made=made,
        changed=what_has_changed(paper.facts, made.facts) if made else (),
        may_make=may(request.user, MAKE_PAPER, participation),
        may_style=may(request.user, STYLE_PAPER, participation),
    )


def paper_made(
    request: PageRequest, participation: Participation, paper: BoardPaper, place: PaperPlace
) -> HttpResponse:
    require(request.user, MAKE_PAPER, participation)
    remember_paper(participation=participation, kind=place.kind, facts=paper.facts, by=request.user)
    return redirect(place.file_url)


def paper_file(request: PageRequest, paper: BoardPaper) -> HttpResponse:
    with heavy(request.user):
        content = word_of(paper)
    return download(content, paper.file_name, MEDIA_TYPE)
