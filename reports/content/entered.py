"""What a section prints beside its text because it is entered elsewhere: the organisation's own place on the chain.

Its answers about expected results and its own goals are a chapter, if it has chosen to publish them (`results.py`).
"""

from collections.abc import Callable, Iterator, Mapping

from cohorts.models import Participation
from improvements.placements import placements_of
from reports.content.base import AboutLine
from reports.enums import SectionKind


def entered_in(participation: Participation, kind: SectionKind) -> tuple[AboutLine, ...]:
    read = READ.get(kind)
    return tuple(read(participation)) if read else ()


def _placement(participation: Participation) -> Iterator[AboutLine]:
    for row in placements_of(participation):
        if row.placement:
            yield AboutLine(f"{row.label}:", f"{row.placement.get_stage_display()}. {row.placement.reason}".strip())


READ: Mapping[SectionKind, Callable[[Participation], Iterator[AboutLine]]] = {
    SectionKind.PLACEMENT: _placement,
}
