"""Work that the example packages cannot carry: parts, individual ratings, reasons, underlag, questions and a title.

All of it is invented, and entered once, by the same actions as on the pages, when its omgång is loaded. Assessments of
past meetings are changed as rows, since the actions refuse that.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone

from accounts.models import User
from assessments.actions.alone import invite_raters, rate_alone, say_ready
from assessments.actions.assessments import start_assessment, submit_assessment
from assessments.actions.dialogue import answer_query, ask_query
from assessments.actions.evidence import add_link
from assessments.actions.parts import add_part
from assessments.actions.scores import ScoreContent, save_score
from assessments.actions.titles import change_title_rule, decide_title
from assessments.enums import AssessmentState, Judges, TitleRule
from assessments.models import Assessment, Score
from checklist.models import Item
from cohorts.enums import Function
from cohorts.models import Delegate, Part, Participation
from demo.days import NINE, RUNNING, SIX
from demo.labels import labels_of
from improvements.actions import STEP, save_placement, save_step
from improvements.enums import ForWhom, PlacingTime, Stage, StepState
from improvements.models import EffortStep, Placement
from kit.staleness import content_of, digest

REGIONS = "demo-regioner"
BOARD = "Hälso- och sjukvårdsnämnden"
STRATEGIST, LEADER = "strateg@demo.invalid", "processledare@demo.invalid"
READY = ("politiker.solbygden@demo.invalid", "chef.solbygden@demo.invalid")
Raters = Mapping[str, int]
SOLBYGDEN_RATERS: Raters = {
    Function.POLITICIAN: 1,
    Function.MANAGER: 1,
    Function.STRATEGIST: 1,
    Function.CONTRIBUTOR: 2,
}
VASTANMARK_RATERS: Mapping[str, Raters] = {
    "learning-1": {Function.POLITICIAN: 1, Function.MANAGER: 3, Function.STRATEGIST: 1, Function.CONTRIBUTOR: 2},
    "learning-2": {Function.POLITICIAN: 2, Function.MANAGER: 3, Function.STRATEGIST: 1, Function.CONTRIBUTOR: 2},
}
# Who rated in the two larger omgångar, by how many they were: another number is also other functions.
RATERS_OF: Mapping[int | None, Raters] = {
    4: {Function.POLITICIAN: 1, Function.MANAGER: 1, Function.STRATEGIST: 1, Function.CONTRIBUTOR: 1},
    5: {Function.POLITICIAN: 1, Function.MANAGER: 2, Function.STRATEGIST: 1, Function.CONTRIBUTOR: 1},
    6: {Function.POLITICIAN: 2, Function.MANAGER: 2, Function.STRATEGIST: 1, Function.CONTRIBUTOR: 1},
    7: {Function.POLITICIAN: 2, Function.MANAGER: 3, Function.STRATEGIST: 2},
    8: {Function.POLITICIAN: 4, Function.MANAGER: 2, Function.STRATEGIST: 1, Function.CONTRIBUTOR: 1},
}


@dataclass(frozen=True)
class DemoReasoning:
    """How an organisation reasoned about a moment; `spread` is the lowest and the highest individual rating."""

    reasoning: str
    next_step: str
    aim: int | None
    spread: tuple[int, int]


SOLBYGDEN_REASONS = {
    "political_decision": DemoReasoning(
        "Regionfullmäktiges beslut gäller alla, men två nämnder har inte gjort det till sitt.",
        "De två nämnderna fattar egna beslut före nästa träff.",
        None,
        (2, 4),
    ),
    "top_managers": DemoReasoning(
        "Regiondirektören frågar efter läget två gånger om året, men ingen annan chef gör det.",
        "Frågan står på ledningsgruppens dagordning varje tertial.",
        3,
        (1, 3),
    ),
    "competence": DemoReasoning(
        "Arbetsgruppen kan ämnet till hälften, och cheferna har inte fått någon utbildning.",
        "Alla i arbetsgruppen går webbutbildningen, därefter cheferna.",
        3,
        (1, 3),
    ),
    "decision_support": DemoReasoning(
        "I inget av de ärenden vi läste stod det hur beslutet påverkar kvinnor och män.",
        "En mall prövas i en nämnd.",
        2,
        (1, 2),
    ),
    "follow_up": DemoReasoning(
        "Årsredovisningen har siffror per kön, men ingen säger vad de betyder.",
        "Tre mått väljs ut och kommenteras i delårsrapporten.",
        2,
        (1, 2),
    ),
}

# The board's values in the order of the moment. They differ from those of its region, so the two are never averaged.
BOARD_VALUES = (3, 3, 2, 2, 3, 3, 2, 2, 1, 1)
BOARD_COMMENTS = {
    2: "Nämnden bad om köer och väntetider per kön på två möten.",
    6: "Vårdens statistik är uppdelad på kön, primärvårdens ännu inte.",
}
BOARD_RATERS: Raters = {Function.POLITICIAN: 2, Function.MANAGER: 3, Function.STRATEGIST: 1}
# The individual ratings of the politician and the manager for the board's draft: they see it differently.
ALONE = ((3, 3, 3, 2, 3, 3, 3, 2, 2, 1), (3, 2, 2, 2, 2, 3, 2, 2, 1, 1))


def add_work(loaded: Collection[str]) -> None:
    """Add the work of the omgångar that have just been loaded; in others, what people have entered stays."""
    if RUNNING in loaded:
        solbygden, vastanmark = (_participation(RUNNING, code) for code in ("99", "90"))
        _remember(solbygden, "learning-1", SOLBYGDEN_RATERS, SOLBYGDEN_REASONS)
        for meeting, raters in VASTANMARK_RATERS.items():
            _remember(vastanmark, meeting, raters, {})
        _add_underlag(solbygden)
        _add_board(solbygden)
        _add_queries(vastanmark)
        _add_chain(solbygden, vastanmark)
    _tell_raters({NINE, SIX} & set(loaded))
    if REGIONS in loaded:
        _decide(_participation(REGIONS, "92"))


def _remember(participation: Participation, meeting: str, raters: Raters, reasons: Mapping[str, DemoReasoning]) -> None:
    assessment = participation.assessments.get(meeting__key=meeting, part=None)
    assessment.raters, assessment.judged_by = dict(raters), Judges.WORKING_GROUP
    assessment.save(update_fields=["raters", "judged_by"])
    for key, words in reasons.items():
        low, high = words.spread
        Score.objects.filter(assessment=assessment, item__key=key).update(
            reasoning=words.reasoning,
            next_step=words.next_step,
            aim=words.aim,
            raters=dict(raters),
            spread_low=low,
            spread_high=high,
        )


def _tell_raters(slugs: Collection[str]) -> None:
    submitted = Assessment.objects.filter(participation__cohort__slug__in=slugs, state=AssessmentState.SUBMITTED)
    handed_in = list(submitted)
    for assessment in handed_in:
        assessment.raters, assessment.judged_by = dict(RATERS_OF[assessment.assessors]), Judges.WORKING_GROUP
    Assessment.objects.bulk_update(handed_in, ["raters", "judged_by"])


def _add_underlag(participation: Participation) -> None:
    draft = participation.assessments.get(meeting__key="learning-2", part=None)
    by = _person(STRATEGIST)
    add_link(
        assessment=draft,
        item=_item(draft, "decision_support"),
        url="https://exempel.invalid/mall-foljder",
        title="Mallen som prövas i en nämnd",
        shared=True,
        by=by,
    )
    add_link(
        assessment=draft,
        item=_item(draft, "competence"),
        url="https://exempel.invalid/webbutbildning",
        title="Vilka som har gått webbutbildningen",
        by=by,
    )


def _add_board(participation: Participation) -> None:
    """Add a board with one assessment handed in, and a draft that four people are asked to rate alone."""
    by = _person(STRATEGIST)
    part = add_part(organisation=participation.organisation, name=BOARD, by=by)
    _hand_in(participation, part, by)
    draft = start_assessment(participation=participation, meeting=None, part=part, by=by)
    seated = Delegate.objects.filter(participation=participation).select_related("participation")
    invite_raters(assessment=draft, delegates=seated, by=by)
    for email, values in zip(READY, ALONE, strict=True):
        rater = _person(email)
        chosen = {item: Decimal(value) for item, value in zip(draft.items, values, strict=True)}
        rate_alone(assessment=draft, values=chosen, by=rater)
        say_ready(assessment=draft, by=rater)


def _hand_in(participation: Participation, part: Part, by: User) -> None:
    meeting = participation.cohort.meetings.get(key="learning-1")
    assessment = start_assessment(participation=participation, meeting=meeting, part=part, by=by)
    for item, value in zip(assessment.items, BOARD_VALUES, strict=True):
        comment = BOARD_COMMENTS.get(item.number, "")
        content = ScoreContent(value=Decimal(value), comment=comment, shared=item.number == 2 and bool(comment))
        save_score(assessment=assessment, item=item, content=content, revision=0, by=by)
    assessment = submit_assessment(assessment=assessment, raters=BOARD_RATERS, judged_by=Judges.MANAGEMENT_GROUP, by=by)
    # Let it look handed in on time; the trail keeps the day on which it was loaded.
    assessment.submitted_on = meeting.assessment_due_on
    assessment.save(update_fields=["submitted_on"])


def _add_chain(solbygden: Participation, vastanmark: Participation) -> None:
    """Add months, a part of the organisation, a step with a history, labels and placements along the result chain."""
    by = _person(STRATEGIST)
    measures = solbygden.efforts.get(title="Tre mått i månadsrapporten")
    measures.labels = labels_of(goals=(5,), tags=("barnrätt",))
    measures.save()
    begun, now = solbygden.cohort.meetings.get(key="learning-1").starts_on, timezone.localdate()
    begun_in, now_in = {"year": begun.year, "month": begun.month}, {"year": now.year, "month": now.month}
    measures.steps.filter(stage=Stage.ACTIVITY).update(**begun_in, said_on=begun)
    measures.steps.filter(stage=Stage.PRODUCT).update(said_on=begun)
    words = "Månadsrapporten har en sida med de tre måtten per kön."
    _save_step(measures.steps.get(stage=Stage.PRODUCT), by, **now_in, state=StepState.REACHED, text=words)
    part = {"state": StepState.PARTLY, "part": "två av fem nämnder", "whom": [ForWhom.WOMEN, ForWhom.MEN]}
    words = "Två nämnder går igenom sidan på varje möte och frågar vad skillnaderna beror på."
    _save_step(EffortStep(effort=measures, stage=Stage.PRACTICE), by, **now_in, **part, text=words)
    EffortStep.objects.filter(effort__participation=vastanmark, stage=Stage.ACTIVITY).update(**begun_in)
    placed = (
        (PlacingTime.START, Stage.ACTIVITY, "Vi hade just börjat och visste inte vilka siffror vi hade."),
        (PlacingTime.MIDDLE, Stage.PRODUCT, "Vi har mallar och mått, men få arbetar på ett nytt sätt än."),
    )
    for occasion, stage, reason in placed:
        placement = Placement(participation=solbygden, occasion=occasion)
        save_placement(placement=placement, stage=stage, reason=reason, seen="", by=by)


def _save_step(step: EffortStep, by: User, **content: Any) -> None:
    stored = content_of(step, *STEP)
    save_step(step=step, seen=digest(stored), by=by, **{**stored, **content})


def _add_queries(participation: Participation) -> None:
    assessment = participation.assessments.get(meeting__key="learning-2", part=None)
    leader, strategist = _person(LEADER), _person("strateg.vastanmark@demo.invalid")
    query = ask_query(
        assessment=assessment,
        item=_item(assessment, "competence"),
        text="Ni har gått från 2 till 3. Vilka har fått utbildning sedan sist?",
        by=leader,
    )
    answer_query(
        query=query,
        answer="Regionledningen och fyra av nio förvaltningschefer. De andra fem går utbildningen senare.",
        seen=digest({"answer": query.answer}),
        by=strategist,
    )
    ask_query(
        assessment=assessment,
        item=_item(assessment, "concrete_improvements"),
        text="Vilken förbättring tänker ni på när ni sätter 2? Vi vill gärna ta upp den på träffen.",
        by=leader,
    )


def _decide(participation: Participation) -> None:
    leader, cohort = _person(LEADER), participation.cohort
    change_title_rule(plan=cohort.plan, rule=TitleRule.SELF_ASSESSMENT, by=leader)
    decide_title(
        participation=participation,
        rule=TitleRule.SELF_ASSESSMENT,
        given=True,
        decided_on=cohort.ends_on,
        decided_by="Programledningen",
        note="Moment 7 ligger mellan steg 1 och 2. Mallen används i två förvaltningar, så vi räknar det som påbörjat.",
        seen="",
        by=leader,
    )


def _participation(slug: str, code: str) -> Participation:
    return Participation.objects.select_related("cohort", "organisation").get(cohort__slug=slug, code=code)


def _person(email: str) -> User:
    return User.objects.get(email=email)


def _item(assessment: Assessment, key: str) -> Item:
    return next(item for item in assessment.items if item.key == key)
