from django.db import transaction

from accounts.enums import SkrRole
from accounts.models import User
from modell import audit
from modell.audit import Kind
from modell.refusals import ActionRefused


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
