"""The words of the access table: who asks, and what a row of it says."""

from dataclasses import dataclass

ROLES = (
    "process_leader",
    "administrator",
    "evaluator",
    "strategist",
    "contributor",
    "politician",
    "manager",
    "mentor",
    "groupmate",  # a strategist in the same group
    "other",  # a strategist in another group of the omgång
    "outsider",  # a strategist in another omgång
)
SKR = ("process_leader", "administrator")
OWN = ("strategist", "contributor", "politician", "manager")
WORKERS = ("strategist", "contributor")
LEADERS = ("politician", "manager")
NEAR = ("mentor", "groupmate")
IN_COHORT = (*OWN, *NEAR, "other")
READERS = ("process_leader", "evaluator", *OWN, *NEAR)


@dataclass(frozen=True)
class Row:
    """`ok` may; `forbidden` are in scope and may not (403); the rest do not find it (404)."""

    name: str
    where: str
    ok: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    post: bool = False

    @property
    def id(self) -> str:
        return f"{self.name}-{self.where}" + ("-post" if self.post else "")

    def expected(self) -> dict[str, str]:
        return {role: "ok" if role in self.ok else "403" if role in self.forbidden else "404" for role in ROLES}


def rest(*roles: str) -> tuple[str, ...]:
    """Everyone in scope of the omgång but these."""
    return tuple(role for role in (*SKR, "evaluator", *IN_COHORT) if role not in roles)


def without(roles: tuple[str, ...], *left_out: str) -> tuple[str, ...]:
    return tuple(role for role in roles if role not in left_out)
