"""A person asks to be erased, and SKR does it: who may, what must be done first, and what stands there afterwards."""

import json
from datetime import date, timedelta

import pytest
import time_machine
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.enums import SkrRole
from accounts.models import User
from admission.models import InterestPerson
from cohorts.models import Delegate
from cohorts.roles import roles_of
from follow_up.duties import skr_tasks
from kit import audit
from kit.models import AuditEvent, KeptForm
from mailings.models import Mail
from people.actions.accounts import open_account, person_with
from people.models import ErasureRequest
from people.trail import PeopleEvent
from privacy.actions.asking import ask_for_erasure
from privacy.actions.erasing import GONE, erase_person
from privacy.finding import places_of
from privacy.persons import person_at, person_of
from questions.models import AskedQuestion
from tests.factories import DelegateFactory, EvaluatorFactory, ParticipationFactory, UserFactory
from tests.process_factories import InterestPersonFactory
from tests.refusing import refused

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 20)
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY):
        yield


@pytest.fixture
def leader():
    return UserFactory(name="Petra Process", skr_role=SkrRole.PROCESS_LEADER)


@pytest.fixture
def gone():
    """One who was a politician until yesterday."""
    return DelegateFactory(
        ends_on=YESTERDAY, function="politician", user__name="Kim Ekberg", user__email="kim.ekberg@exempel.invalid"
    ).user


def asked(text, **fields):
    values = {"participation": ParticipationFactory(), "audience": "politician", "place": "Nämnden", "asked_on": TODAY}
    return AskedQuestion.objects.create(text=text, **values | fields)


def erased(user, by=None):
    erase_person(email=user.email, by=by)
    return User.objects.get(pk=user.pk)


class TestWhatStandsThereAfterwards:
    def test_the_row_stays_without_name_and_address(self, gone, leader):
        after = erased(gone, leader)
        assert (after.name, after.email) == ("en politiker", f"borttagen-{gone.pk}@exempel.invalid")
        assert (after.is_active, after.erased_on, after.last_login) == (False, TODAY, None)
        assert after.seats.count() == 1

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("Kim Ekberg frågar.", "En politiker frågar."),
            ("Det sade Kim Ekberg.", "Det sade en politiker."),
            ("Enligt KIM EKBERG.", "Enligt en politiker."),
            ("Kim  Ekbergs förslag", "En politikers förslag"),
            ("Kim\nEkberg", "en politiker"),
            ("Skriv till kim.ekberg@exempel.invalid.", "Skriv till borttagen adress."),
            ("Kim Ekbergsson frågar.", "Kim Ekbergsson frågar."),
            ("kim.ekberg@exempel.invalid.se", "kim.ekberg@exempel.invalid.se"),
        ],
    )
    def test_texts_say_the_function(self, gone, before, after):
        question = asked(before)
        erased(gone)
        question.refresh_from_db()
        assert question.text == after

    def test_the_trail_tells_that_it_was_done_and_not_whom(self, gone, leader):
        audit.record(PeopleEvent.DELEGATE_INVITED, target=gone, by=gone)
        erased(gone, leader)
        assert list(AuditEvent.objects.order_by("pk").values_list("actor", "target")) == [
            ("en politiker", "en politiker"),
            ("Petra Process", f"en politiker, nummer {gone.pk}"),
        ]

    def test_the_account_cannot_be_opened_and_the_address_is_free(self, gone, leader):
        after = erased(gone)
        with refused(GONE):
            erase_person(email=after.email, by=leader)
        assert after not in User.objects.closed()
        assert person_with("kim.ekberg@exempel.invalid", "Kim Ekberg").pk != gone.pk

    def test_mail_that_waits_is_not_sent(self, gone, leader):
        ask_for_erasure(message="", by=gone)
        mail = Mail.objects.create(
            key="k", kind="invitation", recipient=gone, address=gone.email, subject="Kim", text="x"
        )
        erased(gone)
        mail.refresh_from_db()
        assert (mail.state, mail.address, mail.text) == ("failed", "", "")
        assert mail.left_at

    def test_another_persons_session_goes_on_without_the_name(self, gone, leader):
        other = SessionStore()
        other.update({"_auth_user_id": str(leader.pk), "said": "Kim Ekberg är sparad.", "more": 1})
        other.create()
        erased(gone)
        assert SessionStore(other.session_key).load() == {"_auth_user_id": str(leader.pk), "more": 1}
        assert Session.objects.count() == 1


class TestFirst:
    def test_a_seat_is_ended(self, leader):
        seat = DelegateFactory()
        with refused("Avsluta uppdraget först"):
            erase_person(email=seat.user.email, by=leader)
        seat.user.refresh_from_db()
        assert seat.user.is_active

    def test_a_role_at_skr_is_ended(self, leader):
        with refused("har en roll på SKR"):
            erase_person(email=leader.email, by=leader)

    def test_an_evaluation_is_ended(self, leader):
        row = EvaluatorFactory(until=TODAY)
        with refused("är lärande utvärderare"):
            erase_person(email=row.user.email, by=leader)
        type(row).objects.update(until=YESTERDAY)
        assert erased(row.user).name == "en utvärderare"

    def test_nobody_is_nobody(self, leader):
        with refused("Ingenting är sparat om den adressen."):
            erase_person(email="ingen@exempel.invalid", by=leader)


class TestANamesake:
    def test_only_the_persons_own_rows_lose_the_name_and_the_rest_is_listed(self, client, gone, leader):
        UserFactory(name="Kim Ekberg", email="kim@annan.invalid")
        question = asked("Kim Ekberg, kim.ekberg@exempel.invalid")
        audit.record(PeopleEvent.DELEGATE_INVITED, target="Ek", by=gone)
        assert [place.model for place in places_of(person_of(gone), {}) if place.doubtful] == [AskedQuestion]
        client.force_login(leader)
        assert f"nummer {question.pk}" in client.get(reverse("privacy:erase", args=[gone.pk])).text
        erased(gone)
        question.refresh_from_db()
        assert question.text == "Kim Ekberg, borttagen adress"
        assert AuditEvent.objects.first().actor == "Kommandoraden"
        assert "en politiker" in AuditEvent.objects.values_list("actor", flat=True)
        assert User.objects.filter(name="Kim Ekberg").count() == 1

    def test_a_single_word_may_mean_anyone(self, gone):
        gone.name = "Kim"
        gone.save()
        question = asked("Kim frågar.")
        erased(gone)
        question.refresh_from_db()
        assert question.text == "Kim frågar."


class TestWithoutAnAccount:
    def test_whoever_stands_in_a_form_is_erased_too(self, client, leader):
        person = InterestPersonFactory(name="Lo Granberg", email="lo.granberg@exempel.invalid", function="manager")
        question = asked("Lo Granberg frågar.")
        client.force_login(leader)
        answer = client.get(reverse("privacy:requests"), {"sok": person.email})
        page = reverse("privacy:erase_stranger", args=[answer.context["key"]])
        assert "Lo Granberg" in client.get(page).text
        assert client.post(page).status_code == 302
        question.refresh_from_db()
        assert question.text == "En chef frågar."
        assert not InterestPerson.objects.exists()
        assert person_at(person.email) is None
        assert client.get(page).url == reverse("privacy:requests")

    def test_a_key_that_we_have_not_made_opens_nothing(self, client, leader):
        client.force_login(leader)
        assert client.get(reverse("privacy:erase_stranger", args=["lo-exempel:invalid"])).status_code == 404


class TestAtTheSameTime:
    def test_what_the_person_types_meanwhile_is_kept_nowhere(self, client, gone):
        """The form was drawn before; its owner sends it when the account is closed."""
        client.force_login(gone)
        page = client.get(reverse("privacy:ask"))
        key = page.text.partition('name="form_key" value="')[2].partition('"')[0]
        erased(gone)
        answer = client.post(reverse("privacy:ask"), {"message": "Kim Ekberg skriver.", "form_key": key})
        assert answer.url.startswith("/logga-in/")
        assert not KeptForm.objects.exists()
        assert not ErasureRequest.objects.exists()

    def test_what_a_request_stores_while_it_is_done_is_taken_afterwards(self, gone, monkeypatch):
        """As if the person's last request had been under way: its row comes between the two searches."""
        import privacy.actions.erasing as module

        once = module.discard_drafts
        monkeypatch.setattr(module, "discard_drafts", lambda: (once(), asked("Kim Ekberg hann.")))
        erased(gone)
        assert AskedQuestion.objects.get().text == "En politiker hann."


class TestAsking:
    def test_skr_is_told_by_mail_and_has_a_task_until_it_is_done(self, client, gone, leader):
        administrator = UserFactory(skr_role=SkrRole.ADMINISTRATOR)
        client.force_login(gone)
        page = reverse("privacy:ask")
        assert client.post(page, {"message": "Jag har slutat."}).url == reverse("privacy:mine")
        assert client.post(page, {"message": "Igen."}).status_code == 302
        assert ErasureRequest.objects.get().message == "Jag har slutat."
        recipients = Mail.objects.filter(kind="erasure_asked").values_list("recipient", flat=True)
        assert set(recipients) == {leader.pk, administrator.pk}
        [task] = [task for task in skr_tasks(roles_of(leader), TODAY) if task.matter == "erasure"]
        assert (task.url, task.due_on) == (reverse("privacy:requests"), TODAY + timedelta(days=30))
        client.force_login(leader)
        assert "Kim Ekberg" in client.get(task.url).text
        erase = reverse("privacy:erase", args=[gone.pk])
        assert "Jag har slutat." in client.get(erase).text
        assert client.post(erase).url == reverse("privacy:requests")
        assert not ErasureRequest.objects.exists()
        assert [task for task in skr_tasks(roles_of(leader), TODAY) if task.matter == "erasure"] == []

    def test_it_can_be_taken_back(self, client, gone):
        ask_for_erasure(message="", by=gone)
        client.force_login(gone)
        client.post(reverse("privacy:regret"))
        assert not ErasureRequest.objects.exists()
        assert AuditEvent.objects.first().kind == "erasure_regretted"

    def test_the_page_says_what_must_be_ended_first(self, client):
        seat = DelegateFactory()
        client.force_login(seat.user)
        assert "Avsluta uppdraget först" in client.get(reverse("privacy:ask")).text


class TestCommands:
    def test_a_dry_run_prints_the_counts_and_changes_nothing(self, gone, capsys):
        asked("Kim Ekberg frågar.")
        before = list(User.objects.values())
        call_command("erase_person", "Kim.Ekberg@exempel.invalid", "--dry-run")
        planned = capsys.readouterr().out
        assert planned == "accounts_user: 1\nquestions_askedquestion: 1\n"
        assert list(User.objects.values()) == before
        call_command("erase_person", "kim.ekberg@exempel.invalid")
        assert capsys.readouterr().out == planned
        with pytest.raises(CommandError, match=r"Ingenting är sparat"):
            call_command("erase_person", "kim.ekberg@exempel.invalid")
        with pytest.raises(CommandError, match=r"Nothing is stored"):
            call_command("erase_person", "kim.ekberg@exempel.invalid", "--dry-run")

    def test_it_refuses_whoever_has_a_seat(self):
        seat = DelegateFactory()
        for more in ((), ("--dry-run",)):
            with pytest.raises(CommandError, match="Avsluta uppdraget"):
                call_command("erase_person", seat.user.email, *more)

    def test_the_queries_do_not_grow_with_the_rows(self, gone, django_assert_max_num_queries):
        for _ in range(3):
            asked("Kim Ekberg frågar.")
        with django_assert_max_num_queries(260):
            list(places_of(person_of(gone), {}))


def test_a_closed_account_is_not_opened_once_it_is_erased(gone, leader):
    after = erased(gone)
    with refused("är raderade, så kontot går inte att öppna."):
        open_account(user=after, by=leader)
    assert json.dumps(list(Delegate.objects.values_list("function", flat=True))) == '["politician"]'
