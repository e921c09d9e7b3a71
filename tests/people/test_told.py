"""Whoever may add people makes nobody a reader of an organisation's drafts unseen: its strategists are told."""

import ast
from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine

from cohorts.enums import Function
from cohorts.models import Delegate
from kit.models import AuditEvent
from mailings.models import Mail
from people.actions.accepting import accept_offer
from people.actions.leaving import change_politicians, hand_over
from people.actions.seats import add_delegate, add_delegates, add_to_several, change_delegate
from people.newcomers import Newcomer
from tests.factories import DelegateFactory, UserFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 20)
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY):
        yield


def newcomer(function=Function.STRATEGIST, number=1):
    return Newcomer(f"Ny {number}", f"ny.{number}@exempel.invalid", function, deputy=False)


def seat_of(user):
    return Delegate.objects.get(user=user)


def changed(cast, by, user, **what):
    seat = seat_of(user)
    kept = {"function": seat.function, "deputy": seat.deputy, "starts_on": seat.starts_on, "ends_on": seat.ends_on}
    return change_delegate(delegate=seat, by=by, **{"name": user.name, "email": user.email, **kept, **what})


def added(cast, by, function):
    about = newcomer(function)
    return add_delegate(
        participation=cast.own, name=about.name, email=about.email, function=function, deputy=False, by=by
    )


# Each way to give somebody a seat, or another one.
DOORS = {
    **{f"added as {function}": lambda cast, by, f=function: added(cast, by, f) for function in Function},
    "a list": lambda cast, by: add_delegates(participation=cast.own, newcomers=[newcomer()], by=by),
    "a list for all": lambda cast, by: add_to_several(lists={cast.own: [newcomer()], cast.theirs: []}, by=by),
    "another function": lambda cast, by: changed(cast, by, cast.eva, function=Function.STRATEGIST),
    "another address": lambda cast, by: changed(cast, by, cast.eva, email="annan@exempel.invalid"),
    "a strategist made something else": lambda cast, by: changed(cast, by, cast.anna, function=Function.MANAGER),
    "handed over to a new one": lambda cast, by: hand_over(
        delegate=seat_of(cast.eva), to=newcomer(), from_day=TODAY, by=by
    ),
    "handed over to a colleague": lambda cast, by: hand_over(
        delegate=seat_of(cast.eva),
        to=DelegateFactory(participation=cast.own, function="manager"),
        from_day=TODAY,
        by=by,
    ),
    "after an election": lambda cast, by: change_politicians(
        participation=cast.own, leaving=[], newcomers=[newcomer(Function.POLITICIAN)], from_day=TODAY, by=by
    ),
    "one who is asked": lambda cast, by: add_delegate(
        participation=cast.own, name="X", email=cast.dag.email, function="strategist", deputy=False, by=by
    ),
}


@pytest.fixture
def names_mailed(cast):
    """Anna is the strategist; there is another, so that her own seat may be changed."""
    DelegateFactory(participation=cast.own, user__name="Två", user__email="tva@exempel.invalid")
    return lambda: set(Mail.objects.filter(kind="seats_changed").values_list("recipient__name", flat=True))


@pytest.mark.parametrize("role", ["administrator", "process_leader"])
@pytest.mark.parametrize("door", DOORS)
def test_the_strategists_are_told_of_what_skr_does(cast, names_mailed, door, role):
    by = UserFactory(name="Sixten", skr_role=role)
    DOORS[door](cast, by)
    assert names_mailed() == {"Anna", "Två"}
    mail = Mail.objects.filter(kind="seats_changed", recipient=cast.anna).get()
    assert mail.subject == "Sixten på SKR har ändrat bland era personer"
    assert "kan läsa allt ni skriver, också utkast" in " ".join(mail.text.split())
    assert AuditEvent.objects.filter(organisation=cast.own.organisation.code, actor="Sixten").exists()


@pytest.mark.parametrize("door", DOORS)
def test_a_strategist_is_told_of_what_a_colleague_does_and_not_of_their_own(cast, names_mailed, door):
    DOORS[door](cast, cast.anna)
    assert names_mailed() == {"Två"}


def test_the_new_one_is_told_as_new_and_the_yes_is_told(cast, names_mailed):
    offer = DOORS["one who is asked"](cast, cast.cia)
    Mail.objects.all().delete()
    accept_offer(offer=offer, by=cast.dag)
    assert names_mailed() == {"Anna", "Två"}
    assert Mail.objects.get(kind="offer_answered").recipient == cast.cia


def test_a_list_is_one_mail_with_all_names_up_to_twenty(cast, names_mailed):
    add_delegates(
        participation=cast.own, newcomers=[newcomer(Function.MANAGER, number) for number in range(22)], by=cast.cia
    )
    [mail] = Mail.objects.filter(kind="seats_changed", recipient=cast.anna)
    assert mail.text.count("chef, är tillagd.") == 20
    assert "Och två till." in mail.text


def test_what_is_changed_twice_is_told_twice(cast, names_mailed):
    for function in (Function.MANAGER, Function.STRATEGIST):
        changed(cast, cast.cia, cast.eva, function=function)
    assert Mail.objects.filter(kind="seats_changed", recipient=cast.anna).count() == 2


def test_nothing_changed_is_not_told(cast, names_mailed):
    changed(cast, cast.cia, cast.eva)
    assert names_mailed() == set()


def test_a_strategist_whose_time_is_over_is_not_told(cast, names_mailed):
    Delegate.objects.filter(user=cast.anna).update(ends_on=TODAY - timedelta(days=1))
    added(cast, cast.cia, Function.MANAGER)
    assert names_mailed() == {"Två"}


# The writers of seats, each called by one of the doors above; a new one must tell of it too.
WRITERS = {
    "people/actions/accepting.py": {"give_seat"},
    "people/actions/handover.py": {"Delegate.objects.create"},
    "people/actions/leaving.py": {"seat_or_ask", "take_on"},
    "people/actions/seats.py": {"Delegate.objects.create", "give_seat", "seat_or_ask"},
}
GIVES = {"give_seat", "seat_or_ask", "take_on", "Delegate.objects.create", "Delegate.objects.bulk_create"}


def test_every_door_stands_here():
    writers = {}
    for path in sorted(ROOT.glob("[a-z]*/**/*.py")):
        name = str(path.relative_to(ROOT))
        if name.startswith(("tests/", "bench/", "demo/")) or "migrations" in path.parts:
            continue
        calls = {ast.unparse(node.func) for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)}
        if gives := calls & GIVES:
            writers[name] = gives
    assert writers == WRITERS
