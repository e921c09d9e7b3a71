from datetime import date, time, timedelta

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from cohorts.models import Cohort, Group, GroupMentor, Participation
from kit.constraints import in_order, known_choice, on_the_web
from meetings.enums import MeetingForm
from meetings.kinds import MeetingKind
from meetings.querysets import MeetingQuerySet

# Days before a meeting. The week for presentations and the two for invitations are the programme's own rules; the day
# when a self-assessment opens is ours. Each is a column of the meeting, so that an edition may have other numbers.
OPENS_BEFORE, DUE_BEFORE, PRESENT_BEFORE, INVITE_BEFORE = 42, 7, 7, 14
NO_START = "Ange också när träffen börjar."
ENDS_TOO_EARLY = "Sluttiden ligger inte efter starttiden."
PREPARES_ITSELF = "En träff kan inte förbereda sig själv."


def hours_in_order(starts_at: time | None, ends_at: time | None, *, days: int) -> bool:
    """True if a meeting of so many days ends after it starts, or lacks one of its hours."""
    return days > 1 or starts_at is None or ends_at is None or starts_at < ends_at


class Meeting(models.Model):
    """A träff. Its name comes from the edition; the code looks only at its kind."""

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
    # A strategträff hangs on the lärandeträff that it prepares, and moves with it.
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
    # A mentor who has chosen no meeting supports all of its group's: see `meetings.whom`.
    chosen_by = models.ManyToManyField(
        GroupMentor, related_name="meetings", blank=True, verbose_name="mentorer som har valt träffen"
    )
    # How often its day, hours or being called off has changed: a calendar takes the highest (RFC 5545, SEQUENCE).
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
            models.CheckConstraint(
                name="meeting_end_needs_start",
                condition=Q(ends_at=None) | Q(starts_at__isnull=False),
                violation_error_message=NO_START,
            ),
            models.CheckConstraint(
                name="meeting_ends_after_start",
                condition=Q(ends_at=None)
                | Q(starts_at=None)
                | Q(ends_at__gt=F("starts_at"))
                | Q(ends_on__gt=F("starts_on")),
                violation_error_message=ENDS_TOO_EARLY,
            ),
            models.CheckConstraint(
                name="meeting_prepares_another",
                condition=Q(hangs_on=None) | ~Q(hangs_on=F("id")),
                violation_error_message=PREPARES_ITSELF,
            ),
            known_choice("kind", MeetingKind),
            known_choice("form", MeetingForm),
            on_the_web("link"),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("meetings:meeting", args=[self.cohort.slug, self.key])

    @property
    def is_assessed(self) -> bool:
        return MeetingKind(self.kind).facts.is_assessed

    @property
    def is_learning(self) -> bool:
        """True if it is a lärandeträff that is not cancelled: mentors support these."""
        return MeetingKind(self.kind).facts.is_mentored and not self.is_cancelled

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
        return self.invitation_due_on <= today <= self.ends_on and not self.is_cancelled

    @property
    def n_days(self) -> int:
        return (self.ends_on - self.starts_on).days + 1

    @property
    def ends_after_start(self) -> bool:
        return hours_in_order(self.starts_at, self.ends_at, days=self.n_days)

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_on is not None

    def has_begun(self, today: date) -> bool:
        """True from its first day. Its figures are then open, and no self-assessment for it is taken back."""
        return self.starts_on <= today
