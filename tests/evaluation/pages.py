"""The evaluator's observations and interviews, the judgement of goals, and advice to SKR."""

from collections.abc import Callable
from datetime import date
from typing import Any

from bench.pages import Page as Counted
from bench.pages import own, whole
from evaluation.models import Advice, AdviceAnswer, EvaluatorQuote, GoalJudgement, Interview, Observation, ProgrammeGoal
from tests.access import OWN, WORKERS, Row, rest
from tests.browser.steps import Page, Scene, cohort, of, refused, unfold

EVALUATOR = {"ok": ("evaluator",), "forbidden": rest("evaluator")}
READERS = {"ok": ("process_leader", "evaluator"), "forbidden": rest("process_leader", "evaluator")}
LEADER = {"ok": ("process_leader",), "forbidden": rest("process_leader")}
OURS = {"ok": OWN, "forbidden": rest(*OWN)}
GIVERS = {"ok": WORKERS, "forbidden": rest(*WORKERS)}
ROWS: list[Row] = [
    Row("evaluation:evaluation", "cohort", **READERS),
    Row("evaluation:observation_add", "cohort", **EVALUATOR),
    Row("evaluation:observation_add", "cohort", **EVALUATOR, post=True),
    Row("evaluation:observation_edit", "observation", **EVALUATOR),
    Row("evaluation:observation_edit", "observation", **EVALUATOR, post=True),
    Row("evaluation:observation_remove", "observation", **EVALUATOR, post=True),
    Row("evaluation:observation_quote", "observation", **EVALUATOR),
    Row("evaluation:observation_quote", "observation", **EVALUATOR, post=True),
    Row("evaluation:interview_add", "cohort", **EVALUATOR),
    Row("evaluation:interview_add", "cohort", **EVALUATOR, post=True),
    Row("evaluation:interview_edit", "interview", **EVALUATOR),
    Row("evaluation:interview_edit", "interview", **EVALUATOR, post=True),
    Row("evaluation:interview_remove", "interview", **EVALUATOR, post=True),
    Row("evaluation:interview_quote", "interview", **EVALUATOR),
    Row("evaluation:interview_quote", "interview", **EVALUATOR, post=True),
    Row("evaluation:quote_edit", "evaluator_quote", **EVALUATOR),
    Row("evaluation:quote_edit", "evaluator_quote", **EVALUATOR, post=True),
    Row("evaluation:quote_remove", "evaluator_quote", **EVALUATOR, post=True),
    Row("evaluation:attainment", "cohort", **READERS),
    Row("evaluation:judge_result", "result_to_judge", **READERS),
    Row("evaluation:judge_result", "result_to_judge", **READERS, post=True),
    Row("evaluation:judge_goal", "programme_goal", **READERS),
    Row("evaluation:judge_goal", "programme_goal", **READERS, post=True),
    Row("evaluation:goal_add", "cohort", **READERS),
    Row("evaluation:goal_add", "cohort", **READERS, post=True),
    Row("evaluation:goal_edit", "programme_goal", **READERS),
    Row("evaluation:goal_edit", "programme_goal", **READERS, post=True),
    Row("evaluation:goal_remove", "programme_goal", **READERS, post=True),
    Row("evaluation:advice", "cohort", **READERS),
    Row("evaluation:answer_advice", "advice_tag", **LEADER),
    Row("evaluation:answer_advice", "advice_tag", **LEADER, post=True),
    Row("evaluation:own_advice", "organisation", **OURS),
    Row("evaluation:advice_add", "organisation", **GIVERS),
    Row("evaluation:advice_add", "organisation", **GIVERS, post=True),
    Row("evaluation:advice_edit", "advice", **GIVERS),
    Row("evaluation:advice_edit", "advice", **GIVERS, post=True),
    Row("evaluation:advice_remove", "advice", **GIVERS, post=True),
]
PUBLIC: set[str] = set()
DAY = date(2026, 2, 2)


def a_row(model: Any, **facts: Any) -> Any:
    return model.objects.filter(**facts).first() or model.objects.create(**facts)


def observed(omgang: Any, **more: Any) -> Observation:
    return a_row(Observation, cohort=omgang, seen_on=DAY, text="Grupperna talade om mått.", **more)


def interviewed(omgang: Any, **more: Any) -> Interview:
    return a_row(Interview, cohort=omgang, interviewed_on=DAY, form="video", function="strategist", **more)


def quoted(omgang: Any, **more: Any) -> EvaluatorQuote:
    return a_row(EvaluatorQuote, cohort=omgang, text="Nu frågar nämnden.", function="strateg", **more)


def a_goal(omgang: Any) -> ProgrammeGoal:
    return a_row(ProgrammeGoal, cohort=omgang, text="Fler blir mentorer.", position=0)


def a_result(omgang: Any) -> Any:
    facts = {"text": "Minst en insats har nått utfall.", "kind": "expected", "position": 0}
    return omgang.expected_results.first() or omgang.expected_results.create(key="utfall", **facts)


def advised(participation: Any) -> Advice:
    return a_row(Advice, participation=participation, tag="time", text="Mer tid mellan träffarna.", position=0)


PLACES: dict[str, Callable[[Any], tuple[Any, ...]]] = {
    "observation": lambda world: (world.cohort.slug, observed(world.cohort).pk),
    "interview": lambda world: (world.cohort.slug, interviewed(world.cohort).pk),
    "evaluator_quote": lambda world: (world.cohort.slug, quoted(world.cohort).pk),
    "result_to_judge": lambda world: (world.cohort.slug, a_result(world.cohort).key),
    "programme_goal": lambda world: (world.cohort.slug, a_goal(world.cohort).pk),
    "advice_tag": lambda world: (world.cohort.slug, "time"),
    "advice": lambda world: (world.cohort.slug, world.own.code, advised(world.own).pk),
}
NO_HTML: tuple[str, ...] = ()


def with_everything(scene: Scene) -> tuple[Any, ...]:
    omgang, evaluator = scene.running, scene.users["evaluator"]
    seen = observed(omgang, written_by=evaluator)
    asked = interviewed(omgang, participation=scene.own, interviewed_by=evaluator, listed=True)
    quoted(omgang, observation=seen, may_be_used=True)
    a_row(EvaluatorQuote, cohort=omgang, text="Det tog tid.", function="chef", interview=asked)
    a_row(EvaluatorQuote, cohort=omgang, text="Vi fortsätter.", function="politiker", may_be_used=True)
    return (omgang.slug,)


def with_judgements(scene: Scene) -> tuple[Any, ...]:
    omgang, result, goal = scene.mixed, a_result(scene.mixed), a_goal(scene.mixed)
    for judged_by, assessment in (("evaluator", "partly"), ("skr", "reached")):
        row = {"cohort": omgang, "result": result, "judged_by": judged_by}
        GoalJudgement.objects.get_or_create(**row, defaults={"assessment": assessment, "basis": "Rapporterna."})
    GoalJudgement.objects.get_or_create(
        cohort=omgang, goal=goal, judged_by="skr", defaults={"assessment": "too_early", "basis": "Frågan är ställd."}
    )
    return (omgang.slug,)


def with_advice(scene: Scene) -> tuple[Any, ...]:
    omgang = scene.running
    omgang.participations.filter(pk=scene.own.pk).update(reported=True)
    advised(scene.own)
    Advice.objects.get_or_create(participation=scene.own, tag="scale", text="Fyra steg räcker.", position=1)
    AdviceAnswer.objects.get_or_create(
        cohort=omgang, tag="time", defaults={"text": "Vi lägger in en månad till.", "changes": True}
    )
    return (omgang.slug,)


def on(row: Callable[[Any], Any], name: str = "running") -> Callable[[Scene], tuple[Any, ...]]:
    return lambda scene: (getattr(scene, name).slug, row(getattr(scene, name)).pk)


def own_interview(scene: Scene) -> tuple[Any, ...]:
    evaluator = scene.users["evaluator"]
    return (scene.running.slug, interviewed(scene.running, interviewed_by=evaluator, people=2).pk)


PAGES: tuple[Page, ...] = (
    Page("evaluation:evaluation", "evaluator", cohort("mixed"), "empty"),
    Page("evaluation:evaluation", "evaluator", with_everything, "with all"),
    Page("evaluation:evaluation", "process_leader", with_everything, "what may be used"),
    Page("evaluation:observation_add", "evaluator", cohort("running")),
    Page("evaluation:observation_add", "evaluator", cohort("running"), "refused", refused()),
    Page("evaluation:observation_edit", "evaluator", on(observed), "", unfold),
    Page("evaluation:observation_quote", "evaluator", on(observed)),
    Page("evaluation:interview_add", "evaluator", cohort("running")),
    Page("evaluation:interview_add", "evaluator", cohort("running"), "refused", refused()),
    Page("evaluation:interview_edit", "evaluator", on(interviewed), "a colleague's", unfold),
    Page("evaluation:interview_edit", "evaluator", own_interview, "with notes", unfold),
    Page("evaluation:interview_quote", "evaluator", on(interviewed)),
    Page("evaluation:quote_edit", "evaluator", on(quoted), "", unfold),
    Page("evaluation:attainment", "evaluator", with_judgements, "judged"),
    Page("evaluation:attainment", "process_leader", with_judgements, "judged"),
    Page("evaluation:judge_result", "evaluator", lambda scene: (scene.mixed.slug, a_result(scene.mixed).key)),
    Page("evaluation:judge_goal", "process_leader", on(a_goal, "mixed"), "refused", refused(basis="")),
    Page("evaluation:goal_add", "evaluator", cohort("mixed")),
    Page("evaluation:goal_edit", "evaluator", on(a_goal, "mixed"), "", unfold),
    Page("evaluation:advice", "process_leader", cohort("mixed"), "none"),
    Page("evaluation:advice", "process_leader", with_advice, "answered"),
    Page("evaluation:answer_advice", "process_leader", lambda scene: (*with_advice(scene), "time")),
    Page("evaluation:own_advice", "strategist", of("own"), "none"),
    Page("evaluation:own_advice", "politician", of("other"), "read only"),
    Page("evaluation:own_advice", "strategist", lambda scene: (*with_advice(scene), scene.own.code), "answered"),
    Page("evaluation:advice_add", "strategist", of("own")),
    Page("evaluation:advice_add", "strategist", of("own"), "refused", refused()),
    Page("evaluation:advice_edit", "strategist", lambda scene: (*of("own")(scene), advised(scene.own).pk), "", unfold),
)
NO_PAGE: dict[str, str] = {}
COUNTED: tuple[Counted, ...] = (
    Counted("Utvärdering", "evaluation:evaluation", "evaluator", whole),
    Counted("Måluppfyllelse", "evaluation:attainment", "evaluator", whole),
    Counted("Advice to SKR", "evaluation:advice", "process_leader", whole),
    Counted("Own advice", "evaluation:own_advice", "politician", own),
)
