"""The index of a report that is written: what is done, who writes what by when, and who writes where now."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from accounts.models import User
from kit.templatetags.swedish import enumerated, in_words, sentence, weekday_and_day
from meetings.models import Period
from reports.comments import in_words as comments_in_words
from reports.comments import open_comments
from reports.content.entered import entered_in
from reports.models import Report, ReportSection
from reports.presence import writing_now
from reports.sections import ReportHeading, TextPlace, section_of, sections_of


@dataclass(frozen=True)
class IndexPart:
    place: TextPlace
    is_written: bool
    is_open: bool

    @property
    def number(self) -> int | None:
        return self.place.part.number if self.place.part else None


@dataclass(frozen=True)
class IndexLine:
    """A section in the index. `parts` are its moments or stages, `here` are the colleagues who write in it now."""

    section: ReportHeading
    is_written: bool
    parts: tuple[IndexPart, ...]
    writer: str
    due_on: date | None
    here: tuple[str, ...]
    is_open: bool
    is_optional: bool
    n_comments: int

    @property
    def facts(self) -> list[str]:
        """Return what stands under the section: how many parts, who writes now or is to write, and by when."""
        facts = [f"{self.n_parts} av {len(self.parts)}"] if self.parts else []
        facts += [comments_in_words(self.n_comments)] if self.n_comments else []
        if self.here:
            return [*facts, f"{enumerated(self.here)} skriver nu"]
        facts += [self.writer] if self.writer else []
        facts += [f"senast {weekday_and_day(self.due_on)}"] if self.due_on and not self.is_written else []
        return [*facts, "frivilligt"] if self.is_optional and self.state == "none" else facts

    @property
    def n_parts(self) -> int:
        return sum(part.is_written for part in self.parts)

    @property
    def state(self) -> str:
        if self.is_written:
            return "done"
        return "part" if self.n_parts else "none"

    @property
    def first(self) -> TextPlace:
        """Return the place to begin at: the first part that is not written."""
        unwritten = (part.place for part in self.parts if not part.is_written)
        return next(unwritten, self.section.places[0]) if self.parts else self.section.places[0]


@dataclass(frozen=True)
class Index:
    """`comments` is how many are open in each text that has any, by its key."""

    lines: tuple[IndexLine, ...]
    due_on: date | None
    comments: Mapping[str, int]

    @property
    def n_written(self) -> int:
        return sum(line.is_written for line in self.lines)

    @property
    def n_sections(self) -> int:
        return len(self.lines)

    @property
    def headline(self) -> str:
        n, total = self.n_written, self.n_sections
        if n == total:
            return "Alla avsnitt är skrivna."
        if not n:
            return "Inget avsnitt är skrivet än."
        return f"{sentence(in_words(n))} av {in_words(total)} avsnitt är {'skrivet' if n == 1 else 'skrivna'}."

    @property
    def deadline(self) -> str:
        return f"Lämna in senast {weekday_and_day(self.due_on)}." if self.due_on else ""


def index_of(report: Report, reader: User, at: str = "") -> Index:
    """Return the index of the report; `at` is the key of the text that is open."""
    cohort = report.participation.cohort
    texts = {text.key: text for text in report.texts.select_related("writer__user")} if report.pk else {}
    here: dict[str, list[str]] = {}
    for key, names in writing_now(report.participation, reader).items():
        here.setdefault(section_of(key), []).extend(names)
    comments = open_comments(report)
    sections = sections_of(cohort)
    # An omgång that requires nothing has no section that is more optional than another.
    required = {section.key for section in sections if section.required} or {section.key for section in sections}
    lines = tuple(
        _line(report, section, texts, here, at, comments, is_optional=section.key not in required)
        for section in sections
    )
    period = Period.objects.filter(cohort=cohort, is_reporting=True).select_related("before", "after", "cohort").first()
    return Index(lines, period.due_on if period else None, comments)


def _line(
    report: Report,
    section: ReportHeading,
    texts: Mapping[str, ReportSection],
    here: Mapping[str, Iterable[str]],
    at: str,
    comments: Mapping[str, int],
    *,
    is_optional: bool,
) -> IndexLine:
    written = {key for key, text in texts.items() if text.text}
    own = texts.get(section.key)
    return IndexLine(
        section=section,
        is_written=is_written(section, written) or bool(entered_in(report.participation, section.kind)),
        parts=tuple(IndexPart(place, place.key in written, place.key == at) for place in section.places if place.part),
        writer=own.writer.user.name if own and own.writer else "",
        due_on=own.due_on if own else None,
        here=tuple(here.get(section.key, ())),
        is_open=section_of(at) == section.key,
        is_optional=is_optional,
        n_comments=sum(number for key, number in comments.items() if section_of(key) == section.key),
    )


def is_written(section: ReportHeading, keys: Collection[str]) -> bool:
    """True if the section's text is there or, where it is written in parts, all of them are."""
    parts = [place.key for place in section.places if place.part]
    return all(key in keys for key in parts) if parts else section.key in keys
