"""The sentences of the trail pages. Data of an event that has no words here is not shown."""

from datetime import date
from decimal import Decimal

from django.template.defaultfilters import date as format_date
from django.utils import timezone

from assessments.trail import AssessmentEvent
from cohorts.enums import Function
from kit.figures import printed
from kit.models import AuditEvent
from kit.templatetags.swedish import day, enumerated, in_words
from privacy.kinds import SENTENCES
from reports.sections import DEFAULT, section_of

ALSO = {
    "comment": "kommentaren",
    "shared": "vem som läser kommentaren",
    "glad_to_tell": "om ni gärna delar hur ni gör",
    "aim": "målet",
    "since_last": "vad som har hänt sedan sist",
    "reasoning": "hur ni resonerade",
    "next_step": "vad som krävs för nästa steg",
}
# In these, before and after are values of an item; in all others they are texts to quote.
VALUES = (AssessmentEvent.SCORE_SAVED, AssessmentEvent.AGREED_VALUE_CHANGED, AssessmentEvent.VALUE_AGREED)


def sentence(event: AuditEvent) -> str:
    return SENTENCES[event.kind]


def when(event: AuditEvent) -> str:
    return format_date(timezone.localtime(event.happened_at), "j F Y H.i").replace(" ", "\N{NO-BREAK SPACE}")


def details(event: AuditEvent) -> str:
    data = event.data
    parts = (
        _from_to(event),
        _also(data),
        _person(data),
        _count(data),
        _items(event),
        _round(data),
        *_answers(event),
        *_title(event),
        *_texts(data),
    )
    return "; ".join(part for part in parts if part)


def _from_to(event: AuditEvent) -> str:
    """Return the old and the new value in words; a score of None is an item without a value."""
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


def _items(event: AuditEvent) -> str:
    items = event.data.get("moment")  # how many items, or their numbers
    if event.kind == AssessmentEvent.VALUE_AGREED and event.data.get("value"):
        return f"värdet {event.data['value']}"
    if isinstance(items, list):
        return f"moment {enumerated([str(number) for number in items])}" if items else ""
    return f"{in_words(items)} moment" if isinstance(items, int) else ""


def _round(data: dict[str, object]) -> str:
    """Return how many were invited and how many were ready; never who they were or what they chose."""
    invited, ready = data.get("invited"), data.get("ready")
    if not isinstance(invited, int):
        return ""
    if not isinstance(ready, int):
        return "en inbjuden" if invited == 1 else f"{in_words(invited)} inbjudna"
    ready_of_all = f"{'en' if ready == 1 else in_words(ready)} av {in_words(invited)} hade skattat klart"
    return f"{ready_of_all}, så den stängdes av sig själv" if data.get("by_itself") else ready_of_all


def _answers(event: AuditEvent) -> list[str]:
    data, answers = event.data, []
    if event.kind == AssessmentEvent.QUERY_ANSWERED and data.get("changed"):
        answers.append("ändrade sitt svar")
    if event.kind == AssessmentEvent.REOPENING_ANSWERED:
        answers.append("nej, den är låst som förut")
    if data.get("move_to"):
        answers.append(f"den hör till {data['move_to']}")
    if event.kind in (AssessmentEvent.EVIDENCE_ADDED, AssessmentEvent.EVIDENCE_REMOVED):
        answers.append(f"”{data.get('title', '')}”, {'delas med gruppen' if data.get('shared') else 'bara vi'}")
    return answers


def _title(event: AuditEvent) -> list[str]:
    data = event.data
    if event.kind != AssessmentEvent.TITLE_DECIDED:
        return []
    decided = date.fromisoformat(str(data["decided_on"]))
    decision = [
        f"{'får' if data.get('given') else 'får inte'} titeln, beslutat {day(decided)} av {data.get('decided_by')}"
    ]
    return [*decision, "rättade beslutet"] if data.get("corrected") else decision


def _texts(data: dict[str, object]) -> list[str]:
    # An omgång may call the section something else; the trail uses the usual heading.
    headings = [heading.text for heading in DEFAULT if heading.key == section_of(str(data.get("section")))]
    why = [f"skäl: {data['why']}"] if data.get("why") else []
    return [*headings, *why, *(str(data[name]) for name in ("what", "reason", "cohort") if data.get(name))]
