from django.db import models

from modell.enums import EventKind


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    def of_organisation(self, code: str) -> "AuditEventQuerySet":
        return self.filter(organisation=code)

    def of_skr(self) -> "AuditEventQuerySet":
        return self.filter(organisation="")


class AuditEvent(models.Model):
    """Who did what, when. Text and numbers only, so that a deleted row never takes its history along.

    `organisation` is the code of the organisation whose doings it is, empty for SKR's own: each reads its own
    trail and no other (docs/architecture.md, "Access"). Individual ratings never enter `data`.
    """

    kind = models.CharField("händelse", max_length=60)
    target = models.CharField("vad", max_length=200)
    organisation = models.CharField("organisation", max_length=10, blank=True)
    actor_id = models.BigIntegerField("användare", null=True)
    actor = models.CharField("vem", max_length=254)
    data = models.JSONField("uppgifter", default=dict)
    happened_at = models.DateTimeField("när", auto_now_add=True)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        verbose_name = "händelse"
        verbose_name_plural = "händelser"
        ordering = ("-happened_at", "-pk")
        indexes = (models.Index(fields=("organisation", "-happened_at"), name="audit_by_organisation"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.target}"

    @property
    def sentence(self) -> str:
        """What happened, to stand after the actor's name."""
        return EventKind(self.kind).label
