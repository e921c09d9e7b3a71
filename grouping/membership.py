"""The groups that an omgång has right now, and those that a proposal wants instead."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cohorts.enums import Role, Status
from cohorts.models import Cohort, Group, GroupMentor, Participation
from kit.staleness import digest
from kit.templatetags.swedish import enumerated

NAME_LENGTH = 120


@dataclass(frozen=True)
class GroupWanted:
    """`group` is the key of an existing group, or None for a new one; `mentors` are those that lead it."""

    group: int | None
    name: str
    members: tuple[int, ...]
    mentors: tuple[int, ...] = ()


def seen_of(cohort: Cohort) -> str:
    """Return a digest of members, groups and mentors; a proposal is valid only while it stays the same."""
    return digest_of(cohort.groups.all(), taking_part(cohort), GroupMentor.objects.filter(group__cohort=cohort))


def digest_of(groups: Iterable[Group], members: Iterable[Participation], mentorships: Iterable[GroupMentor]) -> str:
    content: dict[str, Any] = {f"group {group.pk}": group.name for group in groups}
    content |= {f"member {member.pk}": member.group_id for member in members}
    content |= {f"mentor {row.group_id} {row.participation_id}": row.supporting for row in mentorships}
    return digest(content)


def taking_part(cohort: Cohort) -> Any:
    return cohort.participations.filter(role=Role.PARTICIPANT).exclude(status=Status.WITHDRAWN)


def name_of(short_names: Iterable[str]) -> str:
    """Return the name of a group that is named by its members; empty if it would be too long."""
    name = enumerated(short_names)
    return name if len(name) <= NAME_LENGTH else ""


def is_named_by(group: Group, members: Iterable[Participation]) -> bool:
    """True if the group's name is its members' names, so that it changes when they do."""
    names = {member.organisation.short_name for member in members}
    return bool(names) and set(re.split(r", | och ", group.name)) == names
