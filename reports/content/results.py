"""What an organisation says of the results that its omgång expects, and of its own goals, as its report prints it."""

from collections.abc import Iterable
from dataclasses import dataclass

from cohorts.models import Participation
from improvements.expected import answers_by
from improvements.models import Effort, OwnGoal, ResultAnswer
from kit.pictures import PictureTable
from kit.templatetags.swedish import enumerated

HEADERS = ("Bedömning", "Vad vi bygger det på")
NOT_JUDGED = "Inte bedömt"


@dataclass(frozen=True)
class JudgedLine:
    """A result or a goal with its judgement in words. `key` is that of the result, `said` that of the judgement."""

    text: str
    judgement: str
    rests_on: str
    key: str = ""
    said: str = ""


@dataclass(frozen=True)
class ResultsPart:
    """At least one of the two has a line."""

    expected: tuple[JudgedLine, ...]
    goals: tuple[JudgedLine, ...]

    @property
    def title(self) -> str:
        titles = (("Förväntade resultat", self.expected), ("Egna mål", self.goals))
        return " och ".join(title for title, lines in titles if lines).capitalize()

    @property
    def called(self) -> str:
        """Return the part in the words of a sentence to the organisation."""
        said = (("era svar om förväntade resultat", self.expected), ("era egna mål", self.goals))
        return enumerated([words for words, lines in said if lines])

    @property
    def named_tables(self) -> tuple[tuple[str, PictureTable], ...]:
        tables = (
            ("forvantade-resultat", "Förväntade resultat", "Resultat", self.expected),
            ("egna-mal", "Våra egna mål", "Mål", self.goals),
        )
        return tuple((name, _table(caption, head, lines)) for name, caption, head, lines in tables if lines)

    @property
    def tables(self) -> tuple[PictureTable, ...]:
        return tuple(table for _, table in self.named_tables)

    @property
    def answers(self) -> tuple[tuple[str, str], ...]:
        return tuple((line.key, line.said) for line in self.expected if line.said)


def _table(caption: str, head: str, lines: Iterable[JudgedLine]) -> PictureTable:
    rows = tuple((line.text, line.judgement, line.rests_on or "–") for line in lines)
    return PictureTable(caption, (head, *HEADERS), rows)


def results_of(participation: Participation) -> ResultsPart | None:
    """Return what would be published; None where there is neither an answer nor a goal."""
    rows = answers_by(participation, participation.result_answers.with_public_efforts())
    expected = tuple(_line(row.result.text, row.answer, row.result.key) for row in rows)
    goals = tuple(_line(goal.goal, goal) for goal in participation.own_goals.with_public_efforts())
    if not goals and not any(row.answer for row in rows):
        return None
    return ResultsPart(expected, goals)


def _line(text: str, judged: ResultAnswer | OwnGoal | None, key: str = "") -> JudgedLine:
    if judged is None or not judged.judgement:
        return JudgedLine(text, NOT_JUDGED, "", key)
    return JudgedLine(text, str(judged.get_judgement_display()), _rests_on(judged), key, judged.judgement)


def _rests_on(judged: ResultAnswer | OwnGoal) -> str:
    """Return the words, and the efforts that may themselves be published; no indicator or decision is public."""
    efforts: list[Effort] = list(judged.efforts.all())
    named = "Insatser: " if len(efforts) > 1 else "Insats: "
    titles = f"{named}{'; '.join(effort.title for effort in efforts)}." if efforts else ""
    return " ".join(filter(None, (*judged.text.split(), titles)))
