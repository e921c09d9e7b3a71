"""Where an organisation stands beside the others of its omgång, as one of its people may read it (ADR 18).

With a few others the values stand by name, since the group reads each other; with many, one's own beside the mean.
Nothing here ranks: a sentence says in which moments one's own value is higher or lower.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from django.conf import settings
from django.utils import timezone

from assessments.figures.statistics import Answers
from assessments.occasions import Occasion
from checklist.models import Item, Step
from cohorts.models import Participation
from cohorts.roles import Roles
from kit.figures import MOST_NAMED, rounded
from kit.templatetags.swedish import enumerated, in_words
from meetings.models import Meeting
from reports.figure_values import KindFigures, NamedValues
from reports.figures import figures_for
from reports.figures_choice import choice_of

# More moments than these are told of by their number.
MOST_LISTED = 4


@dataclass(frozen=True)
class Mark:
    """What stands on a step in the picture: an organisation with its value, or the mean of many."""

    name: str
    value: Decimal | Fraction
    before: Decimal | None = None
    own: bool = False
    is_mean: bool = False

    @property
    def risen(self) -> bool:
        return self.before is not None and self.before < self.value

    @property
    def fallen(self) -> bool:
        return self.before is not None and self.before > self.value


@dataclass(frozen=True)
class StandingRow:
    """A moment, with the marks on each step of the scale; a value between two steps stands on the lower."""

    item: Item
    cells: tuple[tuple[Mark, ...], ...]


@dataclass(frozen=True)
class BesideOthers:
    """Own values beside those of others at a meeting. `rows` is empty where there is nobody to stand beside."""

    meeting: Meeting
    since: Meeting | None
    figures: tuple[KindFigures, ...]
    steps: tuple[Step, ...]
    # True if the organisation has handed in again since this meeting's, so that all of this was how it stood then.
    is_past: bool = False

    @property
    def before(self) -> dict[int, Answers]:
        """Return what the reader may read by name of the earlier meeting."""
        return {pk: answers for figures in self.figures for pk, answers in figures.named_before.items()}

    @property
    def own(self) -> NamedValues | None:
        return next((named for figures in self.figures for named in figures.named if named.own), None)

    @property
    def own_kind(self) -> KindFigures | None:
        return next((figures for figures in self.figures if figures.own), None)

    @property
    def others(self) -> tuple[NamedValues, ...]:
        """Return those whose values the reader reads; of many only the own group's."""
        everyone = [named for figures in self.figures for named in figures.named if not named.own]
        if len(everyone) <= MOST_NAMED or self.own is None:
            return tuple(everyone)
        group = self.own.participation.group_id
        return tuple(named for named in everyone if group and named.participation.group_id == group)

    @property
    def by_mean(self) -> bool:
        """True if the omgång's mean of one's own kind is what one stands beside."""
        kind = self.own_kind
        return kind is not None and kind.is_whole and kind.n >= settings.MIN_GROUP

    @property
    def is_of_all(self) -> bool:
        """True if all that are to answer have, so that nothing is left to wait for."""
        return all(figures.n_submitted == figures.n_expected for figures in self.figures)

    @property
    def sentences(self) -> list[str]:
        own = self.own
        if own is None:
            return [f"När ni har lämnat in till {self.meeting} ser du här hur ni ligger till bredvid de andra."]
        if self.by_mean:
            return self._beside_the_mean(own)
        if not self.others:
            return [f"Ingen annan som du får läsa har lämnat in till {self.meeting} än."]
        return _beside_names(own, self.others, self._items, "hade" if self.is_past else "har")

    @property
    def title(self) -> str:
        return f"Så {'stod' if self.is_past else 'står'} ni bredvid de andra"

    @property
    def note(self) -> str:
        """Return what the picture is of, or why others are not in it."""
        kind, notes = self.own_kind, []
        if kind is not None and self.by_mean:
            notes.append(f"{kind.n} av {kind.n_expected} {kind.plural} ligger bakom medelvärdet.")
        elif kind is not None and kind.withheld:
            notes.append(kind.withheld)
        if self.is_past:
            notes.append(
                "Ni har skattat igen sedan dess. Ni jämförs på nytt när alla har lämnat in, senast på träffen."
            )
        return " ".join(notes)

    @property
    def rows(self) -> tuple[StandingRow, ...]:
        if self.own is None or not (self.by_mean or self.others):
            return ()
        return tuple(StandingRow(item, self._cells(item)) for item in self._items)

    @property
    def _items(self) -> tuple[Item, ...]:
        return self.figures[0].items if self.figures else ()

    @property
    def _means(self) -> dict[int, Fraction]:
        kind = self.own_kind
        if kind is None or kind.result is None:
            return {}
        return {row.item.pk: row.mean for row in kind.result.items if row.mean is not None}

    def _cells(self, item: Item) -> tuple[tuple[Mark, ...], ...]:
        marks = self._marks(item)
        values = [step.value for step in self.steps]
        return tuple(tuple(mark for mark in marks if _step_of(mark.value, values) == value) for value in values)

    def _marks(self, item: Item) -> list[Mark]:
        named = [self.own] if self.by_mean else [self.own, *self.others]
        marks = [self._mark(values, item) for values in named if values and item.key in values.answers]
        if self.by_mean and item.pk in self._means:
            marks.append(Mark("Medel", self._means[item.pk], is_mean=True))
        return marks

    def _mark(self, values: NamedValues, item: Item) -> Mark:
        before = self.before.get(values.participation.pk, {}).get(item.key)
        return Mark("Ni" if values.own else values.name, values.answers[item.key], before, values.own)

    def _beside_the_mean(self, own: NamedValues) -> list[str]:
        # As printed: two figures that look the same on the page are the same in the sentence.
        kind, means = self.own_kind, self._means
        both = [item for item in self._items if item.pk in means and item.key in own.answers]
        over = [item for item in both if rounded(own.answers[item.key], 1) > rounded(means[item.pk], 1)]
        under = [item for item in both if rounded(own.answers[item.key], 1) < rounded(means[item.pk], 1)]
        if not both or kind is None:
            return []
        ni, theirs = f"Ni {'låg' if self.is_past else 'ligger'}", f"{kind.definite}s medelvärde"
        if not over and not under:
            return [f"{ni} på {theirs} i alla moment."]
        if not over:
            return [f"{ni} under {theirs} i {moments(under)}."]
        below = f" och under i {moments(under)}" if under else ""
        return [f"{ni} över {theirs} i {moments(over)}{below}."]


def standing_of(participation: Participation, roles: Roles, occasions: Sequence[Occasion]) -> BesideOthers | None:
    """Return where the organisation stands at the last meeting that can be compared, or None before the first.

    It is the last meeting that has begun, or whose self-assessments have all come in; `occasions` are its own.
    """
    if not participation.is_participant:
        return None
    cohort = participation.cohort
    meetings = choice_of(roles, cohort).meetings
    handed_in = {occasion.assessment.meeting_id for occasion in occasions}
    mine = [meeting for meeting in meetings if meeting.pk in handed_in] or list(meetings[-1:])
    beside = None
    for meeting in reversed(mine):
        beside = replace(_at(participation, roles, meeting, mine), is_past=meeting != mine[-1])
        if meeting.has_begun(timezone.localdate()) or beside.is_of_all:
            return beside
    return beside


def _at(participation: Participation, roles: Roles, meeting: Meeting, meetings: Sequence[Meeting]) -> BesideOthers:
    cohort = participation.cohort
    earlier = [
        other for other in meetings if other.starts_on < meeting.starts_on and other.group_id == meeting.group_id
    ]
    since = earlier[-1] if earlier else None
    figures = sorted(figures_for(roles, cohort, meeting, since), key=lambda of_kind: of_kind.own is None)
    return BesideOthers(meeting, since, tuple(figures), tuple(cohort.plan.steps))


def _beside_names(own: NamedValues, others: Sequence[NamedValues], items: Sequence[Item], have: str) -> list[str]:
    highest = [item for item in items if _is_above(own, others, item)]
    higher = [(other.name, [item for item in items if _is_above(other, [own], item)]) for other in others]
    sentences = [f"Ni {have} högst värde i {moments(highest)}."] if highest else []
    sentences += [f"{name} {have} högre värde än ni i {moments(theirs)}." for name, theirs in higher if theirs]
    if sentences:
        return sentences
    return [f"Ni och {enumerated([other.name for other in others])} {have} samma värde i alla moment."]


def _is_above(organisation: NamedValues, others: Iterable[NamedValues], item: Item) -> bool:
    value = organisation.answers.get(item.key)
    theirs = [other.answers[item.key] for other in others if item.key in other.answers]
    return value is not None and bool(theirs) and value > max(theirs)


def moments(items: Sequence[Item]) -> str:
    if len(items) > MOST_LISTED:
        return f"{in_words(len(items))} moment"
    return f"moment {enumerated([str(item.number) for item in items])}"


def _step_of(value: Decimal | Fraction, steps: Sequence[int]) -> int:
    return max((step for step in steps if step <= value), default=steps[0])
