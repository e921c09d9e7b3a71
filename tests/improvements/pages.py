"""Work at home and its examples."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from playwright.sync_api import Page as Browser
from playwright.sync_api import expect

from assessments.comparing.learning import learning_for
from bench import LARGE
from bench.pages import Page as Counted
from bench.pages import no_place, own, whole
from cohorts.enums import ExpectedKind, Function
from cohorts.models import Delegate
from improvements.enums import GoalOrigin, State
from improvements.models import Comment, Cycle, Effort, EffortStep, Improvement
from indicators.models import Indicator, Value
from meetings.models import Takeaway
from tests.access import IN_COHORT, OWN, READERS, ROLES, SKR, WORKERS, Row, rest, without
from tests.browser.steps import Page, Scene, Steps, cohort, nowhere, of, refused, row, unfold
from tests.factories import AssessmentFactory
from tests.indicators.series_samples import WAITING
from tests.meetings.pages import near, one_of, past_meeting, spoken_at

# The page of an indicator and its files.
INDICATOR = ("indicator", "indicator_csv", "indicator_svg", "indicator_pdf", "indicator_word")

ROWS: list[Row] = [
    Row("improvements:work", "organisation", ok=READERS, forbidden=("administrator", "other")),
    Row("improvements:improvement_add", "organisation", ok=WORKERS, forbidden=rest(*WORKERS)),
    Row("improvements:improvement", "improvement", ok=READERS),
    Row("improvements:improvement", "private_improvement", ok=OWN),
    *(Row(f"improvements:improvement_{name}", "improvement_file", ok=READERS) for name in ("pdf", "word")),
    *(Row(f"improvements:improvement_{name}", "private_improvement_file", ok=OWN) for name in ("pdf", "word")),
    Row("improvements:improvement_edit", "improvement", ok=WORKERS, forbidden=without(READERS, *WORKERS)),
    Row("improvements:cycle_add", "improvement", ok=WORKERS, forbidden=without(READERS, *WORKERS)),
    Row("improvements:cycle_edit", "cycle", ok=WORKERS, forbidden=without(READERS, *WORKERS)),
    *(
        Row(f"improvements:{name}", place, ok=WORKERS, forbidden=forbidden, post=post)
        for name, place, forbidden in (
            ("move", "improvement", without(READERS, *WORKERS)),
            ("lay", "adopted", without(READERS, *WORKERS)),
            ("copy", "organisation", rest(*WORKERS)),
            ("cycle_name", "organisation", rest(*WORKERS)),
        )
        for post in (False, True)
    ),
    Row("improvements:effort_add", "organisation", ok=WORKERS, forbidden=rest(*WORKERS)),
    Row("improvements:effort", "effort", ok=READERS),
    Row("improvements:effort", "private_effort", ok=OWN),
    Row("improvements:effort", "example", ok=ROLES),
    Row("improvements:library", "-", ok=ROLES),
    *(
        Row(f"improvements:{name}", place, ok=READERS, forbidden=("administrator", "other"))
        for name, place in (
            ("chain", "organisation"),
            ("chain_csv", "its_chain_file"),
            ("chain_json", "its_chain_file"),
        )
    ),
    *(
        Row("improvements:placement", "its_occasion", ok=WORKERS, forbidden=rest(*WORKERS), post=post)
        for post in (False, True)
    ),
    Row(
        "improvements:cohort_chain",
        "cohort",
        ok=without((*SKR, "evaluator", *IN_COHORT), "administrator"),
        forbidden=("administrator",),
    ),
    Row("improvements:group_work", "its_group", ok=READERS, forbidden=("administrator", "other")),
    Row(
        "improvements:cohort_work",
        "cohort",
        ok=("process_leader", "evaluator", "mentor"),
        forbidden=("administrator", *OWN, "groupmate", "other"),
    ),
    *(
        Row(
            f"improvements:{name}",
            "its_shared_file",
            ok=("process_leader", "evaluator"),
            forbidden=("administrator", *IN_COHORT),
        )
        for name in ("shared_csv", "shared_codebook")
    ),
    Row("improvements:expected", "organisation", ok=READERS, forbidden=("administrator", "other")),
    *(
        Row("improvements:expected_answer", "its_result", ok=WORKERS, forbidden=rest(*WORKERS), post=post)
        for post in (False, True)
    ),
    *(
        Row(f"improvements:own_goal_{name}", place, ok=WORKERS, forbidden=rest(*WORKERS), post=post)
        for name, place in (("add", "organisation"), *((name, "its_goal") for name in ("edit", "judge", "remove")))
        for post in (False, True)
    ),
    Row("improvements:own_goal_move", "its_goal", ok=WORKERS, forbidden=rest(*WORKERS), post=True),
    Row("improvements:steps", "organisation", ok=READERS, forbidden=("administrator", "other")),
    Row("improvements:goal", "its_period", ok=WORKERS, forbidden=rest(*WORKERS), post=True),
    Row("improvements:effort_edit", "effort", ok=WORKERS, forbidden=without(READERS, *WORKERS)),
    Row("improvements:step_add", "effort", ok=WORKERS, forbidden=without(READERS, *WORKERS)),
    Row("improvements:step_edit", "step", ok=WORKERS, forbidden=without(READERS, *WORKERS)),
    Row(
        "improvements:examples",
        "cohort",
        ok=without((*SKR, "evaluator", *IN_COHORT), "administrator"),
        forbidden=("administrator",),
    ),
    *(
        Row(f"improvements:{name}_remove", place, ok=WORKERS, forbidden=rest(*WORKERS), post=post)
        for name, place in (
            ("improvement", "its_improvement"),
            ("cycle", "its_cycle"),
            ("effort", "its_effort"),
            ("step", "its_step"),
        )
        for post in (False, True)
    ),
    *(Row(f"improvements:{name}", "gap_file" if name[10:] else "gap", ok=READERS) for name in INDICATOR),
    *(Row(f"improvements:{name}", "private_gap_file" if name[10:] else "private_gap", ok=OWN) for name in INDICATOR),
    *(
        Row("improvements:comment_add", place, ok=ok, forbidden=forbidden, post=post)
        for place, ok, forbidden in (
            ("improvement", without(READERS, "evaluator"), ("evaluator",)),
            ("private_improvement", WORKERS, without(OWN, *WORKERS)),
        )
        for post in (False, True)
    ),
    *(
        Row("improvements:comment_remove", place, ok=ok, forbidden=without(READERS, *ok), post=post)
        for place, ok in (("mentors_comment", (*WORKERS, "mentor")), ("politicians_comment", (*WORKERS, "politician")))
        for post in (False, True)
    ),
    Row("improvements:comment_remove", "home_comment", ok=WORKERS, forbidden=without(OWN, *WORKERS)),
    Row("improvements:evidence", "improvement", ok=WORKERS, forbidden=without(READERS, *WORKERS)),
    Row("improvements:evidence", "improvement", ok=WORKERS, forbidden=without(READERS, *WORKERS), post=True),
    Row("improvements:evidence_file", "shared_evidence_file", ok=READERS),
    Row("improvements:evidence_file", "private_evidence_file", ok=OWN),
    Row("improvements:evidence_remove", "work_evidence", ok=WORKERS, forbidden=without(READERS, *WORKERS), post=True),
    Row("improvements:naming", "lent", ok=("groupmate",)),
    Row("improvements:naming", "lent", ok=("groupmate",), post=True),
    *(
        Row(f"improvements:{name}", place, ok=WORKERS, forbidden=rest(*WORKERS), post=post)
        for name, place in (("from_example", "others_example"), ("from_teacher", "a_lesson"))
        for post in (False, True)
    ),
    near("improvements:from_idea", "own_idea", WORKERS),
    near("improvements:from_idea", "own_idea", WORKERS, post=True),
]


PUBLIC: set[str] = set()


def lent(world: Any) -> tuple[Any, ...]:
    """An improvement that may be published, with an idea of the other organisation in the group."""
    lender = Delegate.objects.get(user=world.users["groupmate"]).participation.organisation
    Improvement.objects.filter(pk=world.improvement.pk).update(public=True, borrowed_from=lender)
    return (world.improvement.pk,)


def commented(world: Any, role: str, work: Improvement | None = None) -> tuple[Any, ...]:
    """A comment by the person in that role, as the address below its improvement."""
    work = work or world.improvement
    seat = Delegate.objects.filter(user=world.users[role]).select_related("participation").get()
    who = {"organisation": seat.participation.organisation, "function": seat.function}
    about = {"text": "Vilka har ni frågat?", "shared": work.shared, "written_by": seat.user}
    comment, _ = Comment.objects.get_or_create(improvement=work, **who, **about)
    return work.pk, comment.pk


def with_file(work: Improvement) -> tuple[Any, ...]:
    """A file that shows an improvement, as its address."""
    row = work.evidence.exclude(file="").first()
    if row is None:
        file = ContentFile(b"%PDF", "rutin.pdf")
        row = work.evidence.create(title="Rutinen", file=file, size=4, media_type="application/pdf")
    return work.pk, row.pk


def spoken_of(scene: Scene) -> tuple[Any, ...]:
    """An improvement with comments of its mentor and of its own organisation, a link and a file."""
    work = scene.improvement
    group = {"organisation": scene.other.organisation, "function": Function.STRATEGIST, "shared": True}
    own = {"organisation": scene.own.organisation, "function": Function.CONTRIBUTOR}
    work.comments.get_or_create(text="Vilka har ni frågat?\n\nVi började med kassan.", **group)
    work.comments.get_or_create(text="Vi frågar kassan på fredag.", **own)
    work.evidence.get_or_create(title="Räkningen", url="https://exempel.invalid/rakning")
    with_file(work)
    return (work.pk,)


def a_comment(scene: Scene) -> tuple[Any, ...]:
    (pk,) = spoken_of(scene)
    return pk, scene.improvement.comments.first().pk


def others_example(world: Any) -> tuple[Any, ...]:
    """An example of the other organisation in the group, at the address of one's own."""
    theirs = Delegate.objects.get(user=world.users["groupmate"]).participation
    effort, _ = Effort.objects.get_or_create(participation=theirs, title="Exemplet", shared=True, example=True)
    return world.cohort.slug, world.own.code, effort.pk


def a_lesson(world: Any) -> tuple[Any, ...]:
    """An item on which one's own organisation stands low, and the other in the group high and gladly tells."""
    theirs = Delegate.objects.get(user=world.users["groupmate"]).participation
    if not theirs.assessments.filter(meeting=None).exists():
        for participation, value in ((world.own, 1), (theirs, 3)):
            rated = AssessmentFactory(participation=participation, meeting=None, values=[value] * 10, submitted=True)
            rated.scores.update(glad_to_tell=value == 3)
    return world.cohort.slug, world.own.code, 1, theirs.code


def adopted(world: Any) -> tuple[Any, ...]:
    """An improvement that has been adopted."""
    Improvement.objects.filter(pk=world.improvement.pk).update(state=State.ADOPTED)
    return (world.improvement.pk,)


def its(row: str, *more: Any) -> Callable[[Any], tuple[Any, ...]]:
    """The address of the organisation's own row, for a page below the organisation's."""
    return lambda world: (world.cohort.slug, world.own.code, getattr(world, row).pk, *more)


def with_a_gap(participation: Any, *, shared: bool = True) -> Indicator:
    """An indicator of eight years, whose gap has shrunk since men wait longer."""
    about = {"unit": "dagar", "direction": "lower", "kind": "mean", "source": "own", "says": "väntar längre"}
    targets = {"target_women": 40, "target_men": 40, "target_gap": 1}
    title = "Väntetid till smärtvården" if shared else "Väntetid till akuten"
    indicator, new = Indicator.objects.get_or_create(
        participation=participation,
        title=title,
        defaults={**about, **targets, "key": f"vantetid-{shared}".lower(), "shared": shared},
    )
    if new:
        for year, (women, men) in enumerate(WAITING, 2018):
            Value.objects.create(indicator=indicator, period=str(year), unit="dagar", women=women, men=men)
        body = "Regionstyrelsen" if shared else "Regionfullmäktige"
        decision = participation.decisions.create(kind="entry", body=body, decided_on=date(2022, 10, 14))
        indicator.decisions.add(decision)
    return indicator


def a_gap(world: Any) -> tuple[Any, ...]:
    return (with_a_gap(world.own).pk,)


def a_private_gap(world: Any) -> tuple[Any, ...]:
    return (with_a_gap(world.own, shared=False).pk,)


def gap_of_own(scene: Scene) -> tuple[Any, ...]:
    return (with_a_gap(scene.own).pk,)


def gap_without_values(scene: Scene) -> tuple[Any, ...]:
    indicator = with_a_gap(scene.own, shared=False)
    indicator.values.all().delete()
    return (indicator.pk,)


def its_period(world: Any) -> tuple[Any, ...]:
    """A period of the omgång, with a goal."""
    period = world.cohort.periods.create(name="Arbete på hemmaplan", goals="En plan", position=1)
    return world.cohort.slug, world.own.code, period.pk


def its_result(world: Any) -> tuple[Any, ...]:
    """A result that the omgång expects."""
    about = {"text": "En plan finns", "kind": ExpectedKind.EXPECTED, "position": 1}
    world.cohort.expected_results.get_or_create(key="plan", defaults=about)
    return world.cohort.slug, world.own.code, "plan"


def expected_of_own(scene: Scene) -> tuple[Any, ...]:
    return (*of("own")(scene), scene.own.cohort.expected_results.first().key)


def a_goal(world: Any) -> tuple[Any, ...]:
    about = {"origin": GoalOrigin.LATER, "position": 1}
    goal = world.own.own_goals.get_or_create(goal="Alla nämnder frågar om kön", defaults=about)[0]
    return world.cohort.slug, world.own.code, goal.pk


def goal_of_own(scene: Scene) -> tuple[Any, ...]:
    return (*of("own")(scene), scene.own.own_goals.first().pk)


def unanswered(scene: Scene) -> tuple[Any, ...]:
    scene.own.result_answers.all().delete()
    return expected_of_own(scene)


PLACES: dict[str, Callable[[Any], tuple[Any, ...]]] = {
    "lent": lent,
    "its_goal": a_goal,
    "others_example": others_example,
    "a_lesson": a_lesson,
    "gap": a_gap,
    "gap_file": a_gap,
    "private_gap": a_private_gap,
    "private_gap_file": a_private_gap,
    "mentors_comment": lambda world: commented(world, "mentor"),
    "politicians_comment": lambda world: commented(world, "politician"),
    "home_comment": lambda world: commented(world, "contributor", world.private_improvement),
    "shared_evidence_file": lambda world: with_file(world.improvement),
    "private_evidence_file": lambda world: with_file(world.private_improvement),
    "work_evidence": lambda world: with_file(world.improvement),
    "improvement_file": lambda world: (world.improvement.pk,),
    "private_improvement_file": lambda world: (world.private_improvement.pk,),
    "adopted": adopted,
    "its_period": its_period,
    "its_result": its_result,
    "its_improvement": its("improvement"),
    "its_cycle": its("improvement", 1),
    "its_effort": its("effort"),
    "its_step": its("effort", "activity"),
    "its_group": lambda world: (world.cohort.slug, world.own.group.key),
    "its_shared_file": lambda world: (world.cohort.slug,),
    "its_chain_file": lambda world: (world.cohort.slug, world.own.code),
    "its_occasion": lambda world: (world.cohort.slug, world.own.code, "start"),
}

NO_HTML: tuple[str, ...] = (
    *("shared_evidence_file", "private_evidence_file", "improvement_file", "private_improvement_file"),
    *("its_chain_file", "its_shared_file", "gap_file", "private_gap_file"),
)


def _within(model: type[Any], scene: Scene) -> dict[str, Any]:
    return {
        Improvement: {"pk": scene.improvement.pk},
        Effort: {"pk": scene.effort.pk},
        Cycle: {"improvement": scene.improvement},
        EffortStep: {"effort": scene.effort},
    }[model]


def edited_by_another(
    model: type[Improvement] | type[Effort] | type[Cycle] | type[EffortStep], field: str, **typed: str
) -> Steps:
    def steps(page: Browser, scene: Scene) -> None:
        # Named after what was edited: the pages that are looked at afterwards list them all, and links need own names.
        words = f"En annan har skrivit det här ({model.__name__})."
        model.objects.filter(**_within(model, scene)).update(**{field: words})
        refused(**{field: "Det här skriver vi.", **typed})(page, scene)
        expect(page.get_by_text("Så står det sparat nu")).to_be_visible()

    return steps


def the_cycle(scene: Scene) -> tuple[Any, ...]:
    return scene.improvement.pk, scene.improvement.cycles.first().number


def the_step(scene: Scene) -> tuple[Any, ...]:
    return scene.effort.pk, scene.effort.steps.first().stage


def own_row(name: str) -> Callable[[Scene], tuple[Any, ...]]:
    return lambda scene: (*of("own")(scene), getattr(scene, name).pk)


def to_lay(scene: Scene) -> tuple[Any, ...]:
    Improvement.objects.filter(pk=scene.improvement.pk).update(state=State.ADOPTED)
    return (scene.improvement.pk,)


def as_table(page: Browser, _scene: Scene) -> None:
    page.get_by_role("link", name="Tabell").click()
    expect(page.get_by_role("table", name="Förbättringsarbeten")).to_be_visible()


def to_borrow(scene: Scene) -> tuple[Any, ...]:
    theirs = Effort.objects.filter(example=True, participation__cohort__constructed=scene.own.cohort.constructed)
    return (*of("own")(scene), theirs.exclude(participation__organisation=scene.own.organisation).first().pk)


def to_learn(scene: Scene) -> tuple[Any, ...]:
    """The first that the organisation is offered to learn from."""
    lesson = learning_for(scene.own, scene.users["strategist"], timezone.localdate()).taught[0]
    return (*of("own")(scene), lesson.item.number, lesson.teachers[0].participation.code)


def of_group(name: str) -> Callable[[Scene], tuple[Any, ...]]:
    """The page of the group that a participation of the scene is in."""
    return lambda scene: (getattr(scene, name).cohort.slug, getattr(scene, name).group.key)


def asked_of_own(scene: Scene) -> tuple[Any, ...]:
    work = scene.other.improvements.first()
    Improvement.objects.filter(pk=work.pk).update(shared=True, public=True, borrowed_from=scene.own.organisation)
    return (work.pk,)


def at_the_start(scene: Scene) -> tuple[Any, ...]:
    return (*of("own")(scene), "start")


def at_the_end(scene: Scene) -> tuple[Any, ...]:
    return (*of("own")(scene), "end")


PAGES: tuple[Page, ...] = (
    Page("improvements:improvement_remove", "strategist", own_row("improvement")),
    Page("improvements:cycle_remove", "strategist", lambda scene: (*of("own")(scene), *the_cycle(scene))),
    Page("improvements:effort_remove", "strategist", own_row("effort")),
    Page("improvements:step_remove", "strategist", lambda scene: (*of("own")(scene), *the_step(scene))),
    Page("improvements:naming", "strategist", asked_of_own),
    Page("improvements:naming", "strategist", asked_of_own, "refused", refused("Svara")),
    Page("improvements:work", "process_leader", of("other")),
    Page("improvements:examples", "process_leader", cohort("mixed")),
    Page("improvements:examples", "evaluator", cohort("regions"), "unfolded", unfold),
    Page("improvements:work", "strategist", of("own")),
    Page("improvements:work", "strategist", of("own"), "unfolded", unfold),
    Page("improvements:improvement_add", "strategist", of("own")),
    Page("improvements:improvement_add", "strategist", of("own"), "refused", refused()),
    Page("improvements:improvement", "strategist", row("improvement")),
    Page("improvements:improvement_edit", "strategist", row("improvement")),
    Page(
        "improvements:improvement_edit",
        "strategist",
        row("improvement"),
        "another has saved",
        edited_by_another(Improvement, "title", aim="Att alla väntar lika länge."),
    ),
    Page("improvements:cycle_add", "strategist", row("improvement")),
    # A further cycle begins with the plan of the one before.
    Page("improvements:cycle_add", "strategist", row("improvement"), "refused", refused(plan="")),
    Page("improvements:cycle_edit", "strategist", the_cycle),
    Page("improvements:cycle_edit", "strategist", the_cycle, "another has saved", edited_by_another(Cycle, "plan")),
    Page("improvements:improvement_add", "strategist", of("own"), "unfolded", unfold),
    Page("improvements:cycle_edit", "strategist", the_cycle, "unfolded", unfold),
    Page("improvements:improvement", "process_leader", lambda scene: (scene.other.improvements.first().pk,)),
    Page("improvements:work", "strategist", of("own"), "as a table", as_table),
    Page("improvements:move", "strategist", row("improvement")),
    Page("improvements:move", "strategist", row("improvement"), "refused", refused()),
    Page("improvements:improvement", "strategist", spoken_of, "commented"),
    Page("improvements:comment_add", "strategist", row("improvement")),
    Page("improvements:comment_add", "strategist", row("improvement"), "refused", refused("Lägg till kommentaren")),
    Page("improvements:comment_remove", "strategist", a_comment),
    Page("improvements:evidence", "strategist", row("improvement")),
    Page("improvements:evidence", "strategist", spoken_of, "with a link and a file"),
    Page("improvements:evidence", "strategist", row("improvement"), "refused", refused("Lägg till länken")),
    Page("improvements:lay", "strategist", to_lay),
    Page("improvements:copy", "strategist", of("own")),
    Page("improvements:cycle_name", "strategist", of("own")),
    Page("improvements:effort_add", "strategist", of("own")),
    Page("improvements:effort_add", "strategist", of("own"), "refused", refused()),
    Page("improvements:effort", "strategist", row("effort")),
    Page("improvements:effort_edit", "strategist", row("effort")),
    Page(
        "improvements:effort_edit", "strategist", row("effort"), "another has saved", edited_by_another(Effort, "title")
    ),
    Page("improvements:step_add", "strategist", row("effort")),
    Page("improvements:step_add", "strategist", row("effort"), "refused", refused(when="")),
    Page("improvements:step_edit", "strategist", the_step),
    Page("improvements:step_edit", "strategist", the_step, "another has saved", edited_by_another(EffortStep, "text")),
    Page("improvements:chain", "strategist", of("own")),
    Page("improvements:chain", "process_leader", of("other")),
    Page("improvements:chain", "newcomer", of("newcomer"), "empty"),
    Page("improvements:cohort_chain", "strategist", cohort("running")),
    Page("improvements:cohort_chain", "process_leader", cohort("mixed")),
    Page("improvements:cohort_chain", "newcomer", cohort("empty"), "empty"),
    Page("improvements:group_work", "strategist", of_group("own")),
    Page("improvements:group_work", "mentor", of_group("other")),
    Page("improvements:cohort_work", "process_leader", cohort("running")),
    Page("improvements:cohort_work", "process_leader", cohort("running"), "unfolded", unfold),
    Page("improvements:cohort_work", "process_leader", cohort("empty"), "empty"),
    Page("improvements:cohort_work", "mentor", cohort("running"), "unfolded", unfold),
    Page("improvements:cohort_work", "evaluator", cohort("mixed")),
    Page("improvements:placement", "strategist", at_the_start),
    Page("improvements:placement", "strategist", at_the_end, "refused", refused()),
    Page("improvements:examples", "strategist", cohort("running")),
    Page("improvements:library", "politician", nowhere),
    Page("improvements:expected", "strategist", of("own")),
    Page("improvements:expected", "process_leader", of("other")),
    Page("improvements:expected_answer", "strategist", expected_of_own),
    Page("improvements:expected_answer", "strategist", unanswered, "refused", refused()),
    Page("improvements:expected_answer", "strategist", expected_of_own, "unfolded", unfold),
    Page("improvements:own_goal_add", "strategist", of("own")),
    Page("improvements:own_goal_add", "strategist", of("own"), "refused", refused()),
    Page("improvements:own_goal_edit", "strategist", goal_of_own),
    Page("improvements:own_goal_judge", "strategist", goal_of_own),
    Page("improvements:own_goal_judge", "strategist", goal_of_own, "unfolded", unfold),
    Page("improvements:own_goal_remove", "strategist", goal_of_own),
    Page("improvements:steps", "strategist", of("own")),
    Page("improvements:steps", "strategist", of("own"), "unfolded", unfold),
    Page("improvements:steps", "process_leader", of("other")),
    Page("improvements:work", "newcomer", of("newcomer"), "empty"),
    Page("improvements:examples", "newcomer", cohort("empty"), "empty"),
    Page("improvements:indicator", "strategist", gap_of_own),
    Page("improvements:indicator", "strategist", gap_of_own, "unfolded", unfold),
    Page("improvements:indicator", "strategist", gap_without_values, "empty"),
    Page("improvements:from_idea", "strategist", one_of(Takeaway)),
    Page("improvements:from_example", "strategist", to_borrow),
    Page("improvements:from_example", "strategist", to_borrow, "refused", refused(aim="")),
    Page("improvements:from_teacher", "strategist", to_learn),
    Page("improvements:from_teacher", "strategist", to_learn, "refused", refused()),
    Page("improvements:effort", "strategist", lambda scene: (to_borrow(scene)[2],), "another's example"),
    Page("improvements:work", "strategist", lambda scene: (spoken_at(scene), of("own")(scene))[1], "with ideas"),
)


def own_group(omgang: Any) -> list[Any]:
    return [omgang.cohort.slug, omgang.first.group.key]


def one_improvement(omgang: Any) -> list[Any]:
    return [omgang.first.improvements.first().pk]


NO_PAGE: dict[str, str] = {
    "improvements:chain_csv": "a file",
    "improvements:chain_json": "a file",
    "improvements:shared_csv": "a file",
    "improvements:shared_codebook": "a file",
    "improvements:improvement_pdf": "a file",
    "improvements:improvement_word": "a file",
    **{f"improvements:{name}": "a file" for name in (*INDICATOR[1:], "evidence_file")},
}

COUNTED: tuple[Counted, ...] = (
    Counted("Improvements", "improvements:work", "strategist", own, timed=LARGE),
    Counted("Examples", "improvements:examples", "strategist", whole, timed=LARGE),
    Counted("Examples of every omgång", "improvements:library", "strategist", no_place, timed=LARGE),
    Counted("Steps", "improvements:steps", "strategist", own),
    Counted("The chain", "improvements:chain", "strategist", own, timed=LARGE),
    Counted("The chain, mentor", "improvements:chain", "mentor", own),
    Counted("The omgång's chain", "improvements:cohort_chain", "strategist", whole, timed=LARGE),
    Counted("The omgång's chain, process leader", "improvements:cohort_chain", "process_leader", whole, timed=LARGE),
    Counted("The omgång's work", "improvements:cohort_work", "process_leader", whole, timed=LARGE),
    Counted("The omgång's work, mentor", "improvements:cohort_work", "mentor", whole),
    Counted("The omgång's work as a file", "improvements:shared_csv", "process_leader", whole),
    Counted("The group's work", "improvements:group_work", "strategist", own_group),
    Counted("Expected results", "improvements:expected", "strategist", own),
    Counted("Improvement", "improvements:improvement", "strategist", one_improvement),
    Counted("Improvements, process leader", "improvements:work", "process_leader", own),
    Counted("Improvements, mentor", "improvements:work", "mentor", own),
    Counted("Examples, process leader", "improvements:examples", "process_leader", whole),
    Counted("Indicator", "improvements:indicator", "strategist", lambda omgang: [with_a_gap(omgang.first).pk]),
    Counted(
        "Work with ideas", "improvements:work", "strategist", lambda omgang: (past_meeting(omgang), own(omgang))[1]
    ),
)
