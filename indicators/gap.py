"""The gap between women and men in words: who has the higher value now, how it has moved, and what to ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators.enums import Direction
from indicators.models import Indicator
from indicators.movement import Because, GapMovement
from indicators.numbers import figure
from indicators.periods import in_words as period_in_words
from indicators.run_chart import FEWEST_POINTS, ChartRule, Signal, points_counted
from indicators.series import Series, SeriesPoint
from indicators.units import difference, measured_in, with_unit
from indicators.whom import WhomNames, names_of
from kit.templatetags.swedish import enumerated, in_words, sentence

HIGHER = "ligger högre"
FEW_PEOPLE = "eftersom få personer ligger bakom"


def headline_of(series: Series) -> str:
    """Return who has the higher value, and by how much, at the latest point with both."""
    names, point = names_of(series.indicator), series.latest
    if point is None or point.gap is None:
        return nothing_to_compare(series)
    size = abs(point.gap)
    if figure(size) == "0":
        return f"{sentence(names.both)} har samma värde: {with_unit(point.women, point.unit)}."
    higher, lower = (names.women, names.men) if point.gap > 0 else (names.men, names.women)
    verb, more = (series.indicator.says or HIGHER).split(" ", 1)
    return f"{sentence(higher)} {verb} {difference(size, point.unit)} {more} än {lower}{measured_in(point.unit)}."


def nothing_to_compare(series: Series) -> str:
    """Return why a series has no period with a value for both, in a sentence."""
    if not series.points:
        return "Det finns inga värden än."
    if any(point.hidden for point in series.points):
        return f"Värdena visas inte, {FEW_PEOPLE} dem."
    return f"{sentence(names_of(series.indicator).both)} går inte att jämföra än."


def direction_in_words(indicator: Indicator) -> str:
    return f"{indicator.get_direction_display()}."


def lead_of(series: Series, movement: GapMovement | None) -> str:
    """Return how the gap has moved since the baseline, and why."""
    if movement is None:
        return "" if series.latest is None else "Det finns inget tidigare värde att jämföra med."
    return f"{_turned(series, movement)}{_moved(_MovementWords(series.indicator, movement))}"


def _turned(series: Series, movement: GapMovement) -> str:
    if not movement.turned:
        return ""
    names, until = names_of(series.indicator), movement.until
    assert until.gap is not None
    now, then = (names.the_women, names.the_men) if until.gap > 0 else (names.the_men, names.the_women)
    return f"Skillnaden har vänt: {_then(movement)} hade {then} det högre värdet, nu har {now} det. "


def _then(movement: GapMovement) -> str:
    return period_in_words(movement.since.period)


@dataclass(frozen=True)
class _MovementWords:
    """What is told of a movement, of those who were ahead and of those who were behind."""

    indicator: Indicator
    movement: GapMovement

    @property
    def ahead(self) -> str:
        names = names_of(self.indicator)
        return names.the_women if self.movement.women_ahead else names.the_men

    @property
    def behind(self) -> str:
        names = names_of(self.indicator)
        return names.the_men if self.movement.women_ahead else names.the_women

    @property
    def ahead_changed(self) -> Decimal:
        return self.movement.women if self.movement.women_ahead else self.movement.men

    @property
    def behind_changed(self) -> Decimal:
        return self.movement.men if self.movement.women_ahead else self.movement.women

    def clause(self, change: Decimal, between: str = "") -> str:
        """Return what a change means, as the verb of a sentence, with a word after its verb."""
        if not change:
            return "har samma värde"
        verb, rest = _verb_of(self.indicator, change).split(" ", 1)
        return " ".join(filter(None, (verb, between, rest)))

    def also(self, who: str, change: Decimal) -> str:
        """Return the sentence about those who did not make the gap smaller."""
        if not change:
            return f" {sentence(who)} har samma värde som {_then(self.movement)}."
        return f" {sentence(who)} {self.clause(change, 'också')}, men inte lika mycket."

    @property
    def of_both(self) -> str:
        names, women, men = names_of(self.indicator), self.movement.women, self.movement.men
        if not women and not men:
            return "båda har samma värde"
        if women * men > 0:
            return f"både {names.the_women} och {names.the_men} {self.clause(women)}"
        return f"{names.the_women} {self.clause(women)} och {names.the_men} {self.clause(men)}"


def _verb_of(indicator: Indicator, change: Decimal) -> str:
    if change > 0 and indicator.says:
        return indicator.says
    if indicator.direction == Direction.EQUAL:
        return f"har ett {'högre' if change > 0 else 'lägre'} värde"
    better = (change > 0) == (indicator.direction == Direction.HIGHER)
    return f"ligger {'bättre' if better else 'sämre'} till"


def _moved(words: _MovementWords) -> str:
    movement, then = words.movement, _then(words.movement)
    if movement.gap > 0:
        return f"Skillnaden har ökat sedan {then}: {words.of_both}."
    if not movement.gap:
        return f"Skillnaden är lika stor som {then}: {words.of_both}."
    shrank = f"Skillnaden har {'minskat' if movement.until.gap else 'försvunnit'} sedan {then}"
    behind = f"{words.behind} {words.clause(words.behind_changed)}"
    ahead = f"{words.ahead} {words.clause(words.ahead_changed)}"
    if movement.because == Because.BOTH:
        return f"{shrank}, både för att {behind} och för att {ahead}."
    if movement.because == Because.BEHIND_ROSE:
        return f"{shrank}, för att {behind}.{words.also(words.ahead, words.ahead_changed)}"
    but = "" if words.indicator.direction == Direction.EQUAL else "men "
    return f"{shrank}, {but}för att {ahead}.{words.also(words.behind, words.behind_changed)}"


def question_of(series: Series, movement: GapMovement | None) -> str:
    """Return the one question that a politician can ask from the gap."""
    names = names_of(series.indicator)
    if series.latest is None:
        return f"När kan vi jämföra {names.women} och {names.men}?"
    if not series.latest.gap:
        return f"Gäller det alla grupper av {names.women} och {names.men}, och hur vet vi det?"
    if movement is None:
        return "Vad beror skillnaden på, och vad ska vi göra åt den?"
    words = _MovementWords(series.indicator, movement)
    if movement.because == Because.AHEAD_FELL and series.indicator.direction != Direction.EQUAL:
        verb, rest = words.clause(words.ahead_changed).split(" ", 1)
        return f"Varför {verb} {words.ahead} {rest} nu, och vad krävs för att {words.behind} ska få det bättre?"
    if movement.gap < 0:
        return "Vad har gjort att skillnaden minskar, och hur ser vi till att det fortsätter?"
    return f"Varför {'har skillnaden ökat' if movement.gap else 'minskar inte skillnaden'}, och vad ska vi göra åt det?"


def change_in_words(change: Decimal, movement: GapMovement, *, gap: bool = False) -> str:
    """Return a change under its figure: Fem dagar högre än 2018."""
    if figure(change) == "0":
        return f"Oförändrat sedan {_then(movement)}"
    more, less = ("mer", "mindre") if gap else ("högre", "lägre")
    amount = sentence(difference(abs(change), movement.until.unit))
    return f"{amount} {more if change > 0 else less} än {_then(movement)}"


def missing_in_words(series: Series) -> tuple[str, ...]:
    """Return a sentence for each period in which something is missing or not shown, and why; the same are told once."""
    periods_by_reason: dict[str, list[str]] = {}
    for point in series.points:
        if why := _why_missing(point, names_of(series.indicator)):
            periods_by_reason.setdefault(why, []).append(period_in_words(point.period))
    return tuple(f"{sentence(enumerated(periods))}: {why}." for why, periods in periods_by_reason.items())


def _why_missing(point: SeriesPoint, names: WhomNames) -> str:
    few = [name for name, key in ((names.women, "women"), (names.men, "men")) if key in point.hidden]
    if few:
        what, whom = ("värdet", "det") if len(few) == 1 else ("värdena", "dem")
        return f"{what} för {enumerated(few)} visas inte, {FEW_PEOPLE} {whom}"
    without = [name for name, value in ((names.women, point.women), (names.men, point.men)) if value is None]
    if without:
        why = f" ({point.why})" if point.why else ""
        return f"värde saknas för {enumerated(without)}{why}"
    return ""


def breaks_in_words(series: Series) -> tuple[str, ...]:
    pairs = zip(series.points, series.points[1:], strict=False)
    return tuple(
        f"Från {period_in_words(now.period)} mäts det i {now.unit}, före det i {before.unit}. "
        "Värdena går inte att jämföra."
        for before, now in pairs
        if before.unit != now.unit
    )


def signals_in_words(series: Series, signals: Sequence[Signal]) -> tuple[str, ...]:
    """Return what is more than chance usually gives, by which rules, or why no rule is used."""
    count = points_counted(series)
    if count < FEWEST_POINTS:
        has = "inget" if not count else in_words(count)
        return (f"Reglerna för vad som är mer än slump används från tio värden i samma enhet, och här finns {has}.",)
    names = names_of(series.indicator)
    who = {"women": f"för {names.women}", "men": f"för {names.men}", "gap": "för skillnaden"}
    said = [_signal(signal, who[signal.who]) for signal in signals]
    return (*(said or ["Inget i kurvorna är mer än slumpen brukar ge."]), RULES)


RULES = (
    "Mitten är medianen. Reglerna är två: en lång rad värden på samma sida om mitten, "
    "och att kurvan sällan korsar den. "
    "De kommer från Anhøj och Olesen (2014)."
)


def _signal(signal: Signal, who: str) -> str:
    if signal.rule == ChartRule.LONG_RUN:
        side = "över" if signal.above else "under"
        span = f"från {period_in_words(signal.from_period)} till {period_in_words(signal.to_period)}"
        return (
            f"{sentence(in_words(signal.count))} värden i rad {who} ligger {side} mitten, {span}: "
            "det är mer än slumpen brukar ge."
        )
    times = {0: "inte någon gång", 1: "bara en gång"}.get(signal.count, f"bara {in_words(signal.count)} gånger")
    return f"Kurvan {who} korsar mitten {times}: det är färre än slumpen brukar ge."
