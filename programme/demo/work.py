"""What the example packages cannot carry: parts, individual ratings, reasons, underlag, questions, a title.

All of it is invented. It is entered once, by the same actions as on the pages, when its omgång is loaded. What was
said of an assessment before its meeting was handed in with it, which no action of today can do: those are rows.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from accounts.models import User
from checklist.actions.alone import invite_raters, rate_alone, say_ready
from checklist.actions.assessments import start_assessment, submit_assessment
from checklist.actions.dialogue import answer_query, ask_query
from checklist.actions.evidence import add_link
from checklist.actions.parts import add_part
from checklist.actions.scores import Content, save_score
from checklist.actions.titles import change_title_rule, decide_title
from checklist.enums import Judges, TitleRule
from checklist.models import Assessment, Item, Part, Score
from cohorts.enums import Function
from cohorts.models import Delegate, Participation
from modell.staleness import digest
from programme.demo.days import RUNNING

REGIONS = "demo-regioner"
BOARD = "Hälso- och sjukvårdsnämnden"
STRATEGIST, LEADER = "strateg@demo.invalid", "processledare@demo.invalid"
READY = ("politiker.solbygden@demo.invalid", "chef.solbygden@demo.invalid")
Raters = Mapping[str, int]
SOLBYGDEN_WERE: Raters = {
    Function.POLITICIAN: 1,
    Function.MANAGER: 1,
    Function.STRATEGIST: 1,
    Function.CONTRIBUTOR: 2,
}
VASTANMARK_WERE: Mapping[str, Raters] = {
    "learning-1": {Function.POLITICIAN: 1, Function.MANAGER: 3, Function.STRATEGIST: 1, Function.CONTRIBUTOR: 2},
    "learning-2": {Function.POLITICIAN: 2, Function.MANAGER: 3, Function.STRATEGIST: 1, Function.CONTRIBUTOR: 2},
}


@dataclass(frozen=True)
class Said:
    """How an organisation reasoned about a moment, and the lowest and highest that someone had chosen alone."""

    reasoning: str
    next_step: str
    aim: int | None
    spread: tuple[int, int]


SOLBYGDEN_SAID = {
    "political_decision": Said(
        "Regionfullmäktiges beslut gäller alla, men två nämnder har inte gjort det till sitt.",
        "De två nämnderna fattar egna beslut före nästa träff.",
        None,
        (2, 4),
    ),
    "top_managers": Said(
        "Regiondirektören frågar efter läget två gånger om året, men ingen annan chef gör det.",
        "Frågan står på ledningsgruppens dagordning varje tertial.",
        3,
        (1, 3),
    ),
    "competence": Said(
        "Arbetsgruppen kan ämnet till hälften, och cheferna har inte fått någon utbildning.",
        "Alla i arbetsgruppen går webbutbildningen, därefter cheferna.",
        3,
        (1, 3),
    ),
    "decision_support": Said(
        "I inget av de ärenden vi läste stod det hur beslutet påverkar kvinnor och män.",
        "En mall prövas i en nämnd.",
        2,
        (1, 2),
    ),
    "follow_up": Said(
        "Årsredovisningen har siffror per kön, men ingen säger vad de betyder.",
        "Tre mått väljs ut och kommenteras i delårsrapporten.",
        2,
        (1, 2),
    ),
}

# The board's own, by the moment's number: it stands elsewhere than its region, which is why the two are never averaged.
BOARD_VALUES = (3, 3, 2, 2, 3, 3, 2, 2, 1, 1)
BOARD_COMMENTS = {
    2: "Nämnden bad om köer och väntetider per kön på två möten.",
    6: "Vårdens statistik är uppdelad på kön, primärvårdens ännu inte.",
}
BOARD_WERE: Raters = {Function.POLITICIAN: 2, Function.MANAGER: 3, Function.STRATEGIST: 1}
# What two of the four have chosen alone before the board's next: the politician and the manager see it differently.
ALONE = ((3, 3, 3, 2, 3, 3, 3, 2, 2, 1), (3, 2, 2, 2, 2, 3, 2, 2, 1, 1))


def add_work(loaded: Collection[str]) -> None:
    """For the omgångar that were loaded just now; what has been entered in the others since is theirs."""
    if RUNNING in loaded:
        solbygden, vastanmark = (_participation(RUNNING, code) for code in ("99", "90"))
        _remember(solbygden, "learning-1", SOLBYGDEN_WERE, SOLBYGDEN_SAID)
        for meeting, raters in VASTANMARK_WERE.items():
            _remember(vastanmark, meeting, raters, {})
        _add_underlag(solbygden)
        _add_board(solbygden)
        _ask(vastanmark)
    if REGIONS in loaded:
        _decide(_participation(REGIONS, "92"))


def _remember(participation: Participation, meeting: str, raters: Raters, said: Mapping[str, Said]) -> None:
    assessment = participation.assessments.get(meeting__key=meeting, part=None)
    assessment.raters, assessment.judged_by = dict(raters), Judges.WORKING_GROUP
    assessment.save(update_fields=["raters", "judged_by"])
    for key, words in said.items():
        low, high = words.spread
        Score.objects.filter(assessment=assessment, item__key=key).update(
            reasoning=words.reasoning,
            next_step=words.next_step,
            aim=words.aim,
            raters=dict(raters),
            spread_low=low,
            spread_high=high,
        )


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
    """One handed in to the meeting that has been, and a draft that four have been asked to rate alone."""
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
        content = Content(value=Decimal(value), comment=comment, shared=item.number == 2 and bool(comment))
        save_score(assessment=assessment, item=item, content=content, revision=0, by=by)
    assessment = submit_assessment(assessment=assessment, raters=BOARD_WERE, judged_by=Judges.MANAGEMENT_GROUP, by=by)
    # As if it was handed in in time; the trail keeps the day on which it was loaded.
    assessment.submitted_on = meeting.assessment_due_on
    assessment.save(update_fields=["submitted_on"])


def _ask(participation: Participation) -> None:
    """The process leader's two questions; the first is answered."""
    assessment = participation.assessments.get(meeting__key="learning-2", part=None)
    leader, strategist = _person(LEADER), _person("strateg.vastanmark@demo.invalid")
    asked = ask_query(
        assessment=assessment,
        item=_item(assessment, "competence"),
        text="Ni har gått från 2 till 3. Vilka har fått utbildning sedan sist?",
        by=leader,
    )
    answer_query(
        query=asked,
        answer="Regionledningen och fyra av nio förvaltningschefer. De andra fem går utbildningen senare.",
        seen=digest({"answer": asked.answer}),
        by=strategist,
    )
    ask_query(
        assessment=assessment,
        item=_item(assessment, "concrete_improvements"),
        text="Vilken förbättring tänker ni på när ni sätter 2? Vi vill gärna ta upp den på träffen.",
        by=leader,
    )


def _decide(participation: Participation) -> None:
    """The rule of the closed omgång, and a decision where the half steps leave it to a person."""
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
