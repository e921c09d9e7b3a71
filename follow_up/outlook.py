"""Values that an omgång's card in the list of omgångar prints: its state and what comes next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cohorts.models import Cohort
from kit.ordering import swedish
from kit.templatetags.swedish import day, day_span, sentence, some
from meetings.models import Meeting


@dataclass(frozen=True)
class Outlook:
    state: str
    has_begun: bool
    next: str


def outlooks(cohorts: Iterable[Cohort], today: date) -> list[tuple[Cohort, Outlook]]:
    """Return the omgångar by first day, each with its card. The number of queries does not grow with them."""
    ordered = sorted(cohorts, key=lambda cohort: (cohort.starts_on, swedish(cohort.name)))
    meetings = list(Meeting.objects.taking_place().filter(cohort__in=ordered).order_by("starts_on", "pk"))
    return [
        (cohort, outlook(cohort, [meeting for meeting in meetings if meeting.cohort_id == cohort.pk], today))
        for cohort in ordered
    ]


def outlook(cohort: Cohort, meetings: list[Meeting], today: date) -> Outlook:
    begun = cohort.starts_on <= today
    state = f"Pågår till {day(cohort.ends_on)}" if begun else f"Börjar {day(cohort.starts_on)}"
    return Outlook(state, begun, (not begun and _admission(cohort, today)) or _meeting(meetings, today))


def headline(cards: list[tuple[Cohort, Outlook]]) -> str:
    running = sum(card.has_begun for _, card in cards)
    coming = len(cards) - running
    parts = [f"{some(running)} omgång{'' if running == 1 else 'ar'} pågår"] if running else []
    if coming:
        noun = "" if running else f" omgång{'' if coming == 1 else 'ar'}"
        parts.append(f"{some(coming)}{noun} ska börja")
    return f"{sentence(' och '.join(parts))}." if parts else "Ingen omgång pågår just nu."


def _admission(cohort: Cohort, today: date) -> str:
    # Until the board has met, the next thing is the admission and not a meeting.
    opens, closes, board = cohort.interest_opens_on, cohort.interest_closes_on, cohort.board_meets_on
    if opens and today < opens:
        return f"Intresseanmälan öppnar {day(opens)}."
    if cohort.takes_interest(today):
        return f"Intresseanmälan är öppen till {day(closes)}." if closes else "Intresseanmälan är öppen."
    return f"Styrgruppen beslutar {day(board)}." if board and today <= board else ""


def _meeting(meetings: list[Meeting], today: date) -> str:
    if not meetings:
        return "Inga träffar är planerade än."
    coming = next((meeting for meeting in meetings if meeting.ends_on >= today), None)
    if coming is None:
        return "Alla träffar är genomförda."
    line = f"Nästa träff är {day_span(coming.starts_on, coming.ends_on)}: {coming.name}."
    if coming.is_assessed and today <= coming.assessment_due_on:
        line += f" Självskattningen ska lämnas in senast {day(coming.assessment_due_on)}."
    return line
