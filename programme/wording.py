"""An event's data in words, for the trail. What has no words here is not shown."""

from datetime import date
from decimal import Decimal

from django.template.defaultfilters import date as format_date
from django.utils import timezone

from cohorts.enums import Function
from modell.enums import EventKind
from modell.figures import printed
from modell.models import AuditEvent
from modell.templatetags.swedish import day, enumerated, in_words
from reports.sections import DEFAULT

ALSO = {
    "comment": "kommentaren",
    "shared": "vem som läser kommentaren",
    "glad_to_tell": "om ni gärna delar hur ni gör",
    "aim": "målet",
    "since_last": "vad som har hänt sedan sist",
    "reasoning": "hur ni resonerade",
    "next_step": "vad som krävs för nästa steg",
}
# Where before and after are values of a moment, and not texts to quote.
VALUES = (EventKind.SCORE_SAVED, EventKind.AGREED_VALUE_CHANGED, EventKind.VALUE_AGREED)


def when(event: AuditEvent) -> str:
    """Day and time, kept on one line in the table."""
    return format_date(timezone.localtime(event.happened_at), "j F Y H.i").replace(" ", "\N{NO-BREAK SPACE}")


def details(event: AuditEvent) -> str:
    data = event.data
    parts = (
        _from_to(event),
        _also(data),
        _person(data),
        _count(data),
        _moment(event),
        _round(data),
        *_answers(event),
        *_title(event),
        *_texts(data),
    )
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
    # Older rows have a dot, newer ones a comma.
    return printed(Decimal(str(value).replace(",", ".")), 1) if kind in VALUES else f"”{value}”"


def _also(data: dict[str, object]) -> str:
    names = data.get("also")
    changed = [ALSO[name] for name in names if name in ALSO] if isinstance(names, list) else []
    return f"ändrade {enumerated(changed)}" if changed else ""


def _person(data: dict[str, object]) -> str:
    function = str(data.get("function", ""))
    if function not in Function.values:
        return ""
    return f"{Function(function).label.lower()}{', ersättare' if data.get('deputy') else ''}"


def _count(data: dict[str, object]) -> str:
    return f"{data['of_kind']}, {data['n']} svar" if "n" in data and "of_kind" in data else ""


def _moment(event: AuditEvent) -> str:
    """An agreed value, or which moment came from the time before or out of a workbook."""
    moment = event.data.get("moment")
    if event.kind == EventKind.VALUE_AGREED and event.data.get("value"):
        return f"värdet {event.data['value']}"
    if isinstance(moment, list):
        return f"moment {enumerated([str(number) for number in moment])}" if moment else ""
    return f"{in_words(moment)} moment" if isinstance(moment, int) else ""


def _round(data: dict[str, object]) -> str:
    """How many were invited and how many were ready; never who, and never what they chose."""
    invited, ready = data.get("invited"), data.get("ready")
    if not isinstance(invited, int):
        return ""
    if not isinstance(ready, int):
        return "en inbjuden" if invited == 1 else f"{in_words(invited)} inbjudna"
    told = f"{'en' if ready == 1 else in_words(ready)} av {in_words(invited)} hade skattat klart"
    return f"{told}, så den stängdes av sig själv" if data.get("by_itself") else told


def _answers(event: AuditEvent) -> list[str]:
    """What came of SKR's questions and requests."""
    data, told = event.data, []
    if event.kind == EventKind.QUERY_ANSWERED and data.get("changed"):
        told.append("ändrade sitt svar")
    if event.kind == EventKind.REOPENING_ANSWERED:
        told.append("nej, den är låst som förut")
    if data.get("move_to"):
        told.append(f"den hör till {data['move_to']}")
    if event.kind in (EventKind.EVIDENCE_ADDED, EventKind.EVIDENCE_REMOVED):
        told.append(f"”{data.get('title', '')}”, {'delas med gruppen' if data.get('shared') else 'bara vi'}")
    return told


def _title(event: AuditEvent) -> list[str]:
    data = event.data
    if event.kind != EventKind.TITLE_DECIDED:
        return []
    decided = date.fromisoformat(str(data["decided_on"]))
    told = [f"{'får' if data.get('given') else 'får inte'} titeln, beslutat {day(decided)} av {data.get('decided_by')}"]
    return [*told, "rättade beslutet"] if data.get("corrected") else told


def _texts(data: dict[str, object]) -> list[str]:
    """What was written by hand, or names a place, stands as it is; a section by its usual heading."""
    headings = [heading.text for heading in DEFAULT if heading.key == data.get("section")]
    why = [f"skäl: {data['why']}"] if data.get("why") else []
    return [*headings, *why, *(str(data[name]) for name in ("what", "reason", "cohort") if data.get(name))]
