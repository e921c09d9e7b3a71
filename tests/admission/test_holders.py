"""An interest form is for those who prove an address of the organisation, or whom SKR lets in."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from admission.actions.holders import let_go, let_in, turn_away
from admission.actions.interest import ask_for_form, remove_writer
from admission.enums import InterestState, WriterStanding
from admission.interest.proof import domain_of, proves
from admission.models import Interest, InterestAsk, InterestWriter
from admission.tasks import erase_interest_people
from cohorts.enums import Function
from kit.models import AuditEvent
from mailings.models import Mail
from tests.factories import CohortFactory, DelegateFactory, OrganisationFactory, ParticipationFactory, UserFactory
from tests.process_factories import InterestFactory, InterestWriterFactory
from tests.refusing import refused

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 10)
ANNA, BO, ELAK = "anna@granvik.invalid", "bo@granvik.invalid", "elak@elak.invalid"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def petra():
    return UserFactory(name="Petra", email="petra@skr.invalid", skr_role="process_leader")


@pytest.fixture
def cohort(petra):
    return CohortFactory(
        interest_opens_on=TODAY,
        interest_closes_on=TODAY + timedelta(days=90),
        starts_on=date(2026, 9, 1),
        contact=petra,
    )


@pytest.fixture
def granvik():
    return OrganisationFactory(name="Granviks kommun", county_name="Provlän", email_domain="granvik.invalid")


@pytest.fixture
def unknown():
    """An organisation of which nothing is known."""
    return OrganisationFactory(name="Okända kommun", county_name="Provlän")


def ask(cohort, organisation, email):
    ask_for_form(cohort=cohort, organisation=organisation, email=email)


def mails(**which):
    return sorted(Mail.objects.filter(**which).values_list("kind", "address"))


class TestProof:
    @pytest.mark.parametrize(
        ("email", "is_proved"),
        [
            ("anna@granvik.invalid", True),
            ("anna@skola.granvik.invalid", True),
            ("anna@granvik.invalid.elak.invalid", False),
            ("anna@elakgranvik.invalid", False),
            ("anna@invalid", False),
            ("anna@gmail.com", False),
        ],
    )
    def test_the_registered_domain(self, granvik, email, is_proved):
        assert proves(granvik, email) is is_proved

    @pytest.mark.parametrize(
        ("function", "is_known"),
        [
            (Function.STRATEGIST, True),
            (Function.MANAGER, True),
            (Function.POLITICIAN, False),  # may write from a party
            (Function.CONTRIBUTOR, False),  # may be a consultant
        ],
    )
    def test_the_domain_of_a_known_contact(self, unknown, function, is_known):
        participation = ParticipationFactory(organisation=unknown)
        DelegateFactory(participation=participation, function=function, user__email="x@okanda.invalid")
        assert proves(unknown, "ny@okanda.invalid") is is_known

    @pytest.mark.parametrize("domain", ["gmail.com", "outlook.com", "hotmail.se", "telia.com"])
    def test_not_where_anyone_has_an_address(self, unknown, domain):
        DelegateFactory(participation__organisation=unknown, user__email=f"strateg@{domain}")
        assert not proves(unknown, f"elak@{domain}")

    def test_who_is_only_invited_proves_nothing(self, unknown):
        InterestWriterFactory(interest__organisation=unknown, email="konsult@konsult.invalid")
        assert not proves(unknown, "elak@konsult.invalid")

    def test_another_organisations_domain_is_not_this_ones(self, granvik, unknown):
        assert not proves(unknown, ANNA)

    def test_the_domain_is_what_follows_the_last_sign(self):
        assert domain_of('"a@b"@Granvik.Invalid') == "granvik.invalid"


class TestAsking:
    def test_an_unknown_address_gets_no_link_and_begins_nothing(self, cohort, granvik):
        ask(cohort, granvik, ELAK)
        assert mails() == [("interest_to_skr", "petra@skr.invalid"), ("interest_unknown", ELAK)]
        assert "/intresse/" not in Mail.objects.get(kind="interest_unknown").text
        assert not Interest.objects.exists()

    def test_it_is_in_nobodys_way(self, cohort, granvik):
        """The first to come had the form, and the rightful one got no link."""
        ask(cohort, granvik, ELAK)
        ask(cohort, granvik, ANNA)
        assert ("interest_link", ANNA) in mails()
        assert [writer.email for writer in InterestWriter.objects.all()] == [ANNA]

    def test_no_unknown_address_is_told_anything_of_a_rightful_one(self, cohort, granvik):
        for email in (ELAK, ANNA, BO, ELAK):
            ask(cohort, granvik, email)
        mail_words = "".join(f"{mail.text}{mail.subject}{mail.path}" for mail in Mail.objects.filter(address=ELAK))
        assert (ANNA in mail_words, BO in mail_words, "/intresse/" in mail_words) == (False, False, False)

    def test_a_holder_is_told_only_of_those_who_prove_it(self, cohort, granvik):
        for email in (ANNA, ELAK, BO):
            ask(cohort, granvik, email)
        [mail] = Mail.objects.filter(kind="interest_asked")
        assert (mail.address, BO in mail.text, ELAK in mail.text) == (ANNA, True, False)
        assert ELAK in Mail.objects.get(kind="interest_to_skr").text

    def test_one_who_is_only_invited_is_not_told_who_asks(self, cohort, granvik):
        ask(cohort, granvik, ANNA)
        InterestWriterFactory(interest=Interest.objects.get(), email=ELAK)
        ask(cohort, granvik, BO)
        assert mails(kind="interest_asked") == [("interest_asked", ANNA)]

    def test_asked_twice_skr_is_told_once(self, cohort, granvik):
        for _ in range(2):
            ask(cohort, granvik, ELAK)
        assert (InterestAsk.objects.count(), len(mails())) == (1, 2)

    def test_one_that_is_in_the_omgang_is_told_of_to_its_own_alone(self, cohort, granvik):
        ParticipationFactory(cohort=cohort, organisation=granvik)
        ask(cohort, granvik, ANNA)
        ask(cohort, granvik, ELAK)
        assert mails(address__in=[ANNA, ELAK]) == [("interest_there", ANNA), ("interest_unknown", ELAK)]


class TestLettingIn:
    @pytest.fixture
    def asked(self, cohort, unknown):
        ask(cohort, unknown, "anna@okanda.invalid")
        return InterestAsk.objects.get()

    def page(self, client, user, cohort):
        client.force_login(user)
        return client.get(reverse("admission:interests", args=[cohort.slug])).text

    def press(self, client, name, ask, **posted):
        return client.post(reverse(f"admission:{name}", args=[ask.cohort.slug, ask.pk]), posted, follow=True).text

    def test_skr_sees_who_asks_and_lets_them_in(self, client, cohort, unknown, asked, petra):
        assert "anna@okanda.invalid" in self.page(client, petra, cohort)
        assert "En person vill skriva en intresseanmälan" in client.get(reverse("follow_up:tasks")).text
        assert "anna@okanda.invalid har fått en länk till anmälan." in self.press(client, "interest_let_in", asked)
        writer = InterestWriter.objects.get()
        assert (writer.email, writer.standing) == ("anna@okanda.invalid", WriterStanding.LET_IN)
        assert writer.interest.organisation == unknown
        assert not InterestAsk.objects.exists()
        unknown.refresh_from_db()
        assert unknown.email_domain == ""
        # Whom SKR has let in is a known contact from then on.
        assert proves(unknown, "bo@okanda.invalid")

    def test_the_domain_is_remembered(self, client, cohort, unknown, asked, petra):
        self.page(client, petra, cohort)
        self.press(client, "interest_let_in", asked, **{f"fraga-{asked.pk}-remember": "on"})
        unknown.refresh_from_db()
        assert unknown.email_domain == "okanda.invalid"
        assert AuditEvent.objects.get(kind="interest_let_in").data["what"] == "och alla med adress på okanda.invalid"

    def test_never_one_where_anyone_has_an_address(self, client, cohort, unknown, petra):
        ask(cohort, unknown, "anna@gmail.com")
        asked = InterestAsk.objects.get()
        assert "Alla med adress på gmail.com" not in self.page(client, petra, cohort)
        with refused("Vem som helst kan ha en adress på gmail.com."):
            let_in(ask=asked, remember=True, by=petra)
        self.press(client, "interest_let_in", asked)
        assert not proves(unknown, "elak@gmail.com")

    def test_beside_those_who_write_already(self, cohort, granvik, petra):
        ask(cohort, granvik, ANNA)
        ask(cohort, granvik, ELAK)
        let_in(ask=InterestAsk.objects.get(), remember=False, by=petra)
        assert [writer.email for writer in InterestWriter.objects.order_by("pk")] == [ANNA, ELAK]
        assert Interest.objects.count() == 1

    def test_turned_away(self, client, cohort, asked, petra):
        self.page(client, petra, cohort)
        assert "är avvisad" in self.press(client, "interest_turn_away", asked)
        turn_away(ask=asked, by=petra)
        assert (InterestAsk.objects.exists(), Interest.objects.exists()) == (False, False)
        assert AuditEvent.objects.filter(kind="interest_turned_away").count() == 1

    def test_twice_is_refused(self, asked, petra):
        let_in(ask=asked, remember=False, by=petra)
        with refused("Frågan är redan besvarad."):
            let_in(ask=asked, remember=False, by=petra)

    def test_not_into_one_that_is_answered(self, cohort, unknown, asked, petra):
        InterestFactory(cohort=cohort, organisation=unknown, state=InterestState.ADMITTED)
        with refused("Okända kommun är redan med i omgången, har fått svar eller har tolv som skriver."):
            let_in(ask=asked, remember=False, by=petra)

    @pytest.mark.parametrize(("days", "is_open"), [(90, True), (91, False)])
    def test_while_forms_are_taken(self, asked, petra, today, days, is_open):
        today.shift(timedelta(days=days))
        if is_open:
            let_in(ask=asked, remember=False, by=petra)
        else:
            with refused("Intresseanmälan är inte öppen längre."):
                let_in(ask=asked, remember=False, by=petra)

    def test_no_address_enters_the_trail(self, asked, petra):
        let_in(ask=asked, remember=True, by=petra)
        assert not any("anna@" in f"{row.target}{row.data}" for row in AuditEvent.objects.all())


class TestLettingGo:
    @pytest.fixture
    def interest(self, cohort, granvik):
        ask(cohort, granvik, ANNA)
        return Interest.objects.get()

    def test_skr_sees_all_writers_and_lets_go_of_the_first(self, client, cohort, interest, petra):
        InterestWriterFactory(interest=interest, email=ELAK)
        first = interest.writers.get(email=ANNA)
        client.force_login(petra)
        page = client.get(reverse("admission:interest_read", args=[cohort.slug, interest.pk])).text
        assert all(text in page for text in (ANNA, ELAK, "Har en adress i organisationen", "Inbjuden av en annan"))
        client.post(reverse("admission:interest_let_go", args=[cohort.slug, interest.pk, first.pk]))
        assert client.get(reverse("admission:interest", args=[first.key])).status_code == 404
        assert [writer.email for writer in interest.writers.all()] == [ELAK]

    def test_pressed_twice_it_is_recorded_once(self, interest, petra):
        for _ in range(2):
            let_go(interest=interest, pk=interest.writers.first().pk if interest.writers.exists() else 0, by=petra)
        assert AuditEvent.objects.filter(kind="interest_let_go").count() == 1

    def test_the_form_is_there_for_the_next_who_proves_it(self, cohort, granvik, interest, petra):
        let_go(interest=interest, pk=interest.writers.get().pk, by=petra)
        ask(cohort, granvik, BO)
        assert interest.writers.get().email == BO

    def test_a_cowriter_does_not_remove_the_first(self, client, interest):
        second = InterestWriterFactory(interest=interest, email=BO)
        first = interest.writers.get(email=ANNA)
        with refused("Den som började anmälan kan bara SKR ta bort."):
            remove_writer(interest=interest, pk=first.pk, by=second)
        page = client.get(reverse("admission:interest", args=[second.key])).text
        assert reverse("admission:interest_writer_remove", args=[second.key, first.pk]) not in page
        third = InterestWriterFactory(interest=interest, email="tre@granvik.invalid")
        remove_writer(interest=interest, pk=third.pk, by=second)
        assert interest.writers.count() == 2


@pytest.mark.parametrize(("days", "is_there"), [(89, True), (90, False)])
def test_a_question_that_nobody_answers_is_erased_with_its_mail(cohort, unknown, today, days, is_there):
    ask(cohort, unknown, ELAK)
    today.shift(timedelta(days=days))
    erase_interest_people()
    assert (InterestAsk.objects.exists(), Mail.objects.exists()) == (is_there, is_there)
