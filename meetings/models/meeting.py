from datetime import date, datetime, time, timedelta

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from cohorts.models import Cohort, Group, Participation
from meetings.enums import ASSESSED, MeetingForm, MeetingKind
from meetings.querysets import MeetingQuerySet
from modell.constraints import in_order, known_choice

# Days before a meeting: the programme's own rules (a week for what is presented, two for the invitation) and, for
# when a self-assessment opens, ours. Each is a column of the meeting, so that an edition may have others.
OPENS_BEFORE, DUE_BEFORE, PRESENT_BEFORE, INVITE_BEFORE = 42, 7, 7, 14


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
    starts_at = models.TimeField("börjar", null=True, blank=True)
    ends_at = models.TimeField("slutar", null=True, blank=True)
    place = models.CharField("plats", max_length=200, blank=True)
    link = models.URLField("länk till mötet", max_length=500, blank=True)
    host = models.ForeignKey(
        Participation, models.SET_NULL, related_name="hosted", null=True, blank=True, verbose_name="värd"
    )
    goals = models.TextField("vad träffen ska ge", blank=True)
    documentation = models.TextField("dokumentation", blank=True)
    # A strategträff hangs on the lärandeträff it prepares, and moves with it.
    hangs_on = models.ForeignKey(
        "self", models.SET_NULL, related_name="followers", null=True, blank=True, verbose_name="förbereder"
    )
    opens_before = models.PositiveSmallIntegerField(
        "självskattningen öppnar, dagar före", default=OPENS_BEFORE, db_default=OPENS_BEFORE
    )
    due_before = models.PositiveSmallIntegerField(
        "självskattningen lämnas, dagar före", default=DUE_BEFORE, db_default=DUE_BEFORE
    )
    present_before = models.PositiveSmallIntegerField(
        "presentationen lämnas, dagar före", default=PRESENT_BEFORE, db_default=PRESENT_BEFORE
    )
    invite_before = models.PositiveSmallIntegerField(
        "inbjudan skickas, dagar före", default=INVITE_BEFORE, db_default=INVITE_BEFORE
    )
    has_presentations = models.BooleanField("organisationerna presenterar", default=False, db_default=False)
    # How often it has been moved or called off: a calendar takes the highest number (RFC 5545, SEQUENCE).
    sequence = models.PositiveSmallIntegerField("ändring", default=0, db_default=0)
    cancelled_on = models.DateField("inställd", null=True, blank=True)
    # When anything a calendar shows may last have changed (RFC 5545, LAST-MODIFIED).
    changed_at = models.DateTimeField("ändrad", auto_now=True)

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

    def get_absolute_url(self) -> str:
        return reverse("meetings:meeting", args=[self.cohort.slug, self.key])

    @property
    def is_assessed(self) -> bool:
        """Whether organisations rate themselves before it."""
        return self.kind in ASSESSED

    @property
    def is_learning(self) -> bool:
        """Whether it is a lärandeträff that is held: what mentors support."""
        return self.kind == MeetingKind.LEARNING_MEETING and not self.is_cancelled

    @property
    def assessment_opens_on(self) -> date:
        return self.starts_on - timedelta(days=self.opens_before)

    @property
    def assessment_due_on(self) -> date:
        return self.starts_on - timedelta(days=self.due_before)

    @property
    def presentation_due_on(self) -> date:
        return self.starts_on - timedelta(days=self.present_before)

    @property
    def invitation_due_on(self) -> date:
        return self.starts_on - timedelta(days=self.invite_before)

    def is_asked_about(self, today: date) -> bool:
        """Whether it is time to answer: from the day the invitation is due until it is over."""
        return self.invitation_due_on <= today <= self.ends_on and not self.is_cancelled

    @property
    def starts(self) -> datetime | None:
        """The moment it starts, in Swedish time; None while the hour is not set."""
        return _moment(self.starts_on, self.starts_at)

    @property
    def ends(self) -> datetime | None:
        return _moment(self.ends_on, self.ends_at)

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_on is not None

    def has_begun(self, today: date) -> bool:
        """From this day the occasion's aggregates are open and its assessments are no longer retracted."""
        return self.starts_on <= today


def _moment(day: date, at: time | None) -> datetime | None:
    return datetime.combine(day, at, tzinfo=timezone.get_default_timezone()) if at else None
