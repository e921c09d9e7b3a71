from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import transaction
from django.utils import timezone

from cohorts.models import Cohort, Organisation
from cohorts.register import load_register
from modell.commands import OneLineCommand
from programme.demo.days import RUNNING, move_days
from programme.demo.meetings import add_meetings
from programme.demo.mentoring import add_mentoring
from programme.demo.people import add_people
from programme.demo.process import add_process
from programme.demo.work import add_work
from programme.exchange.facts import Facts
from programme.exchange.parsing import Malformed, one_line, read_document
from programme.exchange.reading import import_document

FOLDERS = ("demo", "history")


class Command(OneLineCommand):
    help = "Load the demonstration: invented organisations, example omgångar, history and people. Keeps what is there."

    def handle(self, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("MODELL_ENV is production: the demonstration is loaded on an embedded site only.")
        with transaction.atomic():
            organisations = load_register(Organisation, settings.DATA_DIR / "organisations-demo.csv", invented=True)
            cohorts = self._cohorts()
            people = add_people()
            add_work(cohorts)
            add_process(cohorts, today=timezone.localdate())
            add_meetings(cohorts)
            add_mentoring(cohorts)
        self.stdout.write(f"demo: {organisations} organisations, {len(cohorts)} cohorts and {people} people added")

    def _cohorts(self) -> set[str]:
        facts = Facts.read()
        there = set(Cohort.objects.values_list("slug", flat=True))
        paths = [path for folder in FOLDERS for path in sorted((settings.DATA_DIR / folder).glob("*.json"))]
        return {slug for path in paths if (slug := _import(path, facts, there))}


def _import(path: Path, facts: Facts, there: set[str]) -> str:
    """One example package, unless its omgång is there: what has been entered in it since is kept."""
    try:
        document = read_document(path)
        slug = document["cohort"]["slug"] if isinstance(document, dict) else ""
        if slug in there:
            return ""
        adapt = partial(move_days, today=timezone.localdate()) if slug == RUNNING else None
        import_document(document, facts, adapt=adapt)
    except Malformed as error:
        raise CommandError(one_line(f"{path}: {error}")) from error
    return str(slug)
