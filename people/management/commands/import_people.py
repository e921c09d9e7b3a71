import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cohorts.models import Cohort, Participation
from kit.canonical import canonical_line
from kit.commands import OneLineCommand
from kit.refusals import ActionRefused
from kit.workbook.refusing import TOO_BIG, WorkbookRefused
from kit.workbook.safety import MAX_BYTES
from people.actions.seats import add_to_several
from people.listing.entries import MAX_IN_COHORT, MAX_PEOPLE, entries_of, too_many
from people.listing.files import ENDINGS, text_of_file
from people.organisation_names import Names
from people.previewing import Foreseen, ListPreview, preview, preview_of_cohort


class Command(OneLineCommand):
    help = (
        "Seat and invite the people of a list, as the page does: rows that are understood are stored, and the others "
        "are told. Without --organisation each row names its organisation."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help=f"one of {', '.join(ENDINGS)}")
        parser.add_argument("--cohort", required=True, metavar="SLUG")
        parser.add_argument("--organisation", metavar="CODE", help="its code in the omgång")
        parser.add_argument("--invite-later", action="store_true", help="seat them without sending any invitation")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, and store nothing")
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *, file: Path, cohort: str, organisation: str | None, dry_run: bool, **options: Any) -> None:
        participations = _participations(cohort, organisation)
        try:
            text = text_of_file(file.name, _bytes(file))
            if refusal := too_many(text, MAX_PEOPLE if organisation else MAX_IN_COHORT):
                raise WorkbookRefused(refusal)
            invites = not options["invite_later"]
            seen = _preview(participations, text, is_one=bool(organisation), invites=invites)
            with transaction.atomic():
                stored = add_to_several(lists=seen.lists, by=None, invited=invites)
                transaction.set_rollback(dry_run)
        except (WorkbookRefused, ActionRefused) as refusal:
            raise CommandError(canonical_line(f"{file}: {refusal}")) from refusal
        self._write(seen, 0 if dry_run else len(stored), options["format"], dry_run)

    def _write(self, seen: ListPreview, stored: int, form: str, dry_run: bool) -> None:
        if form == "json":
            rows = [_as_json(row) for row in seen.rows]
            self.stdout.write(json.dumps({"rows": rows, "stored": stored}, ensure_ascii=False, indent=2))
            return
        for row in seen.rows:
            who = f"{row.entry.name} <{row.entry.email}>" if row.entry.email else row.entry.name
            self.stdout.write(canonical_line(f"Rad {row.entry.at}: {who} {row.outcome}. {row.happens}"))
        self.stdout.write("Provkörning: inget är lagrat." if dry_run else f"Tillagda: {stored}.")


def _as_json(row: Foreseen) -> dict[str, object]:
    entry = row.entry
    return {
        "row": entry.at,
        "outcome": row.outcome,
        "name": entry.name,
        "email": entry.email,
        "organisation": row.where.code if row.where else None,
        "function": entry.function or None,
        "deputy": entry.deputy,
        "proposed": entry.proposed,
        "dropped": list(entry.dropped),
        "says": list(row.says),
    }


def _preview(participations: list[Participation], text: str, *, is_one: bool, invites: bool) -> ListPreview:
    names, today = Names(participations), timezone.localdate()
    if is_one:
        return preview(participations[0], entries_of(text, own=names), today, tells=True, invites=invites)
    return preview_of_cohort(names.by_code, entries_of(text, names=names), today, invites=invites)


def _participations(slug: str, code: str | None) -> list[Participation]:
    cohort = Cohort.objects.filter(slug=slug).first()
    if cohort is None:
        raise CommandError(canonical_line(f"Det finns ingen omgång {slug}."))
    rows = cohort.participations.select_related("organisation", "cohort__contact")
    if code is None:
        return list(rows)
    own = list(rows.filter(Q(code=code) | Q(organisation__code=code) | Q(organisation__second_code=code)))
    if not own:
        raise CommandError(canonical_line(f"Det finns ingen organisation med koden {code} i omgången {cohort}."))
    if own[0].is_withdrawn:
        raise CommandError(f"{own[0]} har lämnat omgången.")
    return own


def _bytes(file: Path) -> bytes:
    if file.suffix.lower() not in ENDINGS:
        raise WorkbookRefused("Filen ska vara en .xlsx, .csv eller .txt.")
    try:
        with file.open("rb") as opened:
            raw = opened.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "namnet kan ingen fil ha"
        raise WorkbookRefused(f"Filen kan inte läsas: {reason}.") from error
    if len(raw) > MAX_BYTES:
        raise WorkbookRefused(TOO_BIG)
    return raw
