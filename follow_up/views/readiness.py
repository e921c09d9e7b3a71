from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import PageRequest
from cohorts.crumbs import cohort_crumb
from cohorts.fetch import get_cohort
from cohorts.models import Cohort
from follow_up.actions.reminding import Reminded, plan_reminder, send_reminder
from follow_up.forms.reminding import RemindForm
from follow_up.mails import SKR_REMINDER
from follow_up.overview import meetings_to_watch, overview_of
from follow_up.perms import SEE_READINESS, SEND_MAIL
from follow_up.readiness import count_items
from follow_up.records import read_followed, read_records
from kit.pages import Crumb, draw
from kit.permissions import may, require
from kit.refusals import ActionRefused
from kit.templatetags.swedish import enumerated
from mailings.writing import write
from meetings.models import Meeting

# Meetings further off than these have nothing due yet.
MOST_MEETINGS = 6
PER_PAGE = 50


@dataclass(frozen=True)
class Choice:
    """The choices made on the page; each property is the address of the page with one of them changed."""

    meeting: str
    lacking_only: bool
    as_list: bool

    @classmethod
    def of(cls, request: PageRequest, meeting: Meeting) -> "Choice":
        return cls(meeting.key, request.GET.get("visa") == "saknar", request.GET.get("som") == "lista")

    def address(self, meeting: str, *, lacking_only: bool, as_list: bool) -> str:
        asked = {"traff": meeting, "visa": "saknar" if lacking_only else "", "som": "lista" if as_list else ""}
        return "?" + urlencode({name: value for name, value in asked.items() if value})

    @property
    def all_rows(self) -> str:
        return self.address(self.meeting, lacking_only=False, as_list=self.as_list)

    @property
    def only_lacking(self) -> str:
        return self.address(self.meeting, lacking_only=True, as_list=self.as_list)

    @property
    def table(self) -> str:
        return self.address(self.meeting, lacking_only=self.lacking_only, as_list=False)

    @property
    def list(self) -> str:
        return self.address(self.meeting, lacking_only=self.lacking_only, as_list=True)


@require_GET
def readiness(request: PageRequest, slug: str) -> HttpResponse:
    cohort = get_cohort(request, slug)
    require(request.user, SEE_READINESS, cohort)
    meetings = _meetings(cohort)[:MOST_MEETINGS]
    meeting = _chosen(request, meetings)
    context = {"cohort": cohort, "meetings": meetings, "meeting": meeting, "crumbs": _crumbs(cohort)}
    if meeting is None:
        return render(request, "follow_up/readiness_none.html", context)
    participations = cohort.participations.select_related("organisation").order_by("position", "pk")
    followed = read_followed(tuple(participations), timezone.localdate(), only=meeting)
    overview = overview_of(meeting, followed, count_items(cohort))
    choice = Choice.of(request, meeting)
    rows = overview.lacking if choice.lacking_only else overview.rows
    context |= {
        "overview": overview,
        "rows": Paginator(rows, PER_PAGE).get_page(request.GET.get("sida")),
        "choice": choice,
        "may_remind": may(request.user, SEND_MAIL, cohort) and bool(overview.lacking),
    }
    return render(request, "follow_up/readiness.html", context)


@require_http_methods(["GET", "POST"])
def remind(request: PageRequest, slug: str) -> HttpResponse:
    cohort = get_cohort(request, slug, "contact")
    require(request.user, SEND_MAIL, cohort)
    meetings = _meetings(cohort)[:MOST_MEETINGS]
    meeting = _chosen(request, meetings)
    if meeting is None:
        return redirect("follow_up:readiness", slug)
    records = read_records(cohort.participations.order_by("position", "pk"), timezone.localdate(), only=meeting)
    overview = overview_of(meeting, records, count_items(cohort))
    asked = request.POST if request.method == "POST" else request.GET
    form = RemindForm(asked if "sak" in asked or request.method == "POST" else None, overview=overview)
    reminded = Reminded((), 0)
    if form.is_bound and form.is_valid():
        wanted = {"matters": form.cleaned_data["sak"], "organisation": form.organisation}
        reminded = plan_reminder(cohort=cohort, records=records, **wanted)
        if request.method == "POST":
            return _send(request, cohort, meeting, reminded, form)
        lacking = form.that_lack(form.cleaned_data["sak"])
        nobody = [name for name in lacking if name not in reminded.reached]
        return _page(request, cohort, meeting, form, reminded, nobody)
    return _page(request, cohort, meeting, form, reminded)


def _send(request: PageRequest, cohort: Cohort, meeting: Meeting, reminded: Reminded, form: RemindForm) -> HttpResponse:
    try:
        number = send_reminder(cohort=cohort, reminded=reminded, among=form.cleaned_data["till"], by=request.user)
    except ActionRefused as refusal:
        form.add_error(None, refusal.sentence)
        return _page(request, cohort, meeting, form, reminded)
    if number:
        people = "en person" if number == 1 else f"{number} personer"
        messages.success(request, f"Påminnelsen är på väg till {people}.")
    else:
        messages.info(request, "Alla har redan fått en påminnelse om det i dag, eller är klara.")
    return redirect(cohort)


def _page(
    request: PageRequest,
    cohort: Cohort,
    meeting: Meeting,
    form: RemindForm,
    reminded: Reminded,
    nobody: Iterable[str] = (),
) -> HttpResponse:
    """Draw the form; `nobody` names the organisations that lack something and have nobody to remind."""
    first = reminded.planned[0] if reminded.planned else None
    context = {
        "cohort": cohort,
        "meeting": meeting,
        "form": form,
        "chosen": form.is_bound and form.is_valid(),
        "reminded": reminded,
        "nobody": enumerated(nobody) if nobody else "",
        "sample": first
        and write(SKR_REMINDER, {"namn": first.recipient.name, **first.values}, first.to.frame(first.path)),
        "crumbs": [*_crumbs(cohort), Crumb(reverse("follow_up:readiness", args=[cohort.slug]), "Läget")],
    }
    return draw(request, "follow_up/remind.html", form, **context)


def _meetings(cohort: Cohort) -> list[Meeting]:
    return meetings_to_watch(cohort.meetings.select_related("group", "cohort"), timezone.localdate())


def _chosen(request: PageRequest, meetings: list[Meeting]) -> Meeting | None:
    key = request.POST.get("traff") or request.GET.get("traff")
    return next((meeting for meeting in meetings if meeting.key == key), meetings[0] if meetings else None)


def _crumbs(cohort: Cohort) -> list[Crumb]:
    return [cohort_crumb(cohort)]
