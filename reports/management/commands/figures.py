import json
from typing import Any

from django.core.management.base import CommandError, CommandParser

from accounts.models import User
from assessments.perms import SEE_FIGURES
from cohorts.models import Cohort
from cohorts.roles import roles_of
from kit.canonical import canonical_address
from kit.commands import OneLineCommand
from kit.permissions import may
from reports.figures import figures_for
from reports.figures_choice import NoSuchMeeting, choice_of
from reports.figures_json import figures_document


class Command(OneLineCommand):
    help = "Prints an omgång's figures as one person's page shows them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the omgång's address, as in /omgangar/SLUG/")
        parser.add_argument("--as", dest="email", metavar="EMAIL", required=True, help="whose page it is")
        parser.add_argument("--meeting", metavar="KEY", help="the meeting that the page opens on if left out")
        parser.add_argument("--since", metavar="KEY", help="compare with this meeting instead of the one before")
        parser.add_argument("--format", choices=("json",), default="json")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email=canonical_address(options["email"]), is_active=True).first()
        if user is None:
            raise CommandError(f"There is no person with the address {options['email']!r}.")
        roles = roles_of(user)
        visible = Cohort.objects.visible_to(roles).select_related("plan__checklist")
        cohort = visible.filter(slug=options["slug"]).first()
        if cohort is None:
            raise CommandError(f"There is no omgång {options['slug']!r} that {user.email} may see.")
        if not may(user, SEE_FIGURES, cohort):
            raise CommandError(f"{user.email} may not see the figures of {cohort.slug}.")
        try:
            choice = choice_of(roles, cohort, options["meeting"], options["since"])
        except NoSuchMeeting as missing:
            known = ", ".join(meeting.key for meeting in choice_of(roles, cohort).meetings) or "none"
            raise CommandError(f"No such meeting to show figures of: {missing}. There are {known}.") from missing
        kinds = figures_for(roles, cohort, choice.meeting, choice.since) if choice.meeting else []
        self.stdout.write(json.dumps(figures_document(cohort, choice, kinds), ensure_ascii=False, indent=2))
