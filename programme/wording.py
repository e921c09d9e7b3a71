"""An event's data in words, for the trail. What has no words here is not shown."""

from decimal import Decimal

from django.template.defaultfilters import date as format_date
from django.utils import timezone

from cohorts.enums import Function
from modell.enums import EventKind
from modell.figures import printed
from modell.models import AuditEvent
from reports.sections import DEFAULT

ALSO = {
    "comment": "kommentaren",
    "shared": "vem som läser kommentaren",
    "glad_to_tell": "om ni gärna delar hur ni gör",
}


def when(event: AuditEvent) -> str:
    """Day and time, kept on one line in the table."""
    return format_date(timezone.localtime(event.happened_at), "j F Y H.i").replace(" ", "\N{NO-BREAK SPACE}")


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
    function = str(data.get("function", ""))
    if function not in Function.values:
        return ""
    return f"{Function(function).label.lower()}{', ersättare' if data.get('deputy') else ''}"


def _count(data: dict[str, object]) -> str:
    return f"{data['of_kind']}, {data['n']} svar" if "n" in data and "of_kind" in data else ""


def _texts(data: dict[str, object]) -> list[str]:
    """What was written by hand, or names a place, stands as it is; a section by its usual heading."""
    headings = [heading.text for heading in DEFAULT if heading.key == data.get("section")]
    return [*headings, *(str(data[name]) for name in ("reason", "cohort") if data.get(name))]
