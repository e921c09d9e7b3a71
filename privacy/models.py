from __future__ import annotations

from django.conf import settings
from django.db import models

from cohorts.roles import Roles


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
