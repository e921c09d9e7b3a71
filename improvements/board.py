"""An organisation's improvements as its board and table show them, and what is worth a look."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.template.defaultfilters import date as format_date
from django.urls import reverse

from cohorts.models import Part, Participation
from cohorts.roles import Roles
from improvements.enums import Decision, State
from improvements.measures import Measure, measures_of
from improvements.models import Comment, Improvement
from improvements.trials import STILL_AFTER, Trial, stands_still, still_in_words, trials_of
from indicators.enums import ValueSource
from kit.templatetags.swedish import counted, day, in_words, sentence, some
from meetings.models import Takeaway

# More than this is not looked at.
MOST_WORTH = 5
READERS = {False: "Bara vi", True: "Delas med gruppen"}


@dataclass(frozen=True)
class Card:
    """An improvement in its column: what happens now, and by what one sees whether it gets better."""

    improvement: Improvement
    measures: tuple[Measure, ...]
    word: str
    today: date
    comments: int = 0

    @property
    def comments_in_words(self) -> str:
        return comments_in_words(self.comments) if self.comments else ""

    @property
    def trials(self) -> list[Trial]:
        return trials_of(self.improvement.cycles.all(), self.today)

    @property
    def last(self) -> Trial | None:
        trials = self.trials
        return trials[-1] if trials else None

    @property
    def now(self) -> str:
        return {
            State.IDEA: self._idea,
            State.PLANNED: self._planned,
            State.TRIED: self._tried,
            State.ADOPTED: self._adopted,
            State.ENDED: self._ended,
        }[State(self.improvement.state)]

    @property
    def _idea(self) -> str:
        lender = self.improvement.borrowed_from
        return f"Idén kommer från {lender}." if lender else "Väntar på en plan."

    @property
    def _planned(self) -> str:
        first = self.last.cycle.begins_on if self.last else self.improvement.begins_on
        return f"Börjar {day(first)}." if first else "Ingen dag är vald än."

    @property
    def _tried(self) -> str:
        if self.last is None:
            return "Ingen cykel är planerad än."
        cycle, name = self.last.cycle, f"{self.word} {self.last.cycle.number}"
        if cycle.decision == Decision.ADAPT:
            return f"{name} är klar. Pröva igen."
        if self.last.is_late:
            return f"{name} skulle vara klar {day(cycle.ends_on)}."
        if cycle.ends_on:
            return f"{name} pågår till {day(cycle.ends_on)}."
        return (
            f"{name} började i {format_date(cycle.begins_on, 'F Y').lower()}." if cycle.begins_on else f"{name} pågår."
        )

    @property
    def _adopted(self) -> str:
        number = len(self.trials)
        return f"Infört efter {'en cykel' if number == 1 else f'{in_words(number)} cykler'}." if number else "Infört."

    @property
    def _ended(self) -> str:
        return f"Vi lärde oss: {self.improvement.learnt}" if self.improvement.learnt else "Avslutat."

    @property
    def measure(self) -> str:
        """Return the measure in words; empty where it does not matter yet."""
        if self.measures:
            return self.measures[0].gap
        if self.improvement.measure:
            return self.improvement.measure
        return "Inget mått än" if self.improvement.state == State.TRIED else ""

    @property
    def still(self) -> Trial | None:
        row = self.improvement
        return stands_still(row.cycles.all(), self.today) if row.state == State.TRIED else None

    @property
    def still_words(self) -> str:
        return still_in_words(self.still) if self.still else ""

    @property
    def aim_has_passed(self) -> bool:
        return self.improvement.is_past_its_aim(self.today)

    @property
    def readers(self) -> str:
        return READERS[self.improvement.shared]


@dataclass(frozen=True)
class Column:
    state: State
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class WorthALook:
    """Something to see to: what it is about, a sentence that begins with it, and the one thing to do."""

    about: str
    words: str
    button: str
    url: str


@dataclass(frozen=True)
class WorkBoard:
    columns: tuple[Column, ...]
    worth: tuple[WorthALook, ...]
    parts: tuple[Part, ...]

    @property
    def cards(self) -> list[Card]:
        return [card for column in self.columns for card in column.cards]

    def headline(self, organisation: str, *, own: bool) -> str:
        if not self.cards:
            return "Ingen förbättring är påbörjad än." if own else f"{organisation} delar ingen förbättring än."
        tried = [card for card in self.cards if card.improvement.state == State.TRIED]
        number = len(tried)
        if not number:
            return f"{sentence(some(0))} förbättring prövas just nu."
        first = "En förbättring prövas." if number == 1 else f"{sentence(in_words(number))} förbättringar prövas."
        return " ".join((first, *self._still()))

    def _still(self) -> Iterator[str]:
        still = [card.still.still_weeks for card in self.cards if card.still]
        if len(still) == 1:
            yield f"En har stått stilla i {in_words(still[0])} veckor."
        elif still:
            yield f"{sentence(in_words(len(still)))} har stått stilla i mer än fem veckor."


def board_of(
    participation: Participation, roles: Roles, today: date, *, own: bool, editor: bool, word: str, part: str = ""
) -> WorkBoard:
    """Return the improvements that the reader may see, of one part if its number is given.

    `own` is True for those of the organisation, `editor` for those who may change the values of its indicators.
    """
    rows = participation.improvements.visible_to(roles).select_related("item", "borrowed_from", "part")
    improvements = list(rows.prefetch_related("cycles"))
    parts = {row.part_id: row.part for row in improvements if row.part}
    if part.isdecimal() and int(part) in parts:
        improvements = [row for row in improvements if row.part_id == int(part)]
    measures = measures_of(improvements, roles, editor=editor)
    comments = _comments_of(improvements, roles)
    cards = [Card(row, measures.get(row.pk, ()), word, today, comments.get(row.pk, 0)) for row in improvements]
    columns = [Column(state, tuple(card for card in cards if card.improvement.state == state)) for state in State]
    worth = tuple(_worth(cards, _unanswered(participation, today), measures, today))[:MOST_WORTH] if own else ()
    return WorkBoard(tuple(columns), worth, tuple(part for part in parts.values() if part))


def comments_in_words(number: int) -> str:
    return sentence(counted(number, "en kommentar", "kommentarer"))


def _comments_of(improvements: Collection[Improvement], roles: Roles) -> dict[int, int]:
    rows = Comment.objects.visible_to(roles).filter(improvement__in=improvements).order_by()
    return dict(rows.values_list("improvement").annotate(Count("pk")))


def _worth(
    cards: Collection[Card], ideas: Sequence[Takeaway], measures: Mapping[int, Sequence[Measure]], today: date
) -> Iterator[WorthALook]:
    """Yield what is worth a look, the most pressing first; an improvement stands here once."""
    for card in cards:
        yield from _of_card(card)
    for idea in ideas:
        words = f"är en idé från {idea.source.organisation}. Ni har inte svarat om ni prövar den."
        url = reverse("improvements:from_idea", args=[idea.pk])
        yield WorthALook(f"”{idea.text.splitlines()[0][:80]}”", words, "Gör till förbättring", url)
    yield from _without_value(cards, measures, today)


def _of_card(card: Card) -> Iterator[WorthALook]:
    row = card.improvement
    edit = reverse("improvements:improvement_edit", args=[row.pk])
    if card.still:
        words = f"har stått stilla i {in_words(card.still.still_weeks)} veckor."
        yield WorthALook(row.title, words, card.still.next_is, _next_of(card.still))
    elif row.state == State.TRIED and not card.measures and not row.measure:
        yield WorthALook(row.title, "har inget mått.", "Välj ett mått", edit)
    elif card.aim_has_passed:
        yield WorthALook(row.title, f"har ett mål som skulle nås {day(row.aim_on)}.", "Sätt en ny dag", edit)


def _next_of(trial: Trial) -> str:
    cycle = trial.cycle
    if cycle.decision:
        return reverse("improvements:cycle_add", args=[cycle.improvement_id])
    return reverse("improvements:cycle_edit", args=[cycle.improvement_id, cycle.number])


def _without_value(
    cards: Collection[Card], measures: Mapping[int, Sequence[Measure]], today: date
) -> Iterator[WorthALook]:
    going = {card.improvement.pk: card.improvement for card in cards if not card.improvement.is_ended}
    listed: set[int] = set()
    for pk, theirs in measures.items():
        for measure in theirs if pk in going else ():
            indicator = measure.indicator
            # Kolada's values of a year come the year after.
            if indicator.source == ValueSource.KOLADA or measure.has_value_in(today.year) or indicator.pk in listed:
                continue
            listed.add(indicator.pk)
            url = reverse("improvements:improvement", args=[pk])
            yield WorthALook(indicator.title, f"har inget värde för {today.year}.", "Se förbättringen", url)


def _unanswered(participation: Participation, today: date) -> list[Takeaway]:
    """Return the ideas that were taken home five weeks ago or more and became nothing yet."""
    rows = Takeaway.objects.filter(participation=participation, improvement=None)
    takeaways = rows.select_related("meeting", "source__organisation").order_by("pk")
    return [row for row in takeaways if today - row.meeting.ends_on >= STILL_AFTER]
