from __future__ import annotations

from django.conf import settings
from django.db import models

from accounts.naming import NameColumn
from cohorts.enums import Function
from cohorts.models import Delegate, Participation
from cohorts.roles import Roles
from kit.constraints import in_order, known_choice
from kit.ordering import by_name


class SeatOfferQuerySet(models.QuerySet["SeatOffer"]):
    def visible_to(self, roles: Roles) -> SeatOfferQuerySet:
        """Return the person's own: only the one who is asked reads the question and answers it."""
        return self.filter(user=roles.user_id)


class SeatOffer(models.Model):
    """A seat that waits for the yes of a person who is known, but not to the organisation.

    `name` is what the organisation calls the person: until the yes it learns nothing of whom the address belongs to.
    """

    participation = models.ForeignKey(
        Participation, models.CASCADE, related_name="seat_offers", verbose_name="organisation"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="seat_offers", verbose_name="person"
    )
    name = NameColumn("namn", max_length=150)
    function = models.CharField("funktion", max_length=20, choices=Function)
    deputy = models.BooleanField("ersättare", default=False)
    starts_on = models.DateField("från")
    ends_on = models.DateField("till och med", null=True, blank=True)
    succeeds = models.ForeignKey(
        Delegate, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="efterträder"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="fråga från"
    )
    asked_at = models.DateTimeField("tillfrågad")

    objects = SeatOfferQuerySet.as_manager()

    class Meta:
        verbose_name = "fråga om uppdrag"
        verbose_name_plural = "frågor om uppdrag"
        ordering = ("function", "deputy", by_name("name"))
        constraints = (
            in_order("starts_on", "ends_on"),
            known_choice("function", Function),
            models.UniqueConstraint(fields=("participation", "user"), name="seat_offered_once"),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.get_function_display().lower()})"


class ErasureRequestQuerySet(models.QuerySet["ErasureRequest"]):
    def visible_to(self, roles: Roles) -> ErasureRequestQuerySet:
        return self.select_related("user") if roles.is_skr else self.filter(user=roles.user_id)


class ErasureRequest(models.Model):
    """A person's wish to have what is stored about them erased. It goes when SKR erases it, or the person regrets."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="erasure_request", verbose_name="person"
    )
    message = models.TextField("meddelande", blank=True)
    asked_on = models.DateField("begärt")

    objects = ErasureRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "begäran om radering"
        verbose_name_plural = "begäran om radering"
        ordering = ("asked_on", "pk")

    def __str__(self) -> str:
        return str(self.user)
