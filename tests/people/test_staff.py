"""SKR's own people: appointed, changed and ended, on the page and from the command line."""

from datetime import date

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from cohorts.models import CohortContact
from kit.models import AuditEvent
from kit.staleness import Stale, digest
from mailings.models import Mail
from people.actions.staff import appoint_staff, change_role, end_staff, stored_role
from tests.factories import CohortFactory, DelegateFactory, EvaluatorFactory, UserFactory
from tests.refusing import refused

pytestmark = pytest.mark.django_db
STAFF, ADD = "/skr/personer/", "/skr/personer/ny/"


@pytest.fixture
def leader(client):
    user = UserFactory(name="Petra Process", email="petra@skr.invalid", skr_role="process_leader")
    client.force_login(user)
    return user


@pytest.fixture
def colleague():
    return UserFactory(name="Lea Ledare", email="lea@skr.invalid", skr_role="process_leader")


def page(name, user):
    return reverse(f"people:{name}", args=[user.pk])


def kinds():
    return list(AuditEvent.objects.order_by("pk").values_list("kind", flat=True))


class TestAppointing:
    def test_a_new_person_gets_a_role_a_mail_and_a_line_in_the_trail(self, client, leader):
        posted = {"name": "Eva Ek", "email": "Eva@skr.invalid", "role": "administrator"}
        answer = client.post(ADD, posted, follow=True)
        assert "Eva Ek är administratör. Ett mejl går till eva@skr.invalid." in answer.text
        user = User.objects.get(email="eva@skr.invalid")
        assert (user.skr_role, user.skr_since, user.has_usable_password()) == (
            "administrator",
            timezone.localdate(),
            False,
        )
        mail = Mail.objects.get(recipient=user)
        assert (mail.kind, mail.subject, mail.reply_to) == (
            "staff_appointed",
            "Du är administratör i Modell",
            "petra@skr.invalid",
        )
        assert "Petra Process på SKR har gett dig rollen som administratör" in mail.text
        assert "Logga in med din e-postadress" in " ".join(mail.text.split())
        event = AuditEvent.objects.get()
        assert (event.kind, event.target, event.actor, event.organisation) == (
            "staff_appointed",
            "Eva Ek",
            "Petra Process",
            "",
        )
        assert "administratör" in client.get(reverse("overview:skr_trail")).text

    def test_the_new_one_can_sign_in_and_the_page_says_when(self, client, leader):
        user = UserFactory(skr_role="administrator", skr_since=date(2026, 3, 2))
        user.last_login = timezone.now().replace(year=2026, month=5, day=4, hour=12)
        user.save()
        text = client.get(STAFF).text
        assert "Administratör, sedan 2 mars 2026" in text
        assert "Loggade in senast 4 maj 2026" in text
        assert user.email in text

    def test_one_who_represents_an_organisation_is_refused(self, leader):
        seat = DelegateFactory(ends_on=date(2026, 2, 1))
        with refused("Personen representerar en organisation och kan inte också ha en roll hos SKR."):
            appoint_staff(email=seat.user.email, name="X", role="administrator", by=leader)

    def test_an_evaluator_is_refused_until_the_task_is_over(self, leader):
        row = EvaluatorFactory(until=date(2026, 9, 20))
        about = {"email": row.user.email, "name": "X", "role": "administrator", "by": leader}
        with (
            time_machine.travel(date(2026, 9, 20)),
            refused("Personen är lärande utvärderare och kan inte också ha en roll hos SKR."),
        ):
            appoint_staff(**about)
        with time_machine.travel(date(2026, 9, 21)):
            assert appoint_staff(**about).skr_role == "administrator"

    def test_a_closed_account_is_opened_first(self, leader):
        user = UserFactory(is_active=False)
        with refused("Personens konto är avslutat. Öppna det först."):
            appoint_staff(email=user.email, name="X", role="administrator", by=leader)
        user.refresh_from_db()
        assert user.skr_role == ""

    def test_a_refusal_stands_at_the_address(self, client, leader):
        seat = DelegateFactory()
        answer = client.post(ADD, {"name": "Eva", "email": seat.user.email, "role": "administrator"})
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["email"])


class TestChangingTheRole:
    def test_it_holds_at_once_and_is_told(self, client, leader, colleague):
        stored = digest(stored_role(colleague))
        client.post(page("staff_edit", colleague), {"role": "administrator", "seen": stored})
        colleague.refresh_from_db()
        assert colleague.skr_role == "administrator"
        assert Mail.objects.get().subject == "Du är administratör i Modell"
        event = AuditEvent.objects.get()
        assert (event.kind, event.data) == ("staff_changed", {"before": "processledare", "after": "administratör"})

    def test_the_same_again_changes_nothing(self, leader, colleague):
        for _ in range(2):
            change_role(user=colleague, role="administrator", by=leader)
        assert (kinds(), Mail.objects.count()) == (["staff_changed"], 1)

    def test_a_stale_page_is_refused(self, leader, colleague):
        seen = digest(stored_role(colleague))
        User.objects.filter(pk=colleague.pk).update(skr_role="administrator")
        with pytest.raises(Stale):
            change_role(user=colleague, role="process_leader", seen=seen, by=leader)

    def test_not_ones_own(self, client, leader, colleague):
        sentence = "Du kan inte ändra eller avsluta din egen roll. Be en annan processledare att göra det."
        with refused(sentence):
            change_role(user=leader, role="administrator", by=leader)
        answer = client.post(page("staff_edit", leader), {"role": "administrator"})
        assert (answer.status_code, sentence in answer.text) == (422, True)

    def test_not_the_last_leader_even_from_the_command_line(self, leader):
        UserFactory(skr_role="process_leader", is_active=False)
        with refused("Petra Process är den enda processledaren. Gör någon annan till processledare först."):
            change_role(user=leader, role="administrator", by=None)

    def test_one_whose_role_is_ended_meanwhile(self, leader, colleague):
        end_staff(user=colleague, by=leader)
        with refused("Lea Ledare har ingen roll på SKR längre. Lägg till personen igen."):
            change_role(user=colleague, role="administrator", by=leader)


class TestEnding:
    def test_it_ends_at_once_on_every_device(self, client, leader, colleague):
        devices = [type(client)() for _ in range(2)]
        for device in devices:
            device.force_login(colleague)
            assert device.get("/omgangar/").status_code == 200
        assert "loggas ut direkt och kan inte logga in igen" in client.get(page("staff_end", colleague)).text
        answer = client.post(page("staff_end", colleague), follow=True)
        assert "Rollen för Lea Ledare är avslutad." in answer.text
        for device in devices:
            assert device.get("/omgangar/").url.startswith("/logga-in/")
        colleague.refresh_from_db()
        assert (colleague.skr_role, colleague.skr_since, colleague.is_active) == ("", None, False)

    def test_an_old_session_is_dead_also_when_the_account_is_opened_again(self, client, leader, colleague):
        device = type(client)()
        device.force_login(colleague)
        client.post(page("staff_end", colleague))
        client.post(page("account_open", colleague))
        assert device.get("/omgangar/").url.startswith("/logga-in/")

    def test_the_person_is_told_and_all_leaders_can_see_it(self, client, leader, colleague):
        client.post(page("staff_end", colleague))
        mail = Mail.objects.get()
        assert (mail.kind, mail.recipient, mail.subject) == (
            "staff_ended",
            colleague,
            "Din roll som processledare i Modell är avslutad",
        )
        trail = client.get(reverse("overview:skr_trail")).text
        assert "avslutade en roll hos SKR" in trail
        assert "Lea Ledare" in trail

    def test_twice_is_once(self, leader, colleague):
        for _ in range(2):
            end_staff(user=colleague, by=leader)
        assert (kinds(), Mail.objects.count()) == (["staff_ended"], 1)

    def test_nobody_ends_the_last_leader_or_oneself(self, client, leader):
        with refused("Petra Process är den enda processledaren."):
            end_staff(user=leader, by=None)
        UserFactory(skr_role="process_leader")
        with refused("Du kan inte ändra eller avsluta din egen roll."):
            end_staff(user=leader, by=leader)
        assert "Det går inte" in client.get(page("staff_end", leader)).text
        leader.refresh_from_db()
        assert leader.skr_role == "process_leader"

    def test_an_administrator_may_be_ended_by_the_only_leader(self, leader):
        assert end_staff(user=UserFactory(skr_role="administrator"), by=leader).skr_role == ""

    def test_an_omgang_never_loses_the_one_who_gets_the_replies(self, client, leader, colleague):
        cohort, other = CohortFactory(contact=colleague, name="Omgång 1"), CohortFactory(contact=leader)
        CohortContact.objects.create(cohort=other, user=colleague, task="support")
        asked = client.get(page("staff_end", colleague)).text
        assert "Du blir projektledare och kontaktperson för Omgång 1 i stället." in asked
        client.post(page("staff_end", colleague))
        cohort.refresh_from_db()
        assert (cohort.contact, CohortContact.objects.count()) == (leader, 0)

    def test_from_the_command_line_another_leader_gets_them(self, leader, colleague):
        cohort = CohortFactory(contact=colleague)
        end_staff(user=colleague, by=None)
        cohort.refresh_from_db()
        assert cohort.contact == leader


class TestTheCommand:
    def test_a_person_gets_an_account_and_a_role(self, capsys):
        call_command("staff", "add", "Eva@skr.invalid", "--name", "Eva Ek")
        user = User.objects.get()
        assert (user.email, user.name, user.skr_role) == ("eva@skr.invalid", "Eva Ek", "process_leader")
        assert capsys.readouterr().out == "eva@skr.invalid: Processledare\n"
        assert AuditEvent.objects.get().actor == "Kommandoraden"

    def test_without_a_name_it_is_taken_from_the_address(self):
        call_command("staff", "add", "eva.ek@skr.invalid")
        assert User.objects.get().name == "Eva Ek"

    def test_the_same_again_changes_nothing_and_another_role_does(self):
        UserFactory(skr_role="process_leader")
        for role in ("process_leader", "process_leader", "administrator"):
            call_command("staff", "add", "eva@skr.invalid", "--role", role)
        assert User.objects.get(email="eva@skr.invalid").skr_role == "administrator"
        assert kinds() == ["staff_appointed", "staff_changed"]

    def test_the_list_is_one_line_each(self, capsys, leader):
        UserFactory(name="Ada", email="ada@skr.invalid", skr_role="administrator", skr_since=date(2026, 3, 2))
        DelegateFactory()
        call_command("staff", "list")
        listed = capsys.readouterr().out.splitlines()
        assert [line.partition(":")[0] for line in listed] == ["petra@skr.invalid", "ada@skr.invalid"]
        assert listed[1] == "ada@skr.invalid: Administratör, Ada, sedan 2026-03-02, inloggad aldrig"

    def test_it_ends(self, capsys, leader, colleague):
        call_command("staff", "end", "LEA@skr.invalid")
        colleague.refresh_from_db()
        assert (colleague.skr_role, capsys.readouterr().out) == ("", "lea@skr.invalid: avslutad\n")

    @pytest.mark.parametrize(
        ("said", "match"),
        [
            (("add", "eva"), "'eva' is no e-mail address"),
            (("end", "ingen@skr.invalid"), "ingen@skr.invalid has no role at SKR"),
            (("end", "petra@skr.invalid"), "är den enda processledaren"),
            (("ta-bort", "petra@skr.invalid"), "invalid choice"),
            (("end",), "the following arguments are required: email"),
        ],
    )
    def test_what_is_wrong_is_one_line(self, leader, said, match):
        with pytest.raises(CommandError, match=match):
            call_command("staff", *said)

    def test_one_who_represents_an_organisation_is_refused(self):
        seat = DelegateFactory(user__email="anna@kommun.invalid")
        with pytest.raises(CommandError, match="representerar en organisation"):
            call_command("staff", "add", "anna@kommun.invalid")
        seat.user.refresh_from_db()
        assert seat.user.skr_role == ""


def test_an_administrator_reads_the_list_and_is_offered_nothing(client, leader):
    client.force_login(UserFactory(skr_role="administrator"))
    text = client.get(STAFF).text
    assert "petra@skr.invalid" in text
    assert ADD not in text
    assert "/avsluta/" not in text
