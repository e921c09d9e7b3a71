import json
from typing import Any

from django.core.management.base import CommandError, CommandParser

from assessments.figures.statistics_json import (
    default_meeting,
    meeting_before,
    organisation_document,
    statistics_document,
)
from cohorts.models import Cohort
from kit.commands import OneLineCommand
from meetings.models import Meeting


class Command(OneLineCommand):
    help = (
        "Prints an omgång's figures at a meeting, with the movement since an earlier one; or one organisation's "
        "submitted self-assessments. Exact: SKR's own."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the omgång's address, as in /omgangar/SLUG/")
        parser.add_argument("--meeting", metavar="KEY", help="the last meeting with a submitted assessment if left out")
        parser.add_argument("--since", metavar="KEY", help="compare with this meeting instead of the one before")
        parser.add_argument("--organisation", metavar="CODE", help="one organisation's own self-assessments instead")
        parser.add_argument("--format", choices=("json",), default="json")

    def handle(self, *args: Any, **options: Any) -> None:
        cohort = Cohort.objects.filter(slug=options["slug"]).select_related("plan__checklist").first()
        if cohort is None:
            raise CommandError(f"There is no omgång {options['slug']!r}.")
        document = (
            self.of_organisation(cohort, **options) if options["organisation"] else self.of_all(cohort, **options)
        )
        self.stdout.write(json.dumps(document, ensure_ascii=False, indent=2))

    def of_all(self, cohort: Cohort, **options: Any) -> dict[str, Any]:
        meeting = self.named(cohort, options["meeting"]) if options["meeting"] else default_meeting(cohort)
        since = self.named(cohort, options["since"]) if options["since"] else meeting_before(meeting)
        if since and meeting and since.pk == meeting.pk:
            raise CommandError("--since names the same meeting as --meeting; name another.")
        return statistics_document(cohort, meeting, since)

    def of_organisation(self, cohort: Cohort, **options: Any) -> dict[str, Any]:
        code = options["organisation"]
        participations = cohort.participations.filter(code=code).select_related(
            "cohort__plan__checklist", "organisation"
        )
        participation = participations.first()
        if participation is None:
            raise CommandError(f"There is no organisation {code!r} in {cohort.slug}.")
        if options["since"]:
            raise CommandError("--since is for the whole omgång; an organisation's movement is since its time before.")
        meeting = self.named(cohort, options["meeting"]) if options["meeting"] else None
        return organisation_document(participation, meeting)

    def named(self, cohort: Cohort, key: str) -> Meeting:
        meeting = cohort.meetings.filter(key=key).first()
        if meeting is None:
            known = ", ".join(cohort.meetings.values_list("key", flat=True)) or "none"
            raise CommandError(f"There is no meeting {key!r} in {cohort.slug}; it has {known}.")
        return meeting
