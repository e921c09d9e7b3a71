"""What changes in how a person signs in: told to its owner by mail, and written in the trail."""

from collections.abc import Sequence

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.actions import sign_out_everywhere
from accounts.models import User
from cohorts.models import Organisation
from cohorts.roles import roles_of
from kit import audit
from kit.refusals import ActionRefused
from mailings.actions import Envelope, queue_mail
from mailings.kinds import MailKind
from people.mails import FACTORS_RESET, SIGN_IN_CHANGED
from people.trail import PeopleEvent

# By the name that allauth gives each: the sentence of the mail, and what the trail says.
CHANGES = {
    "webauthn_added": ("Du har lagt till en inloggningsnyckel i Modell.", "lade till en inloggningsnyckel"),
    "webauthn_removed": ("Du har tagit bort en inloggningsnyckel i Modell.", "tog bort en inloggningsnyckel"),
    "totp_activated": ("Du har lagt till en app för din inloggning i Modell.", "lade till en app"),
    "totp_deactivated": ("Du har tagit bort appen för din inloggning i Modell.", "tog bort en app"),
    "recovery_codes_generated": ("Du har skaffat nya reservkoder till Modell.", "skaffade nya reservkoder"),
}
NOTHING_TO_RESET = "Personen har ingen inloggningsnyckel och ingen app, så det finns inget att ta bort."


def record_of_person(kind: PeopleEvent, *, user: User, by: User | None, **data: object) -> None:
    """Record in the trail of each organisation that the person works for, or in SKR's if they have no seat."""
    roles = roles_of(user)
    codes = Organisation.objects.filter(pk__in=roles.organisation_ids).values_list("code", flat=True)
    for code in list(codes) or [""]:
        audit.record(kind, target=user, by=by, organisation=code, **data)


@transaction.atomic
def tell_changed(*, user: User, change: str) -> None:
    """Mail the owner and write the trail when allauth has changed how the owner signs in."""
    sentence, what = CHANGES[change]
    record_of_person(PeopleEvent.SIGN_IN_CHANGED, user=user, by=user, what=what)
    _mail(user, SIGN_IN_CHANGED, andring=sentence)


@transaction.atomic
def reset_factors(*, user: User, by: User | None) -> None:
    """Delete the passkeys, app and recovery codes of a person who has lost them, and end all their sessions."""
    user = User.objects.select_for_update().get(pk=user.pk)
    factors = Authenticator.objects.filter(user=user)
    if not factors.exists():
        raise ActionRefused(NOTHING_TO_RESET)
    factors.delete()
    sign_out_everywhere(user)
    record_of_person(PeopleEvent.FACTORS_RESET, user=user, by=by)
    _mail(user, FACTORS_RESET, vem=by.name if by else "SKR")


@transaction.atomic
def end_sessions(*, sessions: Sequence[UserSession], by: User) -> None:
    for session in sessions:
        session.end()
    if sessions:
        record_of_person(PeopleEvent.DEVICES_SIGNED_OUT, user=by, by=by)


def _mail(user: User, kind: MailKind, **values: str) -> None:
    queue_mail(
        kind=kind,
        key=f"{kind.key}:{user.pk}:{timezone.now():%Y%m%d%H%M%S%f}",
        to=Envelope.to(user, reason="Du får mejlet för att det gäller din inloggning i Modell."),
        values=values,
        path=reverse("mfa_index"),
    )
