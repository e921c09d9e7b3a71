"""The sheet of an indicator: what its page, its picture and its papers print. It knows nothing of the database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indicators.beside import OtherBeside, OthersBeside, comparison_of
from indicators.enums import ValueSource
from indicators.gap import (
    breaks_in_words,
    change_in_words,
    direction_in_words,
    headline_of,
    lead_of,
    missing_in_words,
    question_of,
    signals_in_words,
)
from indicators.gap_picture import Happening, picture_of, scale_in_words
from indicators.models import Indicator
from indicators.movement import GapMovement, movement_of
from indicators.numbers import figure
from indicators.periods import in_words as period_in_words
from indicators.run_chart import signals_of
from indicators.series import Series
from indicators.units import unit_of, unit_of_gap
from indicators.whom import names_of
from kit.figures import rounded
from kit.pictures import GapPicture, PictureTable
from kit.templatetags.swedish import day, enumerated, sentence

INVENTED = "Påhittade värden."
SOURCES = {ValueSource.KOLADA: "Kolada", ValueSource.OWN: "eget system", ValueSource.SURVEY: "enkät"}


@dataclass(frozen=True)
class SheetFigure:
    """One of the three figures: its sign (women, men or gap), value, change and target."""

    sign: str
    name: str
    number: str
    unit: str
    change: str = ""
    target: str = ""


@dataclass(frozen=True)
class Tried:
    """Work that is to change the values: its title, how far it has come, and where one reads more."""

    title: str
    text: str
    url: str


@dataclass(frozen=True)
class IndicatorSheet:
    title: str
    organisation: str
    about: str
    definition: str
    headline: str
    lead: str
    figures: tuple[SheetFigure, ...]
    picture: GapPicture | None
    happenings: tuple[Happening, ...]
    small: str
    notes: tuple[str, ...]
    sources: tuple[str, ...]
    chance: tuple[str, ...]
    comparison: OthersBeside | None
    question: str
    tried: tuple[Tried, ...]
    invented: bool

    @property
    def figures_table(self) -> PictureTable:
        rows = ((each.name, f"{each.number} {each.unit}", each.change, each.target) for each in self.figures)
        return PictureTable(self.headline, ("Vem", "Värde", "Förändring", "Mål"), tuple(rows))

    @property
    def file_name(self) -> str:
        return f"{self.title} – {self.organisation}"


def sheet_of(
    series: Series,
    *,
    happenings: Iterable[Happening] = (),
    compared: Sequence[OtherBeside] = (),
    tried: Iterable[Tried] = (),
) -> IndicatorSheet:
    """Return the sheet; `compared` are others at the same period, whose values the reader may see."""
    indicator, movement = series.indicator, movement_of(series)
    since = series.points[0].period[:4] if series.points else ""
    shown = tuple(sorted((each for each in happenings if str(each.on.year) >= since), key=lambda each: each.on))
    return IndicatorSheet(
        title=indicator.title,
        organisation=indicator.participation.organisation.name,
        about=_about(series),
        definition=indicator.definition,
        headline=headline_of(series),
        lead=lead_of(series, movement),
        figures=_figures(series, movement),
        picture=picture_of(series, shown),
        happenings=shown,
        small=_only_editors(series),
        notes=_notes(series),
        sources=sources_of(series),
        chance=signals_in_words(series, signals_of(series)) if series.points else (),
        comparison=comparison_of(series, compared),
        question=question_of(series, movement),
        tried=tuple(tried),
        invented=series.invented,
    )


def _about(series: Series) -> str:
    indicator = series.indicator
    period = f", {period_in_words(series.latest.period)}" if series.latest else ""
    age = f", {indicator.age_group}" if indicator.age_group else ""
    return f"{indicator.title}{age}{period}. {direction_in_words(indicator)}"


def _figures(series: Series, movement: GapMovement | None) -> tuple[SheetFigure, ...]:
    point, indicator = series.latest, series.indicator
    if point is None or point.gap is None:
        return ()
    names = names_of(indicator)
    changes = ("", "", "")
    if movement:
        both = (change_in_words(movement.women, movement), change_in_words(movement.men, movement))
        changes = (*both, change_in_words(movement.gap, movement, gap=True))
    unit = unit_of(point.unit)
    gap_unit = unit_of_gap(point.unit)
    return (
        SheetFigure("women", sentence(names.women), figure(point.women), unit, changes[0], _target(indicator, "women")),
        SheetFigure("men", sentence(names.men), figure(point.men), unit, changes[1], _target(indicator, "men")),
        SheetFigure("gap", "Skillnad", figure(abs(point.gap)), gap_unit, changes[2], _target(indicator, "gap")),
    )


def _target(indicator: Indicator, name: str) -> str:
    target = getattr(indicator, f"target_{name}")
    if target is None:
        return ""
    on = f" till {day(indicator.target_on)}" if indicator.target_on else ""
    return f"Mål{' högst' if name == 'gap' else ''} {figure(target)}{on}"


def _notes(series: Series) -> tuple[str, ...]:
    """Return what must be said of the figures: what is missing or hidden, breaks, and notes of those who entered it."""
    own = tuple(
        f"{sentence(period_in_words(point.period))}: {point.note.rstrip('.')}." for point in series.points if point.note
    )
    return (
        *missing_in_words(series),
        *breaks_in_words(series),
        *scale_in_words(series),
        *own,
    )


def _only_editors(series: Series) -> str:
    periods = [period_in_words(point.period) for point in series.points if point.only_editors]
    if not periods:
        return ""
    return f"{sentence(enumerated(periods))} visas inte för andra, eftersom få personer ligger bakom värdena."


def sources_of(series: Series) -> tuple[str, ...]:
    """Return where the values come from, in sentences: "Källa: Kolada" first, with the original producer."""
    indicator = series.indicator
    revised = [period_in_words(point.period) for point in series.points if point.revised]
    return tuple(
        filter(
            None,
            (
                INVENTED if series.invented else "",
                source_of(indicator),
                *_of_kolada(indicator),
                f"Kolada har ändrat värdena för {enumerated(revised)}." if revised else "",
                "Skillnaden är räknad på de exakta värdena." if _is_rounded(series) else "",
            ),
        )
    )


def source_of(indicator: Indicator) -> str:
    producer = indicator.original_source or (indicator.key_figure.source if indicator.key_figure else "")
    return f"Källa: {SOURCES[ValueSource(indicator.source)]}{f' ({producer})' if producer else ''}."


def _of_kolada(indicator: Indicator) -> tuple[str, ...]:
    figure = indicator.key_figure if indicator.source == ValueSource.KOLADA else None
    if figure is None:
        return ()
    return (
        f"Nyckeltal {figure.code} i Kolada.",
        f"Hämtat {day(figure.fetched_at)}." if figure.fetched_at else "",
        f"Kolada tog bort nyckeltalet {day(figure.withdrawn_on)}. De värden som fanns står kvar."
        if figure.withdrawn_on
        else "",
    )


def _is_rounded(series: Series) -> bool:
    values = [value for point in series.points for value in (point.women, point.men) if value is not None]
    return any(rounded(value, 1) != value and abs(value) >= 1 for value in values)
