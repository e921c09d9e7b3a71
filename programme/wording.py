"""An event's data in words, for the trail. What has no words here is not shown."""

from decimal import Decimal

from cohorts.enums import Function
from modell.enums import EventKind
from modell.figures import printed
from modell.models import AuditEvent

ALSO = {
    "comment": "kommentaren",
    "shared": "vem som läser kommentaren",
    "glad_to_tell": "om ni gärna delar hur ni gör",
}


def details(event: AuditEvent) -> str:
    parts = (_from_to(event), _also(event.data), _person(event.data), _count(event.data), *_texts(event.data))
    return "; ".join(part for part in parts if part)


def _from_to(event: AuditEvent) -> str:
    """From what to what. For a score None is a moment without a value; a wording is quoted."""
    if not {"before", "after"} <= event.data.keys():
        return ""
    before, after = (_written(event.kind, event.data[name]) for name in ("before", "after"))
    if before and after:
        return f"från {before} till {after}"
    return f"satte värdet {after}" if after else f"tog bort värdet {before}"


def _written(kind: str, value: object) -> str:
    if value is None:
        return ""
    return printed(Decimal(str(value)), 1) if kind == EventKind.SCORE_SAVED else f"”{value}”"


def _also(data: dict[str, object]) -> str:
    names = data.get("also")
    changed = [ALSO[name] for name in names if name in ALSO] if isinstance(names, list) else []
    return f"ändrade {' och '.join(changed)}" if changed else ""


def _person(data: dict[str, object]) -> str:
    function = data.get("function")
    if function not in Function.values:
        return ""
    return f"{Function(function).label.lower()}{', ersättare' if data.get('deputy') else ''}"


def _count(data: dict[str, object]) -> str:
    return f"{data['kind']}, {data['n']} svar" if "n" in data and "kind" in data else ""


def _texts(data: dict[str, object]) -> list[str]:
    """What was written by hand, or names a place, stands as it is."""
    return [str(data[name]) for name in ("reason", "cohort", "section") if data.get(name)]
