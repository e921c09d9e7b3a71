"""An organisation's political decisions, and that the new leadership is asked to go on after an election."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from decisions.elections import election_day, last_election, wants_reaffirming
from decisions.models import PoliticalDecision
from kit.models import AuditEvent
from tests.factories import TODAY, CohortFactory, DelegateFactory, ParticipationFactory

pytestmark = pytest.mark.django_db

ENTRY = {
    "kind": "reaffirmed",
    "body": "Kommunfullmäktige",
    "decided_on": "2026-11-02",
    "paragraph": "§ 112",
    "diary_number": "KS 2026/77",
    "text": "Arbetet fortsätter.",
    "cemr": "ja",
}


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def seat(client):
    seat = DelegateFactory(participation__cohort__starts_on=date(2026, 2, 1))
    client.force_login(seat.user)
    return seat


def url(name, seat, *more):
    return reverse(f"decisions:{name}", args=[seat.participation.cohort.slug, seat.participation.code, *more])


@pytest.mark.parametrize(
    ("year", "day"),
    [(2018, date(2018, 9, 9)), (2022, date(2022, 9, 11)), (2026, date(2026, 9, 13)), (2030, date(2030, 9, 8))],
)
def test_elections_are_on_the_second_sunday_of_september(year, day):
    assert election_day(year) == day
    assert (last_election(day), last_election(date(year, 9, 7))) == (day, election_day(year - 4))


def test_a_decision_is_recorded_once_and_read_by_all_in_the_organisation(client, seat):
    answers = [client.post(url("decision_add", seat), ENTRY).status_code for _ in range(2)]
    decision = PoliticalDecision.objects.get()
    assert (answers, decision.paragraph, decision.cemr) == ([302, 302], "112", True)
    event = AuditEvent.objects.get()
    assert (event.kind, event.data["what"]) == ("decision_recorded", "Kommunfullmäktige 2 november 2026, § 112")
    client.force_login(DelegateFactory(participation=seat.participation, function="politician").user)
    page = client.get(url("decisions", seat)).text
    for words in ("Bekräftat efter val", "Kommunfullmäktige", "§ 112", "KS 2026/77", "Undertecknad"):
        assert words in page


def test_it_is_corrected_without_loss_and_taken_away(client, seat):
    client.post(url("decision_add", seat), ENTRY)
    pk = PoliticalDecision.objects.get().pk
    seen = client.get(url("decision_edit", seat, pk)).context["form"]["seen"].value()
    for _ in range(2):  # the second of two clicks is told nothing of another who has saved
        answer = client.post(url("decision_edit", seat, pk), {**ENTRY, "body": "Kommunstyrelsen", "seen": seen})
        assert answer.status_code == 302

    late = client.post(url("decision_edit", seat, pk), {**ENTRY, "paragraph": "113", "seen": seen})

    assert late.status_code == 422
    assert [(row.label, row.text) for row in late.context["form"].theirs][:1] == [("Vem beslutade?", "Kommunstyrelsen")]
    assert late.context["form"]["paragraph"].value() == "113"
    removal = url("decision_remove", seat, pk)
    assert f'action="{removal}"' in client.get(url("decision_edit", seat, pk)).text
    assert "Ta bort beslutet" not in client.get(url("decision_add", seat)).text
    for _ in range(2):
        client.post(removal)
    kinds = list(AuditEvent.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["decision_recorded", "decision_corrected", "decision_removed"]
    assert PoliticalDecision.objects.count() == 0


def test_a_day_to_come_and_an_empty_form_are_refused(client, seat):
    coming = client.post(url("decision_add", seat), {**ENTRY, "decided_on": "2026-11-23"})
    empty = client.post(url("decision_add", seat), {})
    assert coming.context["form"].errors["decided_on"] == ["Datumet ligger i framtiden."]
    assert set(empty.context["form"].errors) == {"kind", "body", "decided_on"}
    assert PoliticalDecision.objects.count() == 0


def test_after_the_election_the_decision_is_asked_for_until_it_is_recorded(client, seat):
    asked = "Är arbetet bekräftat efter valet 13 september 2026?"
    assert (
        asked
        in client.get(reverse("people:people", args=[seat.participation.cohort.slug, seat.participation.code])).text
    )
    assert asked in client.get(url("decisions", seat)).text
    client.force_login(DelegateFactory(participation=seat.participation, function="manager").user)
    assert (
        asked
        not in client.get(reverse("people:people", args=[seat.participation.cohort.slug, seat.participation.code])).text
    )
    client.force_login(seat.user)
    client.post(url("decision_add", seat), ENTRY)
    assert (
        asked
        not in client.get(reverse("people:people", args=[seat.participation.cohort.slug, seat.participation.code])).text
    )


@pytest.mark.parametrize(
    ("cohort", "joined_on", "decided_on", "wants"),
    [
        ({}, None, None, True),
        ({}, None, date(2026, 9, 13), False),
        ({}, None, date(2026, 9, 12), True),
        ({}, date(2026, 10, 1), None, False),
        ({"starts_on": date(2026, 9, 14)}, None, None, False),
        ({"ends_on": date(2026, 9, 12)}, None, None, False),
        ({"ends_on": date(2026, 10, 30)}, None, None, False),
    ],
)
def test_whom_an_election_concerns(cohort, joined_on, decided_on, wants):
    participation = ParticipationFactory(cohort=CohortFactory(**cohort), joined_on=joined_on)
    made = [PoliticalDecision(kind="reaffirmed", decided_on=decided_on)] if decided_on else []
    assert (wants_reaffirming(participation, made, TODAY) is not None) == wants
