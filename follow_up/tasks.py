import logging
from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from assessments.figures.releases import meetings_to_open, renew_release
from cohorts.models import Cohort
from follow_up.actions import mailing, reminding
from kit.periodic import periodic

log = logging.getLogger(__name__)

# An omgång invites to its first meeting before it begins, and may ask for a report after it has ended.
AHEAD, AFTERWARDS = timedelta(days=60), timedelta(days=30)


@shared_task
@periodic
def open_aggregates() -> None:
    for meeting in meetings_to_open(timezone.localdate()):
        renew_release(meeting=meeting)


@shared_task
@periodic
def remind() -> None:
    today = timezone.localdate()
    for cohort in Cohort.objects.filter(starts_on__lte=today + AHEAD, ends_on__gte=today - AFTERWARDS):
        try:
            reminding.remind(cohort=cohort, today=today)
        except Exception:  # The other omgångar go on; this one is tried again in an hour.
            log.exception("The reminders of %s stopped halfway.", cohort.slug)


@shared_task
@periodic
def remove_old_mailings() -> None:
    mailing.remove_old_mailings(timezone.now())
