"""The part of the cohort package that describes result reports (data/FORMAT.md)."""

import json
from collections.abc import Callable
from typing import Any

from cohorts.carried import CODE
from cohorts.enums import Function
from kit.carrying import (
    DAY,
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
    or_null,
    title,
    words,
)
from kit.rich import NotADocument, read_document
from reports.content import JointContent, OrganisationContent, ReportContent
from reports.content.frozen import NotFrozen, thaw
from reports.enums import FiguresAs, JointState, ReportState
from reports.models import (
    Build,
    JointReport,
    Report,
    ReportEdition,
    ReportReopening,
    ReportSection,
    Section,
    SectionQuery,
)


def _is_document(value: Any) -> bool:
    try:
        read_document(value)
    except NotADocument:
        return False
    return is_storable(json.dumps(value, ensure_ascii=False))


STRUCTURE = or_null(ValueKind("the structure of a text (kit/rich)", _is_document))


def _frozen(kind: type[ReportContent]) -> Callable[[Any], bool]:
    def fits(value: Any) -> bool:
        try:
            thaw(kind, value)
        except NotFrozen:
            return False
        return is_storable(json.dumps(value, ensure_ascii=False))

    return fits


SECTION = Shape(
    {"key": Field(a_slug(limit(Section, "key"))), "heading": title(Section, "heading")},
    Section,
    by_place=("cohort", "position"),
)
OF_COHORT = {"sections": Field(Rows(SECTION))}
TEXT = Shape(
    {"text": words(), "shared": flag(), "structure": CarriedColumn(STRUCTURE, since=3)},
    ReportSection,
    by_place=("report", "key"),
)


def _edition(kind: type[ReportContent], name: str) -> Shape:
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
        },
        ReportEdition,
        by_place=("report", "joint"),
    )


EDITION = _edition(OrganisationContent, "a result report")
JOINT_EDITION = _edition(JointContent, "a joint report")
REPORT = Shape(
    {
        "organisation": Field(CODE, column="participation"),
        "status": choice(ReportState.values, column="state"),
        "approved_on": Field(or_null(DAY)),
        "sections": Field(FreeKeys(TEXT)),
        "with_values": flag(empty=False, since=3),
        "with_comments": flag(empty=False, since=3),
        "reason": words(since=3),
        "editions": Field(Rows(EDITION), NO_ROWS, since=3),
    },
    Report,
)
JOINT = Shape(
    {
        "status": choice(JointState.values, column="state"),
        "introduction": words(),
        "conclusions": words(),
        "introduction_structure": CarriedColumn(STRUCTURE),
        "conclusions_structure": CarriedColumn(STRUCTURE),
        "figures_as": words(any_of(FiguresAs.values)),
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
    JointReport: {"revision": "each site's own count of changes"},
    ReportEdition: {"approved_by": "a person", "adopted": "how it came to be on this site"},
    ReportSection: {"revision": "each site's own count of changes"},
}
