"""Which moment, version or meeting a wording in a workbook means. Pure: no database, and nothing chosen in silence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cached_property, lru_cache

from checklist.models import Checklist, Item
from checklist.workbook import names
from meetings.enums import MeetingKind
from meetings.models import Meeting
from modell.workbook.reading import Cell

# Above SURE a reworded moment is the same to anyone who reads both; below LIKE the two are different sentences.
SURE, LIKE = 0.8, 0.6
COMPARED = 300
_LEADING = re.compile(r"^\s*(\d{1,2})\s*[.):–-]?(?:\s+|$)")
_WORD = re.compile(r"\w+")
_NTH_MEETING = re.compile(r"(?:bm|lt|benchmarking\w*|lärande\w*|träff|möte)\s*(?:nr\s*)?(\d)", re.I)


class Certainty(StrEnum):
    """TAKEN: the moment's own wording. CONFIRM: a little different, to be confirmed. ASK: to be chosen by hand."""

    TAKEN = "taken"
    CONFIRM = "confirm"
    ASK = "ask"


@dataclass(frozen=True)
class Match:
    """`item` is None where there is nothing to suggest; then, and for ASK, a person chooses."""

    item: Item | None
    certainty: Certainty
    similarity: float
    why: str = ""


@dataclass(frozen=True)
class Wordings:
    """A version's moment, to be compared with."""

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
        """The moment whose wording is most like it, and how like, from 0 to 1."""
        exact = self.by_text.get(alike(text))
        if exact:
            return exact, 1.0
        # Sentences without a word in common never match; letter by letter is slow.
        worth = [item for item in self.items if not _words_of(text).isdisjoint(self.words[item.number])]
        best = max(worth, default=None, key=lambda item: similarity(text, item.text))
        return (best, similarity(text, best.text)) if best else (None, 0.0)

    def how_many(self, texts: Iterable[str]) -> int:
        """How many of its moment are among the texts, roughly: by the words they have in common."""
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
    """Without what does not make another wording: number in front, case, spaces, a last full stop, kinds of dash."""
    plain = without_number(text[:COMPARED]).casefold().replace("–", "-").replace("’", "'")
    return " ".join(plain.split()).rstrip(" .:;")


@lru_cache(maxsize=4096)
def similarity(one: str, other: str) -> float:
    return SequenceMatcher(None, alike(one), alike(other), autojunk=False).ratio()


def number_of(cell: Cell) -> int | None:
    """The moment's number, in a cell of its own or in front of the wording: "3", "3.", "3. Ledningen …"."""
    if cell.number is not None:
        return int(cell.number) if cell.number == int(cell.number) and 0 < cell.number < 100 else None
    found = _LEADING.match(cell.text)
    return int(found[1]) if found else None


def match(number: int | None, text: str, wordings: Wordings) -> Match:
    """By number and by wording. Where the two point at different moment a person is asked."""
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
    """Which version of the checklist the wordings and the steps are from, `own` where they would do; else None."""
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
    """The meeting that a sheet is for by its name: as ours are named, by key, or as SKR's tabs ("BM 2") were."""
    plain = title.casefold().strip()
    by_title = zip(names.titles(meeting.name for meeting in meetings), meetings, strict=True)
    named = {ours.casefold(): meeting for ours, meeting in by_title} | {m.key.casefold(): m for m in meetings}
    if plain in named:
        return named[plain]
    if plain.startswith("resultat"):
        conferences = [meeting for meeting in meetings if meeting.kind == MeetingKind.RESULTS_CONFERENCE]
        return conferences[0] if len(conferences) == 1 else None
    nth = _NTH_MEETING.fullmatch(plain)
    learning = [meeting for meeting in meetings if meeting.kind == MeetingKind.LEARNING_MEETING]
    place = int(nth[1]) if nth else 0
    return learning[place - 1] if 0 < place <= len(learning) else None
