"""What the index of the joint report says: each chapter with its owner and state, and who is not heard yet."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from cohorts.models import Cohort
from kit.templatetags.swedish import enumerated, in_words, sentence
from reports.comments import in_words as comments_in_words
from reports.comments import open_comments
from reports.joint_chapters import ChapterPlace, places_of, text_at, texts_of
from reports.models import ChapterText, JointReport

# More names than this are only counted.
MOST_NAMES = 4


@dataclass(frozen=True)
class PlaceLine:
    """A place for a text as the index shows it."""

    place: ChapterPlace
    text: ChapterText
    n_comments: int = 0

    @property
    def is_written(self) -> bool:
        return bool(self.text.text)

    @property
    def state(self) -> str:
        begun = self.is_written or self.text.is_done or self.text.is_reviewed
        return self.text.get_state_display() if begun else "Inte skrivet"

    @property
    def kind(self) -> str:
        """Return the kind of the status sign."""
        if self.text.is_done:
            return "done"
        return "waiting" if self.text.is_reviewed else "info" if self.is_written else "neutral"


@dataclass(frozen=True)
class ChapterLine(PlaceLine):
    """A chapter, with its parts; `is_done` if the chapter is, and every part that has words."""

    parts: tuple[PlaceLine, ...] = ()

    @property
    def is_done(self) -> bool:
        return self.text.is_done and all(part.text.is_done for part in self.parts if part.is_written)

    @property
    def comments_in_words(self) -> str:
        number = self.n_comments + sum(part.n_comments for part in self.parts)
        return comments_in_words(number) if number else ""

    @property
    def parts_in_words(self) -> str:
        """Return "Sex av femton delar är skrivna", or "" if the chapter has no parts."""
        if not self.parts:
            return ""
        written = sum(part.is_written for part in self.parts)
        some = {0: "ingen", 1: "en"}.get(written) or in_words(written)
        are = "är skriven" if written in (0, 1) else "är skrivna"
        return f"{sentence(some)} av {in_words(len(self.parts))} delar {are}"


def chapter_lines(cohort: Cohort, joint: JointReport) -> tuple[ChapterLine, ...]:
    texts, places, comments = texts_of(joint), places_of(cohort), open_comments(joint)
    lines = [PlaceLine(place, text_at(place, joint, texts), comments.get(place.key, 0)) for place in places]
    return tuple(
        ChapterLine(
            line.place,
            line.text,
            line.n_comments,
            tuple(other for other in lines if other.place.part and other.place.chapter == line.place.chapter),
        )
        for line in lines
        if line.place.part is None
    )


def headline(lines: Iterable[ChapterLine], unheard: list[str]) -> str:
    """Return how many chapters are done, and who is not mentioned in any text."""
    lines = list(lines)
    done, number = sum(line.is_done for line in lines), len(lines)
    words = f"{sentence(_some(done))} av {in_words(number)} kapitel är {'klart' if done == 1 else 'klara'}."
    if not any(line.is_written or any(part.is_written for part in line.parts) for line in lines):
        return "Inget kapitel är skrivet än."
    if len(unheard) > MOST_NAMES:
        return f"{words} {sentence(in_words(len(unheard)))} organisationer nämns inte i texten än."
    return f"{words} {enumerated(unheard)} nämns inte i texten än." if unheard else words


def not_heard(cohort: Cohort, lines: Iterable[ChapterLine]) -> list[str]:
    """Return the participants that have not left and that no text of the report mentions."""
    words = " ".join(each.text.text for line in lines for each in (line, *line.parts))
    members = cohort.participations.participants().with_organisation().order_by("position", "pk")
    stayed = [row.organisation for row in members if not row.is_withdrawn]
    return [each.short_name for each in stayed if not _mentions(words, each.short_name, each.name)]


def _mentions(words: str, *names: str) -> bool:
    # A name with an s after it is in the genitive.
    return any(re.search(rf"\b{re.escape(name)}s?\b", words) for name in names)


def waits_for_skr(lines: Iterable[ChapterLine]) -> list[PlaceLine]:
    return [each for line in lines for each in (line, *line.parts) if each.text.is_reviewed]


def _some(number: int) -> str:
    return "inget" if number == 0 else "ett" if number == 1 else in_words(number)
