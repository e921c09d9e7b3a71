"""An improvement's cycles as a page tells them, and what stands still. Nothing here reads the database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from improvements.enums import CycleWord, Decision
from improvements.models import Cycle
from kit.pictures import PictureTable
from kit.templatetags.swedish import in_words, open_span

# A cycle in which nothing has been written for so long is asked about, kindly.
STILL_AFTER = timedelta(days=35)
# Longer texts do not stand beside each other on paper, since a row of a table is not to be split between pages.
LONGEST_BESIDE, MOST_LINES_BESIDE = 1000, 15


@dataclass(frozen=True)
class Trial:
    """A cycle as it stands on a day."""

    cycle: Cycle
    today: date

    @property
    def is_running(self) -> bool:
        return not self.cycle.decision

    @property
    def is_late(self) -> bool:
        return self.cycle.is_late(self.today)

    @property
    def when(self) -> str:
        return open_span(self.cycle.begins_on, self.cycle.ends_on)

    @property
    def heading(self) -> str:
        scale = f", {self.cycle.scale}" if self.cycle.scale else ""
        return f"Cykel {self.cycle.number}{f', {self.when}' if self.when else ''}{scale}"

    @property
    def prediction_and_outcome(self) -> tuple[tuple[str, str], tuple[str, str]]:
        outcome = self.cycle.study or "Inte beskrivet än"
        return ("Vi trodde", self.cycle.prediction or "Inte skrivet"), ("Det blev", outcome)

    @property
    def beside(self) -> PictureTable | None:
        """Return the prediction beside the outcome; None if they are too long for a row that is not split."""
        heads, texts = zip(*self.prediction_and_outcome, strict=True)
        if any(len(text) > LONGEST_BESIDE or text.count("\n") > MOST_LINES_BESIDE for text in texts):
            return None
        return PictureTable("Det vi trodde och det som blev", heads, (texts,))

    @property
    def decided(self) -> str:
        decision = (
            f"Beslut: {self.cycle.get_decision_display().lower()}." if self.cycle.decision else "Inget beslut än."
        )
        return f"{decision} {self.cycle.act}".strip()

    @property
    def still_since(self) -> date | None:
        """Return the last day on which anything happened in a cycle that has stood still for five weeks."""
        last = max(self.cycle.changed_on, self.cycle.begins_on or self.cycle.changed_on)
        # One that is to be tried again stands still too, until the next begins.
        waits = self.is_running or self.cycle.decision == Decision.ADAPT
        return last if waits and self.today - last >= STILL_AFTER else None

    @property
    def still_weeks(self) -> int:
        return (self.today - self.still_since).days // 7 if self.still_since else 0

    @property
    def next_is(self) -> str:
        """Return what the cycle waits for, as the words of a button."""
        if self.cycle.decision == Decision.ADAPT:
            return "Pröva igen"
        if not self.cycle.do:
            return "Skriv vad ni gjorde"
        return "Fyll i vad det blev" if not self.cycle.study else "Besluta hur ni går vidare"


def trials_of(cycles: Iterable[Cycle], today: date) -> list[Trial]:
    return [Trial(cycle, today) for cycle in cycles]


def stands_still(cycles: Iterable[Cycle], today: date) -> Trial | None:
    """Return the last cycle if it has stood still for five weeks."""
    last = next(iter(trials_of(cycles, today)[-1:]), None)
    return last if last and last.still_since else None


def still_in_words(trial: Trial) -> str:
    return f"Har stått stilla i {in_words(trial.still_weeks)} veckor."


def cycle_word(word: str) -> str:
    return f"{CycleWord(word).label}-cykel"
