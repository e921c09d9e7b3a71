from datetime import date, timedelta

from django.db import models
from django.db.models import Q

from cohorts.models import Cohort, Group
from meetings.enums import ASSESSED, MeetingForm, MeetingKind
from meetings.querysets import MeetingQuerySet
from modell.constraints import in_order, known_choice

# A self-assessment is due a week before its meeting, as the programme's presentations are.
DUE_BEFORE = timedelta(days=7)


class Meeting(models.Model):
    """Träff. Its name is what the edition calls it; its kind is what the product needs to know."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="meetings", verbose_name="omgång")
    group = models.ForeignKey(
        Group, models.CASCADE, related_name="meetings", null=True, blank=True, verbose_name="grupp"
    )
    key = models.CharField("nyckel", max_length=60)
    name = models.CharField("namn", max_length=120)
    kind = models.CharField("slag", max_length=30, choices=MeetingKind)
    number = models.PositiveSmallIntegerField("nummer")
    theme = models.CharField("tema", max_length=160, blank=True)
    starts_on = models.DateField("första dag")
    ends_on = models.DateField("sista dag")
    form = models.CharField("form", max_length=20, choices=MeetingForm)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "träff"
        verbose_name_plural = "träffar"
        ordering = ("starts_on", "number", "pk")
        constraints = (
            models.UniqueConstraint(fields=("cohort", "key"), name="meeting_key_once"),
            models.UniqueConstraint(
                fields=("cohort", "kind", "number"), condition=Q(group=None), name="meeting_number_once"
            ),
            models.UniqueConstraint(fields=("group", "kind", "number"), name="meeting_number_once_a_group"),
            in_order("starts_on", "ends_on"),
            known_choice("kind", MeetingKind),
            known_choice("form", MeetingForm),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_assessed(self) -> bool:
        """Whether organisations rate themselves before it."""
        return self.kind in ASSESSED

    @property
    def assessment_due_on(self) -> date:
        return self.starts_on - DUE_BEFORE

    def has_begun(self, today: date) -> bool:
        """From this day the occasion's aggregates are open and its assessments are no longer retracted."""
        return self.starts_on <= today
