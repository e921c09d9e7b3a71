"""The rule of three: what someone is shown of the figures behind which lie several organisations' entries (ADR 18).

The rule knows no database. An entry is one organisation's value of one item; where it was corrected, the old value and
the new are two entries.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from django.conf import settings

from assessments.figures.isolation import alone
from assessments.figures.statistics import Answers

View = Mapping[int, Answers]
Entry = tuple[int, str, Decimal]


class Shown(StrEnum):
    """ALL by name where the reader reads every entry, else FIGURES without names, else only what the reader reads."""

    ALL = "all"
    FIGURES = "figures"
    OWN = "own"


@dataclass(frozen=True)
class PastPanel:
    """A panel as it once stood, with the entries that anyone could read then; a `printed` one was in a report."""

    answers: View
    disclosed: frozenset[Entry] = frozenset()
    printed: bool = False


@dataclass
class KnownEntries:
    """The entries that a reader may read: those of some organisations, and single ones that anyone may read."""

    rights: frozenset[int]
    disclosed: set[Entry] = field(default_factory=set)

    def reads(self, member: int, key: str, value: Decimal) -> bool:
        return member in self.rights or (member, key, value) in self.disclosed

    def unread(self, view: View) -> frozenset[int]:
        return frozenset(member for member, answers in view.items() if not self._reads_all(member, answers))

    def unread_at(self, view: View, key: str) -> frozenset[int]:
        return frozenset(
            member for member, answers in view.items() if key in answers and not self.reads(member, key, answers[key])
        )

    def items_shown(self, view: View) -> frozenset[str]:
        """Return the items whose mean the reader may be shown without the values behind it."""
        if len(view) < settings.MIN_GROUP or len(self.unread(view)) < settings.MIN_UNREAD:
            return frozenset()
        return frozenset(key for key in items_of(view) if self._is_enough(view, key))

    def is_near(self, old: View, new: View) -> bool:
        """True if one or two unread organisations are all that differs, which is quickly seen and never shown."""
        if not old:
            return False
        differing = [member for member in old.keys() | new.keys() if old.get(member) != new.get(member)]
        unread = [member for member in differing if self._differs_unread(member, old, new)]
        return 0 < len(unread) < settings.MIN_UNREAD and len(unread) == len(differing)

    def _differs_unread(self, member: int, old: View, new: View) -> bool:
        entries = old.get(member, {}).items() ^ new.get(member, {}).items()
        return any(not self.reads(member, key, value) for key, value in entries)

    def _reads_all(self, member: int, answers: Answers) -> bool:
        if member in self.rights:
            return True
        return bool(answers) and all((member, key, value) in self.disclosed for key, value in answers.items())

    def _is_enough(self, view: View, key: str) -> bool:
        unread = len(self.unread_at(view, key))
        n = sum(key in answers for answers in view.values())
        return unread == 0 or (n >= settings.MIN_GROUP and unread >= settings.MIN_UNREAD)


@dataclass(frozen=True)
class Sight:
    """What a reader sees of a panel: figures computed from `answers`, except those of the `hidden` items.

    `n` organisations have answered, and the entries of `unread` are not the reader's to read. `opened` is False before
    any panel has been kept.
    """

    shown: Shown
    answers: View
    n: int
    unread: frozenset[int]
    known: KnownEntries
    hidden: frozenset[str] = frozenset()
    opened: bool = True

    def differs_unread(self, other: "Sight") -> bool:
        """True if an unread entry is behind a figure here and its organisation has none in the other sight."""
        return any(
            not self.known.reads(member, key, value)
            for member, answers in self.answers.items()
            for key, value in answers.items()
            if key not in other.answers.get(member, {})
        )


class Memory:
    """Everything that a reader has been shown of one panel over time, and may have kept."""

    def __init__(self, rights: frozenset[int]) -> None:
        self.known = KnownEntries(rights)
        self._n_views = 0
        # For each item and value, a bit mask of the views that it is counted in.
        self._seen_in: dict[str, dict[tuple[int, Decimal], int]] = defaultdict(dict)

    def hear(self, disclosed: Iterable[Entry]) -> None:
        self.known.disclosed |= set(disclosed)

    def see(self, view: View, items: Iterable[str]) -> None:
        for seen_in, value in self._columns(view, items):
            seen_in[value] = seen_in.get(value, 0) | 1 << self._n_views
        self._n_views += 1

    def may_see(self, view: View, items: frozenset[str]) -> bool:
        """True if the figures of the items give nothing away together with all that was shown before."""
        self.see(view, items)
        safe = not any(self._is_exposed(key) for key in items)
        self._forget_last(view, items)
        return safe

    @property
    def exposed_items(self) -> frozenset[str]:
        """Return the items of which what was shown gives something away, since more can be read by now."""
        return frozenset(key for key in self._seen_in if self._is_exposed(key))

    def exposed(self) -> Iterator[tuple[str, frozenset[int]]]:
        """Yield organisations so few that adding and subtracting what was shown leaves a figure of theirs alone."""
        for key in self._seen_in:
            yield from ((key, few) for few in self._alone(key))

    def _is_exposed(self, key: str) -> bool:
        return next(self._alone(key), None) is not None

    def _alone(self, key: str) -> Iterator[frozenset[int]]:
        unread = {
            (member, value): views
            for (member, value), views in self._seen_in[key].items()
            if views and not self.known.reads(member, key, value)
        }
        return alone(unread, self._n_views)

    def _forget_last(self, view: View, items: frozenset[str]) -> None:
        self._n_views -= 1
        for seen_in, value in self._columns(view, items):
            seen_in[value] &= ~(1 << self._n_views)

    def _columns(
        self, view: View, items: Iterable[str]
    ) -> Iterator[tuple[dict[tuple[int, Decimal], int], tuple[int, Decimal]]]:
        for key in items:
            for member, answers in view.items():
                if key in answers:
                    yield self._seen_in[key], (member, answers[key])


def sight_of(
    rights: frozenset[int], live: View, published: View, disclosed: frozenset[Entry], past: Iterable[PastPanel]
) -> Sight:
    """Return what someone sees of a panel; every page, file, mail and command asks here.

    `live` is what stands now, `published` what anyone may read by name, `disclosed` all entries that anyone may read,
    and `past` each panel there has been since the figures opened.
    """
    now = KnownEntries(rights, set(disclosed))
    unread = now.unread(live)
    if not unread:
        return Sight(Shown.ALL, live, len(live), unread, now)
    kept = list(past)
    if seen := newest_figures(rights, disclosed, kept):
        return seen
    return Sight(Shown.OWN, readable(rights, live, published), len(live), unread, now, opened=bool(kept))


def readable(rights: frozenset[int], live: View, published: View) -> View:
    mine = {member: answers for member, answers in live.items() if member in rights}
    return {**{member: answers for member, answers in published.items() if member not in rights}, **mine}


def newest_figures(rights: frozenset[int], disclosed: frozenset[Entry], past: Iterable[PastPanel]) -> Sight | None:
    """Return the newest panel whose figures the reader may see, given all that they have been shown; None if none."""
    memory, newest = remembered(rights, past)
    memory.hear(disclosed)
    items = memory.known.items_shown(newest) - memory.exposed_items
    if not items:
        return None
    hidden = frozenset(items_of(newest)) - items
    return Sight(Shown.FIGURES, newest, len(newest), memory.known.unread(newest), memory.known, hidden)


def remembered(rights: frozenset[int], past: Iterable[PastPanel]) -> tuple[Memory, View]:
    """Return what the reader has been shown, panel by panel, and the newest of them."""
    memory = Memory(rights)
    newest: View = {}
    exposed: frozenset[str] = frozenset()
    for panel in past:
        if panel.disclosed - memory.known.disclosed:
            memory.hear(panel.disclosed)
            exposed = memory.exposed_items
        if panel.printed:
            memory.see(panel.answers, KnownEntries(frozenset(), memory.known.disclosed).items_shown(panel.answers))
            exposed = memory.exposed_items
            continue
        if memory.known.is_near(newest, panel.answers):
            continue
        items = memory.known.items_shown(panel.answers) - exposed
        if items and memory.may_see(panel.answers, items):
            memory.see(panel.answers, items)
            newest = panel.answers
    return memory, newest


def items_of(view: View) -> set[str]:
    return {key for answers in view.values() for key in answers}
