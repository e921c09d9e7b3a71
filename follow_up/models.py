from django.conf import settings
from django.db import models

from cohorts.models import Cohort
from follow_up.querysets import MailingQuerySet
from mailings.models import Attachment


class Mailing(models.Model):
    """A mail in SKR's own words to people in an omgång, a draft until it is sent.

    `choice` is what the page of recipients asks (follow_up/mailing/choosing.py); those `left_out` do not get it. Each
    person's mail is a `Mail` of its own, whose key names this row.
    """

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="sent_mailings", verbose_name="omgång")
    choice = models.JSONField("val av mottagare", default=dict)
    left_out = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", blank=True, verbose_name="får inte utskicket"
    )
    subject = models.CharField("ämne", max_length=200, blank=True)
    body = models.TextField("text", blank=True)
    answers_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="svaren går till",
    )
    files = models.ManyToManyField(Attachment, related_name="carried_by", blank=True, verbose_name="bilagor")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="skapat av"
    )
    changed_at = models.DateTimeField("ändrat", auto_now=True)
    sent_at = models.DateTimeField("skickat", null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="skickat av"
    )

    objects = MailingQuerySet.as_manager()

    class Meta:
        verbose_name = "utskick"
        verbose_name_plural = "utskick"
        ordering = ("-changed_at", "-pk")

    def __str__(self) -> str:
        return self.subject or "Utan ämne"

    @property
    def is_sent(self) -> bool:
        return self.sent_at is not None

    @property
    def stem(self) -> str:
        """Return the beginning of the keys of its mails."""
        return f"own_words:{self.pk}:"
