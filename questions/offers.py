"""The questions that a page offers its reader: of the moments, of the gaps and of the result chain, three in all."""

from collections.abc import Sequence
from datetime import date
from itertools import chain

from assessments.occasions import Occasion
from cohorts.models import Participation
from cohorts.roles import Roles
from indicators.chosen import ChosenIndicator, chosen_of
from questions.choosing import N_OFFERED, Asker, Offered, offered
from questions.from_chain import chain_questions
from questions.from_gap import gap_questions
from questions.of_work import OfferedOfWork, Weight
from questions.ties import INDICATOR, ties_asked

AnyOffered = Offered | OfferedOfWork


def offered_to(
    participation: Participation,
    occasions: Sequence[Occasion],
    reader: Asker,
    roles: Roles,
    today: date,
    chosen: Sequence[ChosenIndicator] | None = None,
) -> tuple[AnyOffered, ...]:
    """Return the questions; `chosen` are the indicators on Läget, if the page has read them already."""
    moments = offered(occasions[-1], participation.cohort.plan, reader) if occasions else ()
    work = questions_of_work(participation, reader, roles, today, chosen)
    asked = ties_asked(participation, reader.audience) if reader.own and work else set()
    return mixed(moments, [question for question in work if question.tie not in asked])


def questions_of_work(
    participation: Participation,
    reader: Asker,
    roles: Roles,
    today: date,
    chosen: Sequence[ChosenIndicator] | None = None,
) -> list[OfferedOfWork]:
    """Return every question of the gaps and the chain that the reader may see, asked already or not."""
    rows = chosen_of(participation, roles) if chosen is None else chosen
    efforts = participation.efforts.visible_to(roles).prefetch_related("steps", "past_steps")
    in_order = list(efforts.order_by("position", "pk"))
    return [*gap_questions(rows, reader.audience), *chain_questions(in_order, reader.audience, today)]


def mixed(moments: Sequence[Offered], work: Sequence[OfferedOfWork]) -> tuple[AnyOffered, ...]:
    """Return at most three: the lowest moments stand first, and leave places for what presses.

    A gap and an effort that press have a place each. Where none does, another question of the work has one, but for a
    gap that is closing. Places that the moments leave are filled with the rest of the work.
    """
    by_weight = sorted(work, key=lambda question: question.weight)
    gaps = [question for question in by_weight if question.tie.kind == INDICATOR]
    efforts = [question for question in by_weight if question.tie.kind != INDICATOR]
    places = [question for question in chain(gaps[:1], efforts[:1]) if question.weight.presses]
    if not places:
        places = [question for question in by_weight if question.weight != Weight.SHRINKS][:1]
    first = moments[: N_OFFERED - len(places)]
    rest = [question for question in by_weight if question not in places]
    return (*first, *[*places, *rest][: N_OFFERED - len(first)])
