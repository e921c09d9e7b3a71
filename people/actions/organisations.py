"""Bodies that take part in their own name and that SCB has no code for."""

from django.db import transaction

from cohorts.enums import OrganisationKind
from cohorts.models import Organisation
from kit.canonical import folded

# SCB's codes have two or four digits, so these are never taken for them.
FIRST_CODES = {
    OrganisationKind.ASSOCIATION: 700_001,
    OrganisationKind.DISTRICT: 800_001,
    OrganisationKind.ADMINISTRATION: 900_001,
}


@transaction.atomic
def register_body(*, kind: str, name: str, invented: bool) -> Organisation:
    """Add the body to the register; the same name again is the same body."""
    first = FIRST_CODES[OrganisationKind(kind)]
    rows = list(Organisation.objects.select_for_update().filter(kind=kind).order_by("code"))
    same = next((row for row in rows if folded(row.name) == folded(name) and row.invented == invented), None)
    if same:
        return same
    taken = {row.code for row in rows}
    code = next(code for number in range(first, first + 100_000) if (code := str(number)) not in taken)
    return Organisation.objects.create(code=code, kind=kind, name=name, short_name=name[:80], invented=invented)
