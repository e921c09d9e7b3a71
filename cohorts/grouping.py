"""How an omgång is grouped right now, and what a proposal wants instead."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cohorts.enums import Role, Status
from cohorts.models import Cohort, Group, GroupMentor, Participation
from modell.staleness import digest
from modell.templatetags.swedish import enumerated

NAME_LENGTH = 120


@dataclass(frozen=True)
class GroupWanted:
    """A group as a proposal has it: `group` is one there is, None a new one. `mentors` are those that lead it."""

    group: int | None
    name: str
    members: tuple[int, ...]
    mentors: tuple[int, ...] = ()


def seen_of(cohort: Cohort) -> str:
    """A digest of who takes part, in which groups, with which mentors: a proposal holds for just that."""
    return digest_of(cohort.groups.all(), taking_part(cohort), GroupMentor.objects.filter(group__cohort=cohort))


def digest_of(groups: Iterable[Group], members: Iterable[Participation], mentorships: Iterable[GroupMentor]) -> str:
    """`seen_of`, from rows that are read already."""
    content: dict[str, Any] = {f"group {group.pk}": group.name for group in groups}
    content |= {f"member {member.pk}": member.group_id for member in members}
    content |= {f"mentor {row.group_id} {row.participation_id}": row.supporting for row in mentorships}
    return digest(content)


def taking_part(cohort: Cohort) -> Any:
    """Those that are to be in a group: participants that have not left."""
    return cohort.participations.filter(role=Role.PARTICIPANT).exclude(status=Status.WITHDRAWN)


def name_of(short_names: Iterable[str]) -> str:
    """A group named by its members, as the programme names them; empty where that would be too long."""
    name = enumerated(short_names)
    return name if len(name) <= NAME_LENGTH else ""


def is_named_by(group: Group, members: Iterable[Participation]) -> bool:
    """Whether its name is its members' and so follows them when they change."""
    names = {member.organisation.short_name for member in members}
    return bool(names) and set(re.split(r", | och ", group.name)) == names
