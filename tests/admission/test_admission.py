"""The board's answer to interest forms: what it gives, who is told, and what is erased after."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from admission.actions.admission import BoardAnswer, answer_interests
from admission.enums import InterestState
from admission.models import Interest, InterestPerson, InterestWriter
from admission.tasks import erase_interest_people
from cohorts.enums import CohortKind, Function
from cohorts.models import Delegate, Organisation, Participation
from decisions.enums import DecisionKind
from improvements.enums import GoalOrigin
from improvements.judging import take_in_goals
from improvements.models import OwnGoal
from kit.models import AuditEvent
from kit.refusals import ActionRefused
from mailings.models import Mail
from overview.trail_words import details
from tests.factories import CohortFactory, DelegateFactory, OrganisationFactory, ParticipationFactory, UserFactory
from tests.process_factories import InterestFactory, InterestPersonFactory, InterestWriterFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 17)
BOARD = date(2026, 6, 16)
REASONS = "Ni har ett tydligt beslut och en bra bredd."


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def petra():
    return UserFactory(name="Petra Process", email="petra@skr.invalid", skr_role="process_leader")


@pytest.fixture
def cohort(petra):
    return CohortFactory(
        slug="nasta",
        name="Modellkommuner 2027",
        starts_on=date(2026, 9, 1),
        ends_on=date(2028, 3, 1),
        interest_opens_on=date(2026, 3, 1),
        interest_closes_on=date(2026, 6, 1),
        board_meets_on=BOARD,
        contact=petra,
    )


def handed_in(cohort, name, **fields):
    organisation = fields.pop("organisation", None) or OrganisationFactory(name=f"{name} kommun", short_name=name)
    values = {
        "state": InterestState.SUBMITTED,
        "submitted_at": "2026-05-20T10:00:00Z",
        "body": "Kommunfullmäktige",
        "decided_on": date(2026, 2, 23),
        "paragraph": "§ 45",
        "diary_number": "KS 2026/112",
        "cemr": True,
        "focus": "Uppföljning.",
        "wish": "nearness",
        "through": "",
        "both_sides": True,
        **fields,
    }
    interest = InterestFactory(cohort=cohort, organisation=organisation, **values)
    InterestWriterFactory(interest=interest, email=f"skribent@{name.lower()}.invalid")
    people = (
        (Function.POLITICIAN, False),
        (Function.MANAGER, False),
        (Function.STRATEGIST, False),
        (Function.POLITICIAN, True),
    )
    for function, deputy in people:
        InterestPersonFactory(
            interest=interest,
            function=function,
            deputy=deputy,
            name=f"{function.label} {name}",
            email=f"{function}{'-e' if deputy else ''}@{name.lower()}.invalid",
        )
    return interest


@pytest.fixture
def granvik(cohort):
    return handed_in(cohort, "Granvik", through="Provförbundet")


def answer(interest, state, petra, reason="", **fields):
    board_answer = {"answered_on": BOARD, "answered_by": "SKR:s styrgrupp", "answer": REASONS, **fields}
    interests = interest if isinstance(interest, list) else [interest]
    return answer_interests(interests=interests, answer=BoardAnswer(state, **board_answer), reason=reason, by=petra)


def place(cohort, *interests):
    query = "&".join(f"anmalan={interest.pk}" for interest in interests)
    return f"{reverse('admission:interests_answer', args=[cohort.slug])}?{query}"


POSTED = {"state": "admitted", "answered_on": "2026-06-16", "answered_by": "SKR:s styrgrupp", "answer": REASONS}


class TestAdmitting:
    def test_it_gives_the_place_the_decision_and_the_seats(self, client, cohort, granvik, petra):
        ParticipationFactory(cohort=cohort, position=7)
        client.force_login(petra)
        assert client.post(place(cohort, granvik), POSTED).status_code == 302
        granvik.refresh_from_db()
        got = granvik.participation
        assert (got.organisation, got.code, got.role, got.through, got.both_sides, got.position, got.joined_on) == (
            granvik.organisation,
            granvik.organisation.code,
            "participant",
            "Provförbundet",
            True,
            8,
            None,
        )
        decision = got.decisions.get()
        assert (decision.kind, decision.body, decision.paragraph, decision.cemr) == (
            DecisionKind.ENTRY,
            "Kommunfullmäktige",
            "45",
            True,
        )
        seats = got.delegates.values_list("user__email", "function", "deputy", "starts_on")
        assert sorted(seats) == [
            ("manager@granvik.invalid", "manager", False, TODAY),
            ("politician-e@granvik.invalid", "politician", True, TODAY),
            ("politician@granvik.invalid", "politician", False, TODAY),
            ("strategist@granvik.invalid", "strategist", False, TODAY),
        ]

    def test_the_goals_of_the_form_become_its_own(self, granvik, petra):
        Interest.objects.filter(pk=granvik.pk).update(goals="Alla frågar om kön\nStatistiken används")
        for _ in range(2):
            answer(granvik, InterestState.ADMITTED, petra)
        participation = Participation.objects.get(organisation=granvik.organisation)
        goals = participation.own_goals.values_list("goal", "origin", "set_on", "position", "judgement")
        assert list(goals) == [
            ("Alla frågar om kön", GoalOrigin.INTEREST, date(2026, 5, 20), 1, ""),
            ("Statistiken används", GoalOrigin.INTEREST, date(2026, 5, 20), 2, ""),
        ]
        take_in_goals(participation=participation, goals=["Statistiken används", "Ett nytt"] * 2, on=TODAY, by=petra)
        assert list(participation.own_goals.values_list("goal", flat=True)) == [
            "Alla frågar om kön",
            "Statistiken används",
            "Ett nytt",
        ]

    @pytest.mark.parametrize("state", [InterestState.WAITING, InterestState.DECLINED])
    def test_the_goals_of_one_that_is_not_admitted_stay_in_its_form(self, granvik, petra, state):
        Interest.objects.filter(pk=granvik.pk).update(goals="Alla frågar om kön")
        answer(granvik, state, petra)
        assert not OwnGoal.objects.exists()

    def test_the_answer_is_mailed_with_its_reasons_and_seen_on_the_link(self, client, cohort, granvik, petra):
        answer(granvik, InterestState.ADMITTED, petra)
        mail = Mail.objects.get(kind="interest_admitted")
        assert (mail.address, mail.reply_to) == ("skribent@granvik.invalid", "petra@skr.invalid")
        assert "SKR:s styrgrupp beslutade den 16 juni 2026 att Granvik kommun är antagen" in " ".join(mail.text.split())
        assert REASONS in " ".join(mail.text.split())
        page = client.get(reverse("admission:interest", args=[granvik.writers.get().key]))
        assert REASONS in page.text
        assert "Beslut: SKR:s styrgrupp" in page.text
        assert reverse("account_login") in page.text

    def test_twice_is_once(self, cohort, granvik, petra):
        answer(granvik, InterestState.ADMITTED, petra)
        assert answer(granvik, InterestState.ADMITTED, petra) == []
        assert Participation.objects.filter(cohort=cohort).count() == 1
        assert Mail.objects.filter(kind="interest_admitted").count() == 1
        assert AuditEvent.objects.filter(kind="interest_answered").count() == 1

    def test_one_who_has_an_account_keeps_their_name(self, granvik, petra):
        known = UserFactory(email="manager@granvik.invalid", name="Carina Chef")
        earlier = DelegateFactory(user=known, participation__organisation=granvik.organisation)
        answer(granvik, InterestState.ADMITTED, petra)
        known.refresh_from_db()
        assert known.name == "Carina Chef"
        assert known.seats.exclude(pk=earlier.pk).get().function == Function.MANAGER

    def test_one_who_is_known_elsewhere_is_asked(self, granvik, petra):
        known = DelegateFactory(user__email="manager@granvik.invalid", user__name="Carina Chef").user
        answer(granvik, InterestState.ADMITTED, petra)
        offer = known.seat_offers.get()
        assert (offer.name, offer.function, known.seats.count()) == ("Chef Granvik", Function.MANAGER, 1)
        assert Mail.objects.get(kind="seat_offer").recipient == known

    def test_one_who_works_at_skr_stops_all_of_it_with_a_sentence(self, client, cohort, granvik, petra):
        UserFactory(email="manager@granvik.invalid", skr_role="administrator")
        almby = handed_in(cohort, "Almby")
        client.force_login(petra)
        page = client.post(place(cohort, almby, granvik), POSTED)
        assert page.status_code == 422
        assert "Granvik kommun kan inte antas än. Chef Granvik, manager@granvik.invalid" in page.text
        assert REASONS in page.text
        assert not Participation.objects.filter(cohort=cohort).exists()
        assert not Delegate.objects.exists()
        assert not Mail.objects.filter(kind="interest_admitted").exists()

    def test_one_that_is_in_the_omgang_already_is_refused(self, cohort, granvik, petra):
        ParticipationFactory(cohort=cohort, organisation=granvik.organisation, role="mentor")
        with pytest.raises(ActionRefused, match="är redan med i omgången"):
            answer(granvik, InterestState.ADMITTED, petra)

    @pytest.mark.parametrize(
        ("kind", "code"), [(CohortKind.KOMMUNER, "0980"), (CohortKind.REGIONER, "09"), (CohortKind.MIXED, "09")]
    )
    def test_gotland_comes_as_what_the_omgang_is_for(self, petra, kind, code):
        gotland = Organisation.objects.get(code="09")
        interest = handed_in(CohortFactory(kind=kind), "Gotland", organisation=gotland)
        answer(interest, InterestState.ADMITTED, petra)
        interest.refresh_from_db()
        assert interest.participation.code == code

    def test_a_late_joiner_has_its_day(self, cohort, granvik, petra, today):
        today.move_to(date(2026, 10, 2))
        answer(granvik, InterestState.ADMITTED, petra, answered_on=date(2026, 10, 1))
        assert Participation.objects.get(interest=granvik).joined_on == date(2026, 10, 1)


class TestAnswering:
    def test_several_at_one_board_meeting(self, client, cohort, granvik, petra):
        almby = handed_in(cohort, "Almby")
        client.force_login(petra)
        client.post(place(cohort, granvik, almby), {**POSTED, "state": "waiting"})
        assert set(Interest.objects.values_list("state", "answered_on")) == {("waiting", BOARD)}
        assert Mail.objects.filter(kind="interest_waiting").count() == 2
        assert not Participation.objects.exists()

    def test_the_preview_is_the_mail_and_saves_nothing(self, client, cohort, granvik, petra):
        client.force_login(petra)
        page = client.post(place(cohort, granvik), {**POSTED, "state": "declined", "preview": "1"})
        assert page.status_code == 200
        assert page.context["preview"].subject == "Svar på er anmälan till Modellkommuner 2027"
        assert REASONS in page.context["preview"].text
        assert page.context["form"]["answer"].value() == REASONS
        assert Interest.objects.get().state == InterestState.SUBMITTED
        assert not Mail.objects.exists()
        client.post(place(cohort, granvik), {**POSTED, "state": "declined"})
        sent = Mail.objects.get()
        assert (sent.kind, sent.subject) == ("interest_declined", page.context["preview"].subject)
        assert page.context["preview"].text.split("--")[0].strip() in sent.text.replace(
            f"\nSe svaret:\nhttp://127.0.0.1:8000{sent.path}\n", ""
        )

    @pytest.mark.parametrize(
        ("more", "mails_in_words", "invited"),
        [
            ({}, "Två mejl", 0),
            ({"invites": "on"}, "Tio mejl: två svar och åtta inbjudningar", 8),
        ],
    )
    def test_mails_are_counted_and_shown_and_invitations_may_wait(
        self, client, cohort, granvik, petra, more, mails_in_words, invited
    ):
        almby = handed_in(cohort, "Almby")
        client.force_login(petra)
        page = client.post(place(cohort, granvik, almby), {**POSTED, **more, "preview": "1"})
        assert f"{mails_in_words} skickas när du sparar." in page.text
        assert "Granvik kommun (inskickad)" in page.text, "the preview leaves what it shows as it was"
        assert ("Inbjudan till personerna i anmälan" in page.text) == bool(invited)
        page = client.post(place(cohort, granvik, almby), {**POSTED, **more}, follow=True)
        assert f"Svaren är sparade. {mails_in_words} är på väg." in page.text
        assert Mail.objects.filter(kind="invitation").count() == invited
        assert Mail.objects.count() == 2 + invited
        assert Delegate.objects.filter(invited_at=None).count() == 8 - invited

    def test_the_answer_to_one_with_several_writers_counts_them(self, client, cohort, granvik, petra):
        InterestWriterFactory(interest=granvik, email="annan@granvik.invalid")
        client.force_login(petra)
        page = client.post(place(cohort, granvik), {**POSTED, "state": "waiting"}, follow=True)
        assert "Svaret är sparat. Två mejl är på väg." in page.text
        page = client.post(place(cohort, granvik), {**POSTED, "state": "waiting", "reason": "Igen"}, follow=True)
        assert "Samma svar fanns redan. Inget nytt mejl är skickat." in page.text

    def test_a_given_answer_changes_only_with_a_reason_and_is_told_again(self, client, cohort, granvik, petra):
        answer(granvik, InterestState.WAITING, petra)
        client.force_login(petra)
        page = client.post(place(cohort, granvik), POSTED)
        assert (page.status_code, page.context["form"].errors["reason"]) == (422, ["Skriv varför svaret ändras."])
        client.post(place(cohort, granvik), {**POSTED, "reason": "En plats blev ledig."})
        mail = Mail.objects.get(kind="interest_admitted")
        assert "Skälet är: En plats blev ledig." in " ".join(mail.text.split())
        event = AuditEvent.objects.filter(kind="interest_answered").first()
        assert details(event) == (
            "från ”På väntelista” till ”Antagen”; skäl: En plats blev ledig.; "
            "Antagen, SKR:s styrgrupp 16 juni 2026; Modellkommuner 2027"
        )

    def test_two_who_answer_at_once_the_second_has_to_say_why(self, granvik, petra):
        answer(granvik, InterestState.DECLINED, petra)
        with pytest.raises(ActionRefused, match="Skriv varför det ändras") as refused:
            answer(granvik, InterestState.ADMITTED, petra)
        assert refused.value.field == "reason"
        assert not Participation.objects.exists()

    def test_an_admitted_one_has_its_place_and_is_not_declined(self, granvik, petra):
        answer(granvik, InterestState.ADMITTED, petra)
        with pytest.raises(ActionRefused, match="har sin plats i omgången"):
            answer(granvik, InterestState.DECLINED, petra, reason="Ångrat.")

    def test_the_words_of_an_admission_may_be_mended(self, granvik, petra):
        answer(granvik, InterestState.ADMITTED, petra)
        answer(granvik, InterestState.ADMITTED, petra, reason="Fel dag.", answer="Rättat.")
        assert Participation.objects.count() == 1
        assert Mail.objects.filter(kind="interest_admitted").count() == 2

    @pytest.mark.parametrize("state", [InterestState.DRAFT, InterestState.WITHDRAWN])
    def test_what_is_not_sent_in_gets_no_answer(self, client, cohort, granvik, petra, state):
        Interest.objects.update(state=state)
        client.force_login(petra)
        assert client.post(place(cohort, granvik), POSTED).url == reverse("admission:interests", args=["nasta"])
        granvik.refresh_from_db()
        with pytest.raises(ActionRefused, match="inte är inskickad"):
            answer(granvik, InterestState.ADMITTED, petra)

    def test_what_is_wrong_is_told_and_kept(self, client, cohort, granvik, petra):
        client.force_login(petra)
        page = client.post(place(cohort, granvik), {"answered_on": "2026-06-18", "answered_by": "Styrgruppen"})
        assert page.status_code == 422
        assert {name: list(errors) for name, errors in page.context["form"].errors.items()} == {
            "state": ["Välj vad som är beslutat."],
            "answered_on": ["Datumet ligger i framtiden. Svara när beslutet är fattat."],
            "answer": ["Skriv skälen till beslutet."],
        }
        assert page.context["form"]["answered_by"].value() == "Styrgruppen"

    def test_another_omgangs_form_is_not_reached(self, client, cohort, granvik, petra):
        other = handed_in(CohortFactory(), "Almby")
        client.force_login(petra)
        assert client.get(place(cohort, other)).status_code == 302
        assert client.get(reverse("admission:interest_read", args=["nasta", other.pk])).status_code == 404


class TestTheList:
    def test_states_in_words_and_what_is_missing(self, client, cohort, granvik, petra):
        draft = handed_in(cohort, "Almby", state=InterestState.DRAFT, focus="", paragraph="", diary_number="")
        draft.people.filter(function=Function.MANAGER).delete()
        answer(handed_in(cohort, "Boby"), InterestState.WAITING, petra)
        client.force_login(petra)
        page = client.get(reverse("admission:interests", args=["nasta"]))
        listed = [(row.interest.organisation.name, row.since, row.content, row.answer) for row in page.context["rows"]]
        assert listed == [
            ("Granvik kommun", date(2026, 5, 20), "Komplett", ""),
            ("Boby kommun", BOARD, "", "SKR:s styrgrupp, 16 juni 2026"),
            (
                "Almby kommun",
                TODAY,
                "Saknar: beslutets paragraf eller diarienummer, en chef på hög nivå och er inriktning",
                "",
            ),
        ]
        assert "En intresseanmälan väntar på svar." in page.text
        assert 'aria-label="Välj Granvik kommun"' in page.text
        assert 'aria-label="Välj Almby kommun"' not in page.text

    def test_the_administrator_reads_and_does_not_decide(self, client, cohort, granvik):
        client.force_login(UserFactory(skr_role="administrator"))
        assert client.get(reverse("admission:interest_read", args=["nasta", granvik.pk])).status_code == 200
        page = client.get(reverse("admission:interests", args=["nasta"]))
        assert "Svara de valda" not in page.text
        assert client.post(place(cohort, granvik), POSTED).status_code == 403


class TestErasing:
    """Names, addresses and keys go 90 days after the answer; what was decided stays."""

    def named(self):
        mails = Mail.objects.filter(kind__startswith="interest")
        return InterestPerson.objects.count(), InterestWriter.objects.count(), mails.count()

    @pytest.mark.parametrize("state", [InterestState.DECLINED, InterestState.ADMITTED])
    def test_after_an_answer(self, granvik, petra, today, state):
        answer(granvik, state, petra)
        today.move_to(BOARD + timedelta(days=89))
        erase_interest_people()
        assert self.named() == (4, 1, 1)
        today.move_to(BOARD + timedelta(days=90))
        for _ in range(2):
            erase_interest_people()
        assert self.named() == (0, 0, 0)
        granvik.refresh_from_db()
        assert (granvik.state, granvik.answer, granvik.body) == (state, REASONS, "Kommunfullmäktige")
        assert AuditEvent.objects.filter(kind="interest_erased").count() == 1
        assert Delegate.objects.count() == (4 if state == InterestState.ADMITTED else 0)

    @pytest.mark.parametrize(
        ("fields", "day"),
        [
            ({"state": InterestState.WITHDRAWN, "withdrawn_on": date(2026, 5, 1)}, date(2026, 7, 30)),
            ({"state": InterestState.DRAFT}, date(2026, 8, 30)),
            ({"state": InterestState.WAITING, "answered_on": BOARD}, date(2026, 11, 30)),
            ({"state": InterestState.SUBMITTED}, date(2028, 5, 30)),
        ],
    )
    def test_when_nobody_has_answered_yes_or_no(self, cohort, today, fields, day):
        handed_in(cohort, "Granvik", **fields)
        today.move_to(day - timedelta(days=1))
        erase_interest_people()
        assert self.named()[:2] == (4, 1)
        today.move_to(day)
        erase_interest_people()
        assert self.named()[:2] == (0, 0)

    def test_the_period_is_a_setting(self, granvik, petra, today, settings):
        settings.INTEREST_KEEP_DAYS = 10
        answer(granvik, InterestState.DECLINED, petra)
        today.move_to(BOARD + timedelta(days=10))
        erase_interest_people()
        assert self.named() == (0, 0, 0)

    def test_others_mail_stays(self, cohort, granvik, petra, today):
        ten = handed_in(cohort, "Almby")
        Interest.objects.filter(pk=granvik.pk).update(state=InterestState.DECLINED, answered_on=BOARD)
        answer(ten, InterestState.WAITING, petra)
        today.move_to(BOARD + timedelta(days=90))
        erase_interest_people()
        assert Mail.objects.filter(address="skribent@almby.invalid").count() == 1
        assert ten.people.count() == 4
