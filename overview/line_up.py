"""Values that an omgång's page prints about its participants, groups and mentors."""

from collections import defaultdict
from dataclasses import dataclass

from cohorts.models import Cohort, Group, GroupMentor, Participation
from cohorts.perms import READ_PEOPLE
from improvements.perms import READ_GROUP_WORK
from kit.permissions import may


@dataclass(frozen=True)
class LineUpMember:
    participation: Participation
    may_read_people: bool


@dataclass(frozen=True)
class GroupLine:
    group: Group
    members: list[LineUpMember]
    mentors: list[GroupMentor]
    may_read_work: bool


@dataclass(frozen=True)
class LineUp:
    """`alone` are participants without a group; `idle_mentors` are mentors without a group."""

    groups: list[GroupLine]
    alone: list[LineUpMember]
    idle_mentors: list[LineUpMember]
    participants: list[Participation]
    n_participants: int
    n_withdrawn: int
    n_mentors: int


def line_up(cohort: Cohort, user: object) -> LineUp:
    rows = cohort.participations.with_organisation()
    members = [LineUpMember(row, may(user, READ_PEOPLE, row)) for row in rows]
    taking_part = [member for member in members if member.participation.is_participant]
    withdrawn = [member for member in taking_part if member.participation.status == "withdrawn"]
    groups = _groups(cohort, members, user)
    mentoring = {mentor.participation_id for line in groups for mentor in line.mentors}
    return LineUp(
        groups=groups,
        alone=[member for member in taking_part if member.participation.group_id is None],
        idle_mentors=[
            member
            for member in members
            if not member.participation.is_participant and member.participation.pk not in mentoring
        ],
        participants=[member.participation for member in taking_part],
        n_participants=len(taking_part),
        n_withdrawn=len(withdrawn),
        n_mentors=len(members) - len(taking_part),
    )


def _groups(cohort: Cohort, members: list[LineUpMember], user: object) -> list[GroupLine]:
    by_group: dict[int | None, list[LineUpMember]] = defaultdict(list)
    for member in members:
        if member.participation.is_participant:
            by_group[member.participation.group_id].append(member)
    known = {member.participation.pk: member.participation for member in members}
    mentors: dict[int, list[GroupMentor]] = defaultdict(list)
    for mentorship in GroupMentor.objects.filter(group__cohort=cohort).prefetch_related("meetings"):
        mentorship.participation = known[mentorship.participation_id]
        mentors[mentorship.group_id].append(mentorship)
    return [
        GroupLine(group, by_group[group.pk], mentors[group.pk], may(user, READ_GROUP_WORK, group))
        for group in cohort.groups.all()
    ]
