"""That someone leaves: what is open goes on, both are told, nothing is lost; and the politicians after an election."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from assessments.models import Rater
from cohorts.models import Delegate
from kit.models import AuditEvent
from mailings.models import Mail
from meetings.models import Attendance, PreparationTick
from tests.factories import (
    TODAY,
    AssessmentFactory,
    DelegateFactory,
    MeetingFactory,
    ParticipationFactory,
    RaterFactory,
    RoundFactory,
    UserFactory,
)
from tests.process_factories import AgreementFactory, AttendanceFactory, PreparationFactory

pytestmark = pytest.mark.django_db
TOMORROW, NEW_YEAR = TODAY + timedelta(days=1), date(2027, 1, 1)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def participation():
    return ParticipationFactory()


@pytest.fixture
def strategist(client, participation):
    seat = DelegateFactory(participation=participation, user__name="Stina Strateg")
    client.force_login(seat.user)
    return seat


@pytest.fixture
def pia(participation):
    return DelegateFactory(participation=participation, function="politician", user__name="Pia Politiker")


def leave(client, seat, successor="ny", from_day=TODAY, **more):
    place = [seat.participation.cohort.slug, seat.participation.code, seat.pk]
    posted = {"successor": successor, "from_day": from_day.isoformat(), **more}
    return client.post(reverse("people:person_leaves", args=place), posted)


NY = {"name": "Nils Ny", "email": "nils.ny@kommun.invalid"}


def errors(response):
    return {name: list(messages) for name, messages in response.context["form"].errors.items()}


def test_someone_new_takes_over_function_and_deputy_and_both_are_told(client, participation, strategist, pia):
    Delegate.objects.filter(pk=pia.pk).update(deputy=True)
    assert leave(client, pia, from_day=NEW_YEAR, **NY).status_code == 302

    nils, left = Delegate.objects.get(user__email=NY["email"]), Delegate.objects.get(pk=pia.pk)
    assert (nils.function, nils.deputy, nils.starts_on, nils.succeeds) == ("politician", True, NEW_YEAR, left)
    assert left.ends_on == date(2026, 12, 31)
    mails = {mail.kind: (mail.address, " ".join(mail.text.split())) for mail in Mail.objects.all()}
    assert {kind: address for kind, (address, _) in mails.items()} == {
        "takes_over": "nils.ny@kommun.invalid",
        "handed_over": pia.user.email,
    }
    assert "Du tar över efter Pia Politiker som politiker, ersättare" in mails["takes_over"][1]
    assert "1 januari 2027" in mails["handed_over"][1]
    event = AuditEvent.objects.get()
    assert (event.kind, event.target, event.data["what"]) == (
        "delegate_handed_over",
        "Pia Politiker",
        "Nils Ny tar över från 1 januari 2027",
    )


def test_what_a_new_person_must_have_is_not_called_optional(client, participation, strategist, pia):
    place = [pia.participation.cohort.slug, pia.participation.code, pia.pk]
    form = client.get(reverse("people:person_leaves", args=place)).context["form"]
    assert [form.fields[name].sometimes for name in ("name", "email")] == [True, True]


def test_handing_over_twice_is_done_once(client, participation, strategist, pia):
    answers = [leave(client, pia, from_day=NEW_YEAR, **NY).status_code for _ in range(2)]
    assert answers == [302, 302]
    assert (Delegate.objects.filter(user__email=NY["email"]).count(), Mail.objects.count()) == (1, 2)
    assert AuditEvent.objects.count() == 1


def test_open_agreements_follow_and_what_is_done_stays(client, participation, strategist, pia):
    meeting = MeetingFactory(cohort=participation.cohort)
    still_open = AgreementFactory(meeting=meeting, participation=participation, owner=pia)
    done = AgreementFactory(meeting=meeting, participation=participation, owner=pia, done_on=TODAY)

    leave(client, pia, **NY)

    for agreement in (still_open, done):
        agreement.refresh_from_db()
    assert (still_open.owner.user.name, done.owner.user.name) == ("Nils Ny", "Pia Politiker")
    assert "En överenskommelse följer med till dig." in " ".join(Mail.objects.get(kind="takes_over").text.split())


def test_without_a_successor_what_is_open_is_the_functions(client, participation, strategist, pia):
    agreement = AgreementFactory(participation=participation, owner=pia)
    leave(client, pia, "ingen")
    agreement.refresh_from_db()
    assert (agreement.owner, agreement.function) == (None, "politician")


def test_answers_to_coming_meetings_are_asked_anew_and_what_has_been_stays(client, participation, strategist, pia):
    been, coming = (MeetingFactory(cohort=participation.cohort, starts_on=day) for day in (date(2026, 10, 1), NEW_YEAR))
    for meeting in (been, coming):
        AttendanceFactory(meeting=meeting, delegate=pia, answer="yes")
    tick = PreparationTick.objects.create(preparation=PreparationFactory(meeting=been), delegate=pia)

    leave(client, pia, **NY)

    assert list(Attendance.objects.values_list("meeting", "delegate")) == [(been.pk, pia.pk)]
    assert PreparationTick.objects.get() == tick


def test_a_deputy_takes_over_and_keeps_what_was_theirs(client, participation, strategist, pia):
    deputy = DelegateFactory(participation=participation, function="politician", deputy=True, user__name="Elis E")
    coming = MeetingFactory(cohort=participation.cohort, starts_on=NEW_YEAR)
    AttendanceFactory(meeting=coming, delegate=deputy, answer="yes")
    tick = PreparationTick.objects.create(preparation=PreparationFactory(meeting=coming), delegate=deputy)
    own = AgreementFactory(participation=participation, owner=deputy)

    assert leave(client, pia, str(deputy.pk), TOMORROW).status_code == 302

    seats = list(deputy.user.seats.order_by("starts_on").values_list("deputy", "starts_on", "ends_on"))
    assert seats == [(True, date(2026, 1, 1), TODAY), (False, TOMORROW, None)]
    new = deputy.user.seats.get(deputy=False)
    for row in (own, tick):
        row.refresh_from_db()
    assert (own.owner, tick.delegate, Attendance.objects.get().delegate, new.succeeds) == (new, new, new, pia)


def test_a_colleague_takes_on_another_function_at_once(client, participation, strategist):
    colleague = DelegateFactory(participation=participation, function="contributor")
    response = leave(client, strategist, str(colleague.pk))
    now = colleague.user.seats.get(ends_on=None)
    assert (response.url, now.function, now.starts_on, now.succeeds) == (
        reverse("home"),
        "strategist",
        TODAY,
        strategist,
    )
    client.force_login(colleague.user)
    add = reverse("people:person_add", args=[participation.cohort.slug, participation.code])
    assert client.get(add).status_code == 200


def test_the_only_strategist_does_not_take_over_something_else(client, participation, strategist, pia):
    response = leave(client, pia, str(strategist.pk))
    assert errors(response) == {"successor": ["Stina Strateg är den enda strategen. Välj någon annan."]}
    assert AuditEvent.objects.count() == 0


def test_the_new_one_is_invited_to_rate_and_never_given_what_another_rated(client, participation, strategist, pia):
    draft = AssessmentFactory(participation=participation)
    unfinished = RaterFactory(round=RoundFactory(assessment=draft), user=pia.user)
    unfinished.ratings.create(item=draft.items[0], value=2)
    other = AssessmentFactory(participation=participation)
    RaterFactory(round=RoundFactory(assessment=other), user=pia.user, done_at=timezone.now())
    closed = AssessmentFactory(participation=participation)
    RaterFactory(round=RoundFactory(assessment=closed, closed_at=timezone.now()), user=pia.user)

    leave(client, pia, **NY)

    rater = Rater.objects.get(user__email=NY["email"])
    assert (rater.round.assessment, rater.function, rater.ratings.count()) == (draft, "politician", 0)


@pytest.mark.parametrize(
    ("posted", "wrong"),
    [
        ({"successor": ""}, {"successor": ["Välj vem som tar över."]}),
        ({"successor": "999999"}, {"successor": ["Välj ett av alternativen."]}),
        ({}, {"name": ["Skriv personens namn."], "email": ["Skriv personens e-postadress."]}),
        ({**NY, "from_day": TODAY - timedelta(days=1)}, {"from_day": ["Välj i dag eller en senare dag."]}),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_nothing_happens(client, participation, strategist, pia, posted, wrong):
    response = leave(client, pia, **posted)
    assert (response.status_code, errors(response)) == (422, wrong)
    assert (Mail.objects.count(), AuditEvent.objects.count(), User.objects.filter(name="Nils Ny").count()) == (0, 0, 0)


def test_skr_is_told_that_a_colleague_there_gets_no_seat(client, participation, strategist, pia):
    UserFactory(email="staff@skr.invalid", skr_role="administrator")
    client.force_login(UserFactory(skr_role="process_leader"))
    response = leave(client, pia, **{**NY, "email": "staff@skr.invalid"})
    wrong = {"email": ["Adressen hör till någon som arbetar på SKR och därför inte kan vara representant."]}
    assert (response.status_code, errors(response), AuditEvent.objects.count()) == (422, wrong, 0)


def test_another_organisations_person_is_no_successor(client, participation, strategist, pia):
    other = DelegateFactory(participation=ParticipationFactory(cohort=participation.cohort))
    assert errors(leave(client, pia, str(other.pk))) == {"successor": ["Välj ett av alternativen."]}


class TestEfterValet:
    NEW = "Anna Ek;anna@kommun.invalid\nBo Ask;bo@kommun.invalid;ersättare"

    def url(self, participation):
        return reverse("people:election", args=[participation.cohort.slug, participation.code])

    def change(self, client, participation, times=1, **posted):
        posted = {"from_day": NEW_YEAR.isoformat(), "people": self.NEW, **posted}
        seen = client.post(self.url(participation), posted)
        looked_at = seen.context["form"]["looked_at"].value()
        again = {**posted, "looked_at": looked_at, "change": "1"}
        return seen, [client.post(self.url(participation), again) for _ in range(times)]

    def test_all_at_once_from_a_day_seen_first_and_done_once(self, client, participation, strategist, pia):
        stays = DelegateFactory(participation=participation, function="politician")
        owned = AgreementFactory(participation=participation, owner=pia)

        seen, done = self.change(client, participation, times=2, leaving=[pia.pk])

        assert "Pia Politiker" in seen.text
        assert [response.status_code for response in done] == [302, 302]
        for row in (pia, stays, owned):
            row.refresh_from_db()
        assert (pia.ends_on, stays.ends_on) == (date(2026, 12, 31), None)
        assert (owned.owner, owned.function) == (None, "politician")
        new = participation.delegates.filter(starts_on=NEW_YEAR).order_by("user__name")
        assert [(row.user.name, row.function, row.deputy) for row in new] == [
            ("Anna Ek", "politician", False),
            ("Bo Ask", "politician", True),
        ]
        event = AuditEvent.objects.get()
        assert (event.kind, event.data["what"]) == (
            "politicians_changed",
            "från 1 januari 2027, lämnar: Pia Politiker, nya: Anna Ek och Bo Ask",
        )

    def test_the_new_ones_get_the_introduction_and_are_led_to_the_decision(self, client, participation, strategist):
        _, [response] = self.change(client, participation)
        place = [participation.cohort.slug, participation.code]
        assert response.url == reverse("decisions:decisions", args=place)
        assert set(Mail.objects.values_list("kind", "path")) == {
            ("new_politician", reverse("people:introduction", args=place))
        }
        with time_machine.travel(NEW_YEAR, tick=False):
            client.force_login(User.objects.get(email="anna@kommun.invalid"))
            page = client.get(reverse("people:introduction", args=place)).text
        for words in ("Vad programmet är", "Det här gör du som politiker", "Nästa träff", "Stina Strateg", "Orden"):
            assert words in page

    def test_only_politicians_are_changed_here(self, client, participation, strategist):
        seen, _ = self.change(client, participation, people="Bo;bo@kommun.invalid;chef")
        faults = [row.happens for row in seen.context["seen"].rows]
        assert (seen.status_code, faults) == (422, ["Här läggs bara politiker till."])
        assert participation.delegates.count() == 1
        refused = client.post(self.url(participation), {"from_day": NEW_YEAR.isoformat(), "leaving": [strategist.pk]})
        assert list(refused.context["form"].errors) == ["leaving"]

    def test_that_nobody_is_left_is_told_and_not_refused(self, client, participation, strategist, pia):
        seen, [done] = self.change(client, participation, people="", leaving=[pia.pk])
        assert "Ingen politiker är kvar den dagen." in seen.text
        assert (done.status_code, Delegate.objects.get(pk=pia.pk).ends_on) == (302, date(2026, 12, 31))

    def test_an_empty_form_and_a_day_that_has_been_are_refused(self, client, participation, strategist, pia):
        empty = client.post(self.url(participation), {"from_day": NEW_YEAR.isoformat()})
        assert errors(empty) == {"people": ["Kryssa för vilka som lämnar, eller skriv vilka som är nya."]}
        _, [past] = self.change(client, participation, from_day="2026-11-01", leaving=[pia.pk])
        assert errors(past) == {"from_day": ["Välj i dag eller en senare dag."]}
        assert Delegate.objects.get(pk=pia.pk).ends_on is None
