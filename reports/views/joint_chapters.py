"""The pages on which the joint report is written: a chapter or a part of one, the page after the cover, the whole."""

from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods
from django_htmx.http import reswap, retarget, trigger_client_event

from accounts.requests import PageRequest
from cohorts.crumbs import cohort_crumb
from cohorts.fetch import get_cohort
from kit.pages import Crumb, FormPage, draw, posted, refuse_on, saved_or_form
from kit.permissions import may, require
from kit.refusals import ActionRefused
from kit.staleness import content_of
from reports import actions
from reports.actions import TextTaken
from reports.comment_pages import card_of
from reports.content import joint_content
from reports.content.blocks import ChapterBlock
from reports.content.joint import kinds_of
from reports.content.joint_chapters import AUTOMATIC, automatic_blocks, item_in_words
from reports.enums import ChapterOwner, ChapterState
from reports.forms import ChapterTextForm, FrontForm
from reports.joint_chapters import ChapterPlace, text_at, texts_of
from reports.joint_index import chapter_lines
from reports.joint_panel import panel_of
from reports.live import changed_in, figures_in_joint
from reports.models import ChapterText, JointReport
from reports.perms import EDIT_JOINT_REPORT, READ_JOINT_DRAFT, WRITE_CHAPTER
from reports.placing import JOINT_GONE, JOINT_RULE, placeables_in_joint, tables_are_shown, unprinted_in
from reports.reading import ON_SCREEN, body
from reports.sections import BETWEEN
from reports.views.joint import get_joint
from reports.views.taking_in import Pressed, leave_panel, place_at, pressed_in_panel

FRONT = ("isbn", "responsible", "audience", "information", "row_order")
MOVED = {
    ChapterState.REVIEW: "Texten är skickad till granskning.",
    ChapterState.DONE: "Texten är klar.",
    ChapterState.DRAFT: "Texten är ett utkast igen.",
}


@dataclass
class WritingPage:
    """A text as its page draws it; `taken` is what somebody else has saved in the meantime."""

    place: ChapterPlace
    text: ChapterText
    form: ChapterTextForm
    taken: ChapterText | None = None

    @property
    def revision(self) -> int:
        """Return the revision to post: after a clash it is the other text's, which has then been seen."""
        return (self.taken or self.text).revision


@require_http_methods(["GET", "POST"])
def chapter(request: PageRequest, slug: str, key: str, part: str = "") -> HttpResponse:
    cohort = get_cohort(request, slug, "plan__checklist")
    require(request.user, READ_JOINT_DRAFT, cohort)
    joint = get_joint(request, cohort) or JointReport(cohort=cohort)
    prefetch_related_objects([cohort], "chapters")
    if joint.pk:
        prefetch_related_objects([joint], "texts")
    place = place_at(cohort, f"{key}{BETWEEN}{part}" if part else key)
    text = text_at(place, joint, texts_of(joint))
    page = WritingPage(place, text, ChapterTextForm(posted(request), text=text))
    if request.method == "GET":
        return _page(request, page)
    if "owner" in request.POST:
        return _give(request, page)
    require(request.user, WRITE_CHAPTER, text)
    pressed = pressed_in_panel(request, cohort, place)
    saved = "text" not in request.POST or _save(request, page, pressed)
    if request.htmx:
        return _fragment(request, page, saved=saved)
    if not saved:
        return _page(request, page)
    return leave_panel(request, cohort, place, pressed) if pressed else _moved(request, page)


def _save(request: PageRequest, page: WritingPage, pressed: Pressed | None) -> bool:
    if not page.form.is_valid():
        return False
    cohort, key = page.text.joint.cohort, page.place.key
    action = pressed.action if pressed else actions.save_chapter
    try:
        page.text = action(cohort=cohort, key=key, by=request.user, **page.form.cleaned_data)
    except TextTaken as taken:
        page.taken = cast(ChapterText, taken.stored)
        page.form.add_error("text", taken.sentence)
        if pressed:
            page.form.add_error("text", pressed.not_done)
    except ActionRefused as refusal:
        refuse_on(page.form, refusal)
    return not page.form.errors


def _moved(request: PageRequest, page: WritingPage) -> HttpResponse:
    """Move the text on if the button says so; only SKR says that a text is done."""
    then, cohort = request.POST.get("then", ""), page.text.joint.cohort
    said = "Sparat."
    if then in ChapterState.values:
        state = ChapterState(then)
        if state == ChapterState.DONE or page.text.is_done:
            require(request.user, EDIT_JOINT_REPORT, cohort)
        try:
            actions.move_chapter(cohort=cohort, key=page.place.key, state=state, by=request.user)
        except ActionRefused as refusal:
            page.form.full_clean()
            page.form.add_error(None, refusal.sentence)
            return _page(request, page)
        said = MOVED[state]
    messages.success(request, said)
    return redirect(request.path)


def _give(request: PageRequest, page: WritingPage) -> HttpResponse:
    cohort, owner = page.text.joint.cohort, request.POST["owner"]
    require(request.user, EDIT_JOINT_REPORT, cohort)
    if owner in ChapterOwner.values:
        try:
            actions.give_chapter(cohort=cohort, key=page.place.key, owner=owner, by=request.user)
        except ActionRefused as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, f"{ChapterOwner(owner).label} skriver nu texten.")
    return redirect(request.path)


def _fragment(request: PageRequest, page: WritingPage, *, saved: bool) -> HttpResponse:
    context = {"page": page, "cohort": page.text.joint.cohort, "saved_at": timezone.localtime(), "fragment": True}
    if saved:
        response = render(request, "reports/joint_text.html#saved", context)
        return trigger_client_event(response, "announce", {"value": "Texten är sparad."})
    response = render(request, "reports/joint_text.html", {**context, "may_write": True})
    trigger_client_event(response, "announce", {"value": "Inte sparat. Det du skrev finns kvar på sidan."})
    return reswap(retarget(response, "#kapiteltext"), "outerHTML")


def _page(request: PageRequest, page: WritingPage) -> HttpResponse:
    text, joint = page.text, page.text.joint
    cohort = joint.cohort
    may_edit = may(request.user, EDIT_JOINT_REPORT, cohort)
    open_to_write = may(request.user, WRITE_CHAPTER, text) and not joint.is_published
    refused = page.form.is_bound and bool(page.form.errors)
    lines = chapter_lines(cohort, joint)
    places = [each.place for line in lines for each in (line, *line.parts)]
    at = next(number for number, place in enumerate(places) if place.key == page.place.key)
    context = {
        "cohort": cohort,
        "joint": joint,
        "page": page,
        "lines": lines,
        "current": next(line for line in lines if line.place.chapter == page.place.chapter),
        "before": places[at - 1] if at else None,
        "after": places[at + 1] if at + 1 < len(places) else None,
        "may_edit": may_edit,
        "may_write": open_to_write and (refused or not text.is_done),
        "may_move": open_to_write and (may_edit or not text.is_done),
        "may_give": may_edit and not joint.is_published and (cohort.evaluators.exists() or text.owner != "skr"),
        "fragment": False,
        "comments": card_of(text, request.user),
        **_filled_in(request, page, joint),
        "panel": panel_of(request.GET, page.place, cohort, lines),
        **ON_SCREEN,
    }
    return draw(request, "reports/joint_chapter.html", page.form, **context)


def _filled_in(request: PageRequest, page: WritingPage, joint: JointReport) -> dict[str, Any]:
    """Return what fills itself in, and the figures and tables that the text may have, with those that have changed.

    The tables take all that the report prints, so they are read where it is read anyhow, or where they are asked for.
    """
    part, chapter, document = page.place.part, page.place.chapter, page.text.document
    is_filled = part is None and chapter.kind in AUTOMATIC
    content = joint_content(joint, None, None) if is_filled or tables_are_shown(request.GET, document) else None
    kinds = content.kinds if content else kinds_of(joint)
    figures, number = figures_in_joint(kinds), part.part.removeprefix("moment-") if part else ""
    placeables = placeables_in_joint(content) if content else ()
    blocks = tuple[ChapterBlock, ...]()
    if content and is_filled:
        blocks = automatic_blocks(next(each for each in content.chapters if each.key == chapter.key), content)
    return {
        "figures": figures,
        "changed": changed_in(document, figures),
        "placeables": placeables,
        "placing_rule": JOINT_RULE,
        "has_tables": content is not None,
        "unprinted": unprinted_in(document, placeables, JOINT_GONE) if content else (),
        "values": item_in_words(int(number), kinds) if number.isdigit() else "",
        "blocks": blocks,
    }


@require_GET
def preview(request: PageRequest, slug: str) -> HttpResponse:
    cohort = get_cohort(request, slug, "plan__checklist")
    require(request.user, READ_JOINT_DRAFT, cohort)
    joint = get_joint(request, cohort) or JointReport(cohort=cohort)
    content = joint_content(joint, None, None).as_draft()
    return render(request, "reports/joint_preview.html", {"cohort": cohort, "joint": joint, **body(content)})


@require_http_methods(["GET", "POST"])
def front(request: PageRequest, slug: str) -> HttpResponse:
    cohort = get_cohort(request, slug, "plan__checklist")
    require(request.user, EDIT_JOINT_REPORT, cohort)
    joint = get_joint(request, cohort) or JointReport(cohort=cohort)
    back = reverse("reports:joint", args=[slug])
    page = FormPage(
        "Uppgifter om rapporten",
        cohort.name,
        back,
        crumbs=(cohort_crumb(cohort), Crumb(back, "Gemensam rapport")),
        lead="De står på sidan efter omslaget. Det som är tomt skrivs inte ut.",
        fixed=actions.PUBLISHED if joint.is_published else "",
    )
    form = FrontForm(posted(request), stored=content_of(joint, *FRONT))
    action = partial(actions.save_front, cohort=cohort)
    return saved_or_form(request, "kit/form.html", form, page, action, "Uppgifterna är sparade.")
