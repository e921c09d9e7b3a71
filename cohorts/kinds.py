"""The rule of which kinds take part in an omgång: "kommun" and "region", as `Participation.kind` says."""

from collections.abc import Mapping

from cohorts.enums import CohortKind, Role

PARTICIPANTS: Mapping[str, tuple[str, ...]] = {
    CohortKind.KOMMUNER: ("kommun",),
    CohortKind.REGIONER: ("region",),
    CohortKind.MIXED: ("kommun", "region"),
}
SEVERAL: Mapping[str, str] = {"kommun": "kommuner", "region": "regioner"}
DEFINITE: Mapping[str, str] = {"kommun": "kommunerna", "region": "regionerna"}


WORDS = {
    CohortKind.KOMMUNER: "kommuner",
    CohortKind.REGIONER: "regioner",
    CohortKind.MIXED: "kommuner och regioner",
}


def kind_of(code: str) -> str:
    """Return which kind a code counts as: a region's has two digits, and all others count among the kommuner."""
    return "region" if len(code) == 2 else "kommun"


def is_counted_in(organisation_kind: str) -> bool:
    """True for a kommunalförbund, stadsdel or förvaltning, which counts among the kommuner (`kind_of`)."""
    return organisation_kind not in SEVERAL


def takes(cohort_kind: str, code: str, role: str) -> bool:
    """True if the omgång takes the organisation in the role: a mentor may be of any kind."""
    return role != Role.PARTICIPANT or kind_of(code) in PARTICIPANTS[cohort_kind]


def cohorts_for(kind: str) -> list[str]:
    return [cohort for cohort, kinds in PARTICIPANTS.items() if kind in kinds]
