"""Who takes part in an omgång, group by group, read in two queries however many they are."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from cohorts.models import Cohort, Group, GroupMentor, Participation
from meetings.models import Meeting
from modell.permissions import Perm, may
from reports.pictures.timeline import Mark, Timeline

# More marks than this are a table, not a picture.
MARKS = 12


@dataclass(frozen=True)
class Member:
    participation: Participation
    may_read_people: bool


@dataclass(frozen=True)
class GroupLine:
    group: Group
    members: list[Member]
    mentors: list[GroupMentor]


@dataclass(frozen=True)
class LineUp:
    """`alone` are participants in no group, `idle_mentors` those who mentor or support and have no group to mentor."""

    groups: list[GroupLine]
    alone: list[Member]
    idle_mentors: list[Member]
    participants: list[Participation]
    n_participants: int
    n_withdrawn: int


def line_up(cohort: Cohort, user: object) -> LineUp:
    rows = cohort.participations.with_organisation()
    members = [Member(row, may(user, Perm.READ_PEOPLE, row)) for row in rows]
    taking_part = [member for member in members if member.participation.is_participant]
    withdrawn = [member for member in taking_part if member.participation.status == "withdrawn"]
    groups = _groups(cohort, members)
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
    )


def _groups(cohort: Cohort, members: list[Member]) -> list[GroupLine]:
    by_group: dict[int | None, list[Member]] = defaultdict(list)
    for member in members:
        if member.participation.is_participant:
            by_group[member.participation.group_id].append(member)
    known = {member.participation.pk: member.participation for member in members}
    mentors: dict[int, list[GroupMentor]] = defaultdict(list)
    for mentorship in GroupMentor.objects.filter(group__cohort=cohort):
        mentorship.participation = known[mentorship.participation_id]
        mentors[mentorship.group_id].append(mentorship)
    return [GroupLine(group, by_group[group.pk], mentors[group.pk]) for group in cohort.groups.all()]


def timeline(cohort: Cohort, meetings: list[Meeting], today: date) -> Timeline | None:
    """The meetings as a picture, the groups' own too where there is room; none where it would be empty or crowded."""
    held = [meeting for meeting in meetings if not meeting.is_cancelled]
    shown = held if len(held) <= MARKS else [meeting for meeting in held if meeting.group_id is None]
    marks = tuple(Mark(meeting.starts_on, meeting.name, meeting.get_form_display().lower()) for meeting in shown)
    if not 2 <= len(marks) <= MARKS:
        return None
    start, end = min(cohort.starts_on, marks[0].day), max(cohort.ends_on, marks[-1].day)
    return Timeline(key="timetable", title=f"Träffarna i {cohort}", start=start, end=end, marks=marks, today=today)
