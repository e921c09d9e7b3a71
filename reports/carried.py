"""The part of the cohort package that describes result reports (data/FORMAT.md)."""

import json
from collections.abc import Callable
from typing import Any

from cohorts.carried import CODE
from cohorts.enums import Function
from kit.carrying import (
    DAY,
    LONG_TEXT,
    NO_ROWS,
    CarriedColumn,
    Field,
    FreeKeys,
    OrNull,
    Rows,
    Shape,
    ValueKind,
    a_slug,
    any_of,
    choice,
    day,
    day_or_null,
    flag,
    is_storable,
    limit,
    number,
    number_or_null,
    or_null,
    short,
    title,
    words,
)
from kit.rich import NotADocument, read_document
from reports.content import JointContent, OrganisationContent, ReportContent
from reports.content.frozen import NotFrozen, thaw
from reports.enums import (
    ChapterKind,
    ChapterOwner,
    ChapterState,
    FiguresAs,
    JointState,
    ReportState,
    RowOrder,
    SectionKind,
    SourceKind,
)
from reports.models import (
    Build,
    Chapter,
    ChapterText,
    JointReport,
    Quote,
    Report,
    ReportComment,
    ReportEdition,
    ReportReopening,
    ReportSection,
    Section,
    SectionQuery,
    SectionVersion,
    TakenIn,
)


def _is_document(value: Any) -> bool:
    try:
        read_document(value)
    except NotADocument:
        return False
    return is_storable(json.dumps(value, ensure_ascii=False))


NO_TEXTS: dict[str, object] = {}
STRUCTURE = or_null(ValueKind("the structure of a text (kit/rich)", _is_document))


def _frozen(kind: type[ReportContent]) -> Callable[[Any], bool]:
    def fits(value: Any) -> bool:
        try:
            thaw(kind, value)
        except NotFrozen:
            return False
        return is_storable(json.dumps(value, ensure_ascii=False))

    return fits


CHAPTER = Shape(
    {
        "key": Field(a_slug(limit(Chapter, "key"))),
        "heading": title(Chapter, "heading"),
        "kind": choice(ChapterKind.values),
    },
    Chapter,
    by_place=("cohort", "position"),
)
SECTION = Shape(
    {
        "key": Field(a_slug(limit(Section, "key"))),
        "heading": title(Section, "heading"),
        "kind": choice(SectionKind.values, empty=SectionKind.TEXT.value, since=3),
        "asks": words(since=3),
        "example": words(since=3),
        "wanted_words": number_or_null(1, since=3),
        "required": flag(empty=False, since=3),
    },
    Section,
    by_place=("cohort", "position"),
)
OF_COHORT = {"sections": Field(Rows(SECTION)), "chapters": Field(Rows(CHAPTER), NO_ROWS, since=3)}
QUOTE = Shape(
    {
        "text": words(),
        "function": choice(Function.values),
        "consented_on": day_or_null(),
        "withdrawn_on": day_or_null(),
    },
    Quote,
    by_place=("section",),
    known_by=("text",),
)
TEXT = Shape(
    {
        "text": words(),
        "shared": flag(),
        "structure": CarriedColumn(STRUCTURE, since=3),
        "quotes": Field(Rows(QUOTE), NO_ROWS, since=3),
    },
    ReportSection,
    by_place=("report", "key"),
)


def _edition(kind: type[ReportContent], name: str, **more: Field) -> Shape:
    return Shape(
        {
            "number": number(1),
            "frozen_on": day(),
            "content": CarriedColumn(ValueKind(f"the frozen content of {name}", _frozen(kind))),
            "checksum": title(ReportEdition, "checksum"),
            "reason": words(),
            "approved_on": day_or_null(),
            "approved_as": words(any_of(Function.values)),
            "published_on": day_or_null(),
            **more,
        },
        ReportEdition,
        by_place=("report", "joint"),
    )


EDITION = _edition(OrganisationContent, "a result report")
JOINT_EDITION = _edition(JointContent, "a joint report", interim_after=short(ReportEdition, "interim_after", since=3))
REPORT = Shape(
    {
        "organisation": Field(CODE, column="participation"),
        "status": choice(ReportState.values, column="state"),
        "approved_on": Field(or_null(DAY)),
        "sections": Field(FreeKeys(TEXT)),
        "with_values": flag(empty=False, since=3),
        "with_comments": flag(empty=False, since=3),
        "with_results": flag(empty=False, since=3),
        "reason": words(since=3),
        "editions": Field(Rows(EDITION), NO_ROWS, since=3),
    },
    Report,
)
TAKEN_IN = Shape(
    {
        "kind": choice(SourceKind.values),
        "organisation": Field(or_null(CODE), column="participation"),
        "place": short(TakenIn, "place"),
        "words": CarriedColumn(LONG_TEXT),
        "original": CarriedColumn(LONG_TEXT),
        "credit": CarriedColumn(LONG_TEXT),
        "taken_on": day(),
    },
    TakenIn,
    by_place=("text",),
    known_by=("kind", "participation_id", "place", "original"),
)
CHAPTER_TEXT = Shape(
    {
        "text": words(),
        "structure": CarriedColumn(STRUCTURE),
        "owner": choice(ChapterOwner.values),
        "state": choice(ChapterState.values),
        "taken_in": Field(Rows(TAKEN_IN), NO_ROWS, since=3),
    },
    ChapterText,
    by_place=("joint", "key"),
)
JOINT = Shape(
    {
        "status": choice(JointState.values, column="state"),
        "texts": Field(FreeKeys(CHAPTER_TEXT), NO_TEXTS, since=3),
        "figures_as": words(any_of(FiguresAs.values)),
        "row_order": choice(RowOrder.values, empty=RowOrder.NOW.value, since=3),
        "isbn": short(JointReport, "isbn", since=3),
        "responsible": words(since=3),
        "information": words(since=3),
        "audience": words(since=3),
        "compiled_from": day_or_null(),
        "reason": words(),
        "editions": Field(Rows(JOINT_EDITION), NO_ROWS),
    },
    JointReport,
    by_place=("cohort",),
)
OF_PACKAGE = {"joint_report": Field(OrNull(JOINT), since=3)}

NOT_CARRIED = {
    Build: "files",
    SectionQuery: "what SKR and the organisation say to each other",
    ReportReopening: "what SKR and the organisation say to each other",
    ReportComment: "what those who read a draft say to each other",
    ChapterText: {"revision": "each site's own count of changes"},
    TakenIn: {"taken_by": "a person"},
    ReportEdition: {"approved_by": "a person", "adopted": "how it came to be on this site"},
    ReportSection: {
        "revision": "each site's own count of changes",
        "writer": "a person",
        "due_on": "who writes what by when, which is over when the report is handed in",
    },
    SectionVersion: "each site's own history of a text",
}
