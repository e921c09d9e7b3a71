import logging
from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from checklist.actions.releases import renew_release
from cohorts.models import Cohort
from meetings.models import Meeting
from programme.following import actions

log = logging.getLogger(__name__)

# Before its first day an omgång invites to its first meeting, and after its last a report may still be asked for.
AHEAD, AFTERWARDS = timedelta(days=60), timedelta(days=30)


@shared_task
def open_aggregates() -> None:
    """Open the figures of meetings whose day has come; a meeting whose figures stand is left as it is."""
    begun = Meeting.objects.assessed().begun(timezone.localdate()).filter(releases=None, assessments__isnull=False)
    for meeting in begun.distinct().select_related("cohort__plan__checklist"):
        renew_release(meeting=meeting)


@shared_task
def remind() -> None:
    """Every hour of the day: the mails that are due. What another hour or day has made is not made again."""
    today = timezone.localdate()
    for cohort in Cohort.objects.filter(starts_on__lte=today + AHEAD, ends_on__gte=today - AFTERWARDS):
        try:
            actions.remind(cohort=cohort, today=today)
        except Exception:  # the other omgångar get theirs; this one is tried again in an hour
            log.exception("The reminders of %s stopped halfway.", cohort.slug)
