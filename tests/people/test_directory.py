"""The directory of an omgång: who is in it, what is shown of them, and to whom."""

import re
from datetime import date
from io import BytesIO

import pytest
import time_machine
from django.urls import reverse
from openpyxl import load_workbook

from cohorts.enums import Role
from cohorts.models import Delegate
from people.views import directory
from tests.factories import (
    TODAY,
    CohortFactory,
    DelegateFactory,
    GroupFactory,
    OrganisationFactory,
    ParticipationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def cohort():
    contact = UserFactory(skr_role="process_leader", name="Petra Processledare", email="petra@skr.invalid")
    return CohortFactory(contact=contact)


@pytest.fixture
def member(cohort):
    """Alby with three people, one of them gone and one to come."""
    group = GroupFactory(cohort=cohort, key="norr", name="Norr")
    alby = ParticipationFactory(cohort=cohort, group=group, organisation=OrganisationFactory(name="Alby kommun"))
    DelegateFactory(participation=alby, function="strategist", user__name="Stina")
    DelegateFactory(participation=alby, function="politician", deputy=True, user__name="Elis")
    DelegateFactory(participation=alby, function="politician", user__name="Pia")
    DelegateFactory(participation=alby, user__name="Gun Gick", ends_on=date(2026, 11, 21))
    DelegateFactory(participation=alby, user__name="Ken Kommer", starts_on=date(2026, 11, 23))
    return alby


def listed(response):
    rows = response.context["directory"].rows
    return [(str(row.participation), [person.user.name for person in row.people]) for row in rows]


def ask(client, cohort, **query):
    return client.get(reverse("people:directory", args=[cohort.slug]), query)


@pytest.fixture
def others(cohort):
    mentor = ParticipationFactory(
        cohort=cohort, role=Role.MENTOR, through="Förbundet", organisation=OrganisationFactory(name="Berga kommun")
    )
    DelegateFactory(participation=mentor, user__name="Mona")
    gone = ParticipationFactory(cohort=cohort, status="withdrawn", withdrawn_on=date(2026, 6, 1))
    DelegateFactory(participation=gone, user__name="Borta Bo")
    DelegateFactory(user__name="Annan Omgång")
    return mentor


def test_organisations_with_their_people_by_function_and_none_that_left(client, cohort, member, others):
    client.force_login(DelegateFactory(participation=others, function="politician", user__name="Olle").user)
    response = ask(client, cohort)
    assert listed(response) == [("Alby kommun", ["Pia", "Elis", "Stina"]), ("Berga kommun", ["Olle", "Mona"])]
    page = response.text
    assert [row.place for row in response.context["directory"].rows] == ["Norr", "Mentor, genom Förbundet"]
    assert ("Petra Processledare" in page, "petra@skr.invalid" in page) == (True, True)
    for name in ("Gun Gick", "Ken Kommer", "Borta Bo", "Annan Omgång", "Inbjuden", "Hämta som Excel", "Deltagandet"):
        assert name not in page


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"sok": "elis"}, [("Alby kommun", ["Elis"])]),
        ({"sok": "BERGA"}, [("Berga kommun", ["Mona"])]),
        ({"grupp": "norr"}, [("Alby kommun", ["Pia", "Elis", "Stina"])]),
        ({"grupp": "norr", "sok": "mona"}, []),
        ({"grupp": "finns-inte", "sok": "mona"}, [("Berga kommun", ["Mona"])]),
    ],
)
def test_it_is_narrowed_by_search_and_group(client, cohort, member, others, query, names):
    client.force_login(others.delegates.get().user)
    assert listed(ask(client, cohort, **query)) == names


def test_who_has_not_signed_in_is_for_skr_alone(client, cohort, member, others):
    client.force_login(others.delegates.get().user)
    assert len(listed(ask(client, cohort, inloggning="nej"))) == 2
    client.force_login(cohort.contact)
    assert listed(ask(client, cohort, inloggning="nej")) == [("Alby kommun", ["Pia", "Elis", "Stina"])]


def test_skr_sees_who_lacks_a_function_and_others_do_not(client, cohort, member, others):
    client.force_login(cohort.contact)
    page = ask(client, cohort).text
    assert ("En chef saknas." in page, "En politiker och en chef saknas." in page) == (True, True)
    assert "En chef saknas." in ask(client, cohort, sok="elis").text
    client.force_login(others.delegates.get().user)
    assert "saknas" not in ask(client, cohort).text


def test_the_workbook_has_the_same_and_runs_no_formula(client, cohort, member):
    DelegateFactory(participation=member, function="manager", user__name='=HYPERLINK("x")')
    client.force_login(cohort.contact)
    file = client.get(reverse("people:directory_file", args=[cohort.slug])).content
    sheet = load_workbook(BytesIO(file)).active
    rows = list(sheet.values)
    assert rows[0] == ("Organisation", "Grupp", "Roll i omgången", "Namn", "Funktion", "Ersättare", "E-postadress")
    assert [row[3:6] for row in rows[1:]] == [
        ("Pia", "Politiker", "Nej"),
        ("Elis", "Politiker", "Ja"),
        ('=HYPERLINK("x")', "Chef", "Nej"),
        ("Stina", "Strateg", "Nej"),
    ]
    assert sheet["D4"].data_type == "s"


def test_the_workbook_prints_on_one_page_across_in_a_named_font(client, cohort, member):
    client.force_login(cohort.contact)
    file = client.get(reverse("people:directory_file", args=[cohort.slug])).content
    sheet = load_workbook(BytesIO(file)).active
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.print_title_rows) == (
        "landscape",
        1,
        "$1:$1",
    )
    assert {cell.font.name for row in sheet.iter_rows() for cell in row} == {"Calibri"}


def test_a_long_list_is_paged_and_the_numbers_are_of_all(client, cohort, member, others, monkeypatch):
    monkeypatch.setattr(directory, "PER_PAGE", 1)
    client.force_login(cohort.contact)
    first, second, beyond = (ask(client, cohort, sok="kommun", sida=number) for number in (1, 2, 9))
    names = [[str(row.participation) for row in page.context["rows"]] for page in (first, second, beyond)]
    assert names == [["Alby kommun"], ["Berga kommun"], ["Berga kommun"]]
    assert '<a class="ds-button"\n   data-variant="secondary"\n   href="?sok=kommun&amp;sida=2"' in first.text
    assert all("4 personer i 2 organisationer." in " ".join(page.text.split()) for page in (first, second))


def test_all_who_have_not_signed_in_are_invited_and_not_only_a_page(client, cohort, member, others, monkeypatch):
    monkeypatch.setattr(directory, "PER_PAGE", 1)
    client.force_login(cohort.contact)
    invite = reverse("people:directory_invite", args=[cohort.slug])
    seats = re.findall(r'name="seat" value="(\d+)"', client.get(invite).text)
    assert len(seats) == 4
    client.post(invite, {"seat": seats})
    assert Delegate.objects.filter(participation__cohort=cohort, invited_at__isnull=False).count() == 4
