import secrets
from datetime import date, timedelta
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.enums import SkrRole
from accounts.naming import LONGEST_NAME, NameColumn
from kit.columns import AddressColumn
from kit.constraints import known_choice


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, name: str, *, skr_role: str = "") -> "User":
        # They sign in by mailed code and have no usable password until they choose one.
        user = self.model(email=email, name=name, skr_role=skr_role)
        user.set_unusable_password()
        user.save(using=self._db)
        return user

    def staff(self) -> "models.QuerySet[User]":
        return self.exclude(skr_role="")

    def known(self) -> "models.QuerySet[User]":
        return self.filter(erased_on=None)

    def closed(self) -> "models.QuerySet[User]":
        """Return those whose account is closed and can be opened again."""
        return self.known().filter(is_active=False)


class User(AbstractBaseUser):
    """A person who may sign in. Only name and work e-mail are collected.

    Their rights follow from their seats (`cohorts.roles`) and, for SKR's own staff, from `skr_role`.
    """

    email = AddressColumn("e-postadress", unique=True)
    name = NameColumn("namn", max_length=LONGEST_NAME)
    skr_role = models.CharField("roll hos SKR", max_length=20, choices=SkrRole, blank=True)
    skr_since = models.DateField("roll hos SKR sedan", null=True, blank=True)
    is_active = models.BooleanField("aktiv", default=True)
    date_joined = models.DateTimeField("upplagd", auto_now_add=True)
    # The row of an erased person stays without name and address, so that seats, attendance and figures stay true.
    erased_on = models.DateField("uppgifterna raderade", null=True, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = UserManager()

    class Meta:
        verbose_name = "användare"
        verbose_name_plural = "användare"
        constraints = (known_choice("skr_role", SkrRole, blank=True),)

    def __str__(self) -> str:
        return self.name

    @cached_property
    def evaluated_cohort_ids(self) -> frozenset[int]:
        today = timezone.localdate()
        return frozenset(self.evaluations.filter(until__gte=today).values_list("cohort", flat=True))

    @property
    def reads_everything(self) -> bool:
        """True for whom one organisation's values are not all: people at SKR, and evaluators until their day."""
        return bool(self.skr_role or self.evaluated_cohort_ids)


def new_key() -> str:
    return secrets.token_urlsafe(32)


class AddressChangeQuerySet(models.QuerySet["AddressChange"]):
    def published(self, key: str) -> "AddressChange | None":
        """Return the change that the key still opens; it is open to whoever has the key."""
        waiting = self.select_related("user", "asked_by").filter(key=key).first()
        return waiting if waiting and waiting.is_open else None


class AddressChange(models.Model):
    """A new address that waits for the person's yes, given by a key that is mailed to the old one."""

    LASTS = timedelta(days=14)

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="address_change", verbose_name="person"
    )
    email = AddressColumn("ny e-postadress")
    key = models.CharField("nyckel", max_length=60, unique=True, default=new_key)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="begärt av"
    )
    asked_on = models.DateField("begärt")

    objects = AddressChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "byte av e-postadress"
        verbose_name_plural = "byten av e-postadress"

    def __str__(self) -> str:
        return f"{self.user}: {self.email}"

    @property
    def last_day(self) -> date:
        return self.asked_on + self.LASTS

    @property
    def is_open(self) -> bool:
        return timezone.localdate() <= self.last_day


class ProviderSubject(models.Model):
    """Whom an organisation's own sign-in (`provider`) means by `subject`, stored the first time and never changed."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="provider_subjects", verbose_name="person"
    )
    provider = models.CharField("inloggning", max_length=50)
    subject = models.CharField("person hos inloggningen", max_length=255)

    class Meta:
        verbose_name = "person hos en organisations inloggning"
        verbose_name_plural = "personer hos organisationers inloggning"
        constraints = (
            models.UniqueConstraint(fields=("user", "provider"), name="one_subject_for_a_person"),
            models.UniqueConstraint(fields=("provider", "subject"), name="one_person_for_a_subject"),
        )

    def __str__(self) -> str:
        return f"{self.user}: {self.provider}"
