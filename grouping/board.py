"""An omgång's groups as they stand, with members, mentors and how well each group fits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet

from cohorts.enums import Status
from cohorts.models import Cohort, Group, GroupMentor, GroupMove, Participation
from grouping.measuring import REASONS
from grouping.models import GroupingWeights
from grouping.participant_facts import Known, MentorFacts, ParticipantFacts, known_of
from grouping.reasons import Judge, Judgement, fit_in_words, judge_of
from grouping.rows import MemberRow, rows_of
from kit.templatetags.swedish import counted, in_words, sentence

# The programme groups neighbours, and by theme on request: the road decides whether they visit each other.
DEFAULT_WEIGHTS = {"distance": 5, "size": 1, "kind": 3, "theme": 3, "partners": 3, "level": 0, "mentor": 0}


@dataclass(frozen=True)
class GroupColumn:
    """A group with its members and mentors; `left` holds members that have left the omgång."""

    group: Group
    members: tuple[Participation, ...]
    left: tuple[Participation, ...]
    mentors: tuple[GroupMentor, ...]
    judgement: Judgement
    size_note: str
    rows: tuple[MemberRow, ...]

    @property
    def waits(self) -> bool:
        """True if the process leader should look at it: it fits poorly or has a size that it should not have."""
        return bool(self.members and (self.size_note or self.judgement.is_poor))


@dataclass(frozen=True)
class Board:
    cohort: Cohort
    judge: Judge
    columns: tuple[GroupColumn, ...]
    alone: tuple[Participation, ...]
    mentors: tuple[Participation, ...]

    @property
    def known(self) -> Known:
        return self.judge.known

    @cached_property
    def facts(self) -> Mapping[int, ParticipantFacts]:
        return {facts.key: facts for facts in self.known.organisations}

    @property
    def is_whole(self) -> bool:
        """True if everyone is in a group of at least two, so that the whole has a score."""
        return not self.alone and all(len(column.members) != 1 for column in self.columns)

    @property
    def score(self) -> float | None:
        judged = [(len(column.members), column.judgement.fit) for column in self.columns if column.members]
        return mean_fit(judged) if self.is_whole else None

    @property
    def fit(self) -> str:
        return "" if self.score is None else fit_in_words(self.score).removeprefix("Passar ")

    @cached_property
    def rows_alone(self) -> tuple[MemberRow, ...]:
        return tuple(MemberRow(row, self.facts[row.pk]) for row in self.alone)

    @property
    def headline(self) -> str:
        lacking, placed = len(self.alone), sum(len(column.members) for column in self.columns)
        alone = sentence(f"{counted(lacking, 'en organisation', 'organisationer')} saknar grupp.")
        groups = counted(len(self.columns), "en grupp", "grupper")
        if lacking:
            return f"{sentence(groups)}. {alone}" if self.columns else alone
        if not placed:
            none = "ingen organisation deltar i omgången än."
            return f"{sentence(groups)}, men {none}" if self.columns else sentence(none)
        organisations = sentence(counted(placed, "en organisation", "organisationer"))
        return f"{organisations} i {groups}.{self._poor}"

    @property
    def _poor(self) -> str:
        poor = sum(column.judgement.is_poor for column in self.columns)
        return f" {sentence(counted(poor, 'en grupp', 'grupper'))} passar sämre." if poor else ""

    def column(self, group: Group | None) -> GroupColumn | None:
        return next((column for column in self.columns if group and column.group.pk == group.pk), None)


def board_of(cohort: Cohort, *, with_levels: bool) -> Board:
    """Return the board in a fixed number of queries; pass `with_levels` only for a reader who may see values."""
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
    saved: GroupingWeights | None = getattr(cohort, "grouping_weights", None)
    return {key: getattr(saved, key, DEFAULT_WEIGHTS[key]) for key in REASONS}


def most_km_of(cohort: Cohort) -> int | None:
    """Return the longest way that may lie between two of a group, if SKR has set one."""
    saved: GroupingWeights | None = getattr(cohort, "grouping_weights", None)
    return saved.most_km if saved else None


def _mentorships(cohort: Cohort, rows: Sequence[Participation]) -> list[GroupMentor]:
    known = {row.pk: row for row in rows}
    mentorships = list(GroupMentor.objects.filter(group__cohort=cohort).prefetch_related("meetings"))
    for mentorship in mentorships:
        mentorship.participation = known[mentorship.participation_id]
    return mentorships


def _column(
    cohort: Cohort, judge: Judge, group: Group, rows: Sequence[Participation], mentorships: Sequence[GroupMentor]
) -> GroupColumn:
    inside = [row for row in rows if row.group_id == group.pk and row.is_participant]
    members = tuple(row for row in inside if row.status != Status.WITHDRAWN)
    own = tuple(mentorship for mentorship in mentorships if mentorship.group_id == group.pk)
    known = {organisation.key: organisation for organisation in judge.known.organisations}
    facts = [known[row.pk] for row in members]
    return GroupColumn(
        group=group,
        members=members,
        left=tuple(row for row in inside if row not in members),
        mentors=own,
        judgement=judge.judge(facts, leading(judge, own), free_of(judge, mentorships)),
        size_note=size_note(cohort, len(members)),
        rows=rows_of(members, facts),
    )


def mean_fit(judged: Sequence[tuple[int, float | None]]) -> float | None:
    """Return the mean over all organisations of their group's fit, or None if a group has none."""
    fits = [(n, fit) for n, fit in judged if fit is not None]
    if not fits or len(fits) < len(judged):
        return None
    return sum(n * fit for n, fit in fits) / sum(n for n, _ in fits)


def leading(judge: Judge, mentorships: Sequence[GroupMentor]) -> list[MentorFacts]:
    keys = {mentorship.participation_id for mentorship in mentorships if not mentorship.supporting}
    return [mentor for mentor in judge.known.mentors if mentor.key in keys]


def free_of(judge: Judge, mentorships: Sequence[GroupMentor]) -> dict[int, int]:
    """Return how many more groups each mentor can take, by the mentor's key."""
    taken = Counter(mentorship.participation_id for mentorship in mentorships if not mentorship.supporting)
    return {mentor.key: mentor.capacity - taken[mentor.key] for mentor in judge.known.mentors}


def size_note(cohort: Cohort, number: int) -> str:
    if number == 0:
        return "Ingen är med i gruppen än."
    if number < cohort.group_min:
        return f"Färre än {in_words(cohort.group_min)}, som omgångens grupper ska vara minst."
    if number > cohort.group_max:
        return f"Fler än {in_words(cohort.group_max)}, som omgångens grupper ska vara högst."
    return ""


def moves_in(cohort: Cohort) -> QuerySet[GroupMove]:
    """Return the changes of group, newest first. Only SKR may read their reasons."""
    moves = GroupMove.objects.filter(participation__cohort=cohort)
    return moves.select_related("participation__organisation").order_by("-moved_on", "-pk")
