"""The invitation once more to all of an omgång who have not signed in: named first, and once a day for each person."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from cohorts.enums import Status
from kit.models import AuditEvent
from mailings.models import Mail
from tests.factories import TODAY, CohortFactory, DelegateFactory, ParticipationFactory, UserFactory

pytestmark = pytest.mark.django_db
NOON = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def cohort():
    return CohortFactory()


@pytest.fixture
def leader(client):
    user = UserFactory(skr_role="process_leader")
    client.force_login(user)
    return user


@pytest.fixture
def silent(cohort):
    """Two to invite, in two organisations; one invited this morning; one who has signed in."""
    now = timezone.now()
    alby, berg = (ParticipationFactory(cohort=cohort, organisation__name=f"{name} kommun") for name in ("Alby", "Berg"))
    DelegateFactory(participation=alby, user__name="Morgon", invited_at=now - timedelta(hours=3))
    DelegateFactory(participation=alby, user__name="Inloggad", user__last_login=now)
    return [
        DelegateFactory(participation=alby, user__name="Anna", invited_at=now - timedelta(days=1)),
        DelegateFactory(participation=berg, user__name="Bo"),
    ]


def url(cohort):
    return reverse("people:directory_invite", args=[cohort.slug])


def directory(client, cohort):
    return client.get(reverse("people:directory", args=[cohort.slug])).text


def named(response):
    return [seat.user.name for seat in response.context["silent"].to_invite]


def send(client, cohort, seats):
    return client.post(url(cohort), {"seat": [seat.pk for seat in seats]}, follow=True).text


def told_by_mail():
    return sorted(Mail.objects.filter(kind="invitation").values_list("recipient__name", flat=True))


def test_the_directory_has_their_number_in_the_button_and_the_next_page_names_them(client, cohort, leader, silent):
    text = directory(client, cohort)
    assert ("Tre personer har inte loggat in än" in text, "En av dem fick en inbjudan i dag." in text) == (True, True)
    assert "Bjud in 2 personer" in text
    page = client.get(url(cohort))
    assert (named(page), "Bjud in 2 personer" in page.text, told_by_mail()) == (["Anna", "Bo"], True, [])


def test_each_gets_one_and_a_second_press_the_same_day_sends_nothing(client, cohort, leader, silent):
    assert "Två inbjudningar skickas." in send(client, cohort, silent)
    assert "Ingen inbjudan skickades" in send(client, cohort, silent)
    assert told_by_mail() == ["Anna", "Bo"]
    assert AuditEvent.objects.filter(kind="delegate_invited", actor_id=leader.pk).count() == 2
    assert "Bjud in" not in directory(client, cohort)


def test_the_day_after_it_may_go_again(client, cohort, leader, silent):
    send(client, cohort, silent)
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        client.force_login(leader)
        assert "Tre personer kan bjudas in" in client.get(url(cohort)).text
        send(client, cohort, silent)
    assert told_by_mail() == ["Anna", "Anna", "Bo", "Bo"]


def test_only_those_that_were_named_and_are_silent_still(client, cohort, leader, silent):
    anna, bo = silent
    anna.user.last_login = timezone.now()
    anna.user.save()
    DelegateFactory(participation=bo.participation, user__name="Ny")
    assert "En inbjudan skickas." in send(client, cohort, silent)
    assert told_by_mail() == ["Bo"]


def test_one_who_cannot_sign_in_today_is_not_asked_to(client, cohort, leader):
    here = ParticipationFactory(cohort=cohort)
    left = ParticipationFactory(cohort=cohort, status=Status.WITHDRAWN, withdrawn_on=TODAY)
    DelegateFactory(participation=left)
    DelegateFactory(participation=here, user__is_active=False)
    DelegateFactory(participation=here, starts_on=TODAY + timedelta(days=1))
    DelegateFactory(participation=here, ends_on=TODAY - timedelta(days=1))
    page = client.get(url(cohort))
    assert (named(page), "Ingen behöver bjudas in i dag" in page.text) == ([], True)
    assert "har inte loggat in än</h2>" not in directory(client, cohort)


def test_a_person_with_two_seats_gets_one_and_one_invited_elsewhere_today_none(client, cohort, leader):
    twice = UserFactory(name="Två Uppdrag")
    seats = [DelegateFactory(participation=ParticipationFactory(cohort=cohort), user=twice) for _ in range(2)]
    elsewhere = DelegateFactory(invited_at=timezone.now())
    seats.append(DelegateFactory(participation=seats[0].participation, user=elsewhere.user))
    assert named(client.get(url(cohort))) == ["Två Uppdrag"]
    send(client, cohort, seats)
    assert told_by_mail() == ["Två Uppdrag"]


@pytest.mark.parametrize("seat", ["", "x", "-1", "²", "9" * 30])
def test_what_is_no_seat_is_nobodys(client, cohort, leader, silent, seat):
    assert client.post(url(cohort), {"seat": seat}).status_code == 302
    assert told_by_mail() == []


def test_it_asks_as_often_for_many_as_for_few(client, cohort, leader, django_assert_max_num_queries):
    for _ in range(30):
        DelegateFactory(participation=ParticipationFactory(cohort=cohort))
    with django_assert_max_num_queries(6):
        assert len(named(client.get(url(cohort)))) == 30
