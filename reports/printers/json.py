"""A report as JSON: every section as text and every figure of its tables as printed."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from reports.content import JointContent, OrganisationContent, ReportContent
from reports.content.base import Stamp
from reports.content.frozen import checksum_of, freeze

NAMES: Mapping[type[ReportContent], str] = {OrganisationContent: "organisation", JointContent: "joint"}


def printed(content: ReportContent, progress: Callable[[], None] | None = None) -> bytes:
    """Return the document. A draft has neither edition nor day, and the checksum that it would be frozen with."""
    stamp = content.stamp
    document = {
        "kind": NAMES[type(content)],
        "edition": stamp.number,
        "checksum": stamp.checksum or checksum_of(freeze(content)),
        "frozen_on": stamp.frozen_on.isoformat() if stamp.frozen_on else None,
        "approved": _approved(stamp),
        "numbers": [asdict(number) for number in content.numbers],
        "sections": [asdict(section) for section in content.section_texts],
    }
    if progress:
        progress()
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def _approved(stamp: Stamp) -> dict[str, Any] | None:
    """Return who approved by function and never by name; the function is null where a package did not tell it."""
    if stamp.approved_on is None:
        return None
    return {"function": stamp.approved_as or None, "on": stamp.approved_on.isoformat()}
