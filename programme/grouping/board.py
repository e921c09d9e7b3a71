"""The omgång's groups as they stand: who is in each, who mentors it, why it fits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from cohorts.enums import Status
from cohorts.models import Cohort, Group, GroupMentor, Participation
from modell.templatetags.swedish import in_words, sentence
from programme.grouping.facts import Facts, Known, MentorFacts, known_of
from programme.grouping.measuring import REASONS
from programme.grouping.reasons import Judge, Judgement, decimal, judge_of
from programme.models import GroupingWeights

DEFAULT_WEIGHT = 3


@dataclass(frozen=True)
class Column:
    """A group with its members, those that have left it with the omgång, and its mentors."""

    group: Group
    members: tuple[Participation, ...]
    left: tuple[Participation, ...]
    mentors: tuple[GroupMentor, ...]
    judgement: Judgement
    size_note: str


@dataclass(frozen=True)
class Board:
    cohort: Cohort
    judge: Judge
    columns: tuple[Column, ...]
    alone: tuple[Participation, ...]
    mentors: tuple[Participation, ...]

    @property
    def known(self) -> Known:
        return self.judge.known

    @cached_property
    def facts(self) -> Mapping[int, Facts]:
        return {facts.key: facts for facts in self.known.organisations}

    @property
    def is_whole(self) -> bool:
        """Whether everyone is in a group of two or more, so that the whole has a number."""
        return not self.alone and all(len(column.members) != 1 for column in self.columns)

    @property
    def score(self) -> float | None:
        """The mean over all organisations of how well the group fits that each is in; None until all have one."""
        judged = [(len(column.members), column.judgement.fit) for column in self.columns if column.members]
        if not judged or not self.is_whole:
            return None
        return sum(n * (fit or 0) for n, fit in judged) / sum(n for n, _ in judged)

    @property
    def figure(self) -> str:
        return "–" if self.score is None else decimal(self.score)

    @property
    def headline(self) -> str:
        """How many groups there are, and whether everyone has a place in one."""
        lacking = len(self.alone)
        if not self.columns and not lacking:
            return "Ingen organisation deltar i omgången än."
        groups = "Inga grupper än" if not self.columns else f"{sentence(_some(len(self.columns)))} "
        if self.columns:
            groups += "grupp" if len(self.columns) == 1 else "grupper"
        if lacking:
            noun = "organisation saknar" if lacking == 1 else "organisationer saknar"
            return f"{groups}, {_some(lacking)} {noun} grupp."
        placed = any(column.members for column in self.columns)
        return f"{groups}, {'alla organisationer är placerade' if placed else 'men ingen organisation är med än'}."

    def column(self, group: Group | None) -> Column | None:
        return next((column for column in self.columns if group and column.group.pk == group.pk), None)


def board_of(cohort: Cohort, *, with_levels: bool) -> Board:
    """In a handful of queries however many they are. `with_levels` only for one who may read values."""
    rows = list(cohort.participations.select_related("organisation"))
    judge = judge_of(cohort, known_of(cohort, rows, with_levels=with_levels), weights_of(cohort))
    if not with_levels:
        judge = judge.without("level")
    mentorships = _mentorships(cohort, rows)
    members = [row for row in rows if row.is_participant and row.status != Status.WITHDRAWN]
    return Board(
        cohort=cohort,
        judge=judge,
        columns=tuple(_column(cohort, judge, group, rows, mentorships) for group in cohort.groups.all()),
        alone=tuple(row for row in members if row.group_id is None),
        mentors=tuple(row for row in rows if not row.is_participant and row.status != Status.WITHDRAWN),
    )


def weights_of(cohort: Cohort) -> dict[str, int]:
    """As the process leader has moved them; three each until then."""
    saved: GroupingWeights | None = getattr(cohort, "grouping_weights", None)
    return {key: getattr(saved, key, DEFAULT_WEIGHT) for key in REASONS}


def _mentorships(cohort: Cohort, rows: Sequence[Participation]) -> list[GroupMentor]:
    known = {row.pk: row for row in rows}
    found = list(GroupMentor.objects.filter(group__cohort=cohort))
    for mentorship in found:
        mentorship.participation = known[mentorship.participation_id]
    return found


def _column(
    cohort: Cohort, judge: Judge, group: Group, rows: Sequence[Participation], mentorships: Sequence[GroupMentor]
) -> Column:
    inside = [row for row in rows if row.is_participant and row.group_id == group.pk]
    members = tuple(row for row in inside if row.status != Status.WITHDRAWN)
    own = tuple(mentorship for mentorship in mentorships if mentorship.group_id == group.pk)
    facts = {one.key: one for one in judge.known.organisations}
    return Column(
        group=group,
        members=members,
        left=tuple(row for row in inside if row not in members),
        mentors=own,
        judgement=judge.judge([facts[row.pk] for row in members], leading(judge, own), free_of(judge, mentorships)),
        size_note=size_note(cohort, len(members)),
    )


def leading(judge: Judge, mentorships: Sequence[GroupMentor]) -> list[MentorFacts]:
    """The group's own mentors that are no supporting ones."""
    keys = {mentorship.participation_id for mentorship in mentorships if not mentorship.supporting}
    return [mentor for mentor in judge.known.mentors if mentor.key in keys]


def free_of(judge: Judge, mentorships: Sequence[GroupMentor]) -> dict[int, int]:
    """How many groups more each mentor takes."""
    taken = Counter(mentorship.participation_id for mentorship in mentorships if not mentorship.supporting)
    return {mentor.key: mentor.capacity - taken[mentor.key] for mentor in judge.known.mentors}


def _some(number: int) -> str:
    return "en" if number == 1 else in_words(number)


def size_note(cohort: Cohort, number: int) -> str:
    """In words, where the group is smaller or larger than the omgång's groups are to be."""
    if number == 0:
        return "Ingen är med i gruppen än."
    if number < cohort.group_min:
        return f"Färre än {in_words(cohort.group_min)}, som omgångens grupper ska vara minst."
    if number > cohort.group_max:
        return f"Fler än {in_words(cohort.group_max)}, som omgångens grupper ska vara högst."
    return ""
