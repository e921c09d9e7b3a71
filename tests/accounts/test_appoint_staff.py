"""The way in on a new site: SKR's first process leader, from the command line."""

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from kit.models import AuditEvent
from tests.factories import DelegateFactory

pytestmark = pytest.mark.django_db


def test_a_person_gets_an_account_and_a_role(capsys):
    call_command("appoint_staff", "Eva@skr.invalid", "Eva Ek")
    user = User.objects.get()
    assert (user.email, user.name, user.skr_role, user.has_usable_password()) == (
        "eva@skr.invalid",
        "Eva Ek",
        "process_leader",
        False,
    )
    assert capsys.readouterr().out == "eva@skr.invalid: Processledare\n"


def test_the_same_again_changes_nothing_and_another_role_does():
    for role in ("process_leader", "process_leader", "administrator"):
        call_command("appoint_staff", "eva@skr.invalid", "Eva Ek", role=role)
    assert User.objects.get().skr_role == "administrator"
    assert AuditEvent.objects.filter(kind="staff_appointed", organisation="").count() == 2


def test_no_address_is_refused_in_one_line():
    with pytest.raises(CommandError, match="'eva' is no e-mail address"):
        call_command("appoint_staff", "eva", "Eva Ek")


def test_one_who_represents_an_organisation_is_refused():
    seat = DelegateFactory(user__email="anna@kommun.invalid")
    with pytest.raises(CommandError, match="representerar en organisation"):
        call_command("appoint_staff", "anna@kommun.invalid", "Anna")
    seat.user.refresh_from_db()
    assert seat.user.skr_role == ""
