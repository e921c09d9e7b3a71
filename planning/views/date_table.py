"""View of the page where the days, hours and places of all coming meetings are changed at once."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.requests import PageRequest
from cohorts.models import Cohort
from kit.pages import draw, posted, store
from kit.staleness import digest
from kit.templatetags.swedish import day_span, in_words, sentence
from planning.actions.date_table import TableSaved, save_date_table, table_meetings
from planning.forms.date_table import DateTableForm
from planning.setup.move_mails import Move
from planning.setup.plan import Plan, plan_of
from planning.setup.recipients import Recipients
from planning.setup.warnings import warnings
from planning.views.dates import cohort_to_plan, people_in_words, way_to


@require_http_methods(["GET", "POST"])
def date_table(request: PageRequest, slug: str) -> HttpResponse:
    """Fill the table from pasted rows, or save it; if anyone gets mail, what happens is shown before it is saved."""
    cohort = cohort_to_plan(request, slug)
    meetings = table_meetings(cohort, timezone.localdate())
    form = DateTableForm(posted(request), meetings=meetings)
    shown = None
    if form.is_bound and form.is_valid() and form.read is None:
        shown = _shown(cohort, form.moves)
        if shown is None or request.POST.get("move") == shown["which"]:
            saved = store(
                request, form, save_date_table, cohort=cohort, wanted=form.wanted, seen=form.cleaned_data["seen"]
            )
            if saved:
                messages.success(request, _done(saved))
                return redirect("planning:dates", slug)
    context = {"cohort": cohort, "form": form, "shown": shown, "crumbs": way_to(cohort)}
    return draw(request, "planning/setup/date_table.html", form, **context)


def _shown(cohort: Cohort, moves: Sequence[Move]) -> dict[str, Any] | None:
    """Return what the moves bring with them, or None if nobody needs to know before they are saved."""
    today = timezone.localdate()
    recipients = Recipients(cohort, today).with_meetings([move.meeting for move in moves])
    if not recipients:
        return None
    rows = list(cohort.meetings.select_related("group", "hangs_on"))
    plan, after = plan_of(cohort, rows), {move.meeting.key: move.after[0] for move in moves}
    moved = tuple(row.on(after[row.ref]) if row.ref in after else row for row in plan.meetings)
    before = {warned.sentence for warned in warnings(plan)}
    then = Plan(plan.starts_on, plan.ends_on, moved)
    return {
        "which": digest({move.meeting.key: move.after for move in moves}),
        "moves": [(move.meeting, day_span(*move.before), day_span(*move.after)) for move in moves],
        "mailed": people_in_words(len(recipients)),
        "warned": [warned.sentence for warned in warnings(then) if warned.sentence not in before],
    }


def _done(saved: TableSaved) -> str:
    if not saved.n_changed:
        return "Inget var ändrat."
    changed = (
        "En träff är ändrad." if saved.n_changed == 1 else f"{sentence(in_words(saved.n_changed))} träffar är ändrade."
    )
    return f"{changed} {people_in_words(saved.n_mailed)} får mejl om det." if saved.n_mailed else changed
