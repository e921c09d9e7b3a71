"""An improvement as its page and its papers tell it: what was wanted, tried and learnt, and what it led to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from cohorts.models import Participation
from cohorts.roles import Roles
from improvements.enums import CycleWord
from improvements.measures import Measure, measures_of
from improvements.measuring import happenings_of
from improvements.models import ChangeIdea, Cycle, Effort, EffortStep, Improvement
from improvements.trials import Trial, cycle_word, stands_still, still_in_words, trials_of
from indicators.gap_picture import Happening
from indicators.sheet import IndicatorSheet, sheet_of
from kit.templatetags.swedish import day, enumerated, open_span, sentence

NAMES = (("women", "kvinnor"), ("men", "män"), ("girls", "flickor"), ("boys", "pojkar"))
# The state of an idea by the last cycle that tried it.
TRIED_AS = {"": "Prövas nu", "adopt": "Införd", "adapt": "Ska prövas igen", "abandon": "Nedlagd"}


@dataclass(frozen=True)
class IdeaLine:
    text: str
    state: str


@dataclass(frozen=True)
class Story:
    """`now` is the cycle that runs or is to be tried again, the only one with something to do.

    `effort` is what it became on the result chain, as far as the reader may see it.
    """

    improvement: Improvement
    trials: tuple[Trial, ...]
    ideas: tuple[IdeaLine, ...]
    measures: tuple[Measure, ...]
    today: date
    effort: Effort | None = None

    @property
    def organisation(self) -> str:
        return self.improvement.participation.organisation.name

    @property
    def invented(self) -> bool:
        return self.improvement.participation.cohort.constructed

    @property
    def word(self) -> str:
        return cycle_name_of(self.improvement.participation)

    @property
    def credit(self) -> str:
        """Return whose idea it was, in a sentence, since papers are passed on."""
        lender = self.improvement.lender_in_words
        return f"Idén kommer från {lender}." if lender else ""

    @property
    def whose(self) -> str:
        return f"Förbättringsarbete · {self.organisation} · {self.improvement.participation.cohort.name}"

    @property
    def standing(self) -> str:
        """Return how far it has come, when it goes on, who answers for it, by function, and whose idea it was."""
        responsible = self.improvement.responsible
        who = f"Ansvarig: {responsible.get_function_display().lower()}." if responsible else ""
        when = f"{sentence(self.when)}." if self.when else ""
        return " ".join(filter(None, (f"{self.improvement.get_state_display()}.", when, who, self.credit)))

    @property
    def wanted(self) -> tuple[str, ...]:
        row = self.improvement
        named = (
            ("Hur det ska bli", row.target),
            ("Senast", day(row.aim_on)),
            ("I dag", row.starting_point),
            ("Problemet", row.problem),
            ("Gäller", self.whom),
        )
        labels = (
            ("Moment", f"{row.item.number}, {row.item.short}" if row.item else ""),
            ("Delmål", "; ".join(str(goal) for goal in row.goals.all())),
            ("Taggar", "; ".join(row.tag_list)),
        )
        on_one_line = " · ".join(f"{name}: {text}" for name, text in labels if text)
        return tuple(filter(None, (row.aim, *(f"{name}: {text}" for name, text in named if text), on_one_line)))

    @property
    def measured_in_words(self) -> tuple[str, ...]:
        if self.improvement.measure:
            return (self.improvement.measure,)
        return () if self.measures else ("Inget mått än.",)

    @property
    def what_a_cycle_is(self) -> str:
        return f"Varje steg är en {self.word}: planera, göra, studera, agera."

    @property
    def file_name(self) -> str:
        return f"{self.improvement.title} – {self.organisation}"

    @property
    def steps(self) -> tuple[EffortStep, ...]:
        return tuple(sorted(self.effort.steps.all(), key=lambda step: step.order)) if self.effort else ()

    @property
    def sheets(self) -> tuple[IndicatorSheet, ...]:
        return tuple(
            sheet_of(measure.series, happenings=[*happenings_of(measure.indicator, []), *self._begun])
            for measure in self.measures
        )

    @property
    def _begun(self) -> list[Happening]:
        """Return the first days of the cycles; the paper itself says of what."""
        cycles = [trial.cycle for trial in self.trials]
        return [Happening(row.begins_on, f"Cykel {row.number} börjar") for row in cycles if row.begins_on]

    @property
    def is_on_chain(self) -> bool:
        return self.effort is not None

    @property
    def whom(self) -> str:
        people = enumerated([word for name, word in NAMES if getattr(self.improvement, name)])
        return sentence(", ".join(part for part in (people, self.improvement.whom) if part))

    @property
    def when(self) -> str:
        return open_span(self.improvement.begins_on, self.improvement.ends_on)

    @property
    def aim_has_passed(self) -> bool:
        return self.improvement.is_past_its_aim(self.today)

    @property
    def now(self) -> Trial | None:
        last = self.trials[-1] if self.trials else None
        return last if last and not self.improvement.is_ended else None

    @property
    def next_stop(self) -> str:
        if self.now and self.now.is_running and self.now.cycle.ends_on:
            return f"{day(self.now.cycle.ends_on)}: studera cykel {self.now.cycle.number}"
        return ""

    @property
    def still(self) -> str:
        trial = None if self.improvement.is_ended else stands_still([row.cycle for row in self.trials], self.today)
        return still_in_words(trial) if trial else ""


def story_of(improvement: Improvement, roles: Roles, today: date, *, editor: bool) -> Story:
    """Return the story as its reader may see it; `editor` is True for those who may change the indicators' values."""
    measures = measures_of([improvement], roles, editor=editor).get(improvement.pk, ())
    return _story(improvement, measures, _effort_of(improvement, roles), today)


def paper_of(improvement: Improvement, roles: Roles, today: date) -> Story:
    """Return the story as others may read it, since papers are passed on.

    The paper of a shared improvement holds nothing that is not shared.
    """
    measures = measures_of([improvement], roles, editor=False).get(improvement.pk, ())
    readable = [measure for measure in measures if measure.indicator.shared or not improvement.shared]
    effort = _effort_of(improvement, roles)
    if effort and improvement.shared and not effort.shared:
        effort = None
    return _story(improvement, readable, effort, today)


def _story(improvement: Improvement, measures: Sequence[Measure], effort: Effort | None, today: date) -> Story:
    cycles = list(improvement.cycles.select_related("responsible__user"))
    ideas = tuple(_line(idea, cycles) for idea in improvement.ideas.all())
    return Story(improvement, tuple(trials_of(cycles, today)), ideas, tuple(measures), today, effort)


def _effort_of(improvement: Improvement, roles: Roles) -> Effort | None:
    rows = Effort.objects.visible_to(roles).filter(improvement=improvement).prefetch_related("steps")
    effort: Effort | None = rows.first()
    return effort


def cycle_name_of(participation: Participation) -> str:
    name = getattr(participation, "cycle_name", None)
    return cycle_word(name.word if name else CycleWord.PDSA)


def _line(idea: ChangeIdea, cycles: Iterable[Cycle]) -> IdeaLine:
    tried = [cycle.decision for cycle in cycles if cycle.idea_id == idea.pk]
    return IdeaLine(idea.text, TRIED_AS[tried[-1]] if tried else "Idé")
