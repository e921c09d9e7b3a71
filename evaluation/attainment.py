"""Måluppfyllelse: each goal with the participants' answers in counts, and what the evaluator and SKR find of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from cohorts.models import Cohort
from evaluation.enums import Attained, JudgedBy
from evaluation.models import GoalJudgement
from evaluation.participants import SaidByKind, SaidOfResult, said_by_participants
from kit.templatetags.swedish import sentence

NO_FIGURE = SaidOfResult((), ())


@dataclass(frozen=True)
class JudgedGoal:
    assessment: Attained
    basis: str


@dataclass(frozen=True)
class GoalRow:
    """A goal with each one's judgement. `goal_id` is None for a result that the omgång expects or wishes."""

    key: str
    text: str
    kind: str
    figure: tuple[str, ...]
    participants: tuple[SaidByKind, ...]
    evaluator: JudgedGoal | None
    skr: JudgedGoal | None
    goal_id: int | None = None

    @property
    def is_own(self) -> bool:
        return self.goal_id is not None

    def judged_by(self, who: JudgedBy) -> JudgedGoal | None:
        return self.evaluator if who == JudgedBy.EVALUATOR else self.skr

    @property
    def disagreement(self) -> tuple[str, ...]:
        """Return a sentence for each two who judge the goal differently."""
        return tuple(self._disagreeing())

    def _disagreeing(self) -> Iterator[str]:
        for said in self.participants:
            for other, judged in (("utvärderaren", self.evaluator), ("SKR", self.skr)):
                if judged and judged.assessment != said.judgement:
                    yield f"{sentence(said.who)} och {other} bedömer olika."
        if self.evaluator and self.skr and self.evaluator.assessment != self.skr.assessment:
            yield "Utvärderaren och SKR bedömer olika."


def goal_rows(cohort: Cohort) -> tuple[GoalRow, ...]:
    """Return the results of the omgång, and then the goals that have been added to them."""
    said = said_by_participants(cohort)
    of_results: dict[tuple[int, str], JudgedGoal] = {}
    of_goals: dict[tuple[int, str], JudgedGoal] = {}
    for row in GoalJudgement.objects.filter(cohort=cohort):
        judged = JudgedGoal(Attained(row.assessment), row.basis)
        if row.result_id is not None:
            of_results[row.result_id, row.judged_by] = judged
        elif row.goal_id is not None:
            of_goals[row.goal_id, row.judged_by] = judged
    return (
        *(
            GoalRow(
                key=result.key,
                text=result.text,
                kind=str(result.get_kind_display()),
                figure=said.get(result.key, NO_FIGURE).figure,
                participants=said.get(result.key, NO_FIGURE).judgements,
                evaluator=of_results.get((result.pk, JudgedBy.EVALUATOR)),
                skr=of_results.get((result.pk, JudgedBy.SKR)),
            )
            for result in cohort.expected_results.all()
        ),
        *(
            GoalRow(
                key=f"mal-{goal.pk}",
                text=goal.text,
                kind="Mål för programmet",
                figure=(),
                participants=(),
                evaluator=of_goals.get((goal.pk, JudgedBy.EVALUATOR)),
                skr=of_goals.get((goal.pk, JudgedBy.SKR)),
                goal_id=goal.pk,
            )
            for goal in cohort.programme_goals.all()
        ),
    )
