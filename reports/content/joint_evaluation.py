"""What the joint report prints of the evaluation: how far the goals are reached, who was interviewed, advice to SKR."""

from collections.abc import Iterator

from cohorts.models import Cohort
from evaluation.advice import advice_of
from evaluation.attainment import GoalRow, JudgedGoal, goal_rows
from evaluation.line_up import line_up
from evaluation.models import Interview
from kit.templatetags.swedish import sentence
from reports.content.base import AboutLine
from reports.content.joint_value import AdviceLine, GoalLine, InterviewsPart


def goals_of(cohort: Cohort, *, in_words: bool) -> tuple[GoalLine, ...]:
    """Return the goals that somebody has judged; `in_words` leaves out the participants, whose answers are counts."""
    lines = (_goal(row, in_words=in_words) for row in goal_rows(cohort))
    return tuple(line for line in lines if line.participants or line.evaluator or line.skr)


def _goal(row: GoalRow, *, in_words: bool) -> GoalLine:
    said = () if in_words else row.participants
    several = len(said) > 1
    return GoalLine(
        text=row.text,
        participants=" ".join(f"{sentence(each.who)}: {each.judgement.label}." for each in said)
        if several
        else "".join(str(each.judgement.label) for each in said),
        evaluator=str(row.evaluator.assessment.label) if row.evaluator else "",
        skr=str(row.skr.assessment.label) if row.skr else "",
        figure=() if in_words else row.figure,
        grounds=tuple(_grounds(row)),
        disagreement=() if in_words else row.disagreement,
    )


def _grounds(row: GoalRow) -> Iterator[AboutLine]:
    judged: tuple[tuple[str, JudgedGoal | None], ...] = (("Utvärderaren:", row.evaluator), ("SKR:", row.skr))
    for who, each in judged:
        if each and each.basis:
            yield AboutLine(who, each.basis)


def interviews_of(cohort: Cohort) -> InterviewsPart | None:
    """Return the interviews that the evaluator lets be listed; None if there is none."""
    listed = Interview.objects.filter(cohort=cohort, listed=True).select_related("participation__organisation")
    lined_up = line_up(listed)
    if not lined_up.people:
        return None
    return InterviewsPart(f"{lined_up.headline}.", tuple(row.words for row in lined_up.organisations))


def advice_in(cohort: Cohort) -> tuple[AdviceLine, ...]:
    return tuple(
        AdviceLine(
            str(group.tag.label),
            group.in_words if group.rows else "",
            group.answer.text if group.answer else "",
            bool(group.answer and group.answer.changes),
        )
        for group in advice_of(cohort)
    )
