"""What is entered elsewhere and can be put into a section, chosen by the section's kind and part."""

from collections.abc import Callable, Iterator, Mapping

from reports.enums import SectionKind
from reports.sources.decided import agreements, decisions, impressions
from reports.sources.source import SectionSource, SourceFigure, SourceRequest, holds, inserted, put_in
from reports.sources.values import values
from reports.sources.work import efforts, expected, improvements, indicators, placements

__all__ = ("MOST", "SectionSource", "SourceFigure", "SourceRequest", "holds", "inserted", "put_in", "sources_of")

Read = Callable[[SourceRequest], Iterator[SectionSource]]
# So many are shown before the reader asks for all.
MOST = 12
BY_KIND: Mapping[SectionKind, tuple[Read, ...]] = {
    SectionKind.TEXT: (values, improvements, decisions, impressions, agreements),
    SectionKind.MOMENTS: (values, improvements, indicators, efforts, decisions),
    SectionKind.STAGES: (efforts, placements),
    SectionKind.EXPECTED: (efforts, indicators, decisions),
    SectionKind.GOALS: (decisions, expected, indicators),
    SectionKind.PLACEMENT: (efforts,),
    SectionKind.ADVICE: (impressions, agreements),
    SectionKind.MENTORSHIP: (agreements, impressions),
}
# The usual sections of running text say by their key what they are about.
BY_KEY: Mapping[str, tuple[Read, ...]] = {
    "organisation_of_work": (decisions, agreements),
    "process_lessons": (impressions, agreements),
    "work_lessons": (improvements, efforts, indicators),
    "what_helped": (impressions, improvements),
    "what_hindered": (impressions, improvements),
    "advice_to_others": (impressions, improvements),
    "next_steps": (agreements, decisions, improvements, indicators),
}


def sources_of(asked: SourceRequest) -> list[SectionSource]:
    section = asked.place.section
    read = BY_KIND[section.kind]
    if section.kind == SectionKind.TEXT:
        read = BY_KEY.get(section.key, read)
    sources = [source for each in read for source in each(asked) if source.words]
    return sorted(sources, key=lambda source: not source.near)
