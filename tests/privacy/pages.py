"""What is stored about a person, and its erasing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core import signing
from django.utils import timezone
from playwright.sync_api import Page as Browser

from accounts.models import User
from bench.pages import Page as Counted
from people.models import ErasureRequest
from privacy.views.erasing import SALT
from tests.access import ROLES, SKR, Row, without
from tests.browser.steps import Page, Scene, nowhere, press, refused
from tests.factories import DelegateFactory, UserFactory
from tests.process_factories import InterestPersonFactory

STAFF = {"ok": SKR, "forbidden": without(ROLES, *SKR)}
LEADER = {"ok": ("process_leader",), "forbidden": without(ROLES, "process_leader")}

ROWS: list[Row] = [
    Row("privacy:mine", "-", ok=ROLES),
    Row("privacy:mine_file", "own_data", ok=ROLES),
    Row("privacy:ask", "-", ok=ROLES),
    Row("privacy:ask", "-", ok=ROLES, post=True),
    Row("privacy:regret", "-", ok=ROLES, post=True),
    Row("privacy:requests", "-", **STAFF),
    Row("privacy:retention", "-", **LEADER),
    Row("privacy:retention", "-", **LEADER, post=True),
    Row("privacy:erase", "erasable", **STAFF),
    Row("privacy:erase", "erasable", **STAFF, post=True),
    Row("privacy:erase_stranger", "stranger", **STAFF),
    Row("privacy:erase_stranger", "stranger", **STAFF, post=True),
]

PUBLIC: set[str] = {"privacy:how"}


def left_person() -> Any:
    """Someone whose tasks are over."""
    known = User.objects.filter(email="kim.ekberg@exempel.invalid").first()
    return known or UserFactory(name="Kim Ekberg", email="kim.ekberg@exempel.invalid")


def stranger() -> str:
    person = InterestPersonFactory(name="Lo Granberg", email="lo.granberg@exempel.invalid")
    return signing.dumps(person.email, salt=SALT)


PLACES: dict[str, Callable[[Any], tuple[Any, ...]]] = {
    "own_data": lambda world: (),
    "erasable": lambda world: (left_person().pk,),
    "stranger": lambda world: (stranger(),),
}

# These are no omgång's pages.
NO_HTML: tuple[str, ...] = ("own_data", "erasable", "stranger")


def asks(scene: Scene, role: str = "strategist") -> tuple[Any, ...]:
    user = scene.users[role]
    ErasureRequest.objects.get_or_create(
        user=user, defaults={"asked_on": timezone.localdate(), "message": "Jag har slutat."}
    )
    return ()


def who_left(scene: Scene) -> tuple[Any, ...]:
    user = left_person()
    if not user.seats.exists():
        last = timezone.localdate() - timedelta(days=1)
        DelegateFactory(participation=scene.own, starts_on=last - timedelta(days=90), ends_on=last, user=user)
    ErasureRequest.objects.get_or_create(
        user=user, defaults={"asked_on": timezone.localdate(), "message": "Jag har slutat."}
    )
    return (user.pk,)


def with_a_namesake(scene: Scene) -> tuple[Any, ...]:
    address_args = who_left(scene)
    if not User.objects.filter(email="kim@exempel.invalid").exists():
        UserFactory(name="Kim Ekberg", email="kim@exempel.invalid")
    return address_args


def who_sits(scene: Scene) -> tuple[Any, ...]:
    return (scene.users["strategist"].pk,)


def who_writes_a_form(scene: Scene) -> tuple[Any, ...]:
    return (stranger(),)


def searched(words: str) -> Callable[[Browser, Scene], None]:
    def steps(page: Browser, scene: Scene) -> None:
        page.locator("main [name=sok]").fill(words)
        press("Sök")(page, scene)

    return steps


PAGES: tuple[Page, ...] = (
    Page("privacy:how", "", nowhere),
    Page("privacy:mine", "strategist", nowhere),
    Page("privacy:mine", "own_politician", lambda scene: asks(scene, "own_politician"), "asked to be erased"),
    Page("privacy:ask", "strategist", nowhere),
    Page("privacy:requests", "process_leader", lambda scene: asks(scene)),
    Page("privacy:requests", "process_leader", nowhere, "searched", searched("demo")),
    Page("privacy:requests", "process_leader", nowhere, "nobody", searched("finns inte")),
    Page("privacy:erase", "process_leader", who_left),
    Page("privacy:erase", "process_leader", with_a_namesake, "a namesake"),
    Page("privacy:erase", "process_leader", who_sits, "has a seat"),
    Page("privacy:erase_stranger", "process_leader", who_writes_a_form),
    Page("privacy:retention", "process_leader", nowhere),
    Page("privacy:retention", "process_leader", nowhere, "refused", refused("Spara", mail="0")),
)

NO_PAGE: dict[str, str] = {"privacy:mine_file": "a file"}

COUNTED: tuple[Counted, ...] = ()
