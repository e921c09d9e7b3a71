from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from accounts.enums import SkrRole
from modell.constraints import known_choice


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, name: str, *, skr_role: str = "") -> "User":
        """A person who signs in by mailed code: no usable password until they choose one."""
        user = self.model(email=self.normalize_email(email).lower(), name=name, skr_role=skr_role)
        user.set_unusable_password()
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who may sign in: name and work e-mail, nothing more is collected.

    What they may see follows from their seats (`cohorts.roles`) and, for SKR's own staff, from `skr_role`.
    """

    email = models.EmailField("e-postadress", unique=True)
    name = models.CharField("namn", max_length=150)
    skr_role = models.CharField("roll hos SKR", max_length=20, choices=SkrRole, blank=True)
    is_active = models.BooleanField("aktiv", default=True)
    date_joined = models.DateTimeField("upplagd", auto_now_add=True)

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
