"""A proposal shown beside the groups as they stand, with what each change is and why."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from django.core.cache import cache
from scipy.optimize import linear_sum_assignment

from cohorts.models import Cohort, Group, Participation
from grouping.board import Board, GroupColumn, leading, mean_fit, most_km_of, size_note
from grouping.enums import RuleKind
from grouping.explaining import why
from grouping.measuring import longest_way
from grouping.membership import GroupWanted, digest_of, is_named_by, name_of
from grouping.models import GroupingRule
from grouping.optimiser import GroupingProblem, Impossible, Placed, Solution, solve
from grouping.participant_facts import MentorFacts
from grouping.reasons import Judgement, fit_in_words
from grouping.rows import MemberRow, rows_of
from kit.templatetags.swedish import counted, enumerated, in_words, sentence

__all__ = ("Change", "Impossible", "Proposal", "ProposedGroup", "propose", "task_of")

# A member that may not be moved outweighs every other likeness between two groups.
STAYS = 1000
KEPT_SECONDS = 3600


@dataclass(frozen=True)
class Change:
    """An organisation that changes group; `from_name` is empty if it has no group today."""

    participation: Participation
    from_name: str
    to_name: str
    why: str


@dataclass(frozen=True)
class ProposedGroup:
    """`today` is the present group that it grows out of, if any; `new` holds the keys of members that join it."""

    name: str
    today: Group | None
    members: tuple[Participation, ...]
    new: frozenset[int]
    mentors: tuple[MentorFacts, ...]
    judgement: Judgement
    size_note: str
    rows: tuple[MemberRow, ...]

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
    """`seen` is a digest of the groups it was made for; it is refused if they have changed since."""

    board: Board
    groups: tuple[ProposedGroup, ...]
    emptied: tuple[Group, ...]
    changes: tuple[Change, ...]
    is_best: bool
    notes: tuple[str, ...]
    seen: str

    @property
    def score(self) -> float | None:
        return mean_fit([(len(group.members), group.judgement.fit) for group in self.groups])

    @property
    def fit(self) -> str:
        return "" if self.score is None else fit_in_words(self.score).removeprefix("Passar ")

    @property
    def headline(self) -> str:
        if self.is_as_today:
            return "Grupperna är redan de bästa."
        if not self.board.is_whole or not self.board.columns:
            total = sum(len(group.members) for group in self.groups)
            groups = counted(len(self.groups), "en grupp", "grupper")
            return f"Ett förslag: {in_words(total)} organisationer i {groups}."
        if not self.changes:
            return "Förslaget ändrar bara mentorerna."
        return sentence(f"{counted(len(self.changes), 'en organisation', 'organisationer')} byter grupp i förslaget.")

    @property
    def lead(self) -> str:
        """Return how well the groups then fit, beside today's fit, and whether any other groups fit better."""
        if self.is_as_today:
            return ""
        today = self.board.fit
        then = f"Grupperna passar då {self.fit}." if self.fit else ""
        if today and today != self.fit:
            then = f"Grupperna passar då {self.fit} i stället för {today}."
        elif today:
            then = f"Grupperna passar {today} i dag, och ännu bättre med förslaget."
        best = "Ingen annan indelning passar bättre med dina vikter och regler." if self.is_best else ""
        return f"{then} {best}".strip()

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
    """Return the best groups under the omgång's weights and rules; raise `Impossible` if there are none."""
    rules = list(board.cohort.grouping_rules.all())
    task = task_of(board, rules)
    try:
        return _beside(board, rules, task, _solved(task), ())
    except Impossible:
        if task.most_km is None:
            raise
    # A proposal without the limit, with a word about it, is better than none.
    nearer = replace(task, most_km=None)
    return _beside(board, rules, nearer, _solved(nearer), (_too_far(task),))


def _too_far(task: GroupingProblem) -> str:
    most = task.most_km or 0
    alone = [
        facts.name
        for facts in task.organisations
        if not any((longest_way([facts], [other]) or 0) <= most for other in task.organisations if other != facts)
    ]
    who = f" {enumerated(alone)} har ingen inom det avståndet." if alone else ""
    return f"Alla grupper kan inte hållas inom {most} km, så förslaget bortser från gränsen.{who}"


def task_of(board: Board, rules: Sequence[GroupingRule]) -> GroupingProblem:
    facts, cohort = board.facts, board.cohort
    together = [frozenset({rule.participation_id, rule.other_id}) for rule in rules if rule.kind == RuleKind.TOGETHER]
    apart = [frozenset({rule.participation_id, rule.other_id}) for rule in rules if rule.kind == RuleKind.APART]
    # Those that stay are kept together with the others that stay in their group, and apart from other groups'.
    staying = [frozenset(keys) for keys in _staying(board, rules).values()]
    together += [keys for keys in staying if len(keys) > 1]
    firsts = [min(keys) for keys in staying]
    apart += [frozenset({key, other}) for place, key in enumerate(firsts) for other in firsts[:place]]
    has_own = "mentor" in board.judge.reasons
    return GroupingProblem(
        organisations=tuple(board.known.organisations),
        mentors=tuple(mentor for mentor in board.known.mentors if has_own and not mentor.supporting),
        weights=board.judge.weights,
        smallest=cohort.group_min,
        largest=cohort.group_max,
        together=tuple(_known(together, facts.keys())),
        apart=tuple(_known(apart, facts.keys())),
        most_km=most_km_of(cohort),
    )


def _known(rules: list[frozenset[int | None]], keys: object) -> list[frozenset[int]]:
    # A rule about an organisation that has left the omgång has no effect.
    return [rule for rule in rules if rule <= keys]  # type: ignore[misc, operator]


def _staying(board: Board, rules: Sequence[GroupingRule]) -> dict[int, set[int]]:
    stays = {rule.participation_id for rule in rules if rule.kind == RuleKind.STAY}
    staying = {column.group.pk: {row.pk for row in column.members} & stays for column in board.columns}
    return {group: keys for group, keys in staying.items() if keys}


def _solved(task: GroupingProblem) -> Solution:
    # Cached so that a page that is loaded again does not solve the same problem again.
    key = "grouping-" + hashlib.sha256(repr(task).encode()).hexdigest()
    solution: Solution | None = cache.get(key)
    if solution is None:
        solution = solve(task)
        cache.set(key, solution, KEPT_SECONDS)
    return solution


def _beside(
    board: Board,
    rules: Sequence[GroupingRule],
    task: GroupingProblem,
    solution: Solution,
    notes: tuple[str, ...],
) -> Proposal:
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
        notes=(*notes, *_notes(board.cohort, task, solution)),
        seen=_seen(board),
    )


def _seen(board: Board) -> str:
    members = [*board.alone, *(row for column in board.columns for row in column.members)]
    mentorships = [row for column in board.columns for row in column.mentors]
    return digest_of((column.group for column in board.columns), members, mentorships)


def _matched(board: Board, groups: Sequence[Placed], staying: dict[int, set[int]]) -> list[GroupColumn | None]:
    """Return the present group that each proposed group replaces: the most alike, else an empty one, else None."""
    likeness = np.array([[_likeness(placed, column, staying) for column in board.columns] for placed in groups])
    matched: list[GroupColumn | None] = [None] * len(groups)
    if board.columns:
        for row, place in zip(*linear_sum_assignment(likeness, maximize=True), strict=True):
            if likeness[row, place] > 0:
                matched[row] = board.columns[place]
    empty = [column for column in board.columns if not column.members and not column.left]
    return [column or (empty.pop(0) if empty else None) for column in matched]


def _likeness(placed: Placed, column: GroupColumn, staying: dict[int, set[int]]) -> int:
    keys = {facts.key for facts in placed.members}
    shared = len(keys & {row.pk for row in column.members})
    return shared + (STAYS if keys & staying.get(column.group.pk, set()) else 0)


def _kept(board: Board, solution: Solution, column: GroupColumn | None) -> list[MentorFacts]:
    # A mentor that the proposal gives no other group stays with its present one.
    given = {placed.mentor.key for placed in solution.groups if placed.mentor}
    own = leading(board.judge, column.mentors) if column else []
    return [mentor for mentor in own if mentor.key not in given]


def _group(
    board: Board, placed: Placed, column: GroupColumn | None, members: list[Participation], kept: list[MentorFacts]
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
        rows=rows_of(members, placed.members),
    )


def _changes(board: Board, group: ProposedGroup) -> list[Change]:
    columns = {row.pk: column for column in board.columns for row in column.members}
    facts = [board.facts[member.pk] for member in group.members]
    return [
        Change(
            participation=member,
            from_name=columns[member.pk].group.name if member.pk in columns else "",
            to_name=group.name,
            why=why(board, board.facts[member.pk], columns.get(member.pk), facts, group.judgement),
        )
        for member in group.members
        if member.pk in group.new
    ]


def _notes(cohort: Cohort, task: GroupingProblem, solution: Solution) -> list[str]:
    notes = []
    odd = [len(group.members) for group in solution.groups if not task.smallest <= len(group.members) <= task.largest]
    if odd:
        sizes = f"{in_words(task.smallest)} till {in_words(task.largest)}"
        if task.smallest == task.largest:
            sizes = in_words(task.smallest)
        number = in_words(len(task.organisations))
        notes.append(
            f"{sentence(number)} organisationer går inte att dela i grupper om {sizes} med reglerna som de är. "
            f"Förslaget är det närmaste: {_odd(odd)}."
        )
    if not solution.is_best:
        notes.append(
            "Det finns så många möjliga grupper att alla inte har prövats. Förslaget är bra, men inte bevisat bäst."
        )
    if task.mentors and (lacking := sum(group.mentor is None for group in solution.groups)):
        notes.append(
            f"{'En grupp' if lacking == 1 else f'{sentence(in_words(lacking))} grupper'} får ingen mentor: "
            "mentorerna i omgången tar inte fler grupper."
        )
    return notes


def _odd(sizes: list[int]) -> str:
    if len(sizes) == 1:
        return f"en grupp med {in_words(sizes[0])}"
    return f"{in_words(len(sizes))} grupper har en annan storlek"
