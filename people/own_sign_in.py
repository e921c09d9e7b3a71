"""What "Min inloggning" tells: what stands beside the mailed code, and on which devices one is signed in."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone

from accounts.devices import device_of
from accounts.models import User

# Longer ago than this, one shows anew who one is before the ways in are changed.
FRESH_FOR = timedelta(minutes=15)
NO_ADDRESS = "0.0.0.0"  # noqa: S104, nothing listens on it


@dataclass
class Factors:
    """A person's passkeys, app and number of recovery codes that are left; None where there is none."""

    passkeys: list[Authenticator] = field(default_factory=list)
    app: Authenticator | None = None
    codes_left: int | None = None

    @property
    def is_any(self) -> bool:
        return bool(self.passkeys or self.app)


@dataclass(frozen=True)
class Device:
    pk: int
    name: str
    since: datetime


def factors_of(user: User) -> Factors:
    factors = Factors()
    for row in Authenticator.objects.filter(user=user).order_by("created_at"):
        if row.type == Authenticator.Type.WEBAUTHN:
            factors.passkeys.append(row)
        elif row.type == Authenticator.Type.TOTP:
            factors.app = row
        else:
            factors.codes_left = len(row.wrap().get_unused_codes())
    return factors


def other_sessions(request: HttpRequest) -> list[UserSession]:
    """Return the person's sessions that are still open, the newest first, without the one that asks."""
    mine = UserSession.objects.filter(user_id=request.user.pk).exclude(session_key=request.session.session_key)
    is_open = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    return list(mine.filter(session_key__in=is_open).order_by("-created_at"))


def devices(sessions: list[UserSession]) -> list[Device]:
    return [Device(row.pk, device_of(row.user_agent), row.created_at) for row in sessions]


def is_fresh(request: HttpRequest, user: User) -> bool:
    """True if the person has signed in with this session within a quarter of an hour."""
    here = UserSession.objects.filter(user=user, session_key=request.session.session_key)
    # The demonstration's buttons leave no row of the session.
    since = here.values_list("created_at", flat=True).first() or user.last_login
    return since is not None and since > timezone.now() - FRESH_FOR


def renew_session(request: HttpRequest) -> None:
    """Give the session another key, so that one that somebody has seen before is of no use."""
    before = request.session.session_key
    request.session.cycle_key()
    UserSession.objects.filter(session_key=before).update(session_key=request.session.session_key)


def forget_address(request: HttpRequest) -> None:
    """Take away the network address that allauth has stored of the session; nothing here needs it."""
    UserSession.objects.filter(session_key=request.session.session_key).update(ip=NO_ADDRESS)
