from django.db import models

from kit.constraints import known_choice
from kit.enums import WhyKept


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    def of_organisation(self, code: str) -> "AuditEventQuerySet":
        return self.filter(organisation=code)

    def of_skr(self) -> "AuditEventQuerySet":
        return self.filter(organisation="")


class AuditEvent(models.Model):
    """A row of the trail: who did what, and when. It refers to nothing, so deleting a row never deletes its history.

    `organisation` is the code of the organisation that the row is about, empty for SKR: each reads its own trail only
    (docs/architecture.md, "Access"). Individual ratings never enter `data`.
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


class SentForm(models.Model):
    """A form that has made something new, by the number of its key: sent again, it leads to what it made.

    `digest` is of what was typed, `answer` the address it led to; empty while the first sending is under way.
    """

    number = models.CharField("nummer", max_length=40, unique=True)
    digest = models.CharField("kontrollsumma", max_length=64)
    answer = models.TextField("ledde till", blank=True)
    sent_at = models.DateTimeField("när", auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = "skickat formulär"
        verbose_name_plural = "skickade formulär"


class KeptForm(models.Model):
    """What someone typed in a form that could not be saved; it waits to be filled in again, and is erased after days.

    Only `person` may see it; None is a form whose page was drawn for nobody signed in.
    """

    person = models.BigIntegerField("användare", null=True)
    address = models.TextField("skickades till")
    page = models.TextField("sida")
    why = models.CharField("varför", max_length=20, choices=WhyKept)
    typed = models.TextField("skrivet")  # JSON as text: PostgreSQL's own JSON refuses some signs that people can type
    files = models.TextField("filer", blank=True)
    kept_at = models.DateTimeField("när", db_index=True)

    class Meta:
        verbose_name = "sparat formulär"
        verbose_name_plural = "sparade formulär"
        constraints = (known_choice("why", WhyKept),)


class PeriodicRun(models.Model):
    """When a task of the schedule last ran to its end (kit/periodic.py)."""

    name = models.CharField("uppgift", max_length=120, unique=True)
    last_run = models.DateTimeField("senast")

    class Meta:
        verbose_name = "körning"
        verbose_name_plural = "körningar"

    def __str__(self) -> str:
        return self.name


class Retention(models.Model):
    """How many days SKR has chosen to keep a kind of data; without a row the usual number holds (kit/retention.py)."""

    key = models.CharField("slag", max_length=40, unique=True)
    days = models.PositiveIntegerField("antal dagar")

    class Meta:
        verbose_name = "gallringstid"
        verbose_name_plural = "gallringstider"
        constraints = (
            models.CheckConstraint(
                name="retention_is_some_days",
                condition=models.Q(days__gte=1),
                violation_error_message="Uppgifter sparas minst en dag.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.key}: {self.days}"
