"""Rules that decide which item, version or meeting a wording in a workbook means, without a database."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cached_property, lru_cache

from assessments.workbook import names
from checklist.models import Checklist, Item
from kit.canonical import folded
from kit.templatetags.swedish import day
from kit.workbook.cells import SheetCell
from meetings.kinds import MeetingKind
from meetings.models import Meeting

# Above SURE a reworded moment is the same to anyone who reads both; below LIKE the two are different sentences.
SURE, LIKE = 0.8, 0.6
COMPARED = 300
_LEADING = re.compile(r"^\s*(\d{1,2})\s*[.):–-]?(?:\s+|$)")
_WORD = re.compile(r"\w+")
# Numbers names a sheet after its table as well, and Excel counts copies of a sheet.
_ADDED = re.compile(r"\s*(?:-\s*(?:tabell|table)\s*\d{1,3}|\(\d{1,3}\))$", re.IGNORECASE)
MOST_COMPARED = 3


class Certainty(StrEnum):
    """Certainty of a match: TAKEN is the item's own wording, CONFIRM differs a little, ASK must be chosen by hand."""

    TAKEN = "taken"
    CONFIRM = "confirm"
    ASK = "ask"


@dataclass(frozen=True)
class Match:
    """A suggested item, or None; for ASK a person chooses in either case."""

    item: Item | None
    certainty: Certainty
    similarity: float
    why: str = ""


@dataclass(frozen=True)
class Wordings:
    """A version's items, ready to be compared with."""

    items: tuple[Item, ...]

    @cached_property
    def by_number(self) -> dict[int, Item]:
        return {item.number: item for item in self.items}

    @cached_property
    def by_text(self) -> dict[str, Item]:
        return {alike(item.text): item for item in self.items}

    @cached_property
    def words(self) -> dict[int, frozenset[str]]:
        return {item.number: _words_of(item.text) for item in self.items}

    def nearest(self, text: str) -> tuple[Item | None, float]:
        """Return the item with the most similar wording, and the similarity from 0 to 1."""
        exact = self.by_text.get(alike(text))
        if exact:
            return exact, 1.0
        # Sentences without a word in common never match; letter by letter is slow.
        shared = {item: self._shared(text, item) for item in self.items}
        worth = sorted((item for item in self.items if shared[item]), key=lambda item: -shared[item])[:MOST_COMPARED]
        best = max(worth, default=None, key=lambda item: similarity(text, item.text))
        return (best, similarity(text, best.text)) if best else (None, 0.0)

    def most_alike(self, text: str) -> float:
        """Return how many words the text has in common with the item that it shares most words with."""
        return max((self._shared(text, item) for item in self.items), default=0.0)

    def _shared(self, text: str, item: Item) -> float:
        ours, words = _words_of(text), self.words[item.number]
        return len(ours & words) / len(ours | words) if ours | words else 0.0

    def how_many(self, texts: Iterable[str]) -> int:
        """Estimate how many of the items are among the texts, by the words they have in common."""
        asked = [_words_of(text) for text in texts]
        return sum(
            any(ours and len(ours & words) / len(ours | words) >= LIKE for ours in asked)
            for words in self.words.values()
        )


@lru_cache(maxsize=2048)
def _words_of(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(alike(text)))


def without_number(text: str) -> str:
    return _LEADING.sub("", text)


def alike(text: str) -> str:
    """Remove what makes no difference: a leading number, case, spaces, a final full stop, kinds of dash."""
    plain = folded(without_number(text[:COMPARED]))
    return plain.rstrip(" .:;")


@lru_cache(maxsize=4096)
def similarity(left: str, right: str) -> float:
    return SequenceMatcher(None, alike(left), alike(right), autojunk=False).ratio()


def number_of(cell: SheetCell) -> int | None:
    """Return the item's number, from its own cell or from the start of the wording."""
    if cell.number is not None:
        return int(cell.number) if cell.number == int(cell.number) and 0 < cell.number < 100 else None
    leading = _LEADING.match(cell.text)
    return int(leading[1]) if leading else None


def match(number: int | None, text: str, wordings: Wordings) -> Match:
    """Match by number and by wording; ask a person if they point at different items."""
    by_number = wordings.by_number.get(number) if number else None
    if not alike(text):
        return Match(by_number, Certainty.ASK, 0.0, "Raden har inget annat än ett nummer.")
    nearest, how_like = wordings.nearest(text)
    if nearest is None or how_like < LIKE:
        return Match(None, Certainty.ASK, how_like, "Formuleringen liknar inget av momenten.")
    if by_number and by_number != nearest:
        why = f"Numret säger moment {by_number.number}, men formuleringen liknar moment {nearest.number}."
        return Match(nearest, Certainty.ASK, how_like, why)
    if number and by_number is None:
        why = f"Det finns inget moment {number}, men formuleringen liknar moment {nearest.number}."
        return Match(nearest, Certainty.ASK, how_like, why)
    if how_like == 1.0:
        return Match(nearest, Certainty.TAKEN, how_like)
    return Match(nearest, Certainty.CONFIRM, how_like, "Formuleringen är lite annorlunda.")


def version_of(texts: Sequence[str], highest: int, own: Checklist, versions: Sequence[Checklist]) -> Checklist | None:
    """Return the version that the wordings and steps come from, `own` if it fits, or None."""
    counted = [(_wordings(version).how_many(texts), version) for version in versions]
    most = max((count for count, _ in counted), default=0)
    if most < 2:
        return None
    same_words = [version for count, version in counted if count == most]
    fitting = [version for version in same_words if not highest or _highest(version) == highest]
    candidates = fitting or same_words
    return own if own in candidates else candidates[0]


def _wordings(version: Checklist) -> Wordings:
    return Wordings(tuple(version.items.all()))


def _highest(version: Checklist) -> int:
    return max((step.value for step in version.steps.all()), default=0)


def meeting_of(title: str, meetings: Sequence[Meeting]) -> Meeting | None:
    """Return the meeting that a sheet's name means: our own name, its key or SKR's old tab ("BM 2")."""
    plain = folded(title)
    return _meeting_named(plain, meetings) or _meeting_named(_ADDED.sub("", plain), meetings)


def meeting_said(line: str, meetings: Sequence[Meeting]) -> Meeting | None:
    """Return the meeting of our own line "Lärandeträff 2, 22 december 2026", whose day may have moved since."""
    named = [meeting for meeting in meetings if line == meeting.name or line.startswith(f"{meeting.name}, ")]
    exact = [meeting for meeting in named if line.endswith(f", {day(meeting.starts_on)}")]
    longest = max((len(meeting.name) for meeting in named), default=0)
    said = exact or [meeting for meeting in named if len(meeting.name) == longest]
    return said[0] if len(said) == 1 else None


def _meeting_named(plain: str, meetings: Sequence[Meeting]) -> Meeting | None:
    by_title = zip(names.titles(meeting.name for meeting in meetings), meetings, strict=True)
    named = {folded(ours): meeting for ours, meeting in by_title} | {folded(m.key): m for m in meetings}
    if plain in named:
        return named[plain]
    for kind in MeetingKind:
        tab = re.fullmatch(kind.facts.old_tab, plain) if kind.facts.old_tab else None
        if tab:
            return _of_old_tab(tab, [meeting for meeting in meetings if meeting.kind == kind])
    return None


def _of_old_tab(tab: re.Match[str], alike: Sequence[Meeting]) -> Meeting | None:
    # A tab without a number means the only meeting of its kind.
    if not tab.groups():
        return alike[0] if len(alike) == 1 else None
    place = int(tab[1])
    return alike[place - 1] if 0 < place <= len(alike) else None
