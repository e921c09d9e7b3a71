"""What an omgång's organisations share of their improvements, by moment, and what they struggle with.

Everything is counted from what the reader may read, so no number tells of anything else. Nothing is ranked.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, Max, OuterRef, QuerySet

from assessments.comparing.learning import stands_low
from assessments.models import Assessment
from checklist.models import Item
from cohorts.enums import Status
from cohorts.models import Cohort, Participation
from cohorts.roles import Roles
from improvements.enums import State
from improvements.models import Improvement
from improvements.trials import stands_still, still_in_words
from kit.templatetags.swedish import counted, day, enumerated, in_words, sentence, some

# More of a kind than this is counted and not listed.
MOST_LISTED = 8
ANY_ITEM = "inget"


# Each state as it is told of one improvement and of several.
TOLD = {
    State.IDEA: ("är en idé", "är idéer"),
    State.PLANNED: ("är planerat", "är planerade"),
    State.TRIED: ("prövas", "prövas"),
    State.ADOPTED: ("är infört", "är införda"),
    State.ENDED: ("är avslutat utan resultat", "är avslutade utan resultat"),
}


@dataclass(frozen=True)
class ThemeLine:
    """The improvements about one moment by state; `item` is None for those about no moment in particular.

    Of the `n_low` organisations that stand low on it, `n_untouched` share no improvement about it.
    """

    item: Item | None
    counts: tuple[int, ...]
    n_low: int = 0
    n_untouched: int = 0

    @property
    def key(self) -> str:
        return self.item.key if self.item else ANY_ITEM

    @property
    def n(self) -> int:
        return sum(self.counts)

    @property
    def words(self) -> str:
        parts = [f"{in_words(n)} {TOLD[state][n > 1]}" for state, n in zip(State, self.counts, strict=True) if n]
        return sentence(f"{enumerated(parts)}.") if parts else "Inget är delat än."

    @property
    def low_words(self) -> str:
        """Return how many stand low, and how many of them share nothing about it: tre, en delar inget."""
        if not self.item or not self.n_low:
            return ""
        if self.n_low == 1:
            return "En, som inte delar något." if self.n_untouched else "En, som delar sitt arbete."
        extremes = {0: "alla delar något", self.n_low: "ingen delar något"}
        words = extremes.get(self.n_untouched, f"{some(self.n_untouched)} delar inget")
        return sentence(f"{in_words(self.n_low)}, {words}.")


@dataclass(frozen=True)
class StruggleLine:
    improvement: Improvement
    words: str


@dataclass(frozen=True)
class Struggle:
    """One thing that some improvements share: how many, what it means, and the first of them in the omgång's order."""

    title: str
    advice: str
    rows: tuple[StruggleLine, ...]

    @property
    def listed(self) -> tuple[StruggleLine, ...]:
        return self.rows[:MOST_LISTED]

    @property
    def n_more(self) -> int:
        return len(self.rows) - len(self.listed)


@dataclass(frozen=True)
class CohortWork:
    improvements: tuple[Improvement, ...]
    n_organisations: int
    themes: tuple[ThemeLine, ...]
    struggles: tuple[Struggle, ...]
    # The organisations whose values the reader reads, and who share no improvement at all.
    n_read: int
    n_silent: int

    @property
    def headline(self) -> str:
        if not self.improvements:
            return "Inget förbättringsarbete är delat än."
        works = counted(len(self.improvements), "ett förbättringsarbete", "förbättringsarbeten")
        who = counted(self.n_organisations, "en organisation", "organisationer")
        return sentence(f"{works} delas av {who}.")

    @property
    def untouched(self) -> tuple[ThemeLine, ...]:
        return tuple(line for line in self.themes if line.n_untouched)

    @property
    def silent_words(self) -> str:
        """Return how many of the participants share nothing, where others do."""
        if not self.improvements or not self.n_silent:
            return ""
        if self.n_silent == self.n_read:
            return "Ingen av deltagarna delar något förbättringsarbete än."
        silent = sentence(some(self.n_silent))
        return f"{silent} av {in_words(self.n_read)} deltagare delar inget förbättringsarbete än."

    @property
    def untouched_title(self) -> str:
        number = counted(len(self.untouched), "ett moment", "moment")
        return f"{sentence(number)} där någon står lågt och inte delar något förbättringsarbete"

    @property
    def states(self) -> tuple[State, ...]:
        return tuple(State)

    def chosen(self, item: str, state: str) -> list[Improvement]:
        """Return the improvements about the item and in the state; an empty one narrows nothing."""
        return [
            row
            for row in self.improvements
            if state in ("", row.state) and item in ("", row.item.key if row.item else ANY_ITEM)
        ]


def shared_in(cohort: Cohort, roles: Roles) -> QuerySet[Improvement]:
    rows = Improvement.objects.visible_to(roles).filter(shared=True, participation__cohort=cohort)
    measured = Improvement.indicators.through.objects.filter(improvement=OuterRef("pk"))
    related = ("item", "participation__organisation", "participation__group")
    return rows.annotate(has_indicator=Exists(measured)).select_related(*related).prefetch_related("cycles")


def work_in(cohort: Cohort, roles: Roles, items: Sequence[Item], today: date) -> CohortWork:
    improvements = tuple(shared_in(cohort, roles))
    members = _read_by(cohort, roles)
    sharing = {row.participation_id for row in improvements}
    return CohortWork(
        improvements=improvements,
        n_organisations=len(sharing),
        themes=_themes(improvements, items, _low(members, roles)),
        struggles=tuple(row for row in _struggles(improvements, today) if row.rows),
        n_read=len(members),
        n_silent=sum(member not in sharing for member in members),
    )


def _read_by(cohort: Cohort, roles: Roles) -> frozenset[int]:
    rows = Participation.objects.whose_work_is_read_by(roles).participants().filter(cohort=cohort)
    return frozenset(rows.exclude(status=Status.WITHDRAWN).values_list("pk", flat=True))


def _low(members: Collection[int], roles: Roles) -> dict[str, set[int]]:
    """Return by item the organisations that stand low in the last assessment that they have handed in."""
    rows = Assessment.objects.visible_to(roles).submitted().filter(participation__in=members)
    newest = rows.newest_of_each().with_scores()
    low: dict[str, set[int]] = defaultdict(set)
    for assessment in newest.annotate(highest=Max("checklist__steps__value")):
        for score in assessment.scores.all():
            if score.value is not None and stands_low(score.value, assessment.highest):
                low[score.item.key].add(assessment.participation_id)
    return low


def _themes(
    improvements: Collection[Improvement], items: Sequence[Item], low: dict[str, set[int]]
) -> tuple[ThemeLine, ...]:
    lines = []
    for item in (*items, None):
        about = [row for row in improvements if (row.item.key if row.item else None) == (item.key if item else None)]
        states = Counter(row.state for row in about)
        theirs = low.get(item.key, set()) if item else set()
        untouched = theirs - {row.participation_id for row in about}
        lines.append(ThemeLine(item, tuple(states[state] for state in State), len(theirs), len(untouched)))
    return tuple(line for line in lines if line.item or line.n)


def _struggles(improvements: Iterable[Improvement], today: date) -> Iterable[Struggle]:
    improvements = list(improvements)
    tried = [row for row in improvements if row.state == State.TRIED]
    still = [(row, stands_still(row.cycles.all(), today)) for row in tried]
    yield _struggle(
        "har stått stilla i minst fem veckor",
        "Fråga vad som hindrar. Ofta hjälper det att pröva något mindre.",
        [StruggleLine(row, still_in_words(trial)) for row, trial in still if trial],
    )
    yield _struggle(
        "har ett mål som skulle ha varit nått",
        "Hjälp dem att sätta en ny dag, eller att avsluta och skriva vad de lärde sig.",
        [StruggleLine(row, f"Skulle nås {day(row.aim_on)}.") for row in improvements if row.is_past_its_aim(today)],
    )
    yield _struggle(
        "prövas utan mått",
        "Utan mått vet ingen om det blir bättre. Det räcker att räkna något för kvinnor och för män.",
        [StruggleLine(row, "") for row in tried if not row.measure and not row.has_indicator],  # type: ignore[attr-defined]
    )
    yield _struggle(
        "är avslutade utan resultat",
        "Det de lärde sig är lika värt att sprida som det som lyckades.",
        [StruggleLine(row, row.learnt) for row in improvements if row.state == State.ENDED],
        alone="är avslutat utan resultat",
    )


def _struggle(what: str, advice: str, rows: Sequence[StruggleLine], alone: str = "") -> Struggle:
    """Make a struggle; `alone` is what it is called where there is only one, if that differs."""
    number = counted(len(rows), "ett förbättringsarbete", "förbättringsarbeten")
    return Struggle(f"{sentence(number)} {alone if alone and len(rows) == 1 else what}", advice, tuple(rows))
