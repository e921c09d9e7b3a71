from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from cohorts.models import Participation
from kit.commands import OneLineCommand
from kit.output import write_output
from mentoring.paper import paper_of
from mentoring.task import task_of
from papers.enums import PaperKind
from papers.paper import BoardPaper
from papers.word import word_of
from reports.board_paper.ground import ground_of
from reports.board_paper.paper import report_paper


class Command(OneLineCommand):
    help = "Writes a draft in Word of the paper to an organisation's board, the same as its page."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("about", choices=PaperKind.values, help="what the board decides on")
        parser.add_argument("slug", help="the omgång's address, as in /omgangar/SLUG/")
        parser.add_argument("--organisation", metavar="CODE", required=True, help="whose board it is")
        parser.add_argument("--output", metavar="FILE", required=True, help="- is standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        slug, code, output = options["slug"], options["organisation"], options["output"]
        related = ("organisation", "cohort__plan__checklist", "mentor_offer", "mentor_agreement")
        rows = Participation.objects.filter(cohort__slug=slug).select_related(*related)
        if not rows.exists():
            raise CommandError(f"There is no omgång {slug!r} with organisations.")
        participation = rows.filter(code=code).first()
        if participation is None:
            raise CommandError(f"There is no organisation {code!r} in {slug}.")
        paper = _paper(PaperKind(options["about"]), participation)
        write_output(output, word_of(paper), self.stdout, output)


def _paper(kind: PaperKind, participation: Participation) -> BoardPaper:
    today = timezone.localdate()
    if kind == PaperKind.MENTORSHIP:
        return paper_of(task_of(participation, today), today)
    return report_paper(ground_of(participation, today))
