from datetime import date

from django.db import models
from django.db.models import Q

from cohorts.enums import MentorNext, Role, Status
from cohorts.kinds import kind_of
from cohorts.models.cohort import Cohort
from cohorts.models.group import Group
from cohorts.models.organisation import Organisation
from cohorts.querysets import ParticipationQuerySet
from kit.constraints import known_choice


class Participation(models.Model):
    """An organisation in an omgång, as participant or as mentor."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="participations", verbose_name="omgång")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="participations", verbose_name="organisation"
    )
    # The code it joined with decides for good whether Gotland counts as a kommun or a region in this omgång.
    code = models.CharField("kod i omgången", max_length=10)
    role = models.CharField("roll", max_length=20, choices=Role)
    status = models.CharField("läge", max_length=20, choices=Status, default=Status.ACTIVE)
    withdrawn_on = models.DateField("lämnade", null=True, blank=True)
    reported = models.BooleanField("har lämnat resultatrapport", default=False)
    joined_on = models.DateField("kom med", null=True, blank=True)
    # Only SKR reads it; others are told only that the organisation has left.
    withdrawal_reason = models.TextField("skäl", blank=True)
    through = models.CharField("genom", max_length=120, blank=True)
    # A fact about the organisation, never about a person; None is "inte angivet".
    both_sides = models.BooleanField("båda sidor företrädda", null=True, blank=True)
    capacity = models.PositiveSmallIntegerField("kan vara mentor för så många grupper", null=True, blank=True)
    thanked_on = models.DateField("tackad för mentorskapet", null=True, blank=True)
    mentor_next = models.CharField("mentor nästa omgång", max_length=10, choices=MentorNext, blank=True)
    group = models.ForeignKey(
        Group, models.SET_NULL, related_name="participations", null=True, blank=True, verbose_name="grupp"
    )
    position = models.PositiveSmallIntegerField("ordning")

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = "deltagande"
        verbose_name_plural = "deltaganden"
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(
                fields=("cohort", "organisation"),
                name="organisation_once_a_cohort",
                violation_error_message="Organisationen är redan med i omgången.",
            ),
            models.CheckConstraint(
                name="withdrawn_on_only_when_withdrawn",
                condition=Q(withdrawn_on__isnull=True) | Q(status="withdrawn"),
                violation_error_message="Dagen anges bara för den som har lämnat omgången.",
            ),
            known_choice("role", Role),
            known_choice("status", Status),
            known_choice("mentor_next", MentorNext, blank=True),
        )

    def __str__(self) -> str:
        return self.organisation.name

    @property
    def kind(self) -> str:
        return kind_of(self.code)

    @property
    def is_participant(self) -> bool:
        return self.role == Role.PARTICIPANT

    @property
    def is_withdrawn(self) -> bool:
        return self.status == Status.WITHDRAWN

    def has_left_by(self, day: date) -> bool:
        """True from the day after its last day; if that day is unknown, it had left before any day."""
        return self.is_withdrawn and (self.withdrawn_on is None or self.withdrawn_on < day)

    def is_asked(self, today: date) -> bool:
        """True while anything is asked of it: neither after the omgång nor once it is known to leave."""
        return self.cohort.is_open(today) and not self.is_withdrawn

    def is_active_on(self, day: date) -> bool:
        return (self.joined_on is None or self.joined_on <= day) and not self.has_left_by(day)
