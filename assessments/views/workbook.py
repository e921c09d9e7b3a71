"""Pages where self-assessments are fetched as an Excel workbook, and read in from one after a preview."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import PageRequest
from assessments.actions.importing import ImportOutcome, MeetingSheet, import_sheets
from assessments.forms.workbook import UnderstoodForm, WorkbookForm
from assessments.perms import IMPORT_WORKBOOK, READ_VALUES, START_ASSESSMENT
from assessments.workbook.expecting import expected_of
from assessments.workbook.exporting import file_name, workbook_of
from assessments.workbook.preview_token import sign, unsign
from assessments.workbook.previewing import Stored, open_targets, seen, shown, stored_by_target
from assessments.workbook.sheets import Expected, SheetRead, targets_of
from assessments.workbook.understanding import understand
from cohorts.fetch import get_participation
from cohorts.models import Participation
from cohorts.roles import roles_of
from kit.limits import heavy
from kit.pages import draw
from kit.permissions import may, require
from kit.refusals import ActionRefused
from kit.responses import download
from kit.workbook.reading import read_workbook
from kit.workbook.refusing import WorkbookRefused
from kit.workbook.writing import MEDIA_TYPE

TOO_OLD = "Det gick för lång tid sedan ni valde filen. Välj den igen."


@require_GET
def workbook(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = get_participation(request, slug, code, "cohort__plan__checklist")
    require(request.user, READ_VALUES, participation)
    with heavy(request.user):
        content = workbook_of(participation, roles_of(request.user))
    return download(content, file_name(participation), MEDIA_TYPE)


@require_http_methods(["GET", "POST"])
def import_workbook(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = get_participation(request, slug, code, "cohort__plan__checklist")
    require(request.user, IMPORT_WORKBOOK, participation)
    # The preview posts to the same address, with the signed content of the file.
    if "understood" in request.POST:
        return _read_in(request, participation)
    form = WorkbookForm(request.POST, request.FILES) if request.method == "POST" else WorkbookForm()
    if form.is_valid():
        expected = expected_of(participation)
        try:
            with heavy(request.user):
                sheets = understand(read_workbook(form.cleaned_data["file"].read()), expected)
        except WorkbookRefused as refusal:
            form.add_error("file", list(refusal.sentences))
        else:
            return _preview(request, participation, sheets, expected)
    return _choose(request, participation, form)


def _choose(request: PageRequest, participation: Participation, form: WorkbookForm) -> HttpResponse:
    targets = _open_targets(request, participation, expected_of(participation), stored_by_target(participation))
    meetings = list(dict.fromkeys(target.meeting for target in targets.values()))
    context = {"participation": participation, "form": form, "meetings": meetings}
    return draw(request, "assessments/workbook/workbook.html", form, **context)


def _open_targets(
    request: PageRequest, participation: Participation, expected: Expected, stored: Stored
) -> dict[str, MeetingSheet]:
    return open_targets(expected, stored) if may(request.user, START_ASSESSMENT, participation) else {}


def _preview(
    request: PageRequest,
    participation: Participation,
    sheets: tuple[SheetRead, ...],
    expected: Expected,
    refusal: ActionRefused | None = None,
) -> HttpResponse:
    """Draw the preview from the file, or again from what the page carried, with what was wrong in the choices."""
    stored = stored_by_target(participation)
    targets = _open_targets(request, participation, expected, stored)
    token = sign(sheets, seen(targets, stored), participation, request.user)
    data = {**request.POST.dict(), "understood": token} if "understood" in request.POST else None
    form = UnderstoodForm(data, initial={"understood": token}, sheets=sheets, expected=expected, targets=targets)
    if refusal:
        form.full_clean()
        form.add_error(None, refusal.sentence)
    context = {"participation": participation, "form": form, "sheets": shown(form, expected.meetings, stored)}
    return draw(request, "assessments/workbook/workbook_preview.html", form, **context)


def _read_in(request: PageRequest, participation: Participation) -> HttpResponse:
    carried = unsign(request.POST["understood"], participation, request.user)
    if carried is None:
        empty = WorkbookForm({})
        empty.errors["file"] = empty.error_class([TOO_OLD])
        return _choose(request, participation, empty)
    # What was open in the preview stays open here; the action refuses what has been closed since.
    expected = expected_of(participation)
    targets = {key: target for key, target in targets_of(expected).items() if key in carried.seen}
    form = UnderstoodForm(request.POST, sheets=carried.sheets, expected=expected, targets=targets)
    if not form.is_valid():
        return _preview(request, participation, carried.sheets, expected)
    try:
        outcomes = import_sheets(participation=participation, sheets=form.chosen(), seen=carried.seen, by=request.user)
    except ActionRefused as refusal:
        return _preview(request, participation, carried.sheets, expected, refusal)
    return _say_what_changed(request, participation, outcomes)


def _say_what_changed(
    request: PageRequest, participation: Participation, outcomes: list[ImportOutcome]
) -> HttpResponse:
    changed = [outcome for outcome in outcomes if outcome.changed]
    for outcome in changed:
        messages.success(
            request,
            f"Inläst till {outcome.sheet}, där {outcome.rated} av {outcome.of} moment nu har ett värde. Det är ett "
            "utkast: läs igenom det tillsammans och lämna in när ni är klara.",
        )
    if not changed:
        messages.info(request, "Inget ändrades: allt i filen finns redan här.")
    only = changed[0].assessment if len(changed) == 1 else None
    return redirect(only or "assessments:own", *([] if only else [participation.cohort.slug, participation.code]))
