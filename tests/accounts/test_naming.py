"""Names as they are stored: which party a person belongs to never is, and no address or link."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from accounts.models import User
from accounts.naming import NameColumn, said_of_dropped, validate_name, without_party
from tests.factories import UserFactory


@pytest.mark.parametrize(
    ("written", "name", "dropped"),
    [
        ("Pia Boden (S)", "Pia Boden", ("(S)",)),
        ("Pia Boden, (KD)", "Pia Boden", ("(KD)",)),
        ("Pia Boden, S", "Pia Boden", ("S",)),
        ("Pia Boden KD", "Pia Boden", ("KD",)),
        ("Pia Boden S", "Pia Boden", ("S",)),
        ("Pia Boden/MP", "Pia Boden", ("MP",)),
        ("Pia Boden – V", "Pia Boden", ("V",)),
        ("Pia Boden [M]", "Pia Boden", ("[M]",)),
        ("Pia Boden (s)", "Pia Boden", ("(s)",)),
        ("Pia Boden (S", "Pia Boden", ("(S",)),
        ("Pia Boden（S）", "Pia Boden", ("（S）",)),
        ("Pia Boden (S)\u200b", "Pia Boden", ("(S)",)),
        ("Boden, Pia (SjvP)", "Boden, Pia", ("(SjvP)",)),
        ("Pia Boden (ÖP)", "Pia Boden", ("(ÖP)",)),
        ("Pia Boden, Vårdpartiet", "Pia Boden", ("Vårdpartiet",)),
        ("Pia Boden Socialdemokraterna", "Pia Boden", ("Socialdemokraterna",)),
        ("Pia (S) Boden", "Pia Boden", ("(S)",)),
        ("(S) Pia Boden", "Pia Boden", ("(S)",)),
        ("Pia Boden (S) (SD)", "Pia Boden", ("(S)", "(SD)")),
        ("Pia Boden (S, ersättare)", "Pia Boden (ersättare)", ("(S)",)),
        ("Pia Boden (politisk vilde)", "Pia Boden", ("(politisk vilde)",)),
    ],
)
def test_a_party_is_left_out_and_told(written, name, dropped):
    assert without_party(written) == (name, dropped)


@pytest.mark.parametrize(
    "name",
    [
        *(
            "Anna S",
            "Karl-Erik M",
            "A.B. Ek",
            "Elisabeth (Lisa) Ek",
            "Elisabeth Ek (Lisa)",
            "Bertil (Bo) Ek",
            "Karl XII",
        ),
        *("Anna Ek (KS)", "Eva Berg (SKR)", "EK, BO", "Björn Vester", "Malin Centerwall", "Stina von Alm", "Ek, Bo"),
    ],
)
def test_what_only_resembles_a_party_stays(name):
    assert without_party(name) == (name, ())


def test_what_is_left_out_is_said():
    assert said_of_dropped(("(S)",)) == "Parti sparas inte, så (S) är borttaget."
    assert said_of_dropped(()) == ""


@pytest.mark.parametrize(
    "name",
    [
        "Din inloggning har gått ut, bekräfta på https://ond.example/skr-inloggning",
        *(
            "ond.example",
            "Anna www.ond.example",
            "anna@ond.example",
            "javascript:alert(1)",
            "mailto:anna",
            "Ring ond.se",
        ),
    ],
)
def test_a_name_holds_no_address_and_no_link(name):
    with pytest.raises(ValidationError, match="Ett namn kan inte innehålla en adress eller en länk"):
        validate_name(name)


@pytest.mark.parametrize("name", ["A.B. Ek", "J.R.R. Ek", "Dr. Ek", "med.dr Anna Ek", "Anna-Lena O'Hara", "Åsa Öberg"])
def test_a_name_with_full_stops_is_a_name(name):
    validate_name(name)


@pytest.mark.django_db
def test_by_no_way_is_a_party_or_a_line_break_stored():
    user = User.objects.create_user("pia@kommun.invalid", "Pia\nBoden (S)")
    assert user.name == "Pia Boden"
    user.name = "Pia Boden, KD"
    user.save()
    User.objects.bulk_create([User(email="bo@kommun.invalid", name="Bo Ek (M)")])
    User.objects.filter(email="bo@kommun.invalid").update(name="Bo Berg (C)")
    assert sorted(User.objects.values_list("name", flat=True)) == ["Bo Berg", "Pia Boden"]


def test_every_column_with_a_persons_name_is_one_that_drops_the_party():
    ours = [model for model in apps.get_models() if model.__module__.partition(".")[0] not in ("allauth", "django")]
    fields = [{field.name: field for field in model._meta.fields} for model in ours]
    names = [by_name["name"] for by_name in fields if "name" in by_name and {"email", "user"} & set(by_name)]
    assert len(names) > 1
    assert [field.model for field in names if not isinstance(field, NameColumn)] == []


@pytest.mark.django_db
def test_the_command_that_appoints_staff_has_the_same_rule():
    call_command("staff", "add", "\u200bEva@Växjö.invalid", "--name", "Eva Ek (S)")
    user = User.objects.get()
    assert (user.email, user.name) == ("eva@xn--vxj-qla6g.invalid", "Eva Ek")
    with pytest.raises(CommandError, match=r"'https://ond\.example' is no name"):
        call_command("staff", "add", "eva@växjö.invalid", "--name", "https://ond.example")


@pytest.mark.django_db
def test_what_was_stored_before_is_brought_into_the_one_form():
    migration = import_module("accounts.migrations.0002_canonical_people")
    stored = (
        ("Pia Boden (S)", "pia@växjö.invalid"),
        ("Bo Ek", "bo@växjö.invalid"),
        ("Bo Ek", "bo@xn--vxj-qla6g.invalid"),
    )
    with connection.cursor() as cursor:
        for name, address in stored:
            user = UserFactory()
            cursor.execute("UPDATE accounts_user SET name = %s, email = %s WHERE id = %s", [name, address, user.pk])
    state = MigrationExecutor(connection).loader.project_state([("accounts", "0001_initial")])
    migration.in_one_form(state.apps, None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, email FROM accounts_user ORDER BY id")
        assert cursor.fetchall() == [("Pia Boden", "pia@xn--vxj-qla6g.invalid"), *stored[1:]]
