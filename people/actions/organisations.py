"""Bodies that take part in their own name and that SCB has no code for."""

from collections.abc import Collection, Mapping
from string import ascii_uppercase

from django.db import transaction

from cohorts.enums import CohortKind, OrganisationKind
from cohorts.models import Cohort, Organisation
from kit.canonical import folded
from kit.refusals import ActionRefused
from kit.staleness import content_of

# SCB's codes have two or four digits, so these are never taken for them.
FIRST_CODES = {
    OrganisationKind.ASSOCIATION: 700_001,
    OrganisationKind.DISTRICT: 800_001,
    OrganisationKind.ADMINISTRATION: 900_001,
}

# Enough to try groups with mentors of each kind of omgång.
REHEARSED: Mapping[CohortKind, Mapping[OrganisationKind, int]] = {
    CohortKind.KOMMUNER: {OrganisationKind.KOMMUN: 8},
    CohortKind.REGIONER: {OrganisationKind.REGION: 6},
    CohortKind.MIXED: {OrganisationKind.KOMMUN: 5, OrganisationKind.REGION: 3},
}
# Only a code of two digits counts as a region's. SCB's end at 25, and those of the demonstration begin at 83.
REHEARSED_CODES = {OrganisationKind.KOMMUN: range(600_001, 700_000), OrganisationKind.REGION: range(26, 80)}


@transaction.atomic
def register_body(*, kind: str, name: str, invented: bool, rehearsal: Cohort | None = None) -> Organisation:
    """Add the body to the register; the same name again is the same body, but in a rehearsal only there."""
    first = FIRST_CODES[OrganisationKind(kind)]
    rows = list(Organisation.objects.select_for_update(of=("self",)).filter(kind=kind).order_by("code"))
    world = {"invented": invented, "rehearsal_id": rehearsal.pk if rehearsal else None}
    same = next((row for row in rows if folded(row.name) == folded(name) and world == content_of(row, *world)), None)
    if same:
        return same
    return _registered(range(first, first + 100_000), {row.code for row in rows}, kind=kind, name=name, **world)


@transaction.atomic
def register_rehearsed(cohort: Cohort) -> None:
    """Give a rehearsal its organisations, which are in no other omgång and are deleted with it."""
    # A lock: two rehearsals that are set up at once must not be given the same codes.
    list(Organisation.objects.select_for_update(no_key=True).order_by("code")[:1])
    taken = set(Organisation.objects.values_list("code", flat=True))
    for kind, number in REHEARSED[CohortKind(cohort.kind)].items():
        for letter in ascii_uppercase[:number]:
            world = {"kind": kind, "invented": True, "rehearsal_id": cohort.pk}
            taken.add(_registered(REHEARSED_CODES[kind], taken, name=f"Prov{kind} {letter}", **world).code)


def _registered(codes: range, taken: Collection[str], *, name: str, **facts: object) -> Organisation:
    code = next((code for number in codes if (code := str(number)) not in taken), None)
    if code is None:
        raise ActionRefused("Det finns för många provomgångar. Ta bort en som ni är klara med först.")
    return Organisation.objects.create(code=code, name=name, short_name=name[:80], **facts)
