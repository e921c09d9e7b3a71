"""Linear algebra that finds what can be worked out by adding and subtracting sums that have been shown."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import combinations
from math import gcd

from django.conf import settings

Value = tuple[int, Decimal]
Row = list[int]


def alone(seen_in: Mapping[Value, int], n_views: int) -> Iterator[frozenset[int]]:
    """Yield the organisations behind each combination of the views that has too few of them.

    `seen_in` says, as a bit mask, which views each unread value is counted in. Values counted in exactly the same views
    cannot be told apart. Fewer than `MIN_UNREAD` of these count as one that stands alone, and a figure needs
    `MIN_UNREAD` behind it.
    """
    alike: dict[int, set[int]] = {}
    for (member, _), views in seen_in.items():
        alike.setdefault(views, set()).add(member)
    few = [views for views, members in alike.items() if len(members) < settings.MIN_UNREAD]
    if not few:
        return
    many = [views for views, members in alike.items() if len(members) >= settings.MIN_UNREAD]
    rows = _reduced([[views >> place & 1 for views in (*many, *few)] for place in range(n_views)])
    # The rows in which all that many share has vanished: every combination of these is about the few.
    of_few = [row[len(many) :] for row in rows if not any(row[: len(many)])]
    if not of_few:
        return
    members_of = [alike[views] for views in few]
    for places in _too_small(members_of):
        if len(_reduced([_without(row, places) for row in of_few])) < len(of_few):
            yield frozenset().union(*(members_of[place] for place in places))


def _too_small(members_of: list[set[int]]) -> Iterator[tuple[int, ...]]:
    """Yield every choice of columns that has too few columns, or too few organisations, to hide one."""
    most = settings.MIN_UNREAD - 1
    yield from combinations(range(len(members_of)), min(most, len(members_of)))
    everyone = sorted(set().union(*members_of))
    for chosen in combinations(everyone, min(most, len(everyone))):
        theirs = tuple(place for place, members in enumerate(members_of) if members <= set(chosen))
        if len(theirs) > most:  # fewer columns are among the choices above
            yield theirs


def _without(row: Row, places: tuple[int, ...]) -> Row:
    return [0 if place in places else cell for place, cell in enumerate(row)]


def _reduced(rows: list[Row]) -> list[Row]:
    """Return the rows in echelon form without zero rows, by elimination in whole numbers."""
    rows, done = [row for row in rows if any(row)], []
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((row for row in rows if row[column]), None)
        if pivot is None:
            continue
        rows = [_eliminated(row, pivot, column) for row in rows if row is not pivot]
        rows = [row for row in rows if any(row)]
        done.append(pivot)
    return done


def _eliminated(row: Row, pivot: Row, column: int) -> Row:
    if not row[column]:
        return row
    whole = [cell * pivot[column] - own * row[column] for cell, own in zip(row, pivot, strict=True)]
    divisor = gcd(*whole) or 1
    return [cell // divisor for cell in whole]
