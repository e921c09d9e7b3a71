"""The evaluator's notes of interviews: how long they may be kept, and what is erased when that is over."""

from datetime import date, timedelta

from django.db.models import Q, QuerySet

from cohorts.models import Cohort
from evaluation.models import Interview
from evaluation.personal import NOTES


def last_day_of_notes(cohort: Cohort) -> date:
    """Return the day on which the notes of an omgång's interviews are erased if no earlier day is chosen."""
    return cohort.ends_on + timedelta(days=NOTES.days)


def old_notes(today: date) -> QuerySet[Interview]:
    """Return the interviews whose notes are erased today: on their own day, or when SKR's number of days is over."""
    is_over = Q(erase_on__lte=today) | Q(cohort__ends_on__lte=NOTES.last_day(today))
    rows: QuerySet[Interview] = Interview.objects.filter(is_over)
    return rows.exclude(notes="").order_by("pk")
