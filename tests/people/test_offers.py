"""A person who is known elsewhere: not renamed, not revealed, and given a seat only when they say yes."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from cohorts.enums import Function, Status
from cohorts.models import Delegate
from kit.models import AuditEvent
from mailings.models import Mail
from people.actions.accepting import accept_offer, decline_offer
from people.actions.offering import ask_again, withdraw_offer
from people.actions.seats import add_delegate
from people.models import SeatOffer
from tests.factories import TODAY, DelegateFactory, EvaluatorFactory, ParticipationFactory, UserFactory
from tests.refusing import refused
from tests.strict import StrictClient

pytestmark = pytest.mark.django_db
NEW = "ny.person@exempel.invalid"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def participation():
    return ParticipationFactory(organisation__name="Granvik kommun")


@pytest.fixture
def strategist(client, participation):
    seat = DelegateFactory(participation=participation, user__name="Stina Strateg")
    client.force_login(seat.user)
    return seat.user


def with_a_seat(**user):
    return DelegateFactory(function=Function.POLITICIAN, **{f"user__{name}": what for name, what in user.items()}).user


KNOWN = {
    "with a seat elsewhere": with_a_seat,
    "with a seat that is over": lambda **user: (
        DelegateFactory(
            ends_on=TODAY - timedelta(days=90), **{f"user__{name}": what for name, what in user.items()}
        ).user
    ),
    "an evaluator": lambda **user: EvaluatorFactory(user=UserFactory(**user), until=TODAY).user,
    "at SKR": lambda **user: UserFactory(skr_role="administrator", **user),
    "once at SKR": lambda **user: UserFactory(last_login=timezone.now(), **user),
    "with a closed account": lambda **user: UserFactory(is_active=False, **user),
}


@pytest.fixture(params=KNOWN)
def known(request):
    return KNOWN[request.param](email="kand@exempel.invalid", name="Hemlig Person")


def page(name, participation, *more):
    return reverse(f"people:{name}", args=[participation.cohort.slug, participation.code, *more])


def by_form(client, participation, email):
    posted = {"name": "Kalle Typ", "email": email, "function": "politician"}
    return client.post(page("person_add", participation), posted, follow=True).text


def previewed(client, participation, email):
    return client.post(page("people_list", participation), {"people": f"Kalle Typ;{email};politiker"}).text


def by_list(client, participation, email):
    posted = {"people": f"Kalle Typ;{email};politiker"}
    looked_at = client.post(page("people_list", participation), posted).context["form"]["looked_at"].value()
    return client.post(
        page("people_list", participation), {**posted, "looked_at": looked_at, "add": "1"}, follow=True
    ).text


def by_election_seen(client, participation, email):
    posted = {"people": f"Kalle Typ;{email}", "from_day": TODAY.isoformat()}
    return client.post(page("election", participation), posted).text


def words(text, email):
    """What the page says in its main part, without what changes from one request to the next."""
    main = re.search(r"<main.*</main>", text, re.DOTALL).group()
    plain = " ".join(re.sub(r"<[^>]*>", " ", main).split())
    return plain.replace(email, "ADRESSEN")


class TestTheSameWords:
    """Whoever adds cannot learn from it whether the address is known."""

    @pytest.mark.parametrize("ask", [previewed, by_election_seen])
    def test_before_anything_is_stored(self, client, strategist, participation, known, ask):
        unknown_text, known_text = (words(ask(client, participation, email), email) for email in (NEW, known.email))
        assert unknown_text == known_text
        assert "Ny hos er. Får en inbjudan." in known_text
        assert not SeatOffer.objects.exists()

    @pytest.mark.parametrize("add", [by_form, by_list])
    def test_when_it_is_stored(self, client, strategist, participation, known, add):
        notices = [
            re.search(r"[^>]*En inbjudan skickas[^<]*", add(client, participation, email)).group()
            for email in (NEW, known.email)
        ]
        assert notices[0].replace(NEW, known.email) == notices[1]

    def test_the_name_is_never_shown(self, client, strategist, participation, known):
        for add in (by_form, by_list, previewed, by_election_seen):
            assert "Hemlig" not in add(client, participation, known.email)
        assert "Kalle Typ" in client.get(page("people", participation)).text
        trail = [f"{row.target}{row.data}" for row in AuditEvent.objects.all()]
        assert trail
        assert "Hemlig" not in "".join(trail)


class TestNothingHappensBeforeTheYes:
    def test_no_seat_and_no_new_name(self, client, strategist, participation, known):
        seats = known.seats.count()
        by_form(client, participation, known.email)
        known.refresh_from_db()
        assert (known.name, known.seats.count()) == ("Hemlig Person", seats)
        offer = SeatOffer.objects.get()
        assert (offer.user, offer.name, offer.function) == (known, "Kalle Typ", "politician")
        mails = Mail.objects.filter(kind="seat_offer", recipient=known).count()
        assert mails == (1 if known.is_active else 0)

    def test_a_second_time_changes_nothing(self, client, strategist, participation, known):
        for add in (by_form, by_form, by_list):
            add(client, participation, known.email)
        assert (SeatOffer.objects.count(), AuditEvent.objects.filter(kind="seat_offered").count()) == (1, 1)

    def test_ones_own_of_another_omgang_is_not_asked(self, strategist, participation):
        own = DelegateFactory(participation__organisation=participation.organisation).user
        added = add_delegate(
            participation=participation, name="X", email=own.email, function="manager", deputy=False, by=strategist
        )
        assert isinstance(added, Delegate)

    @pytest.mark.parametrize(("is_elsewhere", "is_asked"), [(False, False), (True, True)])
    def test_one_who_has_moved_on_is_asked_and_one_who_only_left_is_not(
        self, strategist, participation, is_elsewhere, is_asked
    ):
        was_here = DelegateFactory(participation=participation, ends_on=TODAY - timedelta(days=1)).user
        if is_elsewhere:
            DelegateFactory(user=was_here)
        added = add_delegate(
            participation=participation, name="X", email=was_here.email, function="manager", deputy=False, by=strategist
        )
        assert isinstance(added, SeatOffer) is is_asked

    def test_a_name_typed_for_an_account_nobody_has_used_is_typed_anew(self, strategist, participation):
        stale = UserFactory(email=NEW, name="Fel Namn")
        add_delegate(
            participation=participation, name="Rätt Namn", email=NEW, function="manager", deputy=False, by=strategist
        )
        stale.refresh_from_db()
        assert stale.name == "Rätt Namn"

    def test_skr_too_asks(self, participation):
        known = with_a_seat()
        leader = UserFactory(skr_role="process_leader")
        about = {"name": "X", "email": known.email, "function": "manager", "deputy": False}
        assert isinstance(add_delegate(participation=participation, by=leader, **about), SeatOffer)


@pytest.fixture
def pia():
    return with_a_seat(name="Pia Politiker", email="pia@annan.invalid")


@pytest.fixture
def offer(strategist, participation, pia):
    return add_delegate(
        participation=participation, name="P P", email=pia.email, function="politician", deputy=False, by=strategist
    )


@pytest.fixture
def hers(pia):
    client = StrictClient()
    client.force_login(pia)
    return client


class TestTheAnswer:
    def answer(self, hers, offer, what):
        return hers.post(reverse("people:seat_offer", args=[offer.pk]), {"answer": what}, follow=True)

    def test_it_is_asked_by_mail_and_among_her_tasks(self, hers, offer, pia):
        mail = Mail.objects.get(kind="seat_offer")
        assert (mail.address, mail.path) == (pia.email, reverse("people:seat_offer", args=[offer.pk]))
        assert "Vill du vara politiker för Granvik kommun?" in mail.subject
        assert "Svara på om du vill vara politiker för Granvik kommun" in hers.get(reverse("follow_up:tasks")).text
        shown = hers.get(mail.path).text
        assert "Stina Strateg" in shown
        assert shown.count('name="answer"') == 2

    def test_a_visit_answers_nothing(self, hers, offer):
        hers.get(reverse("people:seat_offer", args=[offer.pk]))
        assert "Välj ja eller nej." in self.answer(hers, offer, "kanske").text
        assert SeatOffer.objects.exists()

    def test_yes_gives_the_seat_and_tells_who_asked(self, hers, offer, pia, participation, strategist):
        assert "Du är nu politiker för Granvik kommun." in self.answer(hers, offer, "ja").text
        seat = participation.delegates.get(user=pia)
        assert (seat.function, seat.starts_on, seat.user.name) == ("politician", TODAY, "Pia Politiker")
        mail = Mail.objects.get(kind="offer_answered")
        assert (mail.recipient, mail.subject) == (strategist, "Pia Politiker tackar ja till uppdraget som politiker")
        assert AuditEvent.objects.get(kind="seat_accepted").organisation == participation.organisation.code
        assert not SeatOffer.objects.exists()

    def test_no_changes_nothing_and_says_no_more_of_her(self, hers, offer, pia, participation, strategist):
        assert "Du har tackat nej." in self.answer(hers, offer, "nej").text
        assert not participation.delegates.filter(user=pia).exists()
        assert Mail.objects.get(kind="offer_answered").subject == "P P tackar nej till uppdraget som politiker"
        assert "Pia" not in AuditEvent.objects.get(kind="seat_declined").target

    def test_nobody_else_answers(self, client, offer, strategist):
        leader = UserFactory(skr_role="process_leader")
        for user in (strategist, leader, with_a_seat()):
            client.force_login(user)
            assert client.post(reverse("people:seat_offer", args=[offer.pk]), {"answer": "ja"}).status_code == 404
        assert SeatOffer.objects.exists()

    def test_twice_is_refused(self, offer, pia):
        decline_offer(offer=offer, by=pia)
        with refused("Frågan är redan besvarad eller tillbakatagen."):
            accept_offer(offer=offer, by=pia)

    def test_one_at_skr_gets_no_seat_by_saying_yes(self, strategist, participation):
        staff = UserFactory(skr_role="administrator")
        about = {"name": "X", "email": staff.email, "function": "manager", "deputy": False}
        offer = add_delegate(participation=participation, by=strategist, **about)
        with refused("Adressen hör till någon som arbetar på SKR och därför inte kan vara representant."):
            accept_offer(offer=offer, by=staff)

    @pytest.mark.parametrize(("days", "is_given"), [(0, True), (1, False)])
    def test_one_that_is_over_is_refused(self, strategist, participation, pia, days, is_given):
        about = {"name": "X", "email": pia.email, "function": "manager", "deputy": False, "by": strategist}
        last = TODAY + timedelta(days=10)
        offer = add_delegate(participation=participation, ends_on=last, **about)
        with time_machine.travel(last + timedelta(days=days)):
            if is_given:
                assert accept_offer(offer=offer, by=pia).ends_on == last
            else:
                with refused("Uppdraget är redan slut."):
                    accept_offer(offer=offer, by=pia)

    def test_one_for_an_organisation_that_has_left_is_refused(self, offer, pia, participation):
        left = type(participation).objects.filter(pk=participation.pk)
        left.update(status=Status.WITHDRAWN, withdrawn_on=TODAY - timedelta(days=1))
        with refused("Omgången är slut för organisationen, så uppdraget går inte att börja."):
            accept_offer(offer=offer, by=pia)


class TestWhoAsksMayChangeTheirMind:
    def test_taken_back(self, client, strategist, participation, offer, pia):
        assert "P P" in client.get(page("people", participation)).text
        client.post(page("seat_offer_withdraw", participation, offer.pk))
        withdraw_offer(offer=offer, by=strategist)
        assert not SeatOffer.objects.exists()
        assert AuditEvent.objects.filter(kind="seat_offer_withdrawn").count() == 1
        assert not Mail.objects.filter(kind="offer_answered").exists()

    @pytest.mark.parametrize(("minutes", "works"), [(59, False), (61, True)])
    def test_asked_again_after_an_hour(self, client, strategist, participation, offer, minutes, works):
        with time_machine.travel(timezone.now() + timedelta(minutes=minutes)):
            answer = client.post(page("seat_offer_again", participation, offer.pk), follow=True)
            assert ("Inbjudan skickas igen till" in answer.text) is works
            if not works:
                with refused("En inbjudan till P P skickades för mindre än en timme sedan."):
                    ask_again(offer=offer, by=strategist)
        assert Mail.objects.filter(kind="seat_offer").count() == (2 if works else 1)

    def test_another_organisations_question_is_not_found(self, client, strategist, offer):
        other = ParticipationFactory()
        client.force_login(DelegateFactory(participation=other).user)
        for name in ("seat_offer_withdraw", "seat_offer_again"):
            assert client.post(page(name, other, offer.pk)).status_code == 404


class TestHandingOver:
    """To one who is known elsewhere: the seat is kept until they say yes."""

    def hand_over(self, client, participation, seat, email):
        place = page("person_leaves", participation, seat.pk)
        posted = {"successor": "ny", "name": "Kalle Typ", "email": email, "from_day": TODAY.isoformat()}
        return client.post(place, posted, follow=True).text

    def test_the_seat_ends_with_the_yes(self, client, strategist, participation, pia):
        leaving = DelegateFactory(participation=participation, function=Function.MANAGER, user__name="Maja")
        page_text = self.hand_over(client, participation, leaving, pia.email)
        assert "Maja har kvar uppdraget tills Kalle Typ har tackat ja." in page_text
        leaving.refresh_from_db()
        assert leaving.ends_on is None
        with time_machine.travel(TODAY + timedelta(days=3)):
            seat = accept_offer(offer=SeatOffer.objects.get(), by=pia)
        leaving.refresh_from_db()
        assert (seat.function, seat.succeeds, leaving.ends_on) == ("manager", leaving, TODAY + timedelta(days=2))
        assert set(Mail.objects.values_list("kind", flat=True)) >= {"takes_over", "handed_over"}

    def test_one_who_has_left_by_then_is_not_ended_again(self, client, strategist, participation, pia):
        leaving = DelegateFactory(participation=participation, function=Function.MANAGER)
        self.hand_over(client, participation, leaving, pia.email)
        Delegate.objects.filter(pk=leaving.pk).update(ends_on=TODAY)
        with time_machine.travel(TODAY + timedelta(days=3)):
            accept_offer(offer=SeatOffer.objects.get(), by=User.objects.get(pk=pia.pk))
        leaving.refresh_from_db()
        assert leaving.ends_on == TODAY


def test_politicians_after_an_election_are_asked_too(client, strategist, participation, pia):
    posted = {"people": f"Kalle Typ;{pia.email}\nNy;{NEW}", "from_day": TODAY.isoformat()}
    looked_at = client.post(page("election", participation), posted).context["form"]["looked_at"].value()
    again = {**posted, "looked_at": looked_at, "change": "1"}
    for _ in range(2):
        client.post(page("election", participation), again)
    assert [offer.user for offer in SeatOffer.objects.all()] == [pia]
    assert AuditEvent.objects.get(kind="politicians_changed").data["what"].endswith("nya: Kalle Typ och Ny")
