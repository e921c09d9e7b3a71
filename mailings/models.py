from django.conf import settings
from django.db import models

from mailings.enums import UNSETTLED, MailState, Rhythm
from mailings.querysets import MailChoiceQuerySet, MailQuerySet, WordingQuerySet
from modell.constraints import known_choice


class Mail(models.Model):
    """One mail to one address: the truth of its sending. `key` says what it is about and to whom, and stands once.

    The row is committed before anything is sent, and taken by one worker for good (docs/adr/0012). `about` is the
    omgång's slug as text, like the trail: a mail outlives what it told of. Its address and words go in the end
    (MAIL_KEEP_DAYS), its key never.
    """

    key = models.CharField("nyckel", max_length=200, unique=True)
    kind = models.CharField("slag", max_length=60)
    about = models.CharField("omgång", max_length=80, blank=True)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="mails", null=True, blank=True, verbose_name="till"
    )
    address = models.EmailField("adress")
    subject = models.CharField("ämne", max_length=200)
    body = models.TextField("brödtext", blank=True)
    text = models.TextField("text")
    html = models.TextField("html")
    reason = models.CharField("varför du får mejlet", max_length=300)
    path = models.CharField("sidan det öppnar", max_length=300, blank=True)
    reply_to = models.CharField("svar till", max_length=254, blank=True)
    attachment = models.FileField("bilaga", upload_to="bilagor/", max_length=200, blank=True)
    state = models.CharField("läge", max_length=20, choices=MailState, default=MailState.QUEUED)
    message_id = models.CharField("Message-ID", max_length=200, unique=True)
    made_at = models.DateTimeField("skapat", auto_now_add=True)
    not_before = models.DateTimeField("inte före", null=True, blank=True)
    tries = models.PositiveSmallIntegerField("försök", default=0)
    taken_at = models.DateTimeField("taget av en arbetare", null=True, blank=True)
    sent_at = models.DateTimeField("skickat", null=True, blank=True)
    error = models.CharField("fel", max_length=300, blank=True)
    digest = models.ForeignKey(
        "self", models.SET_NULL, related_name="parts", null=True, blank=True, verbose_name="sammandrag"
    )
    resent_as = models.OneToOneField(
        "self", models.SET_NULL, related_name="resent_from", null=True, blank=True, verbose_name="skickat igen som"
    )
    left_at = models.DateTimeField("lämnat därhän", null=True, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = "mejl"
        verbose_name_plural = "mejl"
        ordering = ("-made_at", "-pk")
        indexes = (
            models.Index(fields=("state", "not_before"), name="mail_by_state"),
            models.Index(fields=("about", "-made_at"), name="mail_by_cohort"),
        )
        constraints = (known_choice("state", MailState),)

    def __str__(self) -> str:
        return self.subject

    @property
    def is_erased(self) -> bool:
        """That it was sent, when and of which kind is all that is left."""
        return not self.address

    @property
    def is_unsettled(self) -> bool:
        """Nobody knows that it came."""
        return self.state in UNSETTLED

    @property
    def needs_a_decision(self) -> bool:
        """Nobody has sent it again or let it be either."""
        return self.is_unsettled and self.resent_as_id is None and self.left_at is None


class Wording(models.Model):
    """SKR's own words for one kind of mail, in place of ours (`mailings/kinds.py`)."""

    kind = models.CharField("slag", max_length=60, unique=True)
    subject = models.CharField("ämne", max_length=200)
    body = models.TextField("text")
    changed_at = models.DateTimeField("ändrad", auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="ändrad av"
    )

    objects = WordingQuerySet.as_manager()

    class Meta:
        verbose_name = "mejltext"
        verbose_name_plural = "mejltexter"

    def __str__(self) -> str:
        return self.kind


class MailChoice(models.Model):
    """How a person wants the mail that can wait; without a row it comes at once."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="mail_choice", verbose_name="person"
    )
    rhythm = models.CharField("hur ofta", max_length=10, choices=Rhythm, default=Rhythm.AT_ONCE)

    objects = MailChoiceQuerySet.as_manager()

    class Meta:
        verbose_name = "val av mejl"
        verbose_name_plural = "val av mejl"
        constraints = (known_choice("rhythm", Rhythm),)

    def __str__(self) -> str:
        return f"{self.user}: {self.get_rhythm_display()}"
