"""Advice to SKR by what it is about, counted, with SKR's answers, as page and joint report print it."""

from dataclasses import dataclass

from cohorts.models import Cohort
from evaluation.enums import AdviceTag
from evaluation.models import Advice, AdviceAnswer
from kit.templatetags.swedish import counted, sentence


@dataclass(frozen=True)
class GivenAdvice:
    text: str
    organisation: str


@dataclass(frozen=True)
class Answered:
    text: str
    changes: bool


@dataclass(frozen=True)
class AdviceGroup:
    """All advice about one thing from those who have handed in their report; `answer` is None before SKR answers."""

    tag: AdviceTag
    rows: tuple[GivenAdvice, ...]
    answer: Answered | None

    @property
    def organisations(self) -> int:
        return len({row.organisation for row in self.rows})

    @property
    def in_words(self) -> str:
        rows = counted(len(self.rows), "ett råd", "råd")
        return f"{sentence(rows)} från {counted(self.organisations, 'en organisation', 'organisationer')}."


def advice_of(cohort: Cohort) -> tuple[AdviceGroup, ...]:
    """Return the advice that has been handed in, the most common first; what SKR has answered stays though."""
    given: dict[str, list[GivenAdvice]] = {}
    rows = Advice.objects.handed_in().filter(participation__cohort=cohort)
    for row in rows.select_related("participation__organisation").order_by("participation__position", "position", "pk"):
        given.setdefault(row.tag, []).append(GivenAdvice(row.text, row.participation.organisation.name))
    answers = answers_in(cohort)
    groups = [
        AdviceGroup(tag, tuple(given.get(tag, ())), answers.get(tag))
        for tag in AdviceTag
        if tag in given or tag in answers
    ]
    return tuple(sorted(groups, key=lambda group: -group.organisations))


def answers_in(cohort: Cohort) -> dict[str, Answered]:
    return {row.tag: Answered(row.text, row.changes) for row in AdviceAnswer.objects.filter(cohort=cohort)}
