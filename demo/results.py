"""What the example organisations say of the expected results, and the goals at home that they have ticked. Invented."""

from collections.abc import Collection
from datetime import date

from cohorts.models import Cohort, Participation
from demo.days import NINE, RUNNING, SIX
from improvements.enums import HowFar
from improvements.models import ReachedGoal, ResultAnswer
from meetings.goals import goals_of
from meetings.models import Period

# In turn over organisations and results, so that each result has several answers.
SAID = (HowFar.PARTLY, HowFar.REACHED, HowFar.NOT_YET, HowFar.PARTLY, HowFar.NOT_YET)
WORDS = {
    HowFar.REACHED: "Insatserna under Arbetet hemma visar det.",
    HowFar.PARTLY: "En nämnd har kommit i gång, och fler är på väg.",
}


def add_results(loaded: Collection[str], *, today: date) -> None:
    for cohort in Cohort.objects.filter(slug__in={RUNNING, NINE, SIX} & set(loaded)):
        members = list(cohort.participations.participants())
        ResultAnswer.objects.bulk_create(
            answer for place, member in enumerate(members) for answer in _answers(member, cohort, place)
        )
        ReachedGoal.objects.bulk_create(
            goal for period in _past(cohort, today) for member in members for goal in _reached(member, period)
        )


def _answers(member: Participation, cohort: Cohort, place: int) -> list[ResultAnswer]:
    said = [SAID[(place + 2 * row) % len(SAID)] for row in range(cohort.expected_results.count())]
    return [
        ResultAnswer(participation=member, result=result, judgement=judgement, text=WORDS.get(judgement, ""))
        for result, judgement in zip(cohort.expected_results.all(), said, strict=True)
    ]


def _past(cohort: Cohort, today: date) -> list[Period]:
    return [period for period in cohort.periods.select_related("after", "before", "cohort") if period.ends_on < today]


def _reached(member: Participation, period: Period) -> list[ReachedGoal]:
    """Tick all goals but the last, as on a day when something is left."""
    goals = goals_of(period)
    return [
        ReachedGoal(participation=member, period=period, goal=goal, reached_on=period.ends_on) for goal in goals[:-1]
    ]
