from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import transaction
from django.utils import timezone

from cohorts.models import Cohort, Organisation
from cohorts.register import load_register
from demo.days import NEXT_MEETINGS, move_days
from demo.evaluation import add_evaluation
from demo.improvements import add_improvements
from demo.indicators import add_indicators
from demo.joint import add_joint_texts
from demo.meetings import add_meetings
from demo.mentoring import add_mentoring
from demo.official import add_official
from demo.papers import add_papers
from demo.people import add_people
from demo.process import add_process
from demo.publishing import let_publish
from demo.reports import add_report_texts
from demo.results import add_results
from demo.statistics import add_statistics
from demo.work import add_work
from exchange.importing import import_document
from exchange.parsing import Malformed, one_line, read_document
from exchange.references import References
from kit.commands import OneLineCommand

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
            add_official(today=timezone.localdate())
            add_report_texts(cohorts)
            add_joint_texts(cohorts)
            add_indicators(cohorts, today=timezone.localdate())
            add_statistics(cohorts, today=timezone.localdate())
            add_improvements(cohorts, today=timezone.localdate())
            add_results(cohorts, today=timezone.localdate())
            add_papers(cohorts, today=timezone.localdate())
            add_evaluation(cohorts, today=timezone.localdate())
        self.stdout.write(f"demo: {organisations} organisations, {len(cohorts)} cohorts and {people} people added")

    def _cohorts(self) -> set[str]:
        references = References.read()
        there = set(Cohort.objects.values_list("slug", flat=True))
        paths = [path for folder in FOLDERS for path in sorted((settings.DATA_DIR / folder).glob("*.json"))]
        return {slug for path in paths if (slug := _import(path, references, there))}


def _adapt(package: dict[str, Any]) -> None:
    let_publish(package)
    if package["cohort"]["slug"] in NEXT_MEETINGS:
        move_days(package, today=timezone.localdate())


def _import(path: Path, references: References, there: set[str]) -> str:
    """Import one example package and return its slug; an omgång that exists is kept as people have left it."""
    try:
        document = read_document(path)
        slug = document["cohort"]["slug"] if isinstance(document, dict) else ""
        if slug in there:
            return ""
        import_document(document, references, adapt=_adapt)
    except Malformed as error:
        raise CommandError(one_line(f"{path}: {error}")) from error
    return str(slug)
