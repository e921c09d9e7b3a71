"""Concepts, a new omgång, its dates, the timetable."""

from collections.abc import Callable
from datetime import date
from typing import Any

from playwright.sync_api import Page as Browser

from bench import MIDDLE
from bench.pages import Page as Counted
from bench.pages import no_place, whole
from cohorts.models import Cohort
from evaluation.models import AdviceAnswer
from mailings.enums import MailState
from meetings.kinds import MeetingKind
from meetings.models import Period
from planning.models import Edition, EditionChange, EditionStep
from tests.access import IN_COHORT, ROLES, SKR, Row, rest, without
from tests.browser.steps import Page, Scene, Steps, cohort, nowhere, press, refused, unfold
from tests.factories import (
    CohortFactory,
    GroupFactory,
    MeetingFactory,
)
from tests.process_factories import EditionFactory, EditionStepFactory, MailFactory, PeriodFactory


def _edition(who: tuple[str, ...], *names: str, where: str = "edition", post: bool = False) -> list[Row]:
    """A concept is in scope of everyone, since it is no omgång's."""
    return [Row(f"planning:{name}", where, ok=who, forbidden=without(ROLES, *who), post=post) for name in names]


LEADER = ("process_leader",)


def _cohort(who: tuple[str, ...], *names: str, where: str = "cohort", post: bool = False) -> list[Row]:
    return [Row(f"planning:{name}", where, ok=who, forbidden=rest(*who), post=post) for name in names]


ROWS: list[Row] = [
    Row("planning:timetable", "cohort", ok=(*SKR, "evaluator", *IN_COHORT)),
    Row("planning:timetable_pdf", "timetable_file", ok=(*SKR, "evaluator", *IN_COHORT)),
    *_edition(SKR, "editions", where="-"),
    *_edition(SKR, "edition"),
    *_edition(LEADER, "cohort_new", "cohort_preview", where="-"),
    *_edition(LEADER, "edition_edit", "edition_copy", "edition_delete", "step_add"),
    *_edition(LEADER, "edition_edit", "edition_copy", "edition_delete", "step_add", post=True),
    *_edition(LEADER, "edition_rows", where="edition_list"),
    *_edition(LEADER, "edition_rows", where="edition_list", post=True),
    *_edition(LEADER, "edition_section", where="edition_section"),
    *_edition(LEADER, "edition_section", where="edition_section", post=True),
    *_edition(LEADER, "step_edit", "step_remove", where="edition_step"),
    *_edition(LEADER, "step_edit", "step_remove", "step_move", where="edition_step", post=True),
    *_edition(LEADER, "step_rows", where="step_list"),
    *_edition(LEADER, "step_rows", where="step_list", post=True),
    *_edition(LEADER, "change_add"),
    *_edition(LEADER, "change_add", post=True),
    *_edition(LEADER, "change_edit", "change_remove", where="edition_change"),
    *_edition(LEADER, "change_edit", "change_remove", where="edition_change", post=True),
    *_cohort(SKR, "setup", "dates", "date_table", "date_add", "period_add"),
    *_cohort(SKR, "date_table", "date_add", "period_add", post=True),
    *_cohort(LEADER, "setup_facts", "setup_contacts", "setup_interest", "setup_delete", "rehearsal_delete"),
    *_cohort(LEADER, "setup_facts", "setup_contacts", "setup_interest", "setup_delete", "rehearsal_delete", post=True),
    *_cohort(LEADER, "setup_rows", where="cohort_list"),
    *_cohort(LEADER, "setup_rows", where="cohort_list", post=True),
    *_cohort(LEADER, "setup_section", where="cohort_section"),
    *_cohort(LEADER, "setup_section", where="cohort_section", post=True),
    *_cohort(SKR, "date_edit", "date_move", "date_cancel", "date_remove", "date_split", where="cohort_meeting"),
    *_cohort(
        SKR, "date_edit", "date_move", "date_cancel", "date_remove", "date_split", where="cohort_meeting", post=True
    ),
    *_cohort(SKR, "period_edit", "period_remove", where="cohort_period"),
    *_cohort(SKR, "period_edit", "period_remove", where="cohort_period", post=True),
]


PUBLIC: set[str] = set()

EDITION = "koncept-2021"


def _first_step() -> int:
    return EditionStep.objects.filter(edition__key=EDITION).values_list("pk", flat=True)[0]


def _meeting(world: Any) -> tuple[Any, ...]:
    return world.cohort.slug, world.cohort.meetings.latest("starts_on").key


def _period(world: Any) -> tuple[Any, ...]:
    there = world.cohort.periods.first() or PeriodFactory(cohort=world.cohort)
    return world.cohort.slug, there.pk


def edition_section(world: Any) -> tuple[Any, ...]:
    return EDITION, Edition.objects.get(key=EDITION).sections.first().pk


def cohort_section(world: Any) -> tuple[Any, ...]:
    keyed = {"key": "purpose", "defaults": {"heading": "Syfte och mål", "position": 0}}
    return world.cohort.slug, world.cohort.sections.get_or_create(**keyed)[0].pk


PLACES: dict[str, Callable[[Any], tuple[Any, ...]]] = {
    "edition": lambda world: (EDITION,),
    "edition_list": lambda world: (EDITION, "resultat"),
    "edition_change": lambda world: (EDITION, changed().pk),
    "edition_step": lambda world: (EDITION, _first_step()),
    "step_list": lambda world: (EDITION, _first_step(), "dagordning"),
    "cohort_list": lambda world: (world.cohort.slug, "resultat"),
    "cohort_meeting": _meeting,
    "cohort_period": _period,
    "edition_section": edition_section,
    "cohort_section": cohort_section,
    "timetable_file": lambda world: (world.cohort.slug,),
}


NO_HTML: tuple[str, ...] = (
    "timetable_file",
    "edition",
    "edition_list",
    "edition_section",
    "edition_step",
    "edition_change",
    "step_list",
)


def with_periods(page: Browser, scene: Scene) -> None:
    first, *_, last = scene.running.meetings.order_by("starts_on")
    Period.objects.get_or_create(
        cohort=scene.running, name="Arbete på hemmaplan", position=1, defaults={"after": first, "before": last}
    )
    Period.objects.get_or_create(
        cohort=scene.running, is_reporting=True, defaults={"name": "Rapporten skrivs", "position": 2, "due_before": 20}
    )
    page.reload()


def unfolded(page: Browser, scene: Scene) -> None:
    with_periods(page, scene)
    page.get_by_text("Tidplanen som tabell").click()


LEAD = "process_leader"


def changed() -> EditionChange:
    facts = {"changed_on": date(2026, 2, 2), "text": "En månad mer mellan träffarna."}
    return EditionChange.objects.get_or_create(edition=Edition.objects.get(key=EDITION), **facts)[0]


def _with_changes(scene: Scene) -> tuple[Any, ...]:
    """The log has a line, and an answer to advice waits to be carried to it."""
    AdviceAnswer.objects.get_or_create(
        cohort=scene.running, tag="scale", defaults={"text": "Vi prövar fyra steg.", "changes": True}
    )
    return (changed().edition.key,)


def _own_edition(scene: Scene) -> tuple[Any, ...]:
    return (EditionFactory().key,)


def _rehearsed(scene: Scene) -> tuple[Any, ...]:
    rehearsal = Cohort.objects.filter(rehearsal=True).first()
    if rehearsal is None:
        rehearsal = CohortFactory(name="Repetition inför 2027", rehearsal=True)
        MailFactory(about=rehearsal.slug, state=MailState.NOT_SENT)
    return (rehearsal.slug,)


def _own_step(scene: Scene) -> tuple[Any, ...]:
    step = EditionStepFactory()
    return step.edition.key, step.pk


def _list_of(part: str) -> Callable[[Scene], tuple[Any, ...]]:
    return lambda scene: (EDITION, part)


def a_section_of_the_concept(scene: Scene) -> tuple[Any, ...]:
    return (EDITION, Edition.objects.get(key=EDITION).sections.first().pk)


def a_section_of_the_cohort(scene: Scene) -> tuple[Any, ...]:
    return (scene.running.slug, scene.running.sections.first().pk)


QUERY = "name=Modellkommuner+2027&kind=blandad&source=koncept:koncept-2021&begins_on=2027-02-01"


def _preview(query: str) -> Steps:
    def steps(page: Any, scene: Scene) -> None:
        page.goto(f"{page.url.partition('?')[0]}?{query}")

    return steps


def _then(*steps: Steps) -> Steps:
    def all_of_them(page: Any, scene: Scene) -> None:
        for step in steps:
            step(page, scene)

    return all_of_them


def _wrong_day(page: Any, scene: Scene) -> None:
    page.locator("main [name=ends_on]").fill("")
    press("Räkna om")(page, scene)


def _ahead(scene: Scene) -> tuple[Any, ...]:
    """The running omgång's last meeting: it lies ahead, and a strategträff hangs on it."""
    return scene.running.slug, scene.running.meetings.filter(group=None).latest("starts_on").key


def _moved_to(day: str) -> Steps:
    def steps(page: Any, scene: Scene) -> None:
        page.locator("main [name=starts_on]").fill(day)
        press("Visa vad som följer med")(page, scene)

    return steps


def _pasted(page: Any, scene: Scene) -> None:
    page.get_by_text("Klistra in från ett kalkylark", exact=True).first.click()
    page.locator("main [name=rows]").fill("Träff\tDag\nJulfest\t2030-12-20")
    press("Fyll i tabellen")(page, scene)


def _wrong_row(page: Any, scene: Scene) -> None:
    page.locator("main [name^=link_]").first.fill("ingen länk")
    press("Spara alla")(page, scene)


def _moved_all(page: Any, scene: Scene) -> None:
    page.locator("main [name^=starts_on_]").last.fill("2030-12-24")
    press("Spara alla")(page, scene)


def _held(scene: Scene) -> tuple[Any, ...]:
    return scene.running.slug, scene.running.meetings.filter(assessments__isnull=False).earliest("starts_on").key


def _called_off(scene: Scene) -> tuple[Any, ...]:
    meeting = MeetingFactory(cohort=scene.empty, starts_on=date(2027, 4, 6), cancelled_on=date(2027, 3, 1))
    return scene.empty.slug, meeting.key


def _grouped(scene: Scene) -> tuple[Any, ...]:
    scene.empty.groups.first() or GroupFactory(cohort=scene.empty)
    return scene.empty.slug, MeetingFactory(cohort=scene.empty, starts_on=date(2027, 5, 4)).key


def _of_period(scene: Scene) -> tuple[Any, ...]:
    return scene.empty.slug, PeriodFactory(cohort=scene.empty).pk


PAGES: tuple[Page, ...] = (
    Page("planning:timetable", "strategist", cohort("running"), "", with_periods),
    Page("planning:timetable", "strategist", cohort("running"), "as a table", unfolded),
    Page("planning:timetable", "process_leader", cohort("empty"), "empty"),
    Page("planning:editions", LEAD, nowhere),
    Page("planning:edition", LEAD, lambda scene: (EDITION,), "unfolded", unfold),
    Page("planning:edition", "administrator", lambda scene: (EDITION,), "only to read"),
    Page("planning:edition", LEAD, _own_edition, "empty"),
    Page("planning:edition", LEAD, _with_changes, "with changes"),
    Page("planning:change_add", LEAD, lambda scene: (EDITION,)),
    Page("planning:change_add", LEAD, lambda scene: (EDITION,), "refused", refused("För in", text="")),
    Page("planning:change_edit", LEAD, lambda scene: (EDITION, changed().pk)),
    Page("planning:change_remove", LEAD, lambda scene: (EDITION, changed().pk)),
    Page("planning:edition_edit", LEAD, lambda scene: (EDITION,)),
    Page("planning:edition_edit", LEAD, lambda scene: (EDITION,), "refused", refused(name="")),
    Page("planning:edition_copy", LEAD, lambda scene: (EDITION,)),
    Page("planning:edition_delete", LEAD, lambda scene: (EDITION,), "not allowed"),
    Page("planning:edition_delete", LEAD, _own_edition),
    Page("planning:step_add", LEAD, lambda scene: (EDITION,)),
    Page("planning:step_edit", LEAD, _own_step, "refused", refused(theme="")),
    Page("planning:step_remove", LEAD, _own_step),
    Page("planning:step_rows", LEAD, lambda scene: (EDITION, _first_step(), "dagordning")),
    Page("planning:step_rows", LEAD, lambda scene: (EDITION, _first_step(), "forberedelser")),
    Page("planning:edition_rows", LEAD, _list_of("resultat")),
    Page("planning:edition_rows", LEAD, _list_of("arrangor")),
    Page("planning:edition_rows", LEAD, _list_of("avsnitt")),
    Page("planning:edition_section", LEAD, a_section_of_the_concept),
    Page("planning:edition_section", LEAD, a_section_of_the_concept, "refused", refused(heading="")),
    Page("planning:cohort_new", LEAD, nowhere),
    Page("planning:cohort_preview", LEAD, nowhere, "refused", status=422),
    Page("planning:cohort_preview", LEAD, nowhere, "days", _preview(QUERY), status=422),
    Page("planning:cohort_preview", LEAD, nowhere, "a day missing", _then(_preview(QUERY), _wrong_day), status=422),
    Page("planning:setup", LEAD, cohort("running")),
    Page("planning:setup", "administrator", cohort("empty"), "nothing yet"),
    Page("planning:setup_delete", LEAD, cohort("running"), "not empty"),
    Page("planning:rehearsal_delete", LEAD, _rehearsed),
    Page("planning:setup", LEAD, _rehearsed, "of a rehearsal"),
    Page("overview:cohort", LEAD, _rehearsed, "of a rehearsal"),
    Page("follow_up:mail", LEAD, _rehearsed, "of a rehearsal"),
    Page("planning:setup_contacts", "process_leader", cohort("running")),
    Page("planning:setup_facts", LEAD, cohort("empty")),
    Page("planning:setup_facts", LEAD, cohort("running"), "refused", refused(name="")),
    Page("planning:setup_interest", LEAD, cohort("running")),
    Page("planning:setup_rows", LEAD, lambda scene: (scene.running.slug, "resultat")),
    Page("planning:setup_rows", LEAD, lambda scene: (scene.empty.slug, "avsnitt"), "the usual offered"),
    Page("planning:setup_section", LEAD, a_section_of_the_cohort),
    Page("planning:dates", LEAD, cohort("running"), "unfolded", unfold),
    Page("planning:dates", "administrator", cohort("regions")),
    Page("planning:date_table", LEAD, cohort("running")),
    Page("planning:date_table", LEAD, cohort("running"), "pasted", _pasted),
    Page("planning:date_table", LEAD, cohort("running"), "a wrong row", _wrong_row),
    Page("planning:date_table", LEAD, cohort("running"), "moved", _moved_all),
    Page("planning:date_table", LEAD, cohort("regions"), "nothing ahead"),
    Page("planning:date_add", LEAD, cohort("running")),
    Page("planning:date_add", LEAD, cohort("running"), "refused", refused()),
    Page("planning:date_edit", LEAD, _ahead),
    Page("planning:date_move", LEAD, _ahead),
    Page("planning:date_move", LEAD, _ahead, "what follows", _moved_to("2030-12-24")),
    Page("planning:date_move", LEAD, _held, "it has been", _moved_to("2030-02-05")),
    Page("planning:date_cancel", LEAD, _ahead),
    Page("planning:date_cancel", LEAD, _called_off, "called off already"),
    Page("planning:dates", LEAD, cohort("empty"), "with one called off"),
    Page("planning:date_remove", LEAD, _held, "not allowed"),
    Page("planning:date_remove", LEAD, _ahead),
    Page("planning:date_split", LEAD, _grouped),
    Page("planning:period_add", LEAD, cohort("running")),
    Page("planning:period_edit", LEAD, _of_period),
    Page("planning:period_remove", LEAD, _of_period),
)


NO_PAGE: dict[str, str] = {
    "planning:timetable_pdf": "a file",
    "planning:step_move": "a button of the concept's page; it leads back there",
}


def _whole_edition(_: Any) -> list[Any]:
    return [Edition.objects.get(key=EDITION).key]


def _learning(omgang: Any) -> list[Any]:
    return [omgang.cohort.slug, omgang.cohort.meetings.filter(kind=MeetingKind.LEARNING_MEETING).last().key]


COUNTED: tuple[Counted, ...] = (
    Counted("Timetable", "planning:timetable", "strategist", whole, timed=MIDDLE),
    Counted("Concepts", "planning:editions", "process_leader", no_place),
    Counted("A concept", "planning:edition", "process_leader", _whole_edition),
    Counted("New omgång", "planning:cohort_new", "process_leader", no_place),
    Counted("Set-up", "planning:setup", "process_leader", whole),
    Counted("Days", "planning:dates", "process_leader", whole),
    Counted("Days, hours and places", "planning:date_table", "process_leader", whole),
    Counted("Moving a meeting", "planning:date_move", "process_leader", _learning),
    Counted("Calling off a meeting", "planning:date_cancel", "process_leader", _learning),
)
