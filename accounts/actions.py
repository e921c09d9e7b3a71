from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from accounts.models import AddressChange, User
from kit.canonical import canonical_address
from kit.refusals import ActionRefused

TAKEN = "En annan person har redan den adressen."


def end_sessions(user: User) -> None:
    """Sign the person out everywhere; the caller holds the row or has just written it."""
    # The session's hash is made from the password, so a new one ends every session.
    user.set_unusable_password()
    user.save(update_fields=["password"])


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
    end_sessions(user)
    # The sign-in also looks here; a row for the new address is made at its first sign-in.
    EmailAddress.objects.filter(user=user).delete()
    AddressChange.objects.filter(user=user).delete()
