from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cohorts.fetch import get_cohort
from cohorts.models import Cohort
from mailings.kinds.following import SKR_REMINDER
from mailings.writing import Frame, write
from meetings.models import Meeting
from modell.http import PageRequest
from modell.permissions import Perm, may, require
from modell.refusals import ActionRefused
from modell.templatetags.swedish import enumerated
from programme.following.actions import Reminded, plan_reminder, send_reminder
from programme.following.facts import Facts, read_facts
from programme.following.overview import Overview, meetings_to_watch, overview_of
from programme.forms.following import RemindForm
from programme.readiness import count_items

# So many coming meetings may be chosen between: those further off have nothing due yet.
MOST_MEETINGS = 6


@dataclass(frozen=True)
class Choice:
    """How the page is looked at; each link changes one thing of it."""

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


def readiness(request: PageRequest, slug: str) -> HttpResponse:
    """Läget inför träffen: each organisation and what is due, as a table or as a list."""
    cohort = get_cohort(request, slug)
    require(request.user, Perm.SEE_READINESS, cohort)
    meetings = meetings_to_watch(cohort, timezone.localdate())[:MOST_MEETINGS]
    meeting = _chosen(request, meetings)
    context = {"cohort": cohort, "meetings": meetings, "meeting": meeting, "crumbs": _crumbs(cohort)}
    if meeting is None:
        return render(request, "programme/following/readiness_none.html", context)
    overview, _ = _overview(cohort, meeting)
    choice = Choice.of(request, meeting)
    context |= {
        "overview": overview,
        "rows": overview.lacking if choice.lacking_only else overview.rows,
        "choice": choice,
        "may_remind": may(request.user, Perm.SEND_MAIL, cohort) and bool(overview.lacking),
    }
    return render(request, "programme/following/readiness.html", context)


@require_http_methods(["GET", "POST"])
def remind(request: PageRequest, slug: str) -> HttpResponse:
    """Choose what is lacking, see who gets the mail and what it says, send it."""
    cohort = get_cohort(request, slug, "contact")
    require(request.user, Perm.SEND_MAIL, cohort)
    meetings = meetings_to_watch(cohort, timezone.localdate())[:MOST_MEETINGS]
    meeting = _chosen(request, meetings)
    if meeting is None:
        return redirect("programme:readiness", slug)
    overview, facts = _overview(cohort, meeting)
    asked = request.POST if request.method == "POST" else request.GET
    form = RemindForm(asked if "sak" in asked or request.method == "POST" else None, overview=overview)
    reminded = Reminded((), 0)
    if form.is_bound and form.is_valid():
        reminded = plan_reminder(cohort=cohort, facts=facts, matters=form.cleaned_data["sak"])
        if request.method == "POST":
            return _send(request, cohort, meeting, reminded, form)
        lacking = overview.that_lack(form.cleaned_data["sak"])
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
    return redirect(f"{reverse('programme:readiness', args=[cohort.slug])}?traff={meeting.key}")


def _page(
    request: PageRequest,
    cohort: Cohort,
    meeting: Meeting,
    form: RemindForm,
    reminded: Reminded,
    nobody: Iterable[str] = (),
) -> HttpResponse:
    """`nobody` are organisations that lack something and have no one to remind of it."""
    first = reminded.planned[0] if reminded.planned else None
    context = {
        "cohort": cohort,
        "meeting": meeting,
        "form": form,
        "chosen": form.is_bound and form.is_valid(),
        "reminded": reminded,
        "nobody": enumerated(nobody) if nobody else "",
        "sample": first
        and write(SKR_REMINDER, {"namn": first.recipient.name, **first.values}, Frame(first.reason, first.path)),
        "crumbs": [*_crumbs(cohort), {"url": reverse("programme:readiness", args=[cohort.slug]), "label": "Läget"}],
    }
    return render(request, "programme/following/remind.html", context, status=422 if form.errors else 200)


def _chosen(request: PageRequest, meetings: list[Meeting]) -> Meeting | None:
    """The one asked for, else the next."""
    key = request.POST.get("traff") or request.GET.get("traff")
    return next((meeting for meeting in meetings if meeting.key == key), meetings[0] if meetings else None)


def _overview(cohort: Cohort, meeting: Meeting) -> tuple[Overview, Facts]:
    facts = read_facts(cohort.participations.order_by("position", "pk"), timezone.localdate(), only=meeting)
    return overview_of(meeting, facts, count_items(cohort)), facts


def _crumbs(cohort: Cohort) -> list[dict[str, str]]:
    return [{"url": cohort.get_absolute_url(), "label": cohort.name}]
