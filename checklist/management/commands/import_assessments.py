from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import transaction

from checklist.actions.importing import Filled, MeetingSheet, Outcome, import_sheets
from checklist.workbook.expecting import expected_of
from checklist.workbook.matching import SURE, Certainty
from checklist.workbook.understanding import Expected, Row, SheetRead, understand
from cohorts.models import Cohort, Participation
from meetings.models import Meeting
from modell.commands import OneLineCommand
from modell.figures import printed
from modell.refusals import ActionRefused
from modell.templatetags.swedish import day
from modell.workbook.reading import read_workbook
from modell.workbook.refusing import WorkbookRefused
from modell.workbook.safety import MAX_BYTES

THRESHOLD = int(SURE * 100)


class Command(OneLineCommand):
    help = (
        "Read an organisation's self-assessments from an Excel workbook: all sheets are stored, or none. A row whose "
        f"wording is at least {THRESHOLD} % like its moment's is taken; one less like it refuses the workbook."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--cohort", required=True, metavar="SLUG")
        parser.add_argument("--organisation", required=True, metavar="CODE", help="its code in the omgång")
        parser.add_argument("--meeting", metavar="KEY", help="which meeting a workbook with one sheet is for")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, and store nothing")
        parser.add_argument("--replace", action="store_true", help="let submitted assessments change")

    def handle(self, *, file: Path, cohort: str, organisation: str, replace: bool, **options: Any) -> None:
        participation = _participation(cohort, organisation)
        expected = expected_of(participation)
        try:
            meeting = _meeting(expected, options["meeting"])
            sheets = understand(read_workbook(_bytes(Path(file))), expected, meeting)
            chosen = [_chosen(sheet, expected) for sheet in sheets if sheet.is_read and not sheet.is_empty]
            with transaction.atomic():
                outcomes = import_sheets(participation=participation, sheets=chosen, replace=replace, by=None)
                transaction.set_rollback(options["dry_run"])
        except (WorkbookRefused, ActionRefused) as refusal:
            raise CommandError(_one_line(f"{file}: {refusal}")) from refusal
        for line in _told(sheets, outcomes, expected):
            self.stdout.write(_one_line(line))
        if options["dry_run"]:
            self.stdout.write("Provkörning: inget är lagrat.")


def _participation(cohort: str, organisation: str) -> Participation:
    found = Cohort.objects.filter(slug=cohort).select_related("plan").first()
    if found is None:
        raise CommandError(_one_line(f"Det finns ingen omgång {cohort}."))
    if not hasattr(found, "plan"):
        raise CommandError(f"Omgången {cohort} har ingen checklista än.")
    participations = Participation.objects.select_related("organisation", "cohort__plan__checklist", "group")
    participation = participations.filter(cohort=found, code=organisation).first()
    if participation is None:
        raise CommandError(_one_line(f"Det finns ingen organisation med koden {organisation} i omgången {cohort}."))
    return participation


def _meeting(expected: Expected, key: str | None) -> Meeting | None:
    if key is None:
        return None
    for meeting in expected.meetings:
        if meeting.key == key:
            return meeting
    known = ", ".join(meeting.key for meeting in expected.meetings) or "ingen"
    raise WorkbookRefused(f"Det finns ingen träff {key} att läsa in till; det finns {known}.")


def _bytes(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "namnet kan ingen fil ha"
        raise WorkbookRefused(f"Filen kan inte läsas: {reason}.") from error


def _chosen(sheet: SheetRead, expected: Expected) -> MeetingSheet:
    """Where nobody can be asked, what is not sure refuses the workbook."""
    meeting = next((meeting for meeting in expected.meetings if meeting.key == sheet.meeting), None)
    if meeting is None:
        raise WorkbookRefused(
            f"Det framgår inte vilken träff bladet ”{sheet.title}” gäller; ge det träffens namn eller ange --meeting."
        )
    for row in sheet.rows:
        if not row.is_sure:
            raise WorkbookRefused(f"Bladet ”{sheet.title}”, rad {row.at}: {_doubt(row)}")
    rows = tuple(
        Filled(row.moment, row.value, row.aim, row.comment, row.since_last) for row in sheet.rows if row.moment
    )
    return MeetingSheet(meeting, rows, is_draft=sheet.is_draft)


def _doubt(row: Row) -> str:
    if row.certainty == Certainty.CONFIRM:
        return f"formuleringen är {int(row.similarity * 100)} % lik moment {row.moment}, och här krävs {THRESHOLD} %."
    return row.why[:1].lower() + row.why[1:]


def _told(sheets: Sequence[SheetRead], outcomes: Sequence[Outcome], expected: Expected) -> list[str]:
    """What was understood, a sheet at a time, and what not."""
    by_key = {outcome.meeting.key: outcome for outcome in outcomes}
    lines = []
    for sheet in sheets:
        if not sheet.is_read or sheet.is_empty:
            lines.append(f"{sheet.title}: {sheet.skipped or 'Bladet är inte ifyllt.'}")
            continue
        lines.append(f"{sheet.title}: {_outcome(by_key[sheet.meeting], len(expected.scale.items))}")
        lines += [f"  Rad {row.at}: {trouble}" for row in sheet.rows for trouble in row.troubles]
        reworded = [row for row in sheet.rows if row.certainty == Certainty.CONFIRM]
        taken = "togs som moment"
        lines += [f"  Rad {row.at}: {taken} {row.moment}, fast där står ”{row.as_written}”." for row in reworded]
        if sheet.sum_differs:
            stated = " och ".join(printed(number, 1) for number in sheet.stated)
            ours = "ingen summa" if sheet.total is None else f"summan {printed(sheet.total, 1)}"
            lines.append(f"  Summan i filen är {stated}, men värdena på raderna ger {ours}. Raderna gäller.")
        if sheet.ignored:
            lines.append(f"  Kolumner som inte lästes: {', '.join(sheet.ignored)}.")
    return lines


def _outcome(outcome: Outcome, of: int) -> str:
    where = f"{outcome.meeting}, {outcome.rated} av {of} moment har värde"
    if not outcome.changed and not outcome.handed_in:
        return f"{where}, inget ändras."
    written = f"{where}, {outcome.changed} moment ändras"
    if outcome.handed_in and outcome.assessment:
        return f"{written}, inlämnad {day(outcome.assessment.submitted_on)}."
    state = "inlämnad sedan förut" if outcome.assessment and outcome.assessment.is_submitted else "utkast"
    return f"{written}, {state}."


def _one_line(text: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in text)
