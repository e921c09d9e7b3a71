from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import transaction

from assessments.actions.importing import Filled, ImportOutcome, MeetingSheet, import_sheets
from assessments.workbook.expecting import expected_of
from assessments.workbook.matching import SURE, Certainty
from assessments.workbook.sheets import Expected, SheetRead, SheetRow, targets_of
from assessments.workbook.understanding import understand
from cohorts.models import Cohort, Participation
from kit.commands import OneLineCommand
from kit.figures import printed
from kit.refusals import ActionRefused
from kit.templatetags.swedish import day
from kit.workbook.reading import read_workbook
from kit.workbook.refusing import WorkbookRefused
from kit.workbook.safety import MAX_BYTES
from meetings.models import Meeting

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

    def handle(self, *, file: Path, cohort: str, organisation: str, **options: Any) -> None:
        participation = _participation(cohort, organisation)
        expected = expected_of(participation)
        try:
            meeting = _meeting(expected, options["meeting"])
            sheets = understand(read_workbook(_bytes(Path(file))), expected, meeting)
            chosen = _chosen([sheet for sheet in sheets if sheet.is_read and not sheet.is_empty], expected)
            with transaction.atomic():
                outcomes = import_sheets(
                    participation=participation, sheets=chosen, replace=options["replace"], by=None
                )
                transaction.set_rollback(options["dry_run"])
        except (WorkbookRefused, ActionRefused) as refusal:
            raise CommandError(_one_line(f"{file}: {refusal}")) from refusal
        for line in _report_lines(sheets, outcomes):
            self.stdout.write(_one_line(line))
        if options["dry_run"]:
            self.stdout.write("Provkörning: inget är lagrat.")


def _participation(slug: str, organisation: str) -> Participation:
    cohort = Cohort.objects.filter(slug=slug).select_related("plan").first()
    if cohort is None:
        raise CommandError(_one_line(f"Det finns ingen omgång {slug}."))
    if not hasattr(cohort, "plan"):
        raise CommandError(f"Omgången {slug} har ingen checklista än.")
    participations = Participation.objects.select_related("organisation", "cohort__plan__checklist", "group")
    participation = participations.filter(cohort=cohort, code=organisation).first()
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


def _chosen(sheets: Sequence[SheetRead], expected: Expected) -> list[MeetingSheet]:
    """Return what is to be stored. Nobody can be asked here, so all that is uncertain refuses the whole workbook."""
    targets = targets_of(expected)
    doubts = [doubt for sheet in sheets for doubt in _doubts(sheet, known=sheet.target in targets)]
    if doubts:
        raise WorkbookRefused(*doubts)
    return [
        replace(
            targets[sheet.target],
            rows=tuple(Filled(row.moment, row.value, row.aim, *row.texts) for row in sheet.rows if row.moment),
            is_draft=sheet.is_draft,
        )
        for sheet in sheets
    ]


def _doubts(sheet: SheetRead, *, known: bool) -> Iterator[str]:
    if not known:
        yield f"Det framgår inte vilken träff bladet ”{sheet.title}” gäller; ge det träffens namn eller ange --meeting."
    for row in sheet.rows:
        where = f"Bladet ”{sheet.title}”, rad {row.at}:"
        if not row.is_sure:
            yield f"{where} {_doubt(row)}"
        for number in row.off_scale:
            yield f"{where} {number[:1].lower()}{number[1:]}"


def _doubt(row: SheetRow) -> str:
    if row.certainty == Certainty.CONFIRM:
        return f"formuleringen är {int(row.similarity * 100)} % lik moment {row.moment}, och här krävs {THRESHOLD} %."
    return row.why[:1].lower() + row.why[1:]


def _report_lines(sheets: Sequence[SheetRead], outcomes: Sequence[ImportOutcome]) -> list[str]:
    by_target = {outcome.sheet.target: outcome for outcome in outcomes}
    lines = []
    for sheet in sheets:
        if not sheet.is_read or sheet.is_empty:
            lines.append(f"{sheet.title}: {sheet.skipped or 'Bladet är inte ifyllt.'}")
            continue
        lines.append(f"{sheet.title}: {_outcome(by_target[sheet.target])}")
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
        lines += [f"  Anteckning som inte lästes: {note}" for note in sheet.notes]
    return lines


def _outcome(outcome: ImportOutcome) -> str:
    where = f"{outcome.sheet}, {outcome.rated} av {outcome.of} moment har värde"
    if not outcome.changed and not outcome.handed_in:
        return f"{where}, inget ändras."
    written = f"{where}, {outcome.changed} moment ändras"
    if outcome.handed_in and outcome.assessment:
        return f"{written}, inlämnad {day(outcome.assessment.submitted_on)}."
    state = "inlämnad sedan förut" if outcome.assessment and outcome.assessment.is_submitted else "utkast"
    return f"{written}, {state}."


def _one_line(text: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in text)
