"""The panel of sources beside a chapter of the joint report, as its reader has narrowed it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from cohorts.models import Cohort, Participation
from improvements.enums import Stage
from kit.templatetags.swedish import enumerated, in_words, sentence
from reports.enums import SourceKind
from reports.joint_chapters import ChapterPlace
from reports.joint_index import MOST_NAMES, ChapterLine
from reports.joint_sources import JointSource, members_of, sources_in
from reports.taken_in import Use, lost_among, unheard_among, uses_in_joint

# So many are shown before the reader asks for all.
MOST = 12
EVERY = "alla"
TAKEN = "taget"


@dataclass(frozen=True)
class PlacedUse:
    """A use with the place of its text; `is_here` if that is the page's own."""

    use: Use
    place: ChapterPlace
    is_here: bool


@dataclass(frozen=True)
class PanelSource:
    source: JointSource
    uses: tuple[PlacedUse, ...]

    @property
    def is_used(self) -> bool:
        return any(each.use.stands for each in self.uses)

    @property
    def words(self) -> str:
        """Return the words that are printed of it, or those that would be put in."""
        return next((each.use.printed for each in self.uses), self.source.taken)


@dataclass(frozen=True)
class PanelFilter:
    """A list to choose from; `options` are values with their words."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True)
class HeardLine:
    """An organisation, and how many of its words the joint report prints."""

    name: str
    number: int


@dataclass(frozen=True)
class SourcePanel:
    """`gone` is what the text prints of sources that may not be used any longer; `just` is what was taken in now."""

    filters: tuple[PanelFilter, ...]
    shown: tuple[PanelSource, ...]
    n_found: int
    n_every: int
    n_used: int
    heard: tuple[HeardLine, ...]
    unheard: tuple[Participation, ...]
    gone: tuple[PlacedUse, ...]
    just: PlacedUse | None
    shows_all: bool

    @property
    def choice(self) -> str:
        return urlencode({each.name: each.chosen for each in self.filters if each.chosen})

    @property
    def query(self) -> str:
        """Return what is chosen and whether all is shown, for the address that the buttons post to."""
        return "&".join(filter(None, (EVERY if self.shows_all else "", self.choice)))

    @property
    def is_narrowed(self) -> bool:
        return any(each.chosen for each in self.filters)

    @property
    def heard_in_words(self) -> str:
        return heard_in_words(self.unheard) if self.heard else ""


def heard_in_words(unheard: Iterable[Participation]) -> str:
    """Return from whom nothing is taken in yet, by name if they are few."""
    names = [row.organisation.short_name for row in unheard]
    if not names:
        return "Något är taget från alla deltagare."
    if len(names) > MOST_NAMES:
        return f"{sentence(in_words(len(names)))} deltagare har inget i rapporten än."
    return f"Ingen från {enumerated(names)} än."


def panel_of(
    query: Mapping[str, str], place: ChapterPlace, cohort: Cohort, lines: Iterable[ChapterLine]
) -> SourcePanel:
    members, uses = members_of(cohort), uses_in_joint(cohort)
    places = {each.place.key: each.place for line in lines for each in (line, *line.parts)}
    placed = [
        PlacedUse(use, places[use.row.text.key], use.row.text.key == place.key)
        for use in uses
        if use.row.text.key in places and use.is_printed
    ]
    of_source = defaultdict(list)
    for each in placed:
        of_source[each.use.row.identity].append(each)
    sources = sources_in(cohort, place, members)
    every = [PanelSource(source, tuple(of_source.get(source.identity, ()))) for source in sources]
    filters = _filters(query, every)
    matches = [
        each
        for each in every
        if all(FILTERS[choice.name][1](each) == choice.chosen for choice in filters if choice.chosen)
    ]
    lost = {use.row.pk for use in lost_among(uses, sources)}
    return SourcePanel(
        filters=filters,
        shown=tuple(matches if EVERY in query else matches[:MOST]),
        shows_all=EVERY in query,
        n_found=len(matches),
        n_every=len(every),
        n_used=sum(each.is_used for each in every),
        heard=_heard(members, placed),
        unheard=tuple(unheard_among(members, uses)),
        gone=tuple(each for each in placed if each.is_here and each.use.row.pk in lost),
        just=next((each for each in placed if each.is_here and str(each.use.row.pk) == query.get(TAKEN)), None),
    )


def _heard(members: Iterable[Participation], placed: Iterable[PlacedUse]) -> tuple[HeardLine, ...]:
    """Return a line for each participant, those with nothing first."""
    numbers = Counter(each.use.row.participation_id for each in placed)
    stayed = [row for row in members if row.is_participant and not row.is_withdrawn]
    lines = [HeardLine(row.organisation.short_name, numbers[row.pk]) for row in stayed]
    return tuple(sorted(lines, key=lambda line: line.number > 0))


USED = {"ja": "Används", "nej": "Används inte än"}
# The name of each list in the address, with its label and what a source has of it.
FILTERS: Mapping[str, tuple[str, Callable[[PanelSource], str]]] = {
    "anvands": ("Används", lambda each: "ja" if each.is_used else "nej"),
    "fran": ("Från", lambda each: each.source.whose),
    "slag": ("Slag", lambda each: each.source.kind),
    "moment": ("Moment", lambda each: each.source.moment),
    "steg": ("Steg i resultatkedjan", lambda each: each.source.stage),
    "grupp": ("Grupp", lambda each: each.source.group),
    "funktion": ("Funktion", lambda each: each.source.function),
}


def _filters(query: Mapping[str, str], every: Iterable[PanelSource]) -> tuple[PanelFilter, ...]:
    every, filters = list(every), []
    for name, (label, value_of) in FILTERS.items():
        values = {value for each in every if (value := value_of(each))}
        options = sorted(((value, _in_words(name, value)) for value in values), key=_order)
        if options:
            filters.append(PanelFilter(name, label, tuple(options), query.get(name, "")))
    return tuple(filters)


def _in_words(name: str, value: str) -> str:
    words: dict[str, dict[str, str]] = {
        "anvands": USED,
        "slag": dict(SourceKind.choices),
        "steg": dict(Stage.choices),
    }
    if name == "moment":
        return f"Moment {value.removeprefix('moment-')}"
    return words.get(name, {}).get(value) or sentence(value)


def _order(option: tuple[str, str]) -> tuple[int, str]:
    """Sort moments by their number, and stages as the chain has them."""
    value, words = option
    if value in Stage.values:
        return Stage(value).order, ""
    number = value.removeprefix("moment-")
    return (int(number), "") if number.isdigit() else (0, words)
