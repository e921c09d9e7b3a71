"""What a section prints beside its text because it is entered elsewhere: answers, own goals, the place on the chain."""

from collections.abc import Callable, Iterator, Mapping

from cohorts.models import Participation
from improvements.expected import answers_by
from improvements.placements import placements_of
from reports.content.base import AboutLine
from reports.enums import SectionKind


def entered_in(participation: Participation, kind: SectionKind) -> tuple[AboutLine, ...]:
    read = READ.get(kind)
    return tuple(read(participation)) if read else ()


def _expected(participation: Participation) -> Iterator[AboutLine]:
    for row in answers_by(participation):
        if row.answer:
            judged = f"{row.answer.get_judgement_display()}."
            yield AboutLine(row.result.text, f"{judged} {row.answer.text}".strip())


def _placement(participation: Participation) -> Iterator[AboutLine]:
    for row in placements_of(participation):
        if row.placement:
            yield AboutLine(f"{row.label}:", f"{row.placement.get_stage_display()}. {row.placement.reason}".strip())


READ: Mapping[SectionKind, Callable[[Participation], Iterator[AboutLine]]] = {
    SectionKind.EXPECTED: _expected,
    SectionKind.PLACEMENT: _placement,
}
