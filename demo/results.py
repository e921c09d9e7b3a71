"""What the example organisations say of expected results and own goals, and the goals at home they have ticked.

All of it is invented.
"""

from collections.abc import Collection
from datetime import date

from cohorts.models import Cohort, Participation
from demo.days import NINE, RUNNING, SIX
from improvements.enums import GoalOrigin, HowFar
from improvements.models import OwnGoal, ReachedGoal, ResultAnswer
from meetings.goals import goals_of
from meetings.models import Period
from reports.enums import ReportState
from reports.models import Report

# In turn over organisations and results, so that each result has several answers.
SAID = (HowFar.PARTLY, HowFar.REACHED, HowFar.NOT_YET, HowFar.PARTLY, HowFar.NOT_YET)
WORDS: dict[str, str] = {
    HowFar.REACHED: "Insatserna under Arbetet hemma visar det.",
    HowFar.PARTLY: "En nämnd har kommit i gång, och fler är på väg.",
}
# The own goals of an organisation, each with the judgement that it has where the omgång has begun.
GOALS = (
    ("Alla nämnder har statistik uppdelad på kön i sina uppföljningar", GoalOrigin.INTEREST, HowFar.PARTLY),
    ("Varje beslutsunderlag säger vad förslaget betyder för kvinnor och män", GoalOrigin.AT_START, HowFar.REACHED),
    ("Cheferna frågar efter skillnader mellan kvinnor och män på varje ledningsmöte", GoalOrigin.LATER, ""),
)


def add_results(loaded: Collection[str], *, today: date) -> None:
    for cohort in Cohort.objects.filter(slug__in={RUNNING, NINE, SIX} & set(loaded)):
        members = list(cohort.participations.participants())
        rows = [answer for place, member in enumerate(members) for answer in _answers(member, cohort, place)]
        answers = ResultAnswer.objects.bulk_create(rows)
        # The last has written no goals yet.
        goals = [goal for member in members[:-1] for goal in _goals(member, cohort)]
        Report.objects.filter(participation__in=members, state=ReportState.DRAFT).update(with_results=True)
        shown: list[ResultAnswer | OwnGoal] = [*answers, *OwnGoal.objects.bulk_create(goals)]
        for judged in shown:
            _show(judged)
        ReachedGoal.objects.bulk_create(
            goal for period in _past(cohort, today) for member in members for goal in _reached(member, period)
        )


def _answers(member: Participation, cohort: Cohort, place: int) -> list[ResultAnswer]:
    said = [SAID[(place + 2 * row) % len(SAID)] for row in range(cohort.expected_results.count())]
    return [
        ResultAnswer(participation=member, result=result, judgement=judgement, text=WORDS.get(judgement, ""))
        for result, judgement in zip(cohort.expected_results.all(), said, strict=True)
    ]


def _goals(member: Participation, cohort: Cohort) -> list[OwnGoal]:
    return [
        OwnGoal(
            participation=member,
            goal=goal,
            position=position,
            origin=origin,
            set_on=cohort.starts_on,
            judgement=judgement,
            text=WORDS.get(judgement, ""),
        )
        for position, (goal, origin, judgement) in enumerate(GOALS, start=1)
    ]


def _show(judged: ResultAnswer | OwnGoal) -> None:
    """Tie what has been reached at least in part to the organisation's own work."""
    if judged.judgement in WORDS:
        member = judged.participation
        judged.efforts.set(member.efforts.all()[:2])
        judged.indicators.set(member.indicators.all()[:1])
        judged.decisions.set(member.decisions.all()[:1])


def _past(cohort: Cohort, today: date) -> list[Period]:
    return [period for period in cohort.periods.select_related("after", "before", "cohort") if period.ends_on < today]


def _reached(member: Participation, period: Period) -> list[ReachedGoal]:
    """Tick all goals but the last, as on a day when something is left."""
    goals = goals_of(period)
    return [
        ReachedGoal(participation=member, period=period, goal=goal, reached_on=period.ends_on) for goal in goals[:-1]
    ]
