from typing import Any

from django.core.management.base import CommandError, CommandParser

from cohorts.models import Cohort, Participation
from kit.commands import OneLineCommand
from kit.output import write_output
from meetings.models import Meeting
from reports.content import ReportContent, content_of_edition, joint_content, organisation_content
from reports.enums import BuildFormat
from reports.models import JointReport, Report, ReportEdition
from reports.printers import printed


class Command(OneLineCommand):
    help = (
        "Builds a result report, or the joint report of an omgång, as PDF, Word, slides, web pages (a zip) or JSON: "
        "the same as the worker's."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the omgång's address, as in /omgangar/SLUG/")
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--organisation", metavar="CODE", help="this organisation's result report")
        which.add_argument("--joint", action="store_true", help="the joint report")
        parser.add_argument(
            "--edition", metavar="N", type=int, help="the newest if left out, or the draft while the report is written"
        )
        parser.add_argument("--meeting", metavar="KEY", help="joint draft: the last meeting with figures if left out")
        parser.add_argument("--since", metavar="KEY", help="joint draft: the first with figures if left out")
        parser.add_argument("--output", metavar="FILE", required=True, help="- is standard output")
        parser.add_argument(
            "--format", choices=BuildFormat.values, default=BuildFormat.PDF.value, help="pdf if left out"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        cohort = Cohort.objects.filter(slug=options["slug"]).select_related("plan__checklist").first()
        if cohort is None:
            raise CommandError(f"There is no omgång {options['slug']!r}.")
        if not options["joint"] and (options["meeting"] or options["since"]):
            raise CommandError("--meeting and --since belong to --joint; an organisation's report holds every meeting.")
        if options["edition"] is not None and (options["meeting"] or options["since"]):
            raise CommandError("--meeting and --since belong to a draft; an edition has the meetings it was made with.")
        content = self.joint(cohort, options) if options["joint"] else self.organisation(cohort, options)
        output = options["output"]
        write_output(output, printed(content, options["format"]), self.stdout, output)

    def joint(self, cohort: Cohort, options: dict[str, Any]) -> ReportContent:
        meeting, since = options["meeting"], options["since"]
        if since and since == meeting:
            raise CommandError("--since names the same meeting as --meeting; name another.")
        joint = JointReport.objects.filter(cohort=cohort).first() or JointReport()
        joint.cohort = cohort
        if not (meeting or since) and (frozen := self.frozen(joint, f"{cohort.slug}, joint", options["edition"])):
            return frozen
        content = joint_content(joint, self.named(cohort, meeting), self.named(cohort, since))
        if content.is_empty:
            raise CommandError(f"{cohort.slug} has no participants: there is nothing to report.")
        return content.as_draft()

    def organisation(self, cohort: Cohort, options: dict[str, Any]) -> ReportContent:
        code = options["organisation"]
        participations = Participation.objects.filter(cohort=cohort, code=code)
        participation = participations.select_related("organisation", "cohort").first()
        if participation is None:
            raise CommandError(f"There is no organisation {code!r} in {cohort.slug}.")
        report = Report.objects.filter(participation=participation).first() or Report()
        report.participation = participation
        if frozen := self.frozen(report, f"{cohort.slug}, {code}", options["edition"]):
            return frozen
        content = organisation_content(report)
        if content.is_empty:
            raise CommandError(f"{participation.organisation.name} has nothing to report in {cohort.slug}.")
        return content.as_draft()

    def frozen(self, report: Report | JointReport, name: str, number: int | None) -> ReportContent | None:
        """Return the edition asked for, or the newest of a report that is not a draft."""
        editions = report.editions.filter(content__isnull=False) if report.pk else ReportEdition.objects.none()
        if number is not None:
            editions = editions.filter(number=number)
            if not editions:
                raise CommandError(f"There is no edition {number} of the report of {name}.")
        elif report.is_draft:
            return None
        newest = editions.last()
        return content_of_edition(newest) if newest else None

    def named(self, cohort: Cohort, key: str | None) -> Meeting | None:
        if key is None:
            return None
        meeting = cohort.meetings.filter(key=key).first()
        if meeting is None:
            known = ", ".join(cohort.meetings.values_list("key", flat=True)) or "none"
            raise CommandError(f"There is no meeting {key!r} in {cohort.slug}; it has {known}.")
        return meeting
