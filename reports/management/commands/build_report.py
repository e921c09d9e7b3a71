import os
import tempfile
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from cohorts.models import Cohort, Participation
from meetings.models import Meeting
from modell.commands import OneLineCommand
from reports.builds import render_now
from reports.content import Content, joint_content, organisation_content
from reports.models import JointReport, Report


class Command(OneLineCommand):
    help = "Builds a result report, or the joint report of an omgång, as a PDF: the same as the worker's."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the omgång's address, as in /omgangar/SLUG/")
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--organisation", metavar="CODE", help="this organisation's result report")
        which.add_argument("--joint", action="store_true", help="the joint report")
        parser.add_argument("--meeting", metavar="KEY", help="joint: the last meeting with figures if left out")
        parser.add_argument("--since", metavar="KEY", help="joint: the last meeting of the year before if left out")
        parser.add_argument("--output", metavar="FILE", required=True, help="where the PDF is written")

    def handle(self, *args: Any, **options: Any) -> None:
        cohort = Cohort.objects.filter(slug=options["slug"]).select_related("plan__checklist").first()
        if cohort is None:
            raise CommandError(f"There is no omgång {options['slug']!r}.")
        if options["joint"]:
            content: Content = self.joint(cohort, options["meeting"], options["since"])
        else:
            content = self.organisation(cohort, options)
        path = Path(options["output"])
        if not path.parent.is_dir() or path.is_dir():
            raise CommandError(f"{path} cannot be written: name a file in a folder that exists.")
        write_whole(path, render_now(content))
        self.stdout.write(str(path))

    def joint(self, cohort: Cohort, meeting: str | None, since: str | None) -> Content:
        if since and since == meeting:
            raise CommandError("--since names the same meeting as --meeting; name another.")
        joint = JointReport.objects.filter(cohort=cohort).first() or JointReport()
        joint.cohort = cohort
        content = joint_content(joint, self.named(cohort, meeting), self.named(cohort, since))
        if content.is_empty:
            raise CommandError(f"{cohort.slug} has no participants: there is nothing to report.")
        return content

    def organisation(self, cohort: Cohort, options: dict[str, Any]) -> Content:
        code = options["organisation"]
        if options["meeting"] or options["since"]:
            raise CommandError("--meeting and --since belong to --joint; an organisation's report holds every meeting.")
        found = Participation.objects.filter(cohort=cohort, code=code).select_related("organisation", "cohort").first()
        if found is None:
            raise CommandError(f"There is no organisation {code!r} in {cohort.slug}.")
        report = Report.objects.filter(participation=found).first() or Report()
        report.participation = found
        content = organisation_content(report)
        if content.is_empty:
            raise CommandError(f"{found.organisation.name} has nothing to report in {cohort.slug}.")
        return content

    def named(self, cohort: Cohort, key: str | None) -> Meeting | None:
        if key is None:
            return None
        meeting = cohort.meetings.filter(key=key).first()
        if meeting is None:
            known = ", ".join(cohort.meetings.values_list("key", flat=True)) or "none"
            raise CommandError(f"There is no meeting {key!r} in {cohort.slug}; it has {known}.")
        return meeting


def write_whole(path: Path, data: bytes) -> None:
    """Whole or not at all: an earlier file stays as it was until the new one is complete."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}-")
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}.") from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        umask = os.umask(0)
        os.umask(umask)
        Path(name).chmod(0o666 & ~umask)
        Path(name).replace(path)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise CommandError(f"{path} cannot be written: {error.strerror}.") from error
