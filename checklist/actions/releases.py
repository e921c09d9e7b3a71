"""What the omgång is shown of a meeting's figures, and when."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from checklist.disclosure import may_follow, readers_of
from checklist.models import Release
from checklist.panels import live_panels, read_panel
from cohorts.models import Cohort
from meetings.models import Meeting
from modell import audit
from modell.audit import Kind


@transaction.atomic
def renew_release(*, meeting: Meeting) -> None:
    """Show the omgång what stands now, if its meeting has begun and it differs enough from all it has been shown.

    The rule that nobody can work out one organisation's value by subtraction, over time either (ADR 0004).
    """
    if not meeting.has_begun(timezone.localdate()):
        return
    Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
    for kind, panel in live_panels(meeting, meeting.cohort.plan).items():
        shown = [read_panel(release) for release in Release.objects.filter(meeting=meeting, kind=kind)]
        if panel.n < settings.MIN_GROUP or not may_follow(shown, panel.answers, readers_of(meeting.cohort)):
            continue
        stored = {
            str(member): {key: str(value) for key, value in answers.items()}
            for member, answers in panel.answers.items()
        }
        Release.objects.create(meeting=meeting, kind=kind, panel=stored)
        audit.record(Kind.AGGREGATES_OPENED, target=meeting, by=None, of_kind=kind, n=panel.n)


def renew_releases(*, cohort: Cohort) -> None:
    """`renew_release` for every meeting of the omgång that has assessments."""
    for meeting in cohort.meetings.assessed():
        renew_release(meeting=meeting)
