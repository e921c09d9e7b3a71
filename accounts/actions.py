from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from accounts.enums import SkrRole
from accounts.models import AddressChange, User
from accounts.trail import AccountEvent
from kit import audit
from kit.canonical import canonical_address
from kit.refusals import ActionRefused

TAKEN = "En annan person har redan den adressen."


@transaction.atomic
def appoint_staff(*, email: str, name: str, role: SkrRole, by: User | None) -> User:
    """Give a person at SKR their role, with a new account if the address is unknown.

    Write the trail only where the role changes; refuse a person who represents an organisation.
    """
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, name)
    elif user.seats.exists():
        raise ActionRefused("Personen representerar en organisation och kan inte också ha en roll hos SKR.")
    if user.skr_role != role:
        user.skr_role = role
        user.save(update_fields=["skr_role"])
        audit.record(AccountEvent.STAFF_APPOINTED, target=user, by=by, role=str(role))
    return user


@transaction.atomic
def change_email(*, user: User, email: str) -> None:
    """Change the address to sign in with; codes to the old one and all sessions stop working."""
    email = canonical_address(email)
    if EmailAddress.objects.filter(email=email).exclude(user=user).exists():
        raise ActionRefused(TAKEN, field="email")
    user.email = email
    # The session's hash is made from the password, so a new one ends every session.
    user.set_unusable_password()
    try:
        with transaction.atomic():
            user.save(update_fields=["email", "password"])
    except IntegrityError as error:
        raise ActionRefused(TAKEN, field="email") from error
    # The sign-in also looks here; a row for the new address is made at its first sign-in.
    EmailAddress.objects.filter(user=user).delete()
    AddressChange.objects.filter(user=user).delete()
