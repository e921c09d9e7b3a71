"""A proposal beside the groups as they stand: what each change is and why. Worked out once for the same facts."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.core.cache import cache
from scipy.optimize import linear_sum_assignment

from cohorts.grouping import GroupWanted, digest_of, is_named_by, name_of
from cohorts.models import Cohort, Group, Participation
from modell.templatetags.swedish import in_words, sentence
from programme.enums import RuleKind
from programme.grouping.board import Board, Column, leading, size_note
from programme.grouping.facts import Facts, MentorFacts
from programme.grouping.optimiser import Impossible, Placed, Solution, Task, solve
from programme.grouping.reasons import Judgement, decimal
from programme.models import GroupingRule

__all__ = ("Change", "Impossible", "Proposal", "ProposedGroup", "propose", "task_of")

# A group that keeps one of today's that may not be moved keeps its place before any other likeness.
STAYS = 1000
KEPT_SECONDS = 3600


@dataclass(frozen=True)
class Change:
    """An organisation that changes group: from which (None from none), to which, and what is better there."""

    participation: Participation
    from_name: str
    to_name: str
    why: str


@dataclass(frozen=True)
class ProposedGroup:
    """`today` is the group it grows out of, None where it is new; `new` are the members that come to it."""

    name: str
    today: Group | None
    members: tuple[Participation, ...]
    new: frozenset[int]
    mentors: tuple[MentorFacts, ...]
    judgement: Judgement
    size_note: str

    @property
    def wanted(self) -> GroupWanted:
        return GroupWanted(
            group=self.today.pk if self.today else None,
            name=self.name,
            members=tuple(member.pk for member in self.members),
            mentors=tuple(mentor.key for mentor in self.mentors),
        )


@dataclass(frozen=True)
class Proposal:
    """`seen` is what it holds for: taken when the groups are others, it is refused."""

    board: Board
    groups: tuple[ProposedGroup, ...]
    emptied: tuple[Group, ...]
    changes: tuple[Change, ...]
    is_best: bool
    notes: tuple[str, ...]
    seen: str

    @property
    def score(self) -> float:
        total = sum(len(group.members) for group in self.groups)
        return sum(len(group.members) * (group.judgement.fit or 0) for group in self.groups) / total

    @property
    def figure(self) -> str:
        return decimal(self.score)

    @property
    def is_as_today(self) -> bool:
        return not self.changes and not self.changed_mentors

    @property
    def changed_mentors(self) -> tuple[ProposedGroup, ...]:
        return tuple(
            group
            for group in self.groups
            if {mentor.key for mentor in group.mentors} != {mentor.key for mentor in self._leading(group.today)}
        )

    def _leading(self, today: Group | None) -> list[MentorFacts]:
        column = self.board.column(today)
        return leading(self.board.judge, column.mentors) if column else []


def propose(board: Board) -> Proposal:
    """The best groups under the omgång's weights and rules. Raises `Impossible` with a sentence."""
    rules = list(board.cohort.grouping_rules.all())
    task = task_of(board, rules)
    return _beside(board, rules, task, _solved(task))


def task_of(board: Board, rules: Sequence[GroupingRule]) -> Task:
    """The rules as sets: those that stay are with the others that stay in the group, and with none of another's."""
    facts, cohort = board.facts, board.cohort
    together = [frozenset({rule.one_id, rule.other_id}) for rule in rules if rule.kind == RuleKind.TOGETHER]
    apart = [frozenset({rule.one_id, rule.other_id}) for rule in rules if rule.kind == RuleKind.APART]
    staying = [frozenset(keys) for keys in _staying(board, rules).values()]
    together += [keys for keys in staying if len(keys) > 1]
    firsts = [min(keys) for keys in staying]
    apart += [frozenset({one, other}) for place, one in enumerate(firsts) for other in firsts[:place]]
    has_own = "mentor" in board.judge.reasons
    return Task(
        organisations=tuple(board.known.organisations),
        mentors=tuple(mentor for mentor in board.known.mentors if has_own and not mentor.supporting),
        weights=board.judge.weights,
        smallest=cohort.group_min,
        largest=cohort.group_max,
        together=tuple(_known(together, facts.keys())),
        apart=tuple(_known(apart, facts.keys())),
    )


def _known(rules: list[frozenset[int | None]], keys: object) -> list[frozenset[int]]:
    """A rule about someone that has left the omgång rests."""
    return [rule for rule in rules if rule <= keys]  # type: ignore[misc, operator]


def _staying(board: Board, rules: Sequence[GroupingRule]) -> dict[int, set[int]]:
    """By group: who stays in it."""
    stays = {rule.one_id for rule in rules if rule.kind == RuleKind.STAY}
    found = {column.group.pk: {row.pk for row in column.members} & stays for column in board.columns}
    return {group: keys for group, keys in found.items() if keys}


def _solved(task: Task) -> Solution:
    """Kept for an hour: a page that is loaded again need not be worked out again."""
    key = "grouping-" + hashlib.sha256(repr(task).encode()).hexdigest()
    found: Solution | None = cache.get(key)
    if found is None:
        found = solve(task)
        cache.set(key, found, KEPT_SECONDS)
    return found


def _beside(board: Board, rules: Sequence[GroupingRule], task: Task, solution: Solution) -> Proposal:
    rows = {row.pk: row for column in board.columns for row in column.members}
    rows |= {row.pk: row for row in board.alone}
    grown = _matched(board, solution.groups, _staying(board, rules))
    used = {column.group.pk for column in grown if column}
    groups = tuple(
        _group(board, placed, column, [rows[facts.key] for facts in placed.members], _kept(board, solution, column))
        for placed, column in zip(solution.groups, grown, strict=True)
    )
    changes = tuple(change for group in groups for change in _changes(board, group))
    return Proposal(
        board=board,
        groups=groups,
        emptied=tuple(column.group for column in board.columns if column.members and column.group.pk not in used),
        changes=changes,
        is_best=solution.is_best,
        notes=tuple(_notes(board.cohort, task, solution)),
        seen=_seen(board),
    )


def _seen(board: Board) -> str:
    members = [*board.alone, *(row for column in board.columns for row in column.members)]
    mentorships = [row for column in board.columns for row in column.mentors]
    return digest_of((column.group for column in board.columns), members, mentorships)


def _matched(board: Board, groups: Sequence[Placed], staying: dict[int, set[int]]) -> list[Column | None]:
    """For each proposed group the one of today's that it shares most with; then those that are empty, then new ones."""
    likeness = np.array([[_likeness(placed, column, staying) for column in board.columns] for placed in groups])
    found: list[Column | None] = [None] * len(groups)
    if board.columns:
        for row, place in zip(*linear_sum_assignment(likeness, maximize=True), strict=True):
            if likeness[row, place] > 0:
                found[row] = board.columns[place]
    empty = [column for column in board.columns if not column.members and not column.left]
    return [column or (empty.pop(0) if empty else None) for column in found]


def _likeness(placed: Placed, column: Column, staying: dict[int, set[int]]) -> int:
    keys = {facts.key for facts in placed.members}
    shared = len(keys & {row.pk for row in column.members})
    return shared + (STAYS if keys & staying.get(column.group.pk, set()) else 0)


def _kept(board: Board, solution: Solution, column: Column | None) -> list[MentorFacts]:
    """The group's own mentors today that the proposal gives no other task: they stay."""
    given = {placed.mentor.key for placed in solution.groups if placed.mentor}
    own = leading(board.judge, column.mentors) if column else []
    return [mentor for mentor in own if mentor.key not in given]


def _group(
    board: Board, placed: Placed, column: Column | None, members: list[Participation], kept: list[MentorFacts]
) -> ProposedGroup:
    mentors = ([placed.mentor] if placed.mentor else []) + kept
    there = {row.pk for row in column.members} if column else set()
    follows = column is None or is_named_by(column.group, column.members)
    name = (name_of(facts.name for facts in placed.members) if follows else "") or (column.group.name if column else "")
    return ProposedGroup(
        name=name,
        today=column.group if column else None,
        members=tuple(members),
        new=frozenset(member.pk for member in members if member.pk not in there),
        mentors=tuple(mentors),
        judgement=board.judge.judge(placed.members, mentors),
        size_note=size_note(board.cohort, len(members)),
    )


def _changes(board: Board, group: ProposedGroup) -> list[Change]:
    columns = {row.pk: column for column in board.columns for row in column.members}
    return [
        Change(
            participation=member,
            from_name=columns[member.pk].group.name if member.pk in columns else "",
            to_name=group.name,
            why=_why(board, columns.get(member.pk), group, board.facts[member.pk]),
        )
        for member in group.members
        if member.pk in group.new
    ]


def _why(board: Board, column: Column | None, group: ProposedGroup, facts: Facts) -> str:
    """The reason that gains most by weight, in the new group's words."""
    before = column.judgement if column else Judgement((), None)
    gains = [
        (board.judge.weights[reason.key] * (_number(reason.score) - _number(_score(before, reason.key))), reason)
        for reason in group.judgement.reasons
    ]
    gain, best = max(gains, key=lambda pair: pair[0])
    if gain <= 0 and column is None:
        return "Har ingen grupp än. Så här passar alla bäst tillsammans."
    if gain <= 0:
        return "Flyttar för helhetens skull: de andra grupperna passar bättre så."
    return best.words


def _score(judgement: Judgement, key: str) -> float | None:
    reason = judgement.of(key)
    return reason.score if reason else None


def _number(score: float | None) -> float:
    return 0.5 if score is None else score


def _notes(cohort: Cohort, task: Task, solution: Solution) -> list[str]:
    """What the process leader should know of how the proposal came about."""
    told = []
    odd = [len(group.members) for group in solution.groups if not task.smallest <= len(group.members) <= task.largest]
    if odd:
        sizes = f"{in_words(task.smallest)} till {in_words(task.largest)}"
        if task.smallest == task.largest:
            sizes = in_words(task.smallest)
        number = in_words(len(task.organisations))
        told.append(
            f"{sentence(number)} organisationer går inte att dela i grupper om {sizes} med reglerna som de är. "
            f"Förslaget är det närmaste: {_odd(odd)}."
        )
    if not solution.is_best:
        told.append(
            "Det finns så många möjliga grupper att alla inte har prövats. Förslaget är bra, men inte bevisat bäst."
        )
    if task.mentors and (lacking := sum(group.mentor is None for group in solution.groups)):
        told.append(
            f"{'En grupp' if lacking == 1 else f'{sentence(in_words(lacking))} grupper'} får ingen mentor: "
            "mentorerna i omgången tar inte fler grupper."
        )
    return told


def _odd(sizes: list[int]) -> str:
    if len(sizes) == 1:
        return f"en grupp med {in_words(sizes[0])}"
    return f"{in_words(len(sizes))} grupper har en annan storlek"
