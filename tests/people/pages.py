"""Invitations, hand-over, the directory, who leaves and joins."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from playwright.sync_api import Page as Browser
from playwright.sync_api import expect

from accounts.models import AddressChange, User
from bench import MIDDLE
from bench.pages import Page as Counted
from bench.pages import no_place, own, whole
from cohorts.enums import Status
from cohorts.models import GroupMove, Organisation, Participation
from people.models import SeatOffer
from tests.access import IN_COHORT, OWN, ROLES, SKR, Row, rest, without
from tests.browser.steps import Page, Scene, cohort, nowhere, of, press, refused, unfold
from tests.factories import (
    DelegateFactory,
    EvaluatorFactory,
    ParticipationFactory,
)

EDITORS = (*SKR, "strategist")


EDITS = {"ok": EDITORS, "forbidden": rest(*EDITORS)}


SKR_READS = {"ok": SKR, "forbidden": rest(*SKR)}


LEADER = {"ok": ("process_leader",), "forbidden": rest("process_leader")}


# These pages are no omgång's, so everyone who is signed in is in scope.
ALONE = {"ok": ("process_leader",), "forbidden": without(ROLES, "process_leader")}


ROWS: list[Row] = [
    Row("people:people", "organisation", ok=(*SKR, *OWN, "mentor"), forbidden=("evaluator", "groupmate", "other")),
    Row("people:person_add", "organisation", ok=(*SKR, "strategist"), forbidden=rest(*SKR, "strategist")),
    Row("people:people_list", "organisation", **EDITS),
    Row("people:people_list", "organisation", **EDITS, post=True),
    Row("people:cohort_people_list", "cohort", **SKR_READS),
    Row("people:cohort_people_list", "cohort", **SKR_READS, post=True),
    Row("people:directory_invite", "cohort", **SKR_READS),
    Row("people:directory_invite", "cohort", **SKR_READS, post=True),
    Row("people:person_edit", "delegate", **EDITS),
    Row("people:person_edit", "delegate", **EDITS, post=True),
    Row("people:person_invite", "delegate", **EDITS, post=True),
    Row("people:person_leaves", "delegate", **EDITS),
    Row("people:person_leaves", "delegate", **EDITS, post=True),
    Row("people:election", "organisation", **EDITS),
    Row("people:election", "organisation", **EDITS, post=True),
    Row("people:introduction", "organisation", ok=(*SKR, *OWN), forbidden=rest(*SKR, *OWN)),
    Row("people:directory", "cohort", ok=(*SKR, *IN_COHORT), forbidden=("evaluator",)),
    Row("people:directory_file", "directory_file", **SKR_READS),
    # Only the one who is asked finds the question.
    Row("people:seat_offer", "seat_offer", ok=("outsider",)),
    Row("people:seat_offer", "seat_offer", ok=("outsider",), post=True),
    Row("people:seat_offer_again", "own_seat_offer", **EDITS, post=True),
    Row("people:seat_offer_withdraw", "own_seat_offer", **EDITS, post=True),
    Row("people:participation", "organisation", **SKR_READS),
    Row("people:organisation_list", "cohort", **LEADER),
    Row("people:organisation_list", "cohort", **LEADER, post=True),
    Row("people:participation_add", "cohort", **LEADER),
    Row("people:participation_add", "cohort", **LEADER, post=True),
    Row("people:participation_edit", "organisation", **LEADER),
    Row("people:participation_edit", "organisation", **LEADER, post=True),
    Row("people:participation_withdraw", "organisation", **LEADER),
    Row("people:participation_withdraw", "organisation", **LEADER, post=True),
    Row("people:participation_remove", "organisation", **LEADER, post=True),
    Row("people:participation_rejoin", "organisation", **LEADER, post=True),
    Row("people:evaluators", "cohort", **SKR_READS),
    Row("people:evaluator_add", "cohort", **LEADER),
    Row("people:evaluator_add", "cohort", **LEADER, post=True),
    Row("people:evaluator_edit", "evaluation", **LEADER),
    Row("people:evaluator_edit", "evaluation", **LEADER, post=True),
    Row("people:evaluator_end", "evaluation", **LEADER),
    Row("people:evaluator_end", "evaluation", **LEADER, post=True),
    Row("people:staff", "-", ok=SKR, forbidden=without(ROLES, *SKR)),
    Row("people:staff_add", "-", **ALONE),
    Row("people:staff_add", "-", **ALONE, post=True),
    Row("people:staff_edit", "staff_member", **ALONE),
    Row("people:staff_edit", "staff_member", **ALONE, post=True),
    Row("people:staff_end", "staff_member", **ALONE),
    Row("people:staff_end", "staff_member", **ALONE, post=True),
    Row("people:account_close", "account", **ALONE),
    Row("people:account_close", "account", **ALONE, post=True),
    Row("people:account_open", "account", **ALONE),
    Row("people:account_open", "account", **ALONE, post=True),
    Row("people:extend", "cohort", **LEADER),
    Row("people:extend", "cohort", **LEADER, post=True),
]


PUBLIC: set[str] = {"people:address_change"}


def offered(participation: Participation, user: User) -> SeatOffer:
    about = {
        "name": "Kalle Ek",
        "function": "politician",
        "starts_on": timezone.localdate(),
        "asked_at": timezone.now(),
    }
    asked_by = participation.delegates.filter(function="strategist").first().user
    defaults = {**about, "asked_by": asked_by}
    return SeatOffer.objects.get_or_create(participation=participation, user=user, defaults=defaults)[0]


def _own_offer(world: Any) -> tuple[Any, ...]:
    return world.cohort.slug, world.own.code, offered(world.own, world.users["outsider"]).pk


PLACES: dict[str, Callable[[Any], tuple[Any, ...]]] = {
    "seat_offer": lambda world: (offered(world.own, world.users["outsider"]).pk,),
    "own_seat_offer": _own_offer,
    "directory_file": lambda world: (world.cohort.slug,),
    "evaluation": lambda world: (world.cohort.slug, world.cohort.evaluators.get().pk),
    "staff_member": lambda world: (world.users["administrator"].pk,),
    "account": lambda world: (world.users["outsider"].pk,),
}


# A page of SKR's people shows nothing of an omgång.
NO_HTML: tuple[str, ...] = ("directory_file", "staff_member", "account")


def all_kinds(scene: Scene) -> tuple[Any, ...]:
    """Deputies, one who took over, one to come, one invited who has not signed in; after an election."""
    old = DelegateFactory(participation=scene.own, function="politician", ends_on=timezone.localdate())
    DelegateFactory(participation=scene.own, function="politician", deputy=True, succeeds=old)
    DelegateFactory(participation=scene.own, function="manager", invited_at=timezone.now())
    coming = timezone.localdate() + timedelta(days=40)
    DelegateFactory(participation=scene.own, function="manager", starts_on=coming)
    return of("own")(scene)


def pasted(text: str, label: str = "Se vad som händer") -> Callable[[Browser, Scene], None]:
    def steps(page: Browser, scene: Scene) -> None:
        page.locator("main textarea[name=people]").fill(text)
        press(label)(page, scene)
        expect(page.get_by_role("heading", name="Det här kommer att hända")).to_be_visible()

    return steps


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


def a_colleague(scene: Scene) -> tuple[Any, ...]:
    delegate = scene.own.delegates.get(user=scene.users["contributor"])
    return (*of("own")(scene), delegate.pk)


def nobody(page: Browser, scene: Scene) -> None:
    page.locator("main [name=sok]").fill("finns inte")
    press("Sök")(page, scene)
    expect(page.get_by_text("Inget matchar filtret.")).to_be_visible()


def some_silent(scene: Scene) -> tuple[Any, ...]:
    """Two who have not signed in: one invited today, one some days ago."""
    now = timezone.now()
    for invited_at in (now, now - timedelta(days=3)):
        DelegateFactory(participation=scene.own, function="manager", invited_at=invited_at)
    return (scene.running.slug,)


def an_address_waits(scene: Scene) -> AddressChange:
    asked = {
        "email": "ny.adress@exempel.invalid",
        "asked_by": scene.users["strategist"],
        "asked_on": timezone.localdate(),
    }
    return AddressChange.objects.get_or_create(user=scene.users["contributor"], defaults=asked)[0]


def whose_address_waits(scene: Scene) -> tuple[Any, ...]:
    an_address_waits(scene)
    return a_colleague(scene)


def some_asked(scene: Scene) -> tuple[Any, ...]:
    offered(scene.own, scene.users["stranger"])
    return of("own")(scene)


def the_mentor(scene: Scene) -> tuple[Any, ...]:
    return (scene.running.slug, scene.running.participations.filter(role="mentor").first().code)


def gone(scene: Scene) -> tuple[Any, ...]:
    """The newcomer has left, and was moved between groups before."""
    type(scene.newcomer).objects.filter(pk=scene.newcomer.pk).update(
        status=Status.WITHDRAWN, withdrawn_on=date(2026, 6, 1), withdrawal_reason="Ny ledning."
    )
    GroupMove.objects.get_or_create(
        participation=scene.newcomer, from_name="Norr", to_name="Syd", moved_on=date(2026, 4, 1), reason="Nära."
    )
    return of("newcomer")(scene)


def just_added(scene: Scene) -> tuple[Any, ...]:
    added = ParticipationFactory(cohort=scene.empty)
    return (scene.empty.slug, added.code)


def later(page: Browser, scene: Scene) -> None:
    page.locator("main [name=ends_on]").fill("2031-06-30")
    press("Se vad som händer")(page, scene)
    expect(page.get_by_role("button", name="Förläng och skicka mejl")).to_be_visible()


def seen_organisations(page: Browser, scene: Scene) -> None:
    names = "\n".join(Organisation.objects.filter(invented=True).values_list("name", flat=True)[:4])
    page.locator("main [name=organisations]").fill(f"{names}\nAtlantis")
    press("Se hur listan läses")(page, scene)


def row_of_user(who: str) -> Callable[[Scene], tuple[Any, ...]]:
    return lambda scene: (scene.users[who].pk,)


def staff_member(scene: Scene) -> tuple[Any, ...]:
    return (scene.users["administrator"].pk,)


def some_closed(scene: Scene) -> tuple[Any, ...]:
    """A closed account, and a new colleague who has not signed in."""
    new = {"name": "En Ny Processledare", "skr_role": "process_leader", "skr_since": timezone.localdate()}
    for email, about in (("slut", {"name": "Avslutad Person", "is_active": False}), ("ny", new)):
        User.objects.get_or_create(email=f"{email}@skr.invalid", defaults=about)
    return ()


def evaluation(scene: Scene) -> tuple[Any, ...]:
    return scene.mixed.slug, scene.mixed.evaluators.first().pk


def some_evaluated(scene: Scene) -> tuple[Any, ...]:
    EvaluatorFactory(cohort=scene.mixed, user__name="Förra Utvärderaren", until=date(2020, 1, 1))
    return (scene.mixed.slug,)


def some_over(scene: Scene) -> tuple[Any, ...]:
    """One whose seat is over, and one whose account is closed too."""
    over = timezone.localdate() - timedelta(days=1)
    for is_active in (True, False):
        DelegateFactory(participation=scene.own, ends_on=over, user__is_active=is_active)
    return of("own")(scene)


PAGES: tuple[Page, ...] = (
    Page("people:staff", "process_leader", nowhere),
    Page("people:staff", "administrator", some_closed, "some are closed"),
    Page("people:staff", "process_leader", some_closed, "some can be opened"),
    Page("people:staff_add", "process_leader", nowhere),
    Page("people:staff_add", "process_leader", nowhere, "refused", refused("Lägg till")),
    Page("people:staff_edit", "process_leader", staff_member),
    Page("people:staff_end", "process_leader", staff_member),
    Page("people:account_close", "process_leader", row_of_user("stranger")),
    Page("people:account_close", "process_leader", row_of_user("strategist"), "has a seat"),
    Page("people:account_open", "process_leader", row_of_user("stranger")),
    Page("people:evaluators", "process_leader", some_evaluated, "one is over", unfold),
    Page("people:evaluators", "administrator", cohort("empty"), "nobody"),
    Page("people:evaluator_add", "process_leader", cohort("running")),
    Page("people:evaluator_add", "process_leader", cohort("running"), "refused", refused("Lägg till")),
    Page("people:evaluator_edit", "process_leader", evaluation),
    Page("people:evaluator_edit", "process_leader", evaluation, "refused", refused(until="2099-01-01")),
    Page("people:evaluator_end", "process_leader", evaluation),
    Page("people:people", "process_leader", some_over, "some are over", unfold),
    Page("people:people", "administrator", of("own")),
    Page("people:people", "administrator", of("newcomer"), "few"),
    Page("people:person_add", "administrator", of("own")),
    Page("people:person_add", "administrator", of("own"), "refused", refused("Lägg till")),
    Page("people:people", "strategist", all_kinds, "all kinds"),
    Page("people:people_list", "strategist", of("own")),
    Page("people:people_list", "strategist", of("own"), "nothing", refused("Se vad som händer")),
    Page("people:people_list", "strategist", of("own"), "seen", pasted(GOOD)),
    Page("people:people_list", "strategist", of("own"), "wrong", pasted(BAD)),
    Page("people:cohort_people_list", "process_leader", cohort("running")),
    Page("people:cohort_people_list", "process_leader", cohort("empty"), "no organisation"),
    Page("people:cohort_people_list", "process_leader", cohort("running"), "nothing", refused("Se vad som händer")),
    Page("people:cohort_people_list", "process_leader", cohort("running"), "seen", for_several(SEVERAL)),
    Page("people:cohort_people_list", "administrator", cohort("running"), "wrong", for_several(UNCLEAR)),
    Page("people:person_edit", "administrator", a_colleague),
    Page("people:person_edit", "administrator", a_colleague, "refused", refused(name="")),
    Page("people:people", "strategist", some_asked, "some are asked"),
    Page("people:seat_offer", "stranger", lambda scene: (offered(scene.own, scene.users["stranger"]).pk,)),
    Page("people:person_edit", "strategist", whose_address_waits, "a new address waits"),
    Page("people:address_change", "", lambda scene: (an_address_waits(scene).key,)),
    Page("people:address_change", "", lambda scene: ("gammal",), "no longer valid", status=404),
    Page("people:person_leaves", "administrator", a_colleague),
    Page("people:person_leaves", "administrator", a_colleague, "refused", refused("Avsluta uppdraget")),
    Page("people:election", "strategist", of("own")),
    Page("people:election", "strategist", of("own"), "refused", refused("Se vad som händer")),
    Page("people:election", "strategist", of("own"), "seen", pasted("Anna Ek;anna.ek@exempel.invalid")),
    Page("people:introduction", "own_politician", of("own")),
    Page("people:introduction", "new_politician", of("newcomer"), "no meeting"),
    Page("people:directory", "strategist", cohort("running")),
    Page("people:directory", "process_leader", cohort("running"), "SKR"),
    Page("people:directory", "process_leader", cohort("empty"), "nobody", nobody),
    Page("people:directory_invite", "process_leader", some_silent),
    Page("people:directory_invite", "process_leader", cohort("empty"), "nobody"),
    Page("people:participation", "process_leader", of("own")),
    Page("people:participation", "process_leader", the_mentor, "mentor"),
    Page("people:participation", "administrator", gone, "has left"),
    Page("people:participation", "process_leader", just_added, "just added", unfold),
    Page("people:organisation_list", "process_leader", cohort("running")),
    Page("people:organisation_list", "process_leader", cohort("running"), "seen", seen_organisations),
    Page("people:organisation_list", "process_leader", cohort("running"), "refused", refused("Se hur listan läses")),
    Page("people:participation_add", "process_leader", cohort("running")),
    Page("people:participation_add", "process_leader", cohort("running"), "refused", refused("Lägg till")),
    Page("people:participation_edit", "process_leader", of("own")),
    Page("people:participation_edit", "process_leader", of("own"), "refused", refused(joined_on="1999-01-01")),
    Page("people:participation_withdraw", "process_leader", of("own")),
    Page("people:participation_withdraw", "process_leader", of("own"), "refused", refused("Anteckna", on="")),
    Page("people:extend", "process_leader", cohort("running")),
    Page("people:extend", "process_leader", cohort("running"), "refused", refused("Se vad som händer")),
    Page("people:extend", "process_leader", cohort("running"), "seen", later),
)


NO_PAGE: dict[str, str] = {
    "people:directory_file": "a file",
}


COUNTED: tuple[Counted, ...] = (
    Counted("People at SKR", "people:staff", "process_leader", no_place),
    Counted("Evaluators", "people:evaluators", "process_leader", whole),
    Counted("Directory", "people:directory", "process_leader", whole, timed=MIDDLE),
    Counted("People", "people:people", "strategist", own),
    Counted("Directory, strategist", "people:directory", "strategist", whole),
    Counted("Inviting all who are silent", "people:directory_invite", "process_leader", whole),
    Counted("People of an omgång from a list", "people:cohort_people_list", "process_leader", whole),
    Counted("People, process leader", "people:people", "process_leader", own),
    Counted("Participation", "people:participation", "process_leader", own),
    Counted("Adding organisations from a list", "people:organisation_list", "process_leader", whole),
    Counted("Adding an organisation", "people:participation_add", "process_leader", whole),
    Counted("Politicians after an election", "people:election", "strategist", own),
    Counted("Introduction", "people:introduction", "politician", own),
)
