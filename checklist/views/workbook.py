"""Self-assessments as an Excel workbook: fetched, and read in after a look at what was understood."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from checklist.actions.importing import Outcome, import_sheets
from checklist.forms.workbook import UnderstoodForm, WorkbookForm
from checklist.workbook.carried import sign, unsign
from checklist.workbook.expecting import expected_of
from checklist.workbook.exporting import MEDIA_TYPE, assessed_meetings, file_name, workbook_of
from checklist.workbook.previewing import open_meetings, seen, shown, stored_by_meeting
from checklist.workbook.understanding import SheetRead, understand
from cohorts.fetch import get_participation
from cohorts.models import Participation
from cohorts.roles import roles_of
from meetings.models import Meeting
from modell.http import PageRequest
from modell.permissions import Perm, may, require
from modell.refusals import ActionRefused
from modell.workbook.reading import read_workbook
from modell.workbook.refusing import WorkbookRefused

TOO_OLD = "Det gick för lång tid sedan ni valde filen. Välj den igen."


@require_GET
def workbook(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = get_participation(request, slug, code, "cohort__plan__checklist")
    require(request.user, Perm.READ_VALUES, participation)
    disposition = f'attachment; filename="{file_name(participation)}"'
    content = workbook_of(participation, roles_of(request.user))
    return HttpResponse(content, content_type=MEDIA_TYPE, headers={"Content-Disposition": disposition})


@require_http_methods(["GET", "POST"])
def import_workbook(request: PageRequest, slug: str, code: str) -> HttpResponse:
    """Choose a file, see what was understood of it, read it in: the last two are posts of this one address."""
    participation = get_participation(request, slug, code, "cohort__plan__checklist")
    require(request.user, Perm.IMPORT_WORKBOOK, participation)
    if "understood" in request.POST:
        return _read_in(request, participation)
    form = WorkbookForm(request.POST, request.FILES) if request.method == "POST" else WorkbookForm()
    if form.is_valid():
        expected = expected_of(participation)
        try:
            sheets = understand(read_workbook(form.cleaned_data["file"].read()), expected)
        except WorkbookRefused as refusal:
            form.add_error("file", str(refusal))
        else:
            return _preview(request, participation, sheets, expected.meetings)
    return _choose(request, participation, form)


def _choose(request: PageRequest, participation: Participation, form: WorkbookForm) -> HttpResponse:
    is_open = may(request.user, Perm.START_ASSESSMENT, participation)
    meetings = open_meetings(assessed_meetings(participation), stored_by_meeting(participation)) if is_open else []
    context = {"participation": participation, "form": form, "meetings": meetings}
    return render(request, "checklist/workbook/workbook.html", context, status=422 if form.errors else 200)


def _preview(
    request: PageRequest,
    participation: Participation,
    sheets: tuple[SheetRead, ...],
    meetings: Sequence[Meeting],
    refusal: ActionRefused | None = None,
) -> HttpResponse:
    """Drawn from the file, or again from what the page carried, then with what was wrong with the choices made."""
    stored = stored_by_meeting(participation)
    coming = open_meetings(meetings, stored) if may(request.user, Perm.START_ASSESSMENT, participation) else []
    token = sign(sheets, seen(coming, stored), participation, request.user)
    data = {**request.POST.dict(), "understood": token} if "understood" in request.POST else None
    items = participation.cohort.plan.items
    form = UnderstoodForm(data, initial={"understood": token}, sheets=sheets, meetings=coming, items=items)
    if refusal:
        form.full_clean()
        form.add_error(None, refusal.sentence)
    context = {"participation": participation, "form": form, "sheets": shown(form, meetings, stored)}
    return render(request, "checklist/workbook/workbook_preview.html", context, status=422 if form.errors else 200)


def _read_in(request: PageRequest, participation: Participation) -> HttpResponse:
    carried = unsign(request.POST["understood"], participation, request.user)
    if carried is None:
        empty = WorkbookForm({})
        empty.errors["file"] = empty.error_class([TOO_OLD])
        return _choose(request, participation, empty)
    # Open are the meetings the preview was drawn with: what has been closed since is the action's to refuse.
    meetings = assessed_meetings(participation)
    coming = [meeting for meeting in meetings if meeting.key in carried.seen]
    items = participation.cohort.plan.items
    form = UnderstoodForm(request.POST, sheets=carried.sheets, meetings=coming, items=items)
    if not form.is_valid():
        return _preview(request, participation, carried.sheets, meetings)
    try:
        outcomes = import_sheets(participation=participation, sheets=form.chosen(), seen=carried.seen, by=request.user)
    except ActionRefused as refusal:
        return _preview(request, participation, carried.sheets, meetings, refusal)
    return _told(request, participation, outcomes)


def _told(request: PageRequest, participation: Participation, outcomes: list[Outcome]) -> HttpResponse:
    changed = [outcome for outcome in outcomes if outcome.changed]
    for outcome in changed:
        messages.success(
            request,
            f"Inläst till {outcome.meeting}, där {outcome.rated} av {len(participation.cohort.plan.items)} moment nu "
            "har ett värde. Det är ett utkast: läs igenom det tillsammans och lämna in när ni är klara.",
        )
    if not changed:
        messages.info(request, "Inget ändrades: allt i filen finns redan här.")
    only = changed[0].assessment if len(changed) == 1 else None
    return redirect(only or "checklist:own", *([] if only else [participation.cohort.slug, participation.code]))
