"""Who represents an organisation: read, added, ended, and the trail it leaves."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from cohorts.enums import Function
from cohorts.models import Delegate
from kit.models import AuditEvent
from mailings.models import Mail
from people.actions.seats import add_delegate
from tests.factories import (
    TODAY,
    CohortFactory,
    DelegateFactory,
    EvaluatorFactory,
    GroupFactory,
    GroupMentorFactory,
    ParticipationFactory,
    UserFactory,
)
from tests.factors import mailed_code

pytestmark = pytest.mark.django_db

ANNA = {"name": "Anna Ek", "email": "anna.ek@kommun.invalid", "function": "politician"}


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def participation():
    group = GroupFactory()
    return ParticipationFactory(cohort=group.cohort, group=group)


@pytest.fixture
def strategist(participation):
    return DelegateFactory(participation=participation, user__name="Stina Strateg").user


def url(name, participation, *args):
    app = "people"
    return reverse(f"{app}:{name}", args=[participation.cohort.slug, participation.code, *args])


def events():
    return list(AuditEvent.objects.values_list("kind", "target", "organisation", "actor", "data"))


def test_people_by_function_with_deputies_and_past_ones_folded(client, participation, strategist):
    seat = {"participation": participation, "function": Function.POLITICIAN}
    DelegateFactory(**seat, user__name="Pia Politiker")
    DelegateFactory(**seat, user__name="Elis Ersättare", deputy=True)
    DelegateFactory(**seat, user__name="Gamla Gun", ends_on=date(2026, 11, 21))
    client.force_login(strategist)

    context = client.get(url("people", participation)).context

    shown = [(label, [(row.user.name, row.deputy) for row in rows]) for label, rows in context["by_function"]]
    assert shown == [
        ("Politiker", [("Pia Politiker", False), ("Elis Ersättare", True)]),
        ("Chef", []),
        ("Strateg", [("Stina Strateg", False)]),
        ("Medverkande", []),
    ]
    assert [row.user.name for row in context["over"]] == ["Gamla Gun"]


def test_nobody_is_registered_yet(client, participation):
    client.force_login(UserFactory(skr_role="administrator"))
    html = client.get(url("people", participation)).content.decode()
    assert "Ingen person är registrerad än." in html
    assert "Lägg till en person" in html


def test_queries_do_not_grow_with_people(client, participation, strategist, django_assert_max_num_queries):
    DelegateFactory.create_batch(12, participation=participation)
    client.force_login(strategist)
    with django_assert_max_num_queries(9):
        client.get(url("people", participation))


@pytest.mark.parametrize(
    ("who", "reads", "edits"),
    [
        ("process_leader", 200, 200),
        ("administrator", 200, 200),
        ("strategist", 200, 200),
        ("contributor", 200, 403),
        ("politician", 200, 403),
        ("mentor", 200, 403),
        ("evaluator", 403, 403),
        ("neighbour", 403, 403),
        ("stranger", 404, 404),
    ],
)
def test_who_may_read_and_who_may_edit(client, participation, strategist, who, reads, edits):
    pk = participation.delegates.get(user=strategist).pk
    client.force_login(person(who, participation, strategist))
    answers = {
        "people": client.get(url("people", participation)).status_code,
        "add": client.get(url("person_add", participation)).status_code,
        "end": client.get(url("person_leaves", participation, pk)).status_code,
    }
    assert answers == {"people": reads, "add": edits, "end": edits}


def person(who, participation, strategist):
    if who in ("process_leader", "administrator"):
        return UserFactory(skr_role=who)
    if who == "mentor":
        return DelegateFactory(participation=GroupMentorFactory(group=participation.group).participation).user
    if who == "evaluator":
        return EvaluatorFactory(cohort=participation.cohort).user
    if who in ("neighbour", "stranger"):
        cohort = participation.cohort if who == "neighbour" else CohortFactory()
        return DelegateFactory(participation=ParticipationFactory(cohort=cohort)).user
    return strategist if who == "strategist" else DelegateFactory(participation=participation, function=who).user


def test_a_new_person_gets_an_account_and_a_seat(client, participation, strategist):
    client.force_login(strategist)

    typed = {**ANNA, "email": "Anna.Ek@kommun.invalid", "deputy": "on"}
    response = client.post(url("person_add", participation), typed)

    assert response.url == url("people", participation)
    anna = User.objects.get(email="anna.ek@kommun.invalid")
    assert (anna.name, anna.skr_role, anna.has_usable_password()) == ("Anna Ek", "", False)
    seat = anna.seats.get()
    assert (seat.participation, seat.function, seat.deputy, seat.starts_on, seat.ends_on) == (
        participation,
        Function.POLITICIAN,
        True,
        TODAY,
        None,
    )
    code = participation.organisation.code
    data = {"function": "politician", "deputy": True}
    assert events() == [("delegate_added", "Anna Ek", code, "Stina Strateg", data)]


def test_one_who_has_an_account_keeps_it_and_the_name(client, participation, strategist):
    known = UserFactory(email=ANNA["email"], name="Anna Maria Ek")
    earlier = DelegateFactory(user=known, participation__organisation=participation.organisation)
    client.force_login(strategist)
    client.post(url("person_add", participation), ANNA)
    assert known.seats.exclude(pk=earlier.pk).get().participation == participation
    known.refresh_from_db()
    assert known.name == "Anna Maria Ek"


def test_what_skr_does_stands_in_the_organisations_own_trail(client, participation):
    client.force_login(UserFactory(skr_role="process_leader", name="Petra"))
    client.post(url("person_add", participation), ANNA)
    assert [(row[2], row[3]) for row in events()] == [(participation.organisation.code, "Petra")]


def sentences(response):
    return {name: list(errors) for name, errors in response.context["form"].errors.items()}


def test_an_empty_form_says_what_is_needed(client, participation, strategist):
    client.force_login(strategist)
    response = client.post(url("person_add", participation), {})
    assert response.status_code == 422
    assert sentences(response) == {
        "name": ["Skriv personens namn."],
        "email": ["Skriv personens e-postadress."],
        "function": ["Välj en funktion."],
    }


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"email": "anna"}, {"email": ["Skriv en fullständig e-postadress, till exempel namn@kommunen.se."]}),
        ({"function": "king"}, {"function": ["Välj en av funktionerna."]}),
        ({"name": "  "}, {"name": ["Skriv personens namn."]}),
    ],
)
def test_a_wrong_field_is_told_and_what_was_typed_is_kept(client, participation, strategist, change, wrong):
    client.force_login(strategist)
    response = client.post(url("person_add", participation), {**ANNA, **change})
    assert (response.status_code, sentences(response)) == (422, wrong)
    assert response.context["form"].data["email"] == {**ANNA, **change}["email"]


def test_adding_twice_stores_one_seat_and_says_so(client, participation, strategist):
    client.force_login(strategist)
    client.post(url("person_add", participation), ANNA)
    response = client.post(url("person_add", participation), {**ANNA, "function": "manager"})
    assert (response.status_code, sentences(response)) == (
        422,
        {"email": [f"Anna Ek är redan representant för {participation}."]},
    )
    assert Delegate.objects.filter(user__email=ANNA["email"]).count() == 1
    assert len(events()) == 1


def test_skr_is_told_that_staff_and_closed_accounts_get_no_seat(client, participation):
    """What an organisation is told stands in test_offers."""
    UserFactory(email="staff@skr.invalid", skr_role="administrator")
    UserFactory(email="closed@kommun.invalid", is_active=False)
    client.force_login(UserFactory(skr_role="process_leader"))
    refusals = {
        email: sentences(client.post(url("person_add", participation), {**ANNA, "email": email}))
        for email in ("staff@skr.invalid", "closed@kommun.invalid")
    }
    assert refusals == {
        "staff@skr.invalid": {
            "email": ["Adressen hör till någon som arbetar på SKR och därför inte kan vara representant."]
        },
        "closed@kommun.invalid": {"email": ["Personens konto är avslutat. Be processledaren på SKR att öppna det."]},
    }
    assert events() == []


def test_one_whose_task_is_over_may_come_back(client, participation, strategist):
    old = DelegateFactory(participation=participation, ends_on=date(2026, 5, 1)).user
    client.force_login(strategist)
    client.post(url("person_add", participation), {**ANNA, "email": old.email})
    assert old.seats.count() == 2


NOBODY = {"successor": "ingen", "from_day": "2026-11-22"}


def test_ending_asks_first_and_then_takes_access_away_at_once(client, participation, strategist):
    seat = DelegateFactory(participation=participation, user__name="Pia", function=Function.POLITICIAN)
    client.force_login(strategist)

    asked = client.get(url("person_leaves", participation, seat.pk))
    seat.refresh_from_db()
    assert (asked.status_code, seat.ends_on) == (200, None)

    response = client.post(url("person_leaves", participation, seat.pk), NOBODY)

    seat.refresh_from_db()
    assert (response.url, seat.ends_on) == (url("people", participation), date(2026, 11, 21))
    assert [(row[0], row[1], row[2]) for row in events()] == [
        ("delegate_ended", "Pia", participation.organisation.code)
    ]
    client.force_login(seat.user)
    assert client.get(url("people", participation)).status_code == 404


def test_ending_twice_is_told_once(client, participation, strategist):
    seat = DelegateFactory(participation=participation)
    client.force_login(strategist)
    for _ in range(2):
        client.post(url("person_leaves", participation, seat.pk), NOBODY)
    seat.refresh_from_db()
    assert (seat.ends_on, len(events())) == (date(2026, 11, 21), 1)


def test_a_seat_given_today_goes_altogether(client, participation, strategist):
    seat = DelegateFactory(participation=participation, starts_on=TODAY)
    client.force_login(strategist)
    leaves = url("person_leaves", participation, seat.pk)
    answers = [client.post(leaves, NOBODY).status_code for _ in range(2)]
    assert (answers, Delegate.objects.filter(pk=seat.pk).exists(), len(events())) == ([302, 302], False, 1)


def test_the_only_strategist_cannot_leave_without_a_successor(client, participation, strategist):
    seat = strategist.seats.get()
    client.force_login(strategist)

    response = client.post(url("person_leaves", participation, seat.pk), NOBODY)

    assert (response.status_code, sentences(response)) == (
        422,
        {"successor": ["Du är den enda strategen. Välj vem som tar över."]},
    )
    seat.refresh_from_db()
    assert (seat.ends_on, events()) == (None, [])


def test_one_of_two_strategists_may_end_themselves_and_lands_at_home(client, participation, strategist):
    DelegateFactory(participation=participation)
    client.force_login(strategist)
    response = client.post(url("person_leaves", participation, strategist.seats.get().pk), NOBODY)
    assert (response.url, strategist.seats.get().ends_on) == (reverse("home"), date(2026, 11, 21))


def test_skr_may_end_the_only_strategist(client, participation, strategist):
    client.force_login(UserFactory(skr_role="administrator"))
    client.post(url("person_leaves", participation, strategist.seats.get().pk), NOBODY)
    assert strategist.seats.get().ends_on == date(2026, 11, 21)


def test_another_organisations_seat_is_not_found_here(client, participation, strategist):
    other = DelegateFactory(participation__cohort=participation.cohort)
    client.force_login(strategist)
    for name in ("person_leaves", "person_edit"):
        assert client.get(url(name, participation, other.pk)).status_code == 404
    assert client.post(url("person_invite", participation, other.pk)).status_code == 404


def mails():
    return list(Mail.objects.order_by("pk").values_list("kind", "address", "path"))


def test_adding_invites_once_with_the_reason_and_where_an_answer_goes(client, participation, strategist):
    participation.cohort.contact = UserFactory(skr_role="process_leader", email="petra@skr.invalid")
    participation.cohort.save()
    client.force_login(strategist)

    client.post(url("person_add", participation), {**ANNA, "deputy": "on"})

    mail = Mail.objects.get()
    assert (mail.kind, mail.address, mail.reply_to) == ("invitation", "anna.ek@kommun.invalid", "petra@skr.invalid")
    assert mail.reason == f"Du får mejlet för att du är politiker, ersättare för {participation}."
    assert f"Du är politiker, ersättare för {participation}" in " ".join(mail.text.split())
    assert Delegate.objects.get(user__email=ANNA["email"]).invited_at is not None


@pytest.mark.parametrize(
    ("role", "kind", "words"),
    [
        ("participant", "invitation", "Här gör ni självskattningen inför träffarna"),
        ("mentor", "mentor_invitation", "som är mentor i"),
        ("supporting_mentor", "mentor_invitation", "som är mentor i"),
    ],
)
def test_a_mentor_is_invited_as_a_mentor(participation, strategist, role, kind, words):
    participation.role = role
    participation.save()
    add_delegate(participation=participation, **ANNA, deputy=False, by=strategist)
    mail = Mail.objects.get()
    text = " ".join(mail.text.split())
    assert (mail.kind, words in text, "självskattning" in text) == (kind, True, role == "participant")


def test_a_seat_from_a_coming_day_gives_access_that_day_and_says_so(client, participation, strategist):
    client.force_login(strategist)
    client.post(url("person_add", participation), {**ANNA, "starts_on": "2027-01-01", "ends_on": "2027-03-31"})

    mail, anna = Mail.objects.get(), User.objects.get(email=ANNA["email"])
    assert (mail.kind, "1 januari 2027" in " ".join(mail.text.split())) == ("coming_seat", True)
    status_by_day = {}
    for day in (TODAY, date(2027, 1, 1), date(2027, 3, 31), date(2027, 4, 1)):
        with time_machine.travel(day, tick=False):
            client.force_login(anna)
            status_by_day[day.isoformat()] = client.get(url("people", participation)).status_code
    assert status_by_day == {"2026-11-22": 404, "2027-01-01": 200, "2027-03-31": 200, "2027-04-01": 404}


@pytest.mark.parametrize(
    ("days", "wrong"),
    [
        (
            {"starts_on": "2027-02-01", "ends_on": "2027-01-01"},
            {"ends_on": ["Slutdagen kan inte ligga före startdagen."]},
        ),
        ({"starts_on": "2027-09-01"}, {"starts_on": ["Då är omgången redan slut. Välj en tidigare dag."]}),
    ],
)
def test_days_that_cannot_be_are_refused(client, participation, strategist, days, wrong):
    client.force_login(strategist)
    response = client.post(url("person_add", participation), {**ANNA, **days})
    assert (response.status_code, sentences(response), mails()) == (422, wrong, [])


@pytest.mark.parametrize(("minutes", "n_mails"), [(59, 1), (60, 2)])
def test_an_hour_must_pass_between_two_invitations(client, participation, strategist, minutes, n_mails):
    client.force_login(strategist)
    client.post(url("person_add", participation), ANNA)
    seat = Delegate.objects.get(user__email=ANNA["email"])
    with time_machine.travel(seat.invited_at + timedelta(minutes=minutes), tick=False):
        client.post(url("person_invite", participation, seat.pk))
    assert len(mails()) == n_mails


def test_the_invitation_goes_again_but_not_within_the_hour(client, participation, strategist):
    client.force_login(strategist)
    client.post(url("person_add", participation), ANNA)
    seat = Delegate.objects.get(user__email=ANNA["email"])

    refused = client.post(url("person_invite", participation, seat.pk), follow=True).text
    assert ("mindre än en timme sedan" in refused, len(mails())) == (True, 1)
    with time_machine.travel(timezone.now() + timedelta(minutes=61), tick=False):
        for _ in range(2):
            client.post(url("person_invite", participation, seat.pk))
    assert [kind for kind, _, _ in mails()] == ["invitation", "invitation"]
    assert [row[0] for row in events()] == ["delegate_invited", "delegate_added"]


def test_who_has_not_signed_in_is_told_to_those_who_invite(client, participation, strategist):
    politician = DelegateFactory(participation=participation, function="politician", user__name="Pia").user
    client.force_login(strategist)
    assert "Har inte loggat in än" in client.get(url("people", participation)).text
    client.force_login(politician)  # kept by Django at every sign-in
    assert "loggat in" not in client.get(url("people", participation)).text
    client.force_login(strategist)
    assert "Har inte loggat in än" not in client.get(url("people", participation)).text


def test_signing_in_by_mailed_code_is_signing_in(client, participation, strategist):
    client.post(reverse("account_login"), {"email": strategist.email})
    client.post(reverse("account_confirm_login_code"), {"code": mailed_code()})
    strategist.refresh_from_db()
    assert strategist.last_login == timezone.now()


def edited(seat, **change):
    shown = {
        "name": seat.user.name,
        "email": seat.user.email,
        "function": seat.function,
        "starts_on": seat.starts_on.isoformat(),
        "ends_on": "",
    }
    return {**shown, **change}


def test_a_seat_and_a_name_are_corrected(client, participation, strategist):
    seat = DelegateFactory(participation=participation, user__name="Ana Ek", function="manager")
    client.force_login(strategist)
    edit = url("person_edit", participation, seat.pk)
    seen = client.get(edit).context["form"]["seen"].value()
    change = {"name": "Anna Ek", "function": "politician", "deputy": "on", "ends_on": "2027-05-31", "seen": seen}

    for _ in range(2):  # the second of two clicks is told nothing of another who has saved
        assert client.post(edit, edited(seat, **change)).status_code == 302

    seat.refresh_from_db()
    assert (seat.user.name, seat.function, seat.deputy, seat.ends_on) == (
        "Anna Ek",
        "politician",
        True,
        date(2027, 5, 31),
    )
    [(kind, _, _, _, data)] = events()
    assert (kind, data["before"], data["after"]) == (
        "delegate_changed",
        "Ana Ek, chef, 2026-01-01–",
        "Anna Ek, politiker, ersättare, 2026-01-01–2027-05-31",
    )


def test_two_who_correct_the_same_seat_lose_nothing(client, participation, strategist):
    seat = DelegateFactory(participation=participation, user__name="Ana Ek", function="manager")
    client.force_login(strategist)
    edit = url("person_edit", participation, seat.pk)
    seen = client.get(edit).context["form"]["seen"].value()
    client.post(edit, edited(seat, function="contributor", seen=seen))

    late = client.post(edit, edited(seat, name="Anna Ek", seen=seen))

    assert (late.status_code, [field.text for field in late.context["form"].theirs]) == (422, ["Ana Ek", "Medverkande"])
    assert late.context["form"]["name"].value() == "Anna Ek"
    seat.refresh_from_db()
    assert (seat.user.name, seat.function) == ("Ana Ek", "contributor")


def test_the_only_strategist_is_not_made_something_else(client, participation, strategist):
    seat = strategist.seats.get()
    client.force_login(strategist)
    edit = url("person_edit", participation, seat.pk)
    seen = client.get(edit).context["form"]["seen"].value()
    response = client.post(edit, edited(seat, function="manager", seen=seen))
    assert sentences(response) == {"function": ["Stina Strateg är den enda strategen. Välj en annan strateg först."]}
