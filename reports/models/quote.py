from django.db import models

from cohorts.enums import Function
from kit.constraints import known_choice
from reports.models.report import ReportSection
from reports.querysets import QuoteQuerySet


class Quote(models.Model):
    """A sentence of a section, said by someone with that function and never by name.

    It may be quoted in the joint report from the day of consent until it is withdrawn; both may come when the report is
    frozen, since the row stands beside its text.
    """

    section = models.ForeignKey(ReportSection, models.CASCADE, related_name="quotes", verbose_name="avsnitt")
    text = models.TextField("citat")
    function = models.CharField("funktion", max_length=20, choices=Function)
    consented_on = models.DateField("får citeras från", null=True, blank=True)
    withdrawn_on = models.DateField("tillbakataget", null=True, blank=True)

    objects = QuoteQuerySet.as_manager()

    class Meta:
        verbose_name = "citat i resultatrapporten"
        verbose_name_plural = "citat i resultatrapporten"
        ordering = ("section", "pk")
        constraints = (
            models.UniqueConstraint(fields=("section", "text"), name="quote_once"),
            models.CheckConstraint(
                name="quote_is_withdrawn_after_consent",
                condition=models.Q(withdrawn_on=None) | models.Q(consented_on__isnull=False),
                violation_error_message="Ett citat tas tillbaka först när det har fått citeras.",
            ),
            known_choice("function", Function),
        )

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def may_be_quoted(self) -> bool:
        return self.consented_on is not None and self.withdrawn_on is None
