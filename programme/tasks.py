from celery import shared_task
from django.utils import timezone

from checklist.actions.releases import renew_release
from meetings.models import Meeting


@shared_task
def open_aggregates() -> None:
    """Open the figures of meetings whose day has come; a meeting whose figures stand is left as it is."""
    begun = Meeting.objects.assessed().begun(timezone.localdate()).filter(releases=None, assessments__isnull=False)
    for meeting in begun.distinct().select_related("cohort__plan__checklist"):
        renew_release(meeting=meeting)
