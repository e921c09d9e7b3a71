from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from accounts.enums import SkrRole
from accounts.models import User
from modell import audit
from modell.audit import Kind
from modell.refusals import ActionRefused

TAKEN = "En annan person har redan den adressen."


@transaction.atomic
def appoint_staff(*, email: str, name: str, role: SkrRole, by: User | None) -> User:
    """Give a person at SKR their role; a new address gets an account. The same again is no change."""
    user = User.objects.filter(email=email.strip().lower()).first()
    if user is None:
        user = User.objects.create_user(email, name)
    elif user.seats.exists():
        raise ActionRefused("Personen representerar en organisation och kan inte också ha en roll hos SKR.")
    if user.skr_role != role:
        user.skr_role = role
        user.save(update_fields=["skr_role"])
        audit.record(Kind.STAFF_APPOINTED, target=user, by=by, role=str(role))
    return user


@transaction.atomic
def change_email(*, user: User, email: str) -> None:
    """Another address to sign in with. The old one opens nothing any more, nor does a session begun with it."""
    if EmailAddress.objects.filter(email=email).exclude(user=user).exists():
        raise ActionRefused(TAKEN, field="email")
    user.email, user.last_login = email, None
    user.set_unusable_password()  # which every session rests on
    try:
        with transaction.atomic():
            user.save(update_fields=["email", "last_login", "password"])
    except IntegrityError as error:
        raise ActionRefused(TAKEN, field="email") from error
    # The sign-in looks among these too; the row of a new address comes with its first sign-in.
    EmailAddress.objects.filter(user=user).delete()
