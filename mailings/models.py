from django.conf import settings
from django.db import models

from kit.columns import AddressColumn
from kit.constraints import known_choice
from mailings.enums import UNSETTLED, WAITING, MailState, Rhythm
from mailings.querysets import (
    AttachmentQuerySet,
    MailChoiceQuerySet,
    MailHoldQuerySet,
    MailQuerySet,
    WordingQuerySet,
)


class Attachment(models.Model):
    """A file that mails carry, stored once for all of them (mailings/attachments.py).

    `name` is what the recipients see. Its media type may have parameters, as a calendar's method.
    """

    name = models.CharField("namn", max_length=200)
    file = models.FileField("fil", upload_to="bilagor/", max_length=200)
    media_type = models.CharField("slag", max_length=120)
    size = models.PositiveIntegerField("storlek")
    checksum = models.CharField("kontrollsumma", max_length=64)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = "bilaga"
        verbose_name_plural = "bilagor"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("checksum", "name", "media_type"), name="attachment_stored_once"),
        )

    def __str__(self) -> str:
        return self.name


class Mail(models.Model):
    """A mail to one address, and the truth about its sending. `key` says what it is about and to whom, and is unique.

    The row is committed before anything is sent, and a worker takes it for good (docs/adr/0012). `about` is the
    omgång's slug as text, since a mail outlives the omgång. Address and words are erased in the end, the key never
    (mailings/erasing.py). Only code mail has `expires_at`, after which it is not sent (docs/adr/0022).
    """

    key = models.CharField("nyckel", max_length=200, unique=True)
    kind = models.CharField("slag", max_length=60)
    about = models.CharField("omgång", max_length=80, blank=True)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="mails", null=True, blank=True, verbose_name="till"
    )
    address = AddressColumn("adress")
    subject = models.CharField("ämne", max_length=200)
    body = models.TextField("brödtext", blank=True)
    text = models.TextField("text")
    html = models.TextField("html")
    reason = models.CharField("varför du får mejlet", max_length=300)
    path = models.CharField("sidan det öppnar", max_length=300, blank=True)
    reply_to = models.CharField("svar till", max_length=254, blank=True)
    files = models.ManyToManyField(Attachment, related_name="mails", blank=True, verbose_name="bilagor")
    state = models.CharField("läge", max_length=20, choices=MailState, default=MailState.QUEUED)
    message_id = models.CharField("Message-ID", max_length=200, unique=True)
    made_at = models.DateTimeField("skapat", auto_now_add=True)
    not_before = models.DateTimeField("inte före", null=True, blank=True)
    expires_at = models.DateTimeField("gäller till", null=True, blank=True)
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
        return not self.address

    @property
    def is_waiting(self) -> bool:
        return self.state in WAITING

    @property
    def is_unsettled(self) -> bool:
        return self.state in UNSETTLED

    @property
    def needs_a_decision(self) -> bool:
        return self.is_unsettled and self.resent_as_id is None and self.left_at is None


class Wording(models.Model):
    """SKR's own wording of a kind of mail, which replaces the built-in one."""

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
    """A person's choice of how mail that can wait is sent; without a row it is sent at once."""

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


class MailHold(models.Model):
    """The one row that keeps mail from leaving after a restore, until the operator releases it (`release_mail`).

    A restore writes it by SQL, with the rows of the backup (modell/backup/restoring.py).
    """

    since = models.DateTimeField("sedan")

    objects = MailHoldQuerySet.as_manager()

    class Meta:
        verbose_name = "uppehåll för mejl"
        verbose_name_plural = "uppehåll för mejl"

    def __str__(self) -> str:
        return str(self.since)
