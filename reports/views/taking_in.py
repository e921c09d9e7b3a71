"""The buttons of the panel of sources, and the page on which a source is shortened before it is taken in."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.requests import PageRequest
from cohorts.crumbs import cohort_crumb
from cohorts.fetch import get_cohort
from cohorts.models import Cohort
from kit.pages import Crumb, FormPage, form_page, posted, store
from kit.permissions import require
from reports import actions
from reports.forms_sources import ShortenForm
from reports.joint_chapters import ChapterPlace, place_of, text_at, texts_of
from reports.joint_panel import TAKEN, heard_in_words
from reports.joint_sources import JointSource, sources_in
from reports.models import ChapterText, JointReport, TakenIn
from reports.perms import READ_JOINT_DRAFT, WRITE_CHAPTER
from reports.taken_in import row_of, unheard
from reports.views.joint import get_joint

GONE = "Källan får inte användas längre, så den är inte inlagd."


@dataclass(frozen=True)
class Pressed:
    """A button of the panel: what saves the text, and what the page says where that is refused."""

    action: Callable[..., ChapterText]
    not_done: str
    source: JointSource | None = None
    shortens: bool = False


def place_at(cohort: Cohort, key: str) -> ChapterPlace:
    place = place_of(cohort, key)
    if place is None:
        raise Http404
    return place


def pressed_in_panel(request: PageRequest, cohort: Cohort, place: ChapterPlace) -> Pressed | None:
    """Return the button that was pressed; where its source is gone, the page says so and the text is saved."""
    if "text" not in request.POST:
        return None
    taken = request.POST.get("take_out", "")
    if taken.isdecimal() and taken.isascii():
        action = partial(actions.take_out, taken=int(taken))
        return Pressed(action, "Inget är borttaget ur texten än. Välj text först, och tryck sedan på Ångra igen.")
    name = next((name for name in ("put_in", "shorten") if request.POST.get(name)), "")
    if not name:
        return None
    source = _source_at(cohort, place, request.POST[name])
    if source is None:
        messages.error(request, GONE)
        return None
    not_done = "Källan är inte inlagd. Välj text först, och ta sedan in den igen."
    if name == "shorten":
        return Pressed(actions.save_chapter, not_done, source, shortens=True)
    return Pressed(partial(actions.take_in, source=source), not_done, source)


def leave_panel(request: PageRequest, cohort: Cohort, place: ChapterPlace, pressed: Pressed) -> HttpResponse:
    if pressed.source is None:
        messages.success(request, f"Det är borttaget ur texten. {heard_in_words(unheard(cohort))}")
        return redirect(_text_at(request, place))
    if pressed.shortens:
        return redirect("reports:shorten_source", cohort.slug, place.key, pressed.source.key)
    return redirect(_text_at(request, place, row_of(cohort, place.key, pressed.source.identity)))


@require_http_methods(["GET", "POST"])
def shorten(request: PageRequest, slug: str, key: str, source: str) -> HttpResponse:
    """Show a source beside a field with the words to take in of it."""
    cohort = get_cohort(request, slug, "plan__checklist")
    require(request.user, READ_JOINT_DRAFT, cohort)
    place = place_at(cohort, key)
    joint = get_joint(request, cohort) or JointReport(cohort=cohort)
    require(request.user, WRITE_CHAPTER, text_at(place, joint, texts_of(joint)))
    chosen = _source_at(cohort, place, source)
    page = FormPage(
        "Korta innan du tar in",
        place.title,
        f"{place.url}#kallor",
        crumbs=_crumbs(cohort, place),
        button="Ta in",
        fixed="" if chosen else "Källan får inte användas längre.",
    )
    form = ShortenForm(posted(request), initial={"words": chosen.taken if chosen else ""})
    if chosen and store(request, form, partial(actions.take_in, cohort=cohort, key=key, source=chosen)):
        return redirect(_text_at(request, place, row_of(cohort, place.key, chosen.identity)))
    return form_page(request, "reports/joint_shorten.html", form, page, source=chosen)


def _source_at(cohort: Cohort, place: ChapterPlace, key: str) -> JointSource | None:
    return next((source for source in sources_in(cohort, place) if source.key == key), None)


def _text_at(request: PageRequest, place: ChapterPlace, taken: TakenIn | None = None) -> str:
    """Return the text's address with the panel narrowed as it was, and the name of what was taken in now."""
    query = request.GET.copy()
    query.pop(TAKEN, None)
    if taken:
        query[TAKEN] = str(taken.pk)
    return f"{place.url}?{query.urlencode()}#kapiteltext"


def _crumbs(cohort: Cohort, place: ChapterPlace) -> tuple[Any, ...]:
    joint = Crumb(reverse("reports:joint", args=[cohort.slug]), "Gemensam rapport")
    return cohort_crumb(cohort), joint, Crumb(place.url, place.full_title)
