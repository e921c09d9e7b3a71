"""An improvement as its page tells it. Nothing here reads more of the database than the improvement's own rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from improvements.measures import Measure
from improvements.models import ChangeIdea, Cycle, Improvement
from improvements.trials import Trial, stands_still, still_in_words, trials_of
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
    """`now` is the cycle that runs or is to be tried again, the only one with something to do."""

    improvement: Improvement
    trials: tuple[Trial, ...]
    ideas: tuple[IdeaLine, ...]
    measures: tuple[Measure, ...]
    today: date

    @property
    def is_on_chain(self) -> bool:
        return hasattr(self.improvement, "effort")

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


def story_of(improvement: Improvement, measures: Sequence[Measure], today: date) -> Story:
    cycles = list(improvement.cycles.select_related("responsible__user"))
    ideas = tuple(_line(idea, cycles) for idea in improvement.ideas.all())
    return Story(improvement, tuple(trials_of(cycles, today)), ideas, tuple(measures), today)


def _line(idea: ChangeIdea, cycles: Iterable[Cycle]) -> IdeaLine:
    tried = [cycle.decision for cycle in cycles if cycle.idea_id == idea.pk]
    return IdeaLine(idea.text, TRIED_AS[tried[-1]] if tried else "Idé")
