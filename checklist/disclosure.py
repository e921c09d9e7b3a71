"""What could be worked out, by addition and subtraction, of the means that an omgång has been shown (ADR 0004)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from django.conf import settings

from checklist.panels import is_enough
from checklist.statistics import Answers
from cohorts.models import Cohort, GroupMentor, Participation

View = Mapping[int, Answers]
Known = frozenset[int]
# One organisation's value of a moment. Where it was corrected, the old and the new are two.
Unknown = tuple[int, Decimal]


def may_follow(shown: Sequence[View], new: View, readers: Iterable[Known]) -> bool:
    """Whether `new` may be shown to those who remember all that was `shown`, by what each knows beforehand."""
    return not any(is_near(old, new) for old in shown) and not gives_away([*shown, new], readers)


def is_near(old: View, new: View) -> bool:
    """Whether too few came, went or changed, on the whole or in the values of any one moment."""
    members = old.keys() | new.keys()
    if sum(old.get(member) != new.get(member) for member in members) < settings.MIN_CHANGED:
        return True
    by_item = (
        sum(old.get(member, {}).get(key) != new.get(member, {}).get(key) for member in members)
        for key in _items([old, new])
    )
    return any(0 < differing < settings.MIN_CHANGED for differing in by_item)


def gives_away(views: Sequence[View], readers: Iterable[Known]) -> bool:
    """Whether a value of another organisation follows for any of the readers, of the views that they are shown."""
    stands_in: dict[tuple[int, ...], list[dict[Unknown, int]]] = {}
    for known in readers:
        places = tuple(place for place, view in enumerate(views) if is_enough(len(view), len(view.keys() & known)))
        if places not in stands_in:
            seen = [views[place] for place in places]
            stands_in[places] = [_stands_in(seen, key) for key in _items(seen)]
        if any(_follows(unknowns, known, len(places)) for unknowns in stands_in[places]):
            return True
    return False


def readers_of(cohort: Cohort) -> set[Known]:
    """What each in the omgång knows beforehand: their own organisation's values, their group's, or none."""
    groups: dict[int, set[int]] = {}
    readers: set[Known] = {frozenset()}
    for member, group in Participation.objects.filter(cohort=cohort).values_list("pk", "group_id"):
        if group is None:
            readers.add(frozenset([member]))
        else:
            groups.setdefault(group, set()).add(member)
    mentored: dict[int, set[int]] = {}
    for mentor, group in GroupMentor.objects.filter(group__cohort=cohort).values_list("participation_id", "group_id"):
        mentored.setdefault(mentor, set()).update(groups.get(group, ()))
    return readers | {frozenset(members) for members in (*groups.values(), *mentored.values())}


def _items(views: Iterable[View]) -> set[str]:
    return {key for view in views for answers in view.values() for key in answers}


def _stands_in(views: Sequence[View], key: str) -> dict[Unknown, int]:
    """For each value of the moment, which views it is counted in: a bit for each."""
    found: dict[Unknown, int] = {}
    for place, view in enumerate(views):
        for member, answers in view.items():
            if key in answers:
                unknown = (member, answers[key])
                found[unknown] = found.get(unknown, 0) | 1 << place
    return found


def _follows(unknowns: Mapping[Unknown, int], known: Known, n_views: int) -> bool:
    """Whether one value alone is a sum of the views. Those counted in the same views cannot be told apart."""
    columns = Counter(views for (member, _), views in unknowns.items() if member not in known)
    alone = [count == 1 for count in columns.values()]
    if not any(alone):
        return False
    rows = [[Fraction(views >> place & 1) for views in columns] for place in range(n_views)]
    return any(sum(map(bool, row)) == 1 and alone[row.index(Fraction(1))] for row in _reduced(rows))


def _reduced(rows: list[list[Fraction]]) -> list[list[Fraction]]:
    """Gauss and Jordan: a lone unknown is in the rows' span only if it is one of the reduced rows."""
    done = 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((place for place in range(done, len(rows)) if rows[place][column]), None)
        if pivot is None:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        rows[done] = [cell / rows[done][column] for cell in rows[done]]
        for place, row in enumerate(rows):
            if place != done and row[column]:
                rows[place] = [cell - row[column] * own for cell, own in zip(row, rows[done], strict=True)]
        done += 1
    return rows[:done]
