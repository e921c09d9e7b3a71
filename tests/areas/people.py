"""Invitations, hand-over, the directory, who leaves and joins."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from playwright.sync_api import Page as Browser
from playwright.sync_api import expect

from bench.pages import Page as Counted
from bench.pages import own, whole
from cohorts.enums import DecisionKind, Status
from cohorts.models import GroupMove, PoliticalDecision
from tests.access import IN_COHORT, OWN, SKR, Row, rest
from tests.browser.steps import Page, Scene, cohort, of, press, refused, unfold
from tests.factories import DelegateFactory, ParticipationFactory

EDITORS = (*SKR, "strategist")
EDITS = {"ok": EDITORS, "forbidden": rest(*EDITORS)}
SKR_READS = {"ok": SKR, "forbidden": rest(*SKR)}
LEADER = {"ok": ("process_leader",), "forbidden": rest("process_leader")}

ROWS: list[Row] = [
    Row("cohorts:people_list", "organisation", **EDITS),
    Row("cohorts:people_list", "organisation", **EDITS, post=True),
    Row("cohorts:cohort_people_list", "cohort", **SKR_READS),
    Row("cohorts:cohort_people_list", "cohort", **SKR_READS, post=True),
    Row("cohorts:directory_invite", "cohort", **SKR_READS),
    Row("cohorts:directory_invite", "cohort", **SKR_READS, post=True),
    Row("cohorts:person_edit", "delegate", **EDITS),
    Row("cohorts:person_edit", "delegate", **EDITS, post=True),
    Row("cohorts:person_invite", "delegate", **EDITS, post=True),
    Row("programme:person_leaves", "delegate", **EDITS),
    Row("programme:person_leaves", "delegate", **EDITS, post=True),
    Row("programme:election", "organisation", **EDITS),
    Row("programme:election", "organisation", **EDITS, post=True),
    Row("programme:introduction", "organisation", ok=(*SKR, *OWN), forbidden=rest(*SKR, *OWN)),
    Row("cohorts:directory", "cohort", ok=(*SKR, *IN_COHORT), forbidden=("evaluator",)),
    Row("cohorts:directory_file", "directory_file", **SKR_READS),
    Row("cohorts:decisions", "organisation", ok=(*SKR, *OWN), forbidden=rest(*SKR, *OWN)),
    Row("cohorts:decision_add", "organisation", **EDITS),
    Row("cohorts:decision_add", "organisation", **EDITS, post=True),
    Row("cohorts:decision_edit", "decision", **EDITS),
    Row("cohorts:decision_edit", "decision", **EDITS, post=True),
    Row("cohorts:decision_remove", "decision", **EDITS, post=True),
    Row("cohorts:participation", "organisation", **SKR_READS),
    Row("cohorts:participation_add", "cohort", **LEADER),
    Row("cohorts:participation_add", "cohort", **LEADER, post=True),
    Row("cohorts:participation_edit", "organisation", **LEADER),
    Row("cohorts:participation_edit", "organisation", **LEADER, post=True),
    Row("cohorts:participation_withdraw", "organisation", **LEADER),
    Row("cohorts:participation_withdraw", "organisation", **LEADER, post=True),
    Row("cohorts:participation_remove", "organisation", **LEADER, post=True),
    Row("cohorts:participation_rejoin", "organisation", **LEADER, post=True),
    Row("cohorts:extend", "cohort", **LEADER),
    Row("cohorts:extend", "cohort", **LEADER, post=True),
]
PUBLIC: set[str] = set()


def a_decision(world: Any) -> tuple[Any, ...]:
    return (world.cohort.slug, world.own.code, decided(world.own).pk)


def decided(participation: Any) -> PoliticalDecision:
    facts = {"kind": DecisionKind.ENTRY, "body": "Kommunfullmäktige", "decided_on": date(2026, 2, 2)}
    return PoliticalDecision.objects.get_or_create(participation=participation, **facts)[0]


PLACES: dict[str, Callable[[Any], tuple[Any, ...]]] = {
    "directory_file": lambda world: (world.cohort.slug,),
    "decision": a_decision,
}
NO_HTML: tuple[str, ...] = ("directory_file",)
NO_PAGE: dict[str, str] = {"cohorts:directory_file": "a file"}


def a_colleague(scene: Scene) -> tuple[Any, ...]:
    delegate = scene.own.delegates.get(user=scene.users["contributor"])
    return (*of("own")(scene), delegate.pk)


def with_a_decision(scene: Scene) -> tuple[Any, ...]:
    return (*of("own")(scene), decided(scene.own).pk)


def all_kinds(scene: Scene) -> tuple[Any, ...]:
    """Deputies, one who took over, one to come, one invited who has not signed in; after an election."""
    old = DelegateFactory(participation=scene.own, function="politician", ends_on=timezone.localdate())
    DelegateFactory(participation=scene.own, function="politician", deputy=True, succeeds=old)
    DelegateFactory(participation=scene.own, function="manager", invited_at=timezone.now())
    coming = timezone.localdate() + timedelta(days=40)
    DelegateFactory(participation=scene.own, function="manager", starts_on=coming)
    return of("own")(scene)


def some_silent(scene: Scene) -> tuple[Any, ...]:
    """Two who have not signed in: one invited today, one some days ago."""
    now = timezone.now()
    for invited_at in (now, now - timedelta(days=3)):
        DelegateFactory(participation=scene.own, function="manager", invited_at=invited_at)
    return (scene.running.slug,)


def gone(scene: Scene) -> tuple[Any, ...]:
    """The newcomer has left, and was moved between groups before."""
    type(scene.newcomer).objects.filter(pk=scene.newcomer.pk).update(
        status=Status.WITHDRAWN, withdrawn_on=date(2026, 6, 1), withdrawal_reason="Ny ledning."
    )
    GroupMove.objects.get_or_create(
        participation=scene.newcomer, from_name="Norr", to_name="Syd", moved_on=date(2026, 4, 1), reason="Nära."
    )
    return of("newcomer")(scene)


def the_mentor(scene: Scene) -> tuple[Any, ...]:
    return (scene.running.slug, scene.running.participations.filter(role="mentor").first().code)


def just_added(scene: Scene) -> tuple[Any, ...]:
    added = ParticipationFactory(cohort=scene.empty)
    return (scene.empty.slug, added.code)


def pasted(text: str, label: str = "Se vad som händer") -> Callable[[Browser, Scene], None]:
    def steps(page: Browser, scene: Scene) -> None:
        page.locator("main textarea[name=people]").fill(text)
        press(label)(page, scene)
        expect(page.get_by_role("heading", name="Det här kommer att hända")).to_be_visible()

    return steps


def later(page: Browser, scene: Scene) -> None:
    page.locator("main [name=ends_on]").fill("2031-06-30")
    press("Se vad som händer")(page, scene)
    expect(page.get_by_role("button", name="Förläng och skicka mejl")).to_be_visible()


def nobody(page: Browser, scene: Scene) -> None:
    page.locator("main [name=sok]").fill("finns inte")
    press("Sök")(page, scene)
    expect(page.get_by_text("Ingen passar in.")).to_be_visible()


GOOD = "Anna Ek\tanna.ek@exempel.invalid\tpolitiker\tersättare\nBo Ask\tbo.ask@exempel.invalid\tchef"
BAD = "Anna Ek\tanna.ek@exempel\tpolitiker\nBo Ask\tbo.ask@exempel.invalid\tkung"


def for_several(text: str) -> Callable[[Browser, Scene], None]:
    """The list with two organisations of the scene, as SKR writes it."""

    def steps(page: Browser, scene: Scene) -> None:
        named = text.format(own=scene.own.organisation.name, newcomer=scene.newcomer.organisation.short_name)
        pasted(named)(page, scene)

    return steps


SEVERAL = (
    "{own}\tAnna Ek\tanna.ek@exempel.invalid\tpolitiker\tersättare\n{newcomer}\tBo Ask\tbo.ask@exempel.invalid\tchef"
)
UNCLEAR = "{own}\tAnna Ek\tanna.ek@exempel.invalid\tkung\nAtlantis kommun\tBo Ask\tbo.ask@exempel.invalid\tchef"

PAGES: tuple[Page, ...] = (
    Page("cohorts:people", "strategist", all_kinds, "all kinds"),
    Page("cohorts:people_list", "strategist", of("own")),
    Page("cohorts:people_list", "strategist", of("own"), "nothing", refused("Se vad som händer")),
    Page("cohorts:people_list", "strategist", of("own"), "seen", pasted(GOOD)),
    Page("cohorts:people_list", "strategist", of("own"), "wrong", pasted(BAD)),
    Page("cohorts:cohort_people_list", "process_leader", cohort("running")),
    Page("cohorts:cohort_people_list", "process_leader", cohort("empty"), "no organisation"),
    Page("cohorts:cohort_people_list", "process_leader", cohort("running"), "nothing", refused("Se vad som händer")),
    Page("cohorts:cohort_people_list", "process_leader", cohort("running"), "seen", for_several(SEVERAL)),
    Page("cohorts:cohort_people_list", "administrator", cohort("running"), "wrong", for_several(UNCLEAR)),
    Page("cohorts:person_edit", "administrator", a_colleague),
    Page("cohorts:person_edit", "administrator", a_colleague, "refused", refused(name="")),
    Page("programme:person_leaves", "administrator", a_colleague),
    Page("programme:person_leaves", "administrator", a_colleague, "refused", refused("Avsluta uppdraget")),
    Page("programme:election", "strategist", of("own")),
    Page("programme:election", "strategist", of("own"), "refused", refused("Se vad som händer")),
    Page("programme:election", "strategist", of("own"), "seen", pasted("Anna Ek;anna.ek@exempel.invalid")),
    Page("programme:introduction", "own_politician", of("own")),
    Page("programme:introduction", "new_politician", of("newcomer"), "no meeting"),
    Page("cohorts:directory", "strategist", cohort("running")),
    Page("cohorts:directory", "process_leader", cohort("running"), "SKR"),
    Page("cohorts:directory", "process_leader", cohort("empty"), "nobody", nobody),
    Page("cohorts:directory_invite", "process_leader", some_silent),
    Page("cohorts:directory_invite", "process_leader", cohort("empty"), "nobody"),
    Page("cohorts:decisions", "newcomer", of("newcomer"), "none"),
    Page("cohorts:decisions", "strategist", lambda scene: with_a_decision(scene)[:2], "one"),
    Page("cohorts:decision_add", "strategist", of("own")),
    Page("cohorts:decision_add", "strategist", of("own"), "refused", refused()),
    Page("cohorts:decision_edit", "strategist", with_a_decision, "", unfold),
    Page("cohorts:participation", "process_leader", of("own")),
    Page("cohorts:participation", "process_leader", the_mentor, "mentor"),
    Page("cohorts:participation", "administrator", gone, "has left"),
    Page("cohorts:participation", "process_leader", just_added, "just added", unfold),
    Page("cohorts:participation_add", "process_leader", cohort("running")),
    Page("cohorts:participation_add", "process_leader", cohort("running"), "refused", refused("Lägg till")),
    Page("cohorts:participation_edit", "process_leader", of("own")),
    Page("cohorts:participation_edit", "process_leader", of("own"), "refused", refused(joined_on="1999-01-01")),
    Page("cohorts:participation_withdraw", "process_leader", of("own")),
    Page("cohorts:participation_withdraw", "process_leader", of("own"), "refused", refused("Anteckna", on="")),
    Page("cohorts:extend", "process_leader", cohort("running")),
    Page("cohorts:extend", "process_leader", cohort("running"), "refused", refused("Se vad som händer")),
    Page("cohorts:extend", "process_leader", cohort("running"), "seen", later),
)
COUNTED: tuple[Counted, ...] = (
    Counted("Directory, strategist", "cohorts:directory", "strategist", whole),
    Counted("Directory, process leader", "cohorts:directory", "process_leader", whole),
    Counted("Inviting all who are silent", "cohorts:directory_invite", "process_leader", whole),
    Counted("People of an omgång from a list", "cohorts:cohort_people_list", "process_leader", whole),
    Counted("People, process leader", "cohorts:people", "process_leader", own),
    Counted("Participation", "cohorts:participation", "process_leader", own),
    Counted("Adding an organisation", "cohorts:participation_add", "process_leader", whole),
    Counted("Politicians after an election", "programme:election", "strategist", own),
    Counted("Decisions", "cohorts:decisions", "strategist", own),
    Counted("Introduction", "programme:introduction", "politician", own),
)
