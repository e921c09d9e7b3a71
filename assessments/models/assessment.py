from __future__ import annotations

from datetime import date
from decimal import Decimal
from math import inf

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from assessments.enums import AssessmentState, ItemState, Judges
from assessments.querysets import AssessmentQuerySet
from checklist.models.scale import OnScale
from checklist.models.version import Item
from cohorts.models import Part, Participation
from kit.constraints import known_choice
from meetings.models import Meeting


class Assessment(OnScale):
    """Självskattning: the agreed values of an organisation, or of a part of it, before a meeting or outside meetings.

    `judged_by` says whose judgement it is, `raters` how many took part by function ({"politician": 2, …}; empty where
    only their number, `assessors`, is known).
    """

    participation = models.ForeignKey(
        Participation, models.CASCADE, related_name="assessments", verbose_name="organisation"
    )
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="assessments", null=True, blank=True, verbose_name="träff"
    )
    part = models.ForeignKey(
        Part,
        models.PROTECT,
        related_name="assessments",
        null=True,
        blank=True,
        verbose_name="nämnd eller förvaltning",
    )
    state = models.CharField("läge", max_length=20, choices=AssessmentState, default=AssessmentState.DRAFT)
    submitted_on = models.DateField("inlämnad", null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="lämnad av"
    )
    assessors = models.PositiveSmallIntegerField("antal bedömare", null=True, blank=True)
    raters = models.JSONField("bedömare per funktion", default=dict, blank=True)
    judged_by = models.CharField("vems bedömning", max_length=20, choices=Judges, blank=True)

    objects = AssessmentQuerySet.as_manager()
    rated: int  # set by `with_progress`

    class Meta:
        verbose_name = "självskattning"
        verbose_name_plural = "självskattningar"
        ordering = ("meeting__starts_on", "submitted_on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("participation", "meeting"),
                condition=Q(part=None),
                name="assessment_once_a_meeting",
                violation_error_message="Organisationen har redan en självskattning till träffen.",
            ),
            models.UniqueConstraint(
                fields=("participation", "meeting", "part"),
                name="assessment_once_a_meeting_and_part",
                violation_error_message="Den delen av organisationen har redan en självskattning till träffen.",
            ),
            models.UniqueConstraint(
                fields=("participation", "submitted_on"),
                condition=Q(meeting=None, part=None),
                name="assessment_once_a_day_outside_meetings",
            ),
            models.UniqueConstraint(
                fields=("participation", "submitted_on", "part"),
                condition=Q(meeting=None),
                name="assessment_once_a_day_outside_meetings_and_part",
            ),
            models.CheckConstraint(
                name="submitted_has_a_day",
                condition=Q(state="submitted", submitted_on__isnull=False)
                | Q(state="draft", submitted_on__isnull=True),
                violation_error_message="En inlämnad självskattning har en dag, ett utkast har ingen.",
            ),
            known_choice("state", AssessmentState),
            known_choice("judged_by", Judges, blank=True),
        )

    def __str__(self) -> str:
        who = f"{self.participation}, {self.part}" if self.part else str(self.participation)
        return f"{who} – {self.meeting or 'utanför träffarna'}"

    def get_absolute_url(self) -> str:
        return reverse("assessments:assessment", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.state == AssessmentState.DRAFT

    @property
    def is_submitted(self) -> bool:
        return self.state == AssessmentState.SUBMITTED

    @property
    def day(self) -> date | None:
        return self.meeting.starts_on if self.meeting else self.submitted_on

    @property
    def dated_on(self) -> date | None:
        """Return the day that it is dated on page, in PDF and in Excel: a meeting may still be to come."""
        return self.submitted_on or self.day

    @property
    def when(self) -> tuple[date, int, int | float]:
        """Return its place in time, as `in_time` orders; a draft outside meetings comes last."""
        return (self.day or date.max, self.meeting.number if self.meeting else 0, self.pk or inf)

    @property
    def series(self) -> tuple[int, int | None, int]:
        """Return whose it is and on which version; only assessments with the same series are compared."""
        return (self.participation.organisation_id, self.part_id, self.checklist_id)

    def may_be_retracted(self, today: date) -> bool:
        # One outside meetings is never locked by a day.
        return self.is_submitted and not self.is_locked(today)

    def is_locked(self, today: date) -> bool:
        """True if it is submitted and its meeting has begun; then only a reopening that its owner allows opens it."""
        return self.is_submitted and self.meeting is not None and self.meeting.has_begun(today)


class Score(models.Model):
    """The agreed value of one moment with its texts. `revision` counts saves, and a page posts the one it drew.

    `suggested` is last occasion's value, carried over and not yet confirmed: it counts for nothing. `agreed` is set
    when the value is agreed in the working meeting or handed in; from then on a change of it needs a reason. `shared`
    covers `comment` and `since_last`; `reasoning`, `next_step` and `aim` are the organisation's own. `spread_low`,
    `spread_high` and `raters` are all that is left of the individual ratings.
    """

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="scores", verbose_name="självskattning")
    item = models.ForeignKey(Item, models.PROTECT, related_name="scores", verbose_name="moment")
    value = models.DecimalField("värde", max_digits=2, decimal_places=1, null=True, blank=True)
    suggested = models.DecimalField("förslag", max_digits=2, decimal_places=1, null=True, blank=True)
    aim = models.DecimalField("mål till nästa gång", max_digits=2, decimal_places=1, null=True, blank=True)
    comment = models.TextField("kommentar", blank=True)
    since_last = models.TextField("vad har hänt sedan sist", blank=True)
    reasoning = models.TextField("så resonerade vi", blank=True)
    next_step = models.TextField("det här krävs för nästa steg", blank=True)
    agreed = models.BooleanField("gemensam", default=False)
    spread_low = models.DecimalField("lägsta enskilda värde", max_digits=2, decimal_places=1, null=True, blank=True)
    spread_high = models.DecimalField("högsta enskilda värde", max_digits=2, decimal_places=1, null=True, blank=True)
    raters = models.JSONField("enskilda bedömare per funktion", default=dict, blank=True)
    shared = models.BooleanField("delas med gruppen", default=False)
    glad_to_tell = models.BooleanField("vi berättar gärna hur vi gör", default=False)
    revision = models.PositiveIntegerField("version", default=0)
    saved_at = models.DateTimeField("sparad", auto_now=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="sparad av"
    )

    class Meta:
        verbose_name = "poäng"
        verbose_name_plural = "poäng"
        ordering = ("item__number",)
        constraints = (
            models.UniqueConstraint(fields=("assessment", "item"), name="score_once_a_moment"),
            models.CheckConstraint(
                name="score_not_below_one",
                condition=Q(value__isnull=True) | Q(value__gte=1),
                violation_error_message="Värdet ligger utanför skalan.",
            ),
            models.CheckConstraint(
                name="spread_whole_or_none",
                condition=Q(spread_low=None, spread_high=None)
                | Q(spread_low__isnull=False, spread_high__gte=F("spread_low")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.item}: {self.value}"

    def state_since(self, before: Decimal | None) -> ItemState:
        """Return its state against the organisation's value the time before, None where there is none."""
        if self.value is None:
            return ItemState.MISSING if self.suggested is None else ItemState.UNCONFIRMED
        if before is None:
            return ItemState.NEW
        return ItemState.CONFIRMED if self.value == before else ItemState.CHANGED
