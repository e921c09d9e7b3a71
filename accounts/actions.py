from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.db import IntegrityError, transaction

from accounts.factors import forget_passkeys
from accounts.models import AddressChange, ProviderSubject, User
from kit.canonical import canonical_address
from kit.refusals import ActionRefused

TAKEN = "En annan person har redan den adressen."
ANOTHER_SUBJECT = (
    "Din adress hör till en annan person hos er inloggning än när den användes första gången. Logga in med en kod. Be "
    "sedan processledaren på SKR om hjälp."
)


def sign_out_everywhere(user: User) -> None:
    """Sign the person out everywhere; the caller holds the row or has just written it."""
    # The session's hash is made from the password, so a new one ends every session.
    user.set_unusable_password()
    user.save(update_fields=["password"])
    UserSession.objects.filter(user=user).delete()


@transaction.atomic
def change_email(*, user: User, email: str) -> None:
    """Change the address to sign in with; codes to the old one and all sessions stop working."""
    email = canonical_address(email)
    if EmailAddress.objects.filter(email=email).exclude(user=user).exists():
        raise ActionRefused(TAKEN, field="email")
    user.email = email
    try:
        with transaction.atomic():
            user.save(update_fields=["email"])
    except IntegrityError as error:
        raise ActionRefused(TAKEN, field="email") from error
    sign_out_everywhere(user)
    # The sign-in also looks here; a row for the new address is made at its first sign-in.
    EmailAddress.objects.filter(user=user).delete()
    AddressChange.objects.filter(user=user).delete()
    # So do a passkey and an organisation's own sign-in, which let whoever had the old address in without a code.
    forget_passkeys(user)
    ProviderSubject.objects.filter(user=user).delete()


@transaction.atomic
def know_subject(*, user: User, provider: str, subject: str) -> None:
    """Remember whom the provider means by its subject, the first time; refuse another subject or person later."""
    try:
        with transaction.atomic():
            known, _ = ProviderSubject.objects.get_or_create(
                user=user, provider=provider, defaults={"subject": subject}
            )
    except IntegrityError as error:
        raise ActionRefused(ANOTHER_SUBJECT) from error
    if known.subject != subject:
        raise ActionRefused(ANOTHER_SUBJECT)
