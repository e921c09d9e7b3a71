"""The address a person signs in with: corrected until somebody has signed in, then changed by its holder or by SKR."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from assessments.actions.alone import rate_alone, say_ready
from cohorts.models import Delegate
from kit.models import AuditEvent
from mailings.enums import MailState
from mailings.models import Mail
from mailings.tasks import send_codes
from people.actions.addresses import confirm_address
from people.actions.seats import SEAT, change_delegate
from tests.factories import (
    TODAY,
    AssessmentFactory,
    DelegateFactory,
    EvaluatorFactory,
    MeetingFactory,
    ParticipationFactory,
    RaterFactory,
    UserFactory,
)
from tests.process_factories import MailFactory
from tests.refusing import refused
from tests.strict import StrictClient

pytestmark = pytest.mark.django_db
OLD, NEW = "ana.ek@kommun.invalid", "anna.ek@kommun.invalid"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def participation():
    return ParticipationFactory()


@pytest.fixture
def strategist(participation, client):
    seat = DelegateFactory(participation=participation, user__name="Stina Strateg")
    client.force_login(seat.user)
    return seat


@pytest.fixture
def anna(participation):
    return DelegateFactory(participation=participation, function="manager", user__name="Anna Ek", user__email=OLD)


@pytest.fixture
def leader():
    return UserFactory(skr_role="process_leader")


def url(seat):
    return reverse("people:person_edit", args=[seat.participation.cohort.slug, seat.participation.code, seat.pk])


def form_of(client, seat):
    return client.get(url(seat)).context["form"]


def change(client, seat, email=NEW, **more):
    form = form_of(client, seat)
    shown = {name: form[name].value() for name in ("name", "function", "starts_on", "seen")}
    return client.post(url(seat), {**shown, "email": email, **more}, follow=True)


def address(seat):
    seat.user.refresh_from_db()
    return seat.user.email


def errors(response):
    return response.context["form"].errors.get("email")


def ask_for_code(client, email):
    client.post(reverse("account_login"), {"email": email})
    send_codes()
    match = re.search(r"^[A-Z0-9-]{6,}$", mail.outbox[-1].body, re.M)
    return match.group() if match else None


def signs_in(client, code):
    client.post(reverse("account_confirm_login_code"), {"code": code})
    return "_auth_user_id" in client.session


def test_the_new_address_is_invited_and_signs_in_and_the_old_does_not(client, strategist, anna, leader):
    EmailAddress.objects.create(user=anna.user, email=OLD, verified=True, primary=True)
    answer = change(client, anna)
    assert (address(anna), f"En inbjudan skickas till {NEW}." in answer.text) == (NEW, True)
    assert list(Mail.objects.values_list("kind", "address")) == [("invitation", NEW)]
    assert ask_for_code(StrictClient(), OLD) is None
    here = StrictClient()
    assert signs_in(here, ask_for_code(here, NEW))
    assert set(EmailAddress.objects.filter(user=anna.user).values_list("email", flat=True)) <= {NEW}


def test_a_session_and_a_code_from_before_open_nothing_more(client, strategist, anna, leader):
    inside, on_the_way = StrictClient(), StrictClient()
    inside.force_login(anna.user)
    code = ask_for_code(on_the_way, OLD)
    client.force_login(leader)
    change(client, anna)
    assert inside.get(reverse("home")).url.startswith(reverse("account_login"))
    assert not signs_in(on_the_way, code)


def test_a_code_is_not_sent_anew_to_the_old_address(client, strategist, anna):
    on_the_way = StrictClient()
    ask_for_code(on_the_way, OLD)
    change(client, anna)
    sent = len(mail.outbox)
    answer = on_the_way.post(reverse("account_confirm_login_code"), {"action": "resend"})
    assert (answer.url, len(mail.outbox)) == (reverse("account_login"), sent)


def test_one_who_has_not_signed_in_is_invited_again(client, strategist, anna):
    assert "Bjud in Anna Ek igen" in change(client, anna).text


def test_what_waits_goes_to_the_new_address_and_what_has_left_stays_as_it_went(client, strategist, anna):
    states = (MailState.HELD, MailState.QUEUED, MailState.SENT)
    waiting = [MailFactory(recipient=anna.user, address=OLD, state=state) for state in states]
    change(client, anna)
    addresses = [Mail.objects.get(pk=row.pk).address for row in waiting]
    assert addresses == [NEW, NEW, OLD]


def test_the_trail_says_that_it_was_changed_and_names_no_address(client, strategist, anna):
    change(client, anna)
    event = AuditEvent.objects.get(kind="delegate_changed")
    own = anna.participation.organisation.code
    assert (event.organisation, event.data["what"]) == (own, "ändrade e-postadressen")
    assert not {"before", "after"} & event.data.keys()
    assert "@" not in f"{event.target} {event.data}"


def test_another_persons_address_is_refused_also_one_they_only_sign_in_with(client, strategist, anna):
    own = DelegateFactory(participation=anna.participation, user__email="upptagen@kommun.invalid").user
    EmailAddress.objects.create(user=own, email="aven@kommun.invalid", verified=True)
    for taken in ("Upptagen@kommun.invalid", "aven@kommun.invalid"):
        assert errors(change(client, anna, taken)) == ["En annan person har redan den adressen."]
    assert (address(anna), Mail.objects.count(), AuditEvent.objects.count()) == (OLD, 0, 0)


def test_an_address_that_is_known_elsewhere_is_answered_as_an_unknown_one(client, strategist, anna):
    """Its holder is asked, and the seat that nobody has used is gone."""
    elsewhere = DelegateFactory(user__email=NEW, user__name="Hemlig Person").user
    page = change(client, anna)
    assert f"En inbjudan skickas till {NEW}." in page.text
    assert "Hemlig Person" not in page.text
    assert not Delegate.objects.filter(pk=anna.pk).exists()
    assert elsewhere.seat_offers.get().name == "Anna Ek"
    assert [(row.kind, row.address) for row in Mail.objects.all()] == [("seat_offer", NEW)]


def test_pressed_twice_it_is_changed_once(client, strategist, anna):
    form = form_of(client, anna)
    shown = {name: form[name].value() for name in ("name", "function", "starts_on", "seen")}
    answers = [client.post(url(anna), {**shown, "email": NEW}).status_code for _ in range(2)]
    assert answers == [302, 302]
    assert (Mail.objects.count(), AuditEvent.objects.filter(kind="delegate_changed").count()) == (1, 1)


@pytest.mark.parametrize("elsewhere", [DelegateFactory, EvaluatorFactory])
def test_a_strategist_gets_no_hold_of_what_another_organisation_has(client, strategist, anna, leader, elsewhere):
    elsewhere(user=anna.user, **({"until": TODAY} if elsewhere is EvaluatorFactory else {}))
    form = form_of(client, anna)
    assert (form["email"].field.disabled, "processledaren på SKR" in form["email"].help_text) == (True, True)
    assert form["name"].field.disabled
    change(client, anna, name="Knas Knasson")
    assert (address(anna), anna.user.name) == (OLD, "Anna Ek")
    client.force_login(leader)
    change(client, anna, name="Anna Ek-Lund")
    assert (address(anna), anna.user.name) == (NEW, "Anna Ek-Lund")


@pytest.mark.parametrize("what", [{"name": "Knas Knasson"}, {"email": NEW}])
def test_nor_past_the_form(strategist, anna, what):
    DelegateFactory(user=anna.user)
    seat = {name: getattr(anna, name) for name in SEAT}
    with refused("Personen har uppdrag utanför er organisation också."):
        change_delegate(delegate=anna, by=strategist.user, **{"name": "Anna Ek", "email": OLD, **seat, **what})


# Once somebody has signed in, the address is theirs


@pytest.fixture
def used(anna):
    """Anna has signed in once."""
    type(anna.user).objects.filter(pk=anna.user.pk).update(last_login=timezone.now())
    anna.user.refresh_from_db()
    return anna


def asked():
    """The mail to the old address, and the link in it."""
    mail = Mail.objects.get(kind="address_asked")
    return mail, mail.path


class TestTheHolderDecides:
    def test_nothing_changes_until_the_old_address_says_yes(self, client, strategist, used):
        inside = StrictClient()
        inside.force_login(used.user)
        page = change(client, used)
        assert address(used) == OLD
        assert f"Ett mejl går till {OLD}. Adressen byts när personen har bekräftat det." in page.text
        assert [(row.kind, row.address) for row in Mail.objects.all()] == [("address_asked", OLD)]
        assert inside.get(reverse("people:people", args=url(used).split("/")[2:4])).status_code == 200
        assert f"{NEW} gäller när Anna Ek har bekräftat bytet" in client.get(url(used)).text

    def test_a_scanner_changes_nothing_and_a_button_does(self, client, strategist, used):
        inside, nobody = StrictClient(), StrictClient()
        inside.force_login(used.user)
        change(client, used)
        _, path = asked()
        assert (nobody.head(path).status_code, nobody.get(path).status_code, address(used)) == (200, 200, OLD)
        assert nobody.get(path).text.count('type="submit"') == 1
        assert nobody.post(path).url == reverse("account_login")
        assert address(used) == NEW
        assert inside.get(reverse("home")).url.startswith(reverse("account_login"))
        address_by_kind = {row.kind: row.address for row in Mail.objects.exclude(kind="address_asked")}
        assert address_by_kind == {"invitation": NEW, "address_changed": OLD}
        assert AuditEvent.objects.get(kind="address_confirmed").actor == "Anna Ek"
        assert nobody.post(path).status_code == 404
        assert ask_for_code(StrictClient(), OLD) is None

    def test_the_mail_is_read_by_nobody_else(self, client, strategist, used, leader):
        change(client, used)
        mail, path = asked()
        assert path in mail.text
        client.force_login(leader)
        assert path not in client.get(reverse("follow_up:mail_one", args=[mail.pk])).text

    def test_pressed_twice_it_is_asked_once(self, client, strategist, used):
        for _ in range(2):
            change(client, used)
        assert (Mail.objects.count(), AuditEvent.objects.filter(kind="delegate_changed").count()) == (1, 1)

    def test_another_address_makes_the_first_link_void(self, client, strategist, used):
        change(client, used)
        _, first = asked()
        change(client, used, "tredje@kommun.invalid")
        assert StrictClient().post(first).status_code == 404
        second = Mail.objects.filter(kind="address_asked").latest("pk").path
        StrictClient().post(second)
        assert address(used) == "tredje@kommun.invalid"

    @pytest.mark.parametrize(("days", "works"), [(14, True), (15, False)])
    def test_a_link_lasts_fourteen_days(self, client, strategist, used, days, works):
        change(client, used)
        _, path = asked()
        with time_machine.travel(TODAY + timedelta(days=days)):
            answer = StrictClient().get(path)
            assert (answer.status_code, "Länken gäller inte längre." in answer.text) == (
                (200, False) if works else (404, True)
            )
            if not works:
                with refused("Länken gäller inte längre. Be den som ville ändra adressen att göra det en gång till."):
                    confirm_address(key=path.split("/")[-2])
            StrictClient().post(path)
            assert address(used) == (NEW if works else OLD)

    def test_one_who_is_no_longer_there_is_not_moved(self, client, strategist, used):
        change(client, used)
        _, path = asked()
        type(used).objects.filter(pk=used.pk).update(ends_on=TODAY - timedelta(days=1))
        assert StrictClient().post(path).status_code == 422
        assert address(used) == OLD

    def test_an_address_that_has_been_taken_meanwhile(self, client, strategist, used):
        change(client, used)
        _, path = asked()
        UserFactory(email=NEW)
        assert "En annan person har redan den adressen." in StrictClient().post(path).text
        assert address(used) == OLD

    def test_ones_own_is_confirmed_from_the_old_too(self, client, strategist):
        old = strategist.user.email
        change(client, strategist)
        assert address(strategist) == old
        assert asked()[0].address == old
        assert client.get(reverse("home")).status_code in (200, 302)

    def test_signing_in_with_the_new_does_not_make_it_free_again(self, client, strategist, used):
        """A change must not open the way for the next one."""
        change(client, used)
        StrictClient().post(asked()[1])
        change(client, used, "tredje@kommun.invalid")
        assert address(used) == NEW

    def test_skr_changes_it_and_the_old_address_is_told(self, client, used, leader):
        client.force_login(leader)
        change(client, used)
        assert address(used) == NEW
        notice = Mail.objects.get(kind="address_changed")
        assert notice.address == OLD
        assert leader.name in notice.text

    def test_skr_gives_no_used_seat_away(self, client, used, leader):
        """One who is known elsewhere gets a seat by a hand-over; the one who has signed in keeps the seat."""
        DelegateFactory(user__email=NEW)
        client.force_login(leader)
        assert errors(change(client, used)) == ["En annan person har redan den adressen."]
        assert (address(used), Delegate.objects.filter(pk=used.pk).exists()) == (OLD, True)

    def test_a_wrong_address_that_nobody_has_used_is_told_nothing(self, client, strategist, anna):
        change(client, anna)
        assert not Mail.objects.filter(address=OLD).exists()


class TestIndividualRatings:
    """What is rated and not agreed follows to the new address after seven days."""

    @pytest.fixture
    def rated(self, used):
        meeting = MeetingFactory(cohort=used.participation.cohort, starts_on=TODAY + timedelta(days=60))
        assessment = AssessmentFactory(participation=used.participation, meeting=meeting)
        rater = RaterFactory(round__assessment=assessment, user=used.user, function=used.function)
        rater.ratings.create(item=assessment.items[0], value=3)
        return rater

    def page(self, used, rater):
        client = StrictClient()
        client.force_login(type(used.user).objects.get(pk=used.user.pk))
        return client.get(reverse("assessments:rate_alone", args=[rater.round.assessment_id]))

    @pytest.mark.parametrize("by_skr", [False, True])
    @pytest.mark.parametrize(("days", "seen"), [(0, False), (6, False), (7, True), (8, True)])
    def test_they_follow_after_seven_days(self, client, strategist, used, leader, rated, by_skr, days, seen):
        assert "checked" in self.page(used, rated).text
        if by_skr:
            client.force_login(leader)
        change(client, used)
        if not by_skr:
            StrictClient().post(asked()[1])
        assert address(used) == NEW
        with time_machine.travel(TODAY + timedelta(days=days)):
            page = self.page(used, rated)
            assert ("checked" in page.text) is seen
            assert ("Din skattning visas igen" in page.text) is not seen

    def test_nothing_is_written_over_meanwhile(self, client, used, leader, rated):
        client.force_login(leader)
        change(client, used)
        assessment, user = rated.round.assessment, type(used.user).objects.get(pk=used.user.pk)
        with refused("Din e-postadress är ändrad. Du kan skatta här igen från"):
            rate_alone(assessment=assessment, values={assessment.items[0]: 1}, by=user)
        with refused("Din e-postadress är ändrad. Du kan skatta här igen från"):
            say_ready(assessment=assessment, by=user)
        inside = StrictClient()
        inside.force_login(user)
        answer = inside.post(reverse("assessments:rate_alone", args=[assessment.pk]), {"save": ""})
        assert (answer.status_code, "checked" in answer.text) == (422, False)

    def test_a_round_one_has_not_begun_is_open(self, client, used, leader, rated):
        rated.ratings.all().delete()
        client.force_login(leader)
        change(client, used)
        assert "Din skattning visas igen" not in self.page(used, rated).text
