"""The sections of the result report: the omgång's own, or else the programme's usual ones (data/FORMAT.md).

A section whose text is written in parts has one place for each moment or stage, and one of its own that introduces
them: a text from before it was divided stands there.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

from django.conf import settings

from cohorts.models import Cohort
from improvements.enums import Stage
from reports.enums import SectionKind

# Between the key of a section and that of its part. An address, an anchor and a form's field all allow it.
BETWEEN = "--"
# The most signs of a text, in an organisation's report and in the joint one.
LONGEST = 20_000
WORDS = ("kind", "asks", "example", "wanted_words", "required")


@dataclass(frozen=True)
class TextPart:
    """A moment or a stage that a section has a text about; `name` is short."""

    key: str
    text: str
    number: int
    name: str


@dataclass(frozen=True)
class ReportHeading:
    """A section of the result report, with what SKR says of it."""

    key: str
    text: str
    kind: SectionKind = SectionKind.TEXT
    asks: str = ""
    example: str = ""
    wanted_words: int | None = None
    required: bool = False
    parts: tuple[TextPart, ...] = ()

    @cached_property
    def places(self) -> tuple["TextPlace", ...]:
        own = TextPlace(self.key, self.text, self)
        parts = (TextPlace(f"{self.key}{BETWEEN}{part.key}", part.text, self, part) for part in self.parts)
        return (own, *parts)


@dataclass(frozen=True)
class TextPlace:
    """Where a text is written: a section, or one part of it."""

    key: str
    text: str
    section: ReportHeading
    part: TextPart | None = None

    @property
    def full(self) -> str:
        """Return the heading as it is named alone."""
        return f"{self.section.text}, {self.text}" if self.part else self.text

    @property
    def name(self) -> str:
        """Return a short name, which also tells a section from its parts."""
        return self.part.name if self.part else self.text


def section_of(key: str) -> str:
    return key.partition(BETWEEN)[0]


def is_in(key: str, section: str) -> bool:
    return section_of(key) == section


def _usual() -> Iterator[ReportHeading]:
    names = {field.name for field in fields(ReportHeading)}
    document = json.loads((settings.DATA_DIR / "editions.json").read_text(encoding="utf-8"))
    for row in document["sections"]:
        words = {name: value for name, value in row.items() if name in names}
        kind = SectionKind(row.get("kind", SectionKind.TEXT))
        # An omgång without sections of its own is from before they had kinds: it has one text under each heading.
        yield ReportHeading(
            **{**words, "kind": SectionKind.TEXT if kind.has_parts else kind, "required": False}, text=row["heading"]
        )


DEFAULT = tuple(_usual())


def sections_of(cohort: Cohort) -> tuple[ReportHeading, ...]:
    rows = cohort.sections.all()
    return (
        tuple(
            ReportHeading(
                key=row.key,
                text=row.heading,
                **{name: getattr(row, name) for name in WORDS if name != "kind"},
                kind=SectionKind(row.kind),
                parts=parts_of(cohort, SectionKind(row.kind)),
            )
            for row in rows
        )
        or DEFAULT
    )


def words_of(section: ReportHeading) -> dict[str, Any]:
    return {name: getattr(section, name) for name in WORDS}


def places_of(cohort: Cohort) -> tuple[TextPlace, ...]:
    return tuple(place for section in sections_of(cohort) for place in section.places)


def parts_of(cohort: Cohort, kind: SectionKind) -> tuple[TextPart, ...]:
    if kind == SectionKind.STAGES:
        return tuple(TextPart(stage.value, stage.label, at, stage.label) for at, stage in enumerate(Stage, start=1))
    plan = getattr(cohort, "plan", None) if kind == SectionKind.MOMENTS else None
    items = plan.items if plan else []
    return tuple(
        TextPart(item.key, f"{item.number}. {item.text}", item.number, f"moment {item.number}") for item in items
    )
