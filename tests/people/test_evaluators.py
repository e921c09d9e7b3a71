"""Lärande utvärderare: appointed until a day, changed and ended; what they read follows at once."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.models import User
from cohorts.models import Evaluator
from kit.models import AuditEvent
from mailings.models import Mail
from people.actions.evaluators import appoint_evaluator, change_last_day, end_evaluator, latest_day
from people.actions.seats import add_delegate, give_seat
from people.models import SeatOffer
from people.newcomers import Newcomer
from tests.factories import CohortFactory, DelegateFactory, EvaluatorFactory, ParticipationFactory, UserFactory
from tests.refusing import refused

pytestmark = pytest.mark.django_db
TODAY, UNTIL = date(2026, 9, 20), date(2027, 12, 31)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY) as traveller:
        yield traveller


@pytest.fixture
def leader(client):
    user = UserFactory(name="Petra Process", email="petra@skr.invalid", skr_role="process_leader")
    client.force_login(user)
    return user


@pytest.fixture
def cohort(leader):
    return CohortFactory(name="Omgången 2026", slug="omgangen", ends_on=date(2027, 8, 31), contact=leader)


def page(name, *more):
    return reverse(f"people:{name}", args=["omgangen", *more])


def appoint(cohort, by, email="ulla@uni.invalid", until=UNTIL):
    return appoint_evaluator(cohort=cohort, email=email, name="Ulla Utvärderare", until=until, by=by)


class TestAppointing:
    def test_on_the_page_with_a_mail_and_a_line_in_the_trail(self, client, leader, cohort):
        posted = {"name": "Ulla Utvärderare", "email": "ulla@uni.invalid", "until": "2027-12-31"}
        answer = client.post(page("evaluator_add"), posted, follow=True)
        assert "Ulla Utvärderare läser omgången till och med 31 december 2027." in answer.text
        row = Evaluator.objects.get()
        assert (row.cohort, row.user.email, row.until) == (cohort, "ulla@uni.invalid", UNTIL)
        mail = Mail.objects.get()
        assert (mail.recipient, mail.subject, mail.about, mail.reply_to) == (
            row.user,
            "Du är lärande utvärderare i Omgången 2026 till och med 31 december 2027",
            "omgangen",
            "petra@skr.invalid",
        )
        event = AuditEvent.objects.get()
        assert (event.kind, event.target, event.data) == (
            "evaluator_appointed",
            "Ulla Utvärderare",
            {"what": "till och med 31 december 2027", "cohort": "Omgången 2026"},
        )

    def test_reads_from_the_first_day_to_the_last_and_not_the_day_after(self, client, leader, cohort, today):
        user = appoint(cohort, leader, until=date(2026, 9, 22)).user
        for day, status in ((20, 200), (22, 200), (23, 404)):
            today.move_to(date(2026, 9, day))
            client.force_login(user)
            assert client.get(cohort.get_absolute_url()).status_code == status, day

    def test_the_day_is_today_or_later_and_at_most_a_year_after_the_omgang(self, leader, cohort):
        assert latest_day(cohort) == date(2028, 8, 31)
        with refused("Välj i dag eller en senare dag."):
            appoint(cohort, leader, until=TODAY - timedelta(days=1))
        with refused("Välj senast 31 augusti 2028, ett år efter omgångens sista dag."):
            appoint(cohort, leader, until=date(2028, 9, 1))
        assert not User.objects.filter(email="ulla@uni.invalid").exists()
        for until in (TODAY, date(2028, 8, 31)):
            assert appoint(cohort, leader, until=until).until == until

    def test_again_is_another_last_day(self, leader, cohort):
        appoint(cohort, leader)
        appoint(cohort, leader)
        appoint(cohort, leader, until=date(2027, 1, 1))
        kinds = list(AuditEvent.objects.order_by("pk").values_list("kind", flat=True))
        assert (Evaluator.objects.get().until, kinds) == (
            date(2027, 1, 1),
            ["evaluator_appointed", "evaluator_changed"],
        )

    def test_one_whose_time_is_over_is_appointed_anew(self, leader, cohort):
        row = EvaluatorFactory(cohort=cohort, until=date(2026, 1, 1))
        appoint(cohort, leader, email=row.user.email)
        assert (Evaluator.objects.get().until, AuditEvent.objects.get().kind) == (UNTIL, "evaluator_appointed")

    def test_a_person_known_elsewhere_keeps_their_name(self, leader, cohort):
        seat = DelegateFactory(user__name="Siv Strateg")
        assert appoint(cohort, leader, email=seat.user.email).user.name == "Siv Strateg"

    def test_not_one_who_represents_an_organisation_in_the_omgang(self, client, leader, cohort):
        seat = DelegateFactory(participation__cohort=cohort, user__name="Siv Strateg", starts_on=date(2026, 10, 1))
        with refused("Siv Strateg är representant i omgången och kan inte också utvärdera den."):
            appoint(cohort, leader, email=seat.user.email)
        posted = {"name": "X", "email": seat.user.email, "until": "2027-12-31"}
        answer = client.post(page("evaluator_add"), posted)
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["email"])
        type(seat).objects.update(starts_on=date(2026, 1, 1), ends_on=TODAY - timedelta(days=1))
        assert appoint(cohort, leader, email=seat.user.email).user == seat.user

    def test_not_staff_and_not_a_closed_account(self, leader, cohort):
        with refused("Personen har en roll på SKR och kan inte också vara utvärderare."):
            appoint(cohort, leader, email=leader.email)
        with refused("Personens konto är avslutat. Öppna det först."):
            appoint(cohort, leader, email=UserFactory(is_active=False).email)

    def test_nor_does_an_evaluator_get_a_seat_in_the_omgang(self, leader, cohort):
        user = appoint(cohort, leader).user
        participation = ParticipationFactory(cohort=cohort)
        # Asked first, as anyone who is known elsewhere: the page says nothing of the evaluation.
        asked = add_delegate(
            participation=participation, name="U", email=user.email, function="manager", deputy=False, by=leader
        )
        assert isinstance(asked, SeatOffer)
        newcomer = Newcomer("Ulla", user.email, "manager", deputy=False)
        with refused("Ulla Utvärderare är lärande utvärderare i omgången och kan inte också vara representant."):
            give_seat(participation=participation, newcomer=newcomer)
        Evaluator.objects.update(until=TODAY - timedelta(days=1))
        assert give_seat(participation=participation, newcomer=newcomer).user == user


class TestChanging:
    def test_the_day(self, client, leader, cohort):
        row = EvaluatorFactory(cohort=cohort, until=date(2027, 1, 1))
        address = page("evaluator_edit", row.pk)
        seen = client.get(address).context["form"]["seen"].value()
        assert client.post(address, {"until": "2027-06-30", "seen": seen}).status_code == 302
        row.refresh_from_db()
        assert row.until == date(2027, 6, 30)
        assert Mail.objects.get(recipient=row.user).subject.endswith("till och med 30 juni 2027")

    def test_not_of_one_whose_time_is_over(self, leader, cohort):
        row = EvaluatorFactory(cohort=cohort, until=TODAY - timedelta(days=1))
        with refused("Uppdraget är redan slut. Lägg till personen igen."):
            change_last_day(evaluator=row, until=UNTIL, by=leader)


class TestEnding:
    def test_it_ends_at_once(self, client, leader, cohort):
        row = EvaluatorFactory(cohort=cohort)
        theirs = type(client)()
        theirs.force_login(row.user)
        assert theirs.get(cohort.get_absolute_url()).status_code == 200
        client.post(page("evaluator_end", row.pk))
        assert theirs.get(cohort.get_absolute_url()).status_code == 404
        assert Mail.objects.get(recipient=row.user).kind == "evaluator_ended"
        assert AuditEvent.objects.get().kind == "evaluator_ended"
        assert "Tidigare utvärderare" in client.get(page("evaluators")).text

    def test_twice_is_once(self, leader, cohort):
        row = EvaluatorFactory(cohort=cohort)
        for _ in range(2):
            end_evaluator(evaluator=row, by=leader)
        assert (AuditEvent.objects.count(), Mail.objects.count()) == (1, 1)


class TestTheCommand:
    def test_add_change_and_end(self, capsys, cohort):
        about = ("Ulla@uni.invalid", "--cohort", "omgangen")
        call_command("evaluator", "add", *about, "--until", "2027-12-31", "--name", "Ulla Ek")
        call_command("evaluator", "add", *about, "--until", "2027-06-30")
        call_command("evaluator", "end", *about, "--until", "2027-03-31")
        call_command("evaluator", "end", *about)
        assert [line.split()[-1] for line in capsys.readouterr().out.splitlines()] == [
            *("2027-12-31", "2027-06-30", "2027-03-31"),
            "2026-09-19",
        ]
        row = Evaluator.objects.get()
        assert (row.user.name, row.user.email) == ("Ulla Ek", "ulla@uni.invalid")

    @pytest.mark.parametrize(
        ("said", "match"),
        [
            (("add", "ulla@uni.invalid", "--cohort", "finns-inte", "--until", "2027-12-31"), "'finns-inte'"),
            (("add", "ulla@uni.invalid", "--cohort", "omgangen", "--until", "i morgon"), "'i morgon' is no day"),
            (("add", "ulla@uni.invalid", "--cohort", "omgangen", "--until", "2020-01-01"), "Välj i dag eller en"),
            (("end", "ulla@uni.invalid", "--cohort", "omgangen"), "is no evaluator in omgangen"),
            (("add", "ulla", "--cohort", "omgangen", "--until", "2027-12-31"), "'ulla' is no e-mail address"),
        ],
    )
    def test_what_is_wrong_is_one_line(self, cohort, said, match):
        with pytest.raises(CommandError, match=match):
            call_command("evaluator", *said)


def test_an_administrator_reads_the_list_and_appoints_nobody(client, cohort):
    EvaluatorFactory(cohort=cohort, user__name="Ulla Utvärderare")
    client.force_login(UserFactory(skr_role="administrator"))
    text = client.get(page("evaluators")).text
    assert "Ulla Utvärderare" in text
    assert "/utvarderare/ny/" not in text
