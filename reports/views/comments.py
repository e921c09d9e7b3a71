"""The pages of the comments on a text: a reader's way to it, where one is made, and where a refused one is kept."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.requests import PageRequest
from cohorts.crumbs import cohort_crumb
from cohorts.fetch import get_cohort, get_participation
from kit.pages import Crumb, FormPage, form_page, posted, press, store
from kit.permissions import require
from kit.responses import makes_new, post_only
from reports import actions
from reports.comment_pages import address_of, card_of, home_of, may_comment
from reports.comments import CommentedText
from reports.joint_chapters import ChapterPlace, text_at, texts_of
from reports.models import ChapterText, JointReport, ReportSection
from reports.perms import READ_JOINT_DRAFT, READ_REPORT_DRAFT
from reports.views.joint import get_joint
from reports.views.report import get_report
from reports.views.section import get_place
from reports.views.taking_in import place_at

# What the buttons at a comment do, with the sentence that says it is done.
DOES = {
    "resolve": (actions.resolve_comment, "Kommentaren är klar."),
    "reopen": (actions.reopen_comment, "Kommentaren är öppen igen."),
    "take_back": (actions.take_back_comment, "Kommentaren är tillbakatagen."),
}


@makes_new
@require_http_methods(["GET", "POST"])
def section(request: PageRequest, slug: str, code: str, key: str) -> HttpResponse:
    text = _section(request, slug, code, key)
    report, home = text.report, home_of(text, request.user)
    whole = reverse("reports:report", args=[slug, code])
    is_reader = home == address_of(text)
    page = FormPage(
        f"Kommentarer till ”{get_place(report, key).full}”",
        report.participation.organisation.name,
        whole if is_reader else home,
        crumbs=(cohort_crumb(report.participation.cohort), Crumb(whole, "Resultatrapport")),
        button="Tillbaka till rapporten" if is_reader else "Tillbaka till avsnittet",
    )
    return _answer(request, text, page)


@makes_new
@require_http_methods(["GET", "POST"])
def chapter(request: PageRequest, slug: str, key: str) -> HttpResponse:
    text, place = _chapter(request, slug, key)
    cohort = text.joint.cohort
    page = FormPage(
        f"Kommentarer till ”{place.title}”",
        cohort.name,
        place.url,
        crumbs=(cohort_crumb(cohort), Crumb(reverse("reports:joint", args=[slug]), "Gemensam rapport")),
        button="Tillbaka till texten",
    )
    return _answer(request, text, page)


@post_only
def change_in_section(request: PageRequest, slug: str, code: str, key: str, pk: int) -> HttpResponse:
    return _change(request, _section(request, slug, code, key), pk)


@post_only
def change_in_chapter(request: PageRequest, slug: str, key: str, pk: int) -> HttpResponse:
    return _change(request, _chapter(request, slug, key)[0], pk)


def _section(request: PageRequest, slug: str, code: str, key: str) -> ReportSection:
    report = get_report(request, get_participation(request, slug, code))
    require(request.user, READ_REPORT_DRAFT, report)
    get_place(report, key)
    stored = report.texts.filter(key=key).first() if report.pk else None
    return stored or ReportSection(report=report, key=key)


def _chapter(request: PageRequest, slug: str, key: str) -> tuple[ChapterText, ChapterPlace]:
    cohort = get_cohort(request, slug, "plan__checklist")
    require(request.user, READ_JOINT_DRAFT, cohort)
    joint = get_joint(request, cohort) or JointReport(cohort=cohort)
    place = place_at(cohort, key)
    return text_at(place, joint, texts_of(joint)), place


def _answer(request: PageRequest, text: CommentedText, page: FormPage) -> HttpResponse:
    _refuse_others(request, text)
    card = card_of(text, request.user, data=posted(request), about=request.GET.get("om", ""))
    if store(request, card.form, partial(actions.add_comment, on=text)):
        return redirect(f"{home_of(text, request.user)}#kommentarer")
    return form_page(request, "reports/comments_page.html", card.form, page, text=text, comments=card)


def _change(request: PageRequest, text: CommentedText, pk: int) -> HttpResponse:
    """Do what the button says; one that has been taken back meanwhile is gone, as the page then shows."""
    _refuse_others(request, text)
    action, done = DOES.get(request.POST.get("do", ""), (None, ""))
    comment = text.comments.filter(pk=pk).first() if text.pk else None
    if action and comment:
        press(request, partial(action, comment=comment), done)
    return redirect(f"{home_of(text, request.user)}#kommentarer")


def _refuse_others(request: PageRequest, text: CommentedText) -> None:
    if request.method == "POST" and not may_comment(request.user, text):
        raise PermissionDenied
