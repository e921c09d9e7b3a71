"""What the evaluator of the omgång of nine has seen, heard and judged, and advice from two omgångar. Invented."""

from collections.abc import Collection
from datetime import date, timedelta

from accounts.models import User
from cohorts.enums import Function
from cohorts.models import Cohort
from demo.days import CLOSED, NINE
from evaluation.enums import AdviceTag, Attained, InterviewForm, JudgedBy
from evaluation.erasing import last_day_of_notes
from evaluation.models import (
    Advice,
    AdviceAnswer,
    EvaluatorQuote,
    GoalJudgement,
    Interview,
    Observation,
    ProgrammeGoal,
)

EVALUATOR = "utvarderare@demo.invalid"
SEEN = (
    ("learning-1", "Samtalet kom i gång först när varje grupp hade en egen tabell framför sig.", True),
    ("learning-2", "Politikerna ställde fler frågor till varandra än till SKR.", True),
    (None, "Två strateger undrar hur de ska hinna med rapporten. Följ upp i intervjuerna.", False),
)
# Organisation, function or title, how many, form, whether it is listed, and what was taken out of it.
ASKED = (
    ("9601", Function.STRATEGIST, "", 1, InterviewForm.VIDEO, True, "Vi har slutat gissa, nu tittar vi i tabellen."),
    ("9601", Function.POLITICIAN, "", 2, InterviewForm.ON_SITE, True, ""),
    ("8901", "", "HR-direktör", 1, InterviewForm.PHONE, True, "Jag trodde att det här var strategens fråga."),
    ("9001", Function.MANAGER, "", 1, InterviewForm.VIDEO, False, ""),
)
NOTES = "Tog upp tiden mellan träffarna. Vill ha en träff till om indikatorer.\nRing tillbaka om delårsrapporten."
GOAL = "Minst tre av kommunerna blir mentorer i nästa omgång."
JUDGED = (
    (JudgedBy.EVALUATOR, Attained.PARTLY, "Rapporterna visar insatser i alla kommuner, men få har nått ett utfall."),
    (JudgedBy.SKR, Attained.REACHED, "Alla kommuner har minst ett nytt arbetssätt."),
)
# SKR reads the advice of those who have handed in their report, which nobody in the omgång of nine has.
KOMMUNER = CLOSED[0]
ADVICE = {
    NINE: (
        ("9601", AdviceTag.TIME, "Lägg längre tid mellan den andra och den tredje träffen."),
        ("9601", AdviceTag.EXAMPLES, "Visa fler exempel från små kommuner."),
    ),
    KOMMUNER: (
        ("9701", AdviceTag.TIME, "Lägg träffarna minst fyra månader isär, så att vi hinner pröva emellan."),
        ("9702", AdviceTag.TIME, "Träffarna får gärna ligga utanför budgetveckorna."),
        ("9702", AdviceTag.SCALE, "Ett fjärde steg skulle visa att vi har kommit en bit till."),
        ("9301", AdviceTag.TIME, "En dag räcker, men låt den vara hel."),
        ("9202", AdviceTag.CONTACTS, "Säg från början vem på SKR som svarar på frågor om arbetsboken."),
    ),
}
ANSWER = "Vi lägger träffarna minst fyra månader isär, och aldrig i oktober."


def add_evaluation(loaded: Collection[str], *, today: date) -> None:
    cohorts = {cohort.slug: cohort for cohort in Cohort.objects.filter(slug__in=ADVICE.keys() & set(loaded))}
    for slug, cohort in cohorts.items():
        members = {member.code: member for member in cohort.participations.all()}
        for place, (code, tag, text) in enumerate(ADVICE[slug]):
            Advice.objects.create(participation=members[code], tag=tag, text=text, position=place)
    if NINE in cohorts:
        evaluator = User.objects.get(email=EVALUATOR)
        _material(cohorts[NINE], evaluator, today)
        _goals(cohorts[NINE], evaluator)
    if KOMMUNER in cohorts:
        AdviceAnswer.objects.create(cohort=cohorts[KOMMUNER], tag=AdviceTag.TIME, text=ANSWER, changes=True)


def _material(cohort: Cohort, evaluator: User, today: date) -> None:
    members = {member.code: member for member in cohort.participations.all()}
    meetings = {meeting.key: meeting for meeting in cohort.meetings.all()}
    for key, text, may_be_used in SEEN:
        meeting = meetings[key] if key else None
        seen_on = meeting.starts_on if meeting else today - timedelta(days=3)
        row = {"meeting": meeting, "seen_on": seen_on, "text": text, "may_be_used": may_be_used}
        Observation.objects.create(cohort=cohort, written_by=evaluator, **row)
    for place, (code, function, title, people, form, listed, said) in enumerate(ASKED):
        interview = Interview.objects.create(
            cohort=cohort,
            participation=members[code],
            function=function,
            title=title,
            people=people,
            form=form,
            listed=listed,
            interviewed_on=today - timedelta(days=5 + place),
            notes=NOTES if place == 0 else "",
            erase_on=last_day_of_notes(cohort),
            interviewed_by=evaluator,
        )
        if said:
            quote = {"text": said, "function": interview.who, "may_be_used": True}
            EvaluatorQuote.objects.create(cohort=cohort, interview=interview, written_by=evaluator, **quote)


def _goals(cohort: Cohort, evaluator: User) -> None:
    goal = ProgrammeGoal.objects.create(cohort=cohort, text=GOAL, position=0)
    judged = {"cohort": cohort, "written_by": evaluator, "judged_by": JudgedBy.EVALUATOR}
    GoalJudgement.objects.create(
        goal=goal, assessment=Attained.TOO_EARLY, basis="Frågan ställs först i den sista träffen.", **judged
    )
    if result := cohort.expected_results.first():
        for judged_by, assessment, basis in JUDGED:
            GoalJudgement.objects.create(
                cohort=cohort, result=result, judged_by=judged_by, assessment=assessment, basis=basis
            )
