"""Interest forms as those write them who have no account: no leak, no lost words, one mail for each matter."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from admission.actions.interest import WRITER, save_section
from admission.enums import InterestState, WriterStanding
from admission.interest.lookups import organisation_choices, organisations_for, writer_of
from admission.interest.sections import FOCUS, missing, stored_content
from admission.mails import KINDS
from admission.models import Interest, InterestPerson, InterestWriter
from cohorts.enums import CohortKind, Function
from cohorts.models import Organisation
from kit.filling import FIELD
from kit.models import AuditEvent
from kit.staleness import Stale, digest
from mailings.models import Mail
from tests.factories import CohortFactory, OrganisationFactory, ParticipationFactory, UserFactory
from tests.process_factories import InterestPersonFactory, InterestWriterFactory

CASES = Path(__file__).parents[1] / "people/cases"
pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 10)
LOCAL_CACHE = "django.core.cache.backends.locmem.LocMemCache"
ANNA, BO = "anna.ek@granvik.invalid", "bo.alm@granvik.invalid"
STRANGER = "okand@elak.invalid"
DECISION = {
    "body": "Kommunfullmäktige",
    "decided_on": "2026-02-23",
    "paragraph": "§ 45",
    "diary_number": "KS 2026/112",
    "decision_text": "Delta i Modellkommuner.",
    "cemr": "yes",
}


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def cohort():
    return CohortFactory(
        slug="nasta",
        name="Modellkommuner 2027",
        kind=CohortKind.MIXED,
        starts_on=date(2026, 9, 1),
        ends_on=date(2028, 3, 1),
        interest_opens_on=date(2026, 3, 1),
        interest_closes_on=date(2026, 6, 1),
        board_meets_on=date(2026, 6, 16),
        contact=UserFactory(name="Petra Process", email="petra@skr.invalid", skr_role="process_leader"),
    )


@pytest.fixture
def granvik():
    return OrganisationFactory(
        name="Granviks kommun", short_name="Granvik", county_name="Provlän", email_domain="granvik.invalid"
    )


@pytest.fixture
def writer(cohort, granvik):
    about = {"interest__cohort": cohort, "interest__organisation": granvik, "email": ANNA}
    return InterestWriterFactory(**about, standing=WriterStanding.PROVED)


def to(name, writer, *args):
    return reverse(f"admission:{name}", args=[writer.key, *args])


def ask(client, cohort, organisation, email):
    place = reverse("admission:interest_new", args=[cohort.slug])
    return client.post(place, {"organisation": organisation.code, "email": email})


def mails(kind=None):
    rows = Mail.objects.filter(kind=kind) if kind else Mail.objects.all()
    return sorted(rows.values_list("kind", "address"))


def complete(interest, **changed):
    values = {
        "body": "Kommunfullmäktige",
        "decided_on": date(2026, 2, 23),
        "paragraph": "§ 45",
        "cemr": True,
        "focus": "Bättre uppföljning.",
        "wish": "nearness",
        **changed,
    }
    Interest.objects.filter(pk=interest.pk).update(**values)
    for function in (Function.POLITICIAN, Function.MANAGER, Function.STRATEGIST):
        InterestPersonFactory(interest=interest, function=function)
    interest.refresh_from_db()


def seen_in(client, place):
    return client.get(place).context["form"]["seen"].value()


class TestStarting:
    def test_only_what_is_open_today_is_offered(self, client, cohort, today):
        CohortFactory(name="Utan dagar")
        CohortFactory(name="Har stängt", interest_opens_on=date(2026, 1, 1), interest_closes_on=date(2026, 3, 9))
        CohortFactory(name="Öppnar sedan", interest_opens_on=date(2026, 7, 1))
        CohortFactory(
            name="Är slut", interest_opens_on=date(2020, 1, 1), starts_on=date(2020, 2, 1), ends_on=date(2021, 1, 1)
        )
        page = client.get(reverse("admission:interest_start"))
        assert [offered.name for offered in page.context["cohorts"]] == ["Modellkommuner 2027"]
        today.move_to(date(2026, 6, 2))
        assert "går det inte att anmäla intresse" in client.get(reverse("admission:interest_start")).text
        assert client.get(reverse("admission:interest_new", args=[cohort.slug])).status_code == 302

    def test_the_mailed_link_opens_the_form(self, client, cohort, granvik):
        answer = ask(client, cohort, granvik, "Anna.Ek@granvik.invalid")
        assert answer.url == reverse("admission:interest_sent", args=[cohort.slug])
        mail = Mail.objects.get()
        assert (mail.kind, mail.address, mail.reply_to) == ("interest_link", ANNA, "petra@skr.invalid")
        link = re.search(r"http://\S+(/intresse/\S+/)", mail.text).group(1)
        page = client.get(link)
        assert "Intresseanmälan för Granviks kommun" in page.text
        assert page["X-Robots-Tag"] == "noindex"
        assert "no-store" in page["Cache-Control"]
        assert page["Referrer-Policy"] == "same-origin"

    def test_whether_the_organisation_has_one_is_never_told_on_screen(self, client, cohort, granvik, writer):
        other = OrganisationFactory(county_name="Provlän")
        asked = [
            ask(client, cohort, *who) for who in ((other, BO), (granvik, BO), (granvik, ANNA), (granvik, STRANGER))
        ]
        assert {(answer.status_code, answer.url) for answer in asked} == {(302, asked[0].url)}
        pages = {re.sub(r'csrf\S+" (value|content)="[^"]*', "", client.get(answer.url).text) for answer in asked}
        assert len(pages) == 1
        assert mails() == [
            ("interest_asked", ANNA),
            ("interest_link", ANNA),
            ("interest_link", BO),
            ("interest_to_skr", "petra@skr.invalid"),
            ("interest_to_skr", "petra@skr.invalid"),
            ("interest_unknown", BO),
            ("interest_unknown", STRANGER),
        ]
        assert Interest.objects.get().organisation == granvik

    def test_one_that_takes_part_already_is_told_by_mail(self, client, cohort, granvik):
        ParticipationFactory(cohort=cohort, organisation=granvik)
        ask(client, cohort, granvik, ANNA)
        assert mails() == [("interest_there", ANNA)]
        assert not Interest.objects.exists()

    def test_a_double_click_gives_one_form_and_one_mail(self, client, cohort, granvik):
        for _ in range(2):
            ask(client, cohort, granvik, ANNA)
        assert (Interest.objects.count(), len(mails())) == (1, 1)

    def test_after_a_withdrawal_one_may_start_again(self, client, cohort, granvik, writer):
        client.post(to("interest_withdraw", writer))
        ask(client, cohort, granvik, ANNA)
        states = Interest.objects.order_by("pk").values_list("state", flat=True)
        assert list(states) == ["withdrawn", "draft"]

    def test_the_form_sends_no_more_than_a_few_mails_to_an_address(self, client, cohort, granvik, today):
        answers = []
        for _ in range(6):
            answers.append(ask(client, cohort, granvik, ANNA).status_code)
            today.shift(timedelta(minutes=2))
        assert answers == [302] * 5 + [422]
        assert len(mails()) == 5

    @pytest.mark.parametrize(("minutes", "status"), [(59, 422), (61, 302)])
    def test_the_limit_is_for_an_hour(self, client, cohort, granvik, today, settings, minutes, status):
        # Redis has a clock of its own, which does not travel.
        settings.CACHES = {"default": {"BACKEND": LOCAL_CACHE, "LOCATION": uuid4().hex}}
        for _ in range(5):
            ask(client, cohort, granvik, ANNA)
        today.shift(timedelta(minutes=minutes))
        assert ask(client, cohort, granvik, ANNA).status_code == status

    def test_nor_more_than_some_from_one_computer(self, client, cohort):
        organisations = [OrganisationFactory(county_name="Provlän", email_domain="x.invalid") for _ in range(21)]
        answers = [
            ask(client, cohort, organisation, f"person{n}@x.invalid") for n, organisation in enumerate(organisations)
        ]
        assert [answer.status_code for answer in answers] == [302] * 20 + [422]
        assert "Vänta en timme" in answers[-1].text
        assert Interest.objects.count() == 20

    def test_what_is_wrong_is_told_and_kept(self, client, cohort):
        page = client.post(reverse("admission:interest_new", args=[cohort.slug]), {"email": "anna", "organisation": ""})
        assert page.status_code == 422
        assert dict(page.context["form"].errors) == {
            "organisation": ["Välj er organisation i listan."],
            "email": ["Skriv en fullständig e-postadress, till exempel namn@kommunen.se."],
        }
        assert page.context["form"]["email"].value() == "anna"

    def test_the_register_is_offered_by_the_omgangs_kind(self):
        real = {kind: CohortFactory(kind=kind, constructed=False) for kind in CohortKind}
        counts = {kind.value: organisations_for(cohort).count() for kind, cohort in real.items()}
        assert counts == {"kommuner": 290, "regioner": 21, "blandad": 310}
        gotland = Organisation.objects.get(second_code__isnull=False)
        for cohort in real.values():
            choices = [code for _, group in organisation_choices(cohort) for code, _ in group]
            assert choices.count(gotland.code) == 1
        groups = [name for name, _ in organisation_choices(real[CohortKind.MIXED])]
        assert (groups[0], len(groups)) == ("Regioner", 21)
        assert not organisations_for(real[CohortKind.MIXED]).filter(invented=True).exists()


class TestWriting:
    @pytest.mark.parametrize("url", (CASES / "15-nul-in-address/urls.txt").read_text().split())
    def test_a_sign_that_no_key_has_is_not_found_and_not_looked_up(self, client, url, django_assert_num_queries):
        with django_assert_num_queries(0):
            assert client.get(url).status_code == 404

    def test_an_unknown_key_opens_nothing(self, client, writer):
        for name, *args in (("interest",), ("interest_section", "beslut"), ("interest_writers",)):
            assert client.get(reverse(f"admission:{name}", args=["fel-nyckel", *args])).status_code == 404

    def test_what_is_unfinished_is_saved_and_what_is_missing_is_told_and_linked(self, client, writer):
        place = to("interest_section", writer, "beslut")
        answer = client.post(place, {"body": "Kommunfullmäktige", "seen": seen_in(client, place), "next": "1"})
        assert answer.url == to("interest_section", writer, "personer")
        page = client.get(to("interest", writer))
        assert [lack.text for lack in page.context["missing"]] == [
            "Dag för beslutet",
            "Beslutets paragraf eller diarienummer",
            "Om CEMR-deklarationen är undertecknad",
            "En ledande politiker",
            "En chef på hög nivå",
            "En strateg som leder arbetet",
            "Er inriktning",
            "Vad som är viktigast när grupper bildas",
        ]
        assert f"{place}#id_decided_on" in page.text
        assert client.post(to("interest_submit", writer)).status_code == 422
        assert writer_of(writer.key).interest.state == InterestState.DRAFT

    def test_every_link_to_what_is_missing_leads_to_a_field(self, client, writer):
        for lack in missing(writer.interest):
            page = client.get(to("interest_section", writer, lack.section)).text
            assert f'id="{lack.field}"' in page, lack

    def test_all_fields_are_kept(self, client, writer, cohort):
        partner = OrganisationFactory(county_name="Provlän", name="Almby kommun")
        posts = {
            "beslut": DECISION,
            "personer": {"both_sides": "no"},
            "inriktning": {"focus": "Uppföljning\r\noch statistik."},
            "onskemal": {"wish": "partner", "theme": "Ledning", "partner_2": partner.code, "mentor_later": "maybe"},
            "praktiskt": {"invoice_reference": "Ref 7", "through": "Provförbundet"},
        }
        for part, data in posts.items():
            place = to("interest_section", writer, part)
            assert client.post(place, {**data, "seen": seen_in(client, place)}).status_code == 302, part
            shown = client.get(place).context["form"]
            again = {name: "" if shown[name].value() is None else str(shown[name].value()) for name in data}
            expected = {name: value.replace("\r\n", "\n") for name, value in data.items()}
            if part == "onskemal":  # chosen ones move up to the first free place
                expected["partner_2"], again["partner_2"] = partner.code, shown["partner_1"].value()
            assert again == expected
        interest = Interest.objects.get()
        assert (interest.cemr, interest.both_sides, interest.decided_on) == (True, False, date(2026, 2, 23))
        assert list(interest.partners.all()) == [partner]
        text = client.get(to("interest", writer)).text
        for words in ("KS 2026/112", "Almby kommun", "Provförbundet", "Ref 7", "Kanske"):
            assert words in text

    def test_two_who_write_the_same_section_lose_no_words(self, client, writer):
        second = InterestWriterFactory(interest=writer.interest, email=BO)
        place = to("interest_section", writer, "inriktning")
        seen = seen_in(client, place)
        client.post(to("interest_section", second, "inriktning"), {"focus": "Bos text.", "seen": seen})
        page = client.post(place, {"focus": "Annas text.", "seen": seen})
        assert page.status_code == 422
        assert Interest.objects.get().focus == "Bos text."
        assert ("Bos text." in page.text, "Annas text." in page.text) == (True, True)
        again = page.context["form"]["seen"].value()
        assert client.post(place, {"focus": "Bådas text.", "seen": again}).status_code == 302
        assert Interest.objects.get().focus == "Bådas text."

    def test_a_stale_wish_tells_the_partner_by_name(self, client, writer):
        almby, boby = (OrganisationFactory(county_name="Provlän", name=f"{name} kommun") for name in ("Almby", "Boby"))
        place = to("interest_section", writer, "onskemal")
        seen = seen_in(client, place)
        client.post(place, {"wish": "partner", "partner_1": almby.code, "seen": seen})
        page = client.post(place, {"wish": "partner", "partner_1": boby.code, "seen": seen})
        assert [(field.label, field.text) for field in page.context["form"].theirs] == [
            ("Organisation ni gärna samarbetar med, 1", "Almby kommun")
        ]

    def test_the_same_again_is_no_change(self, client, writer):
        place = to("interest_section", writer, "beslut")
        first = {**DECISION, "seen": seen_in(client, place)}
        assert [client.post(place, first).status_code for _ in range(2)] == [302, 302]
        assert Interest.objects.get().revision == 1

    def test_other_sections_are_not_in_the_way(self, writer):
        interest = writer.interest
        save_section(interest=interest, section=FOCUS, seen=digest_of(interest), content={"focus": "Ett."})
        with pytest.raises(Stale):
            save_section(interest=interest, section=FOCUS, seen=digest_of(interest), content={"focus": "Två."})

    def test_a_decision_of_tomorrow_is_none_yet(self, client, writer):
        place = to("interest_section", writer, "beslut")
        page = client.post(place, {**DECISION, "decided_on": "2026-03-11", "seen": seen_in(client, place)})
        assert page.status_code == 422
        assert "Datumet ligger i framtiden" in page.text

    def test_goals_are_up_to_five_lines_of_its_own(self, client, writer):
        place = to("interest_section", writer, "mal")
        data = {"goal_1": "Alla  frågar om kön", "goal_3": "Statistiken används", "goal_4": "Alla frågar om kön"}
        client.post(place, {**data, "seen": seen_in(client, place)})
        assert Interest.objects.get().goals == "Alla frågar om kön\nStatistiken används"
        form = client.get(place).context["form"]
        assert [form[f"goal_{number}"].value() for number in range(1, 6)] == [
            "Alla frågar om kön",
            "Statistiken används",
            "",
            "",
            "",
        ]
        assert "goal_6" not in form.fields
        page = client.get(to("interest", writer)).text
        assert "Egna mål" in page
        assert "Alla frågar om kön<br>Statistiken används" in page
        assert "Skriv högst 300 tecken." in client.post(place, {"goal_1": "x" * 301}).text

    def test_goals_that_another_writes_meanwhile_are_shown(self, client, writer):
        place = to("interest_section", writer, "mal")
        seen = seen_in(client, place)
        client.post(place, {"goal_1": "Deras", "seen": seen})
        page = client.post(place, {"goal_1": "Vårt", "seen": seen})
        assert [(field.label, field.text) for field in page.context["form"].theirs] == [("Mål 1", "Deras")]
        assert Interest.objects.get().goals == "Deras"

    def test_one_does_not_wish_for_oneself(self, client, writer, granvik):
        place = to("interest_section", writer, "onskemal")
        client.post(place, {"wish": "partner", "partner_1": granvik.code, "seen": seen_in(client, place)})
        assert not Interest.objects.get().partners.exists()


def digest_of(interest):
    return digest(stored_content(interest, FOCUS))


class TestPeople:
    PIA = {"name": "Pia  Ort", "title": "Kommunalråd", "email": "Pia@granvik.invalid", "function": "politician"}

    def test_named_changed_and_removed(self, client, writer):
        client.post(to("interest_person_add", writer), self.PIA)
        person = InterestPerson.objects.get()
        assert (person.name, person.email, person.deputy) == ("Pia Ort", "pia@granvik.invalid", False)
        place = to("interest_person", writer, person.pk)
        client.post(place, {**self.PIA, "deputy": "on", "seen": seen_in(client, place)})
        person.refresh_from_db()
        assert person.deputy
        for _ in range(2):  # the second press finds nothing to remove
            assert client.post(to("interest_person_remove", writer, person.pk)).status_code == 302
        assert not InterestPerson.objects.exists()

    def test_a_party_is_not_stored_in_name_or_title_and_that_is_said(self, client, writer):
        pia = {**self.PIA, "name": "Pia Ort (S)", "title": "Kommunalråd (S)"}
        page = client.post(to("interest_person_add", writer), pia, follow=True)
        person = InterestPerson.objects.get()
        assert (person.name, person.title) == ("Pia Ort", "Kommunalråd")
        assert "Pia Ort finns med i anmälan. Parti sparas inte, så (S) är borttaget." in page.text

    def test_an_address_with_signs_that_nobody_sees_is_the_same_address(self, client, writer):
        for written in ("Pia@granvik.invalid", "\u200bpia@granvik.invalid", "pia@granvik.invalid\u00ad"):
            client.post(to("interest_person_add", writer), {**self.PIA, "email": written})
        assert InterestPerson.objects.get().email == "pia@granvik.invalid"

    def test_the_same_address_stands_once(self, client, writer):
        for _ in range(2):
            assert client.post(to("interest_person_add", writer), self.PIA).status_code == 302
        page = client.post(to("interest_person_add", writer), {**self.PIA, "function": "manager"})
        assert (page.status_code, InterestPerson.objects.count()) == (422, 1)
        assert page.context["form"].errors["email"] == ["Pia Ort, med samma adress, finns redan i anmälan."]

    def test_another_change_meanwhile_is_shown(self, client, writer):
        person = InterestPersonFactory(interest=writer.interest, name="Pia Ort")
        place = to("interest_person", writer, person.pk)
        seen = seen_in(client, place)
        data = {"email": person.email, "function": "strategist"}
        client.post(place, {**data, "name": "Pia Ortega", "seen": seen})
        page = client.post(place, {**data, "name": "P. Ort", "seen": seen})
        assert (page.status_code, InterestPerson.objects.get().name) == (422, "Pia Ortega")
        assert [field.text for field in page.context["form"].theirs] == ["Pia Ortega"]

    def test_anothers_person_is_not_found(self, client, writer):
        stranger = InterestPersonFactory()
        assert client.get(to("interest_person", writer, stranger.pk)).status_code == 302
        client.post(to("interest_person_remove", writer, stranger.pk))
        assert InterestPerson.objects.filter(pk=stranger.pk).exists()

    def test_only_who_is_no_deputy_fills_a_function(self, writer):
        complete(writer.interest)
        writer.interest.people.filter(function=Function.MANAGER).update(deputy=True)
        assert [lack.text for lack in missing(writer_of(writer.key).interest)] == ["En chef på hög nivå"]


class TestWriters:
    def test_each_gets_a_link_of_their_own_once(self, client, writer):
        for _ in range(2):
            client.post(to("interest_writers", writer), {"email": BO})
        second = InterestWriter.objects.get(email=BO)
        assert mails() == [("interest_cowriter", BO)]
        assert f"/intresse/{second.key}/" in Mail.objects.get().text
        assert second.key != writer.key
        assert client.get(to("interest", second)).status_code == 200

    def test_a_removed_link_stops_working_and_ones_own_stays(self, client, writer):
        second = InterestWriterFactory(interest=writer.interest, email=BO)
        client.post(to("interest_writer_remove", writer, second.pk))
        assert client.get(to("interest", second)).status_code == 404
        client.post(to("interest_writer_remove", writer, writer.pk))
        assert client.get(to("interest", writer)).status_code == 200

    def test_no_more_than_twelve(self, client, writer):
        for _ in range(11):
            InterestWriterFactory(interest=writer.interest)
        assert client.post(to("interest_writers", writer), {"email": BO}).status_code == 422
        assert mails() == []

    def test_no_more_than_twenty_tries_in_an_hour(self, client, writer, today):
        place = to("interest_writers", writer)
        assert [client.post(place, {"email": BO}).status_code for _ in range(20)] == [302] * 20
        refusal = client.post(place, {"email": BO})
        assert refusal.status_code == 422
        assert "Det har kommit många försök på kort tid. Vänta en timme och försök igen." in refusal.text
        today.shift(timedelta(hours=1, seconds=1))
        assert client.post(place, {"email": BO}).status_code == 302


class TestSendingIn:
    def test_all_who_write_and_the_contact_person_are_told_once(self, client, writer):
        second = InterestWriterFactory(interest=writer.interest, email=BO)
        complete(writer.interest)
        for sender in (writer, second):
            client.post(to("interest_submit", sender))
        assert mails() == [
            ("interest_arrived", "petra@skr.invalid"),
            ("interest_received", ANNA),
            ("interest_received", BO),
        ]
        assert "16 juni 2026" in Mail.objects.get(address=ANNA).text
        assert [(event.kind, event.actor, event.target) for event in AuditEvent.objects.all()] == [
            ("interest_submitted", WRITER, "Granviks kommun")
        ]

    def test_it_is_changed_until_the_closing_day_and_read_after(self, client, writer, today):
        complete(writer.interest)
        client.post(to("interest_submit", writer))
        place = to("interest_section", writer, "inriktning")
        seen = seen_in(client, place)
        today.move_to(datetime(2026, 6, 1, 20, 0, tzinfo=UTC))
        client.post(place, {"focus": "Ändrat sista dagen.", "seen": seen})
        assert Interest.objects.get().focus == "Ändrat sista dagen."
        assert AuditEvent.objects.first().data["what"] == "Inriktning"
        today.move_to(date(2026, 6, 2))
        assert client.post(place, {"focus": "För sent.", "seen": seen}).url == to("interest", writer)
        assert Interest.objects.get().focus == "Ändrat sista dagen."
        page = client.get(to("interest", writer))
        assert to("interest_section", writer, "beslut") not in page.text
        assert "Anmälan kan inte ändras längre" in page.text  # what the refused save said

    def test_a_draft_after_the_closing_day_cannot_be_sent_in(self, client, writer, today):
        complete(writer.interest)
        today.move_to(date(2026, 6, 2))
        assert client.post(to("interest_submit", writer)).status_code == 422
        assert "är inte inskickad" in client.get(to("interest", writer)).text

    def test_what_happens_is_told_on_the_same_link(self, client, writer):
        complete(writer.interest)
        client.post(to("interest_submit", writer))
        page = client.get(to("interest", writer))
        assert [(stage.text, stage.day, stage.is_now) for stage in page.context["stages"]] == [
            ("Anmälan påbörjad", TODAY, False),
            ("Inskickad, SKR läser", TODAY, True),
            ("Styrgruppen beslutar", date(2026, 6, 16), False),
            ("Svaret", None, False),
        ]

    def test_withdrawn_is_final_and_told(self, client, writer):
        complete(writer.interest)
        client.post(to("interest_submit", writer))
        assert "Ta tillbaka anmälan för Granviks kommun?" in client.get(to("interest_withdraw", writer)).text
        for _ in range(2):
            client.post(to("interest_withdraw", writer))
        interest = Interest.objects.get()
        assert (interest.state, interest.withdrawn_on) == ("withdrawn", TODAY)
        assert AuditEvent.objects.filter(kind="interest_withdrawn").count() == 1
        assert client.post(to("interest_submit", writer)).status_code == 422

    def test_an_answered_one_is_not_withdrawn_here(self, client, writer):
        Interest.objects.update(state=InterestState.ADMITTED)
        client.post(to("interest_withdraw", writer))
        assert Interest.objects.get().state == InterestState.ADMITTED


def test_a_link_that_a_mail_program_opens_is_not_said_to_be_used(client, writer):
    """Outlook fetches each link in a mail, by HEAD and GET, before the person does."""
    second = InterestWriterFactory(interest=writer.interest, email=BO)
    for place in (to("interest", second), to("interest_section", second, "beslut"), to("interest_writers", second)):
        assert (client.head(place).status_code, client.get(place).status_code) == (200, 200)
    second.refresh_from_db()
    assert second.wrote_at is None
    assert client.get(to("interest", writer)).text.count("Har inte skrivit något än") == 2


def test_what_one_does_is_noted(client, writer):
    place = to("interest_section", writer, "inriktning")
    client.post(place, {"focus": "Uppföljning.", "seen": seen_in(client, place)})
    writer.refresh_from_db()
    assert writer.wrote_at == timezone.now()
    assert "Skrev senast 10 mars 2026" in client.get(to("interest", writer)).text


def test_no_address_of_a_writer_enters_the_trail(client, cohort, granvik):
    ask(client, cohort, granvik, ANNA)
    client.post(to("interest_writers", InterestWriter.objects.get()), {"email": BO})
    trail = [(event.target, event.actor, str(event.data)) for event in AuditEvent.objects.all()]
    assert trail
    assert not any(address in text for row in trail for text in row for address in (ANNA, BO))


def test_the_pages_say_that_the_omgang_is_invented(client, writer, settings):
    settings.DEMO = False
    banner = "exempelomgångarnas organisationer"
    assert banner in client.get(to("interest", writer)).text
    assert banner in client.get(reverse("admission:interest_new", args=["nasta"])).text


def test_queries_do_not_grow_with_those_who_are_named(client, writer, django_assert_max_num_queries):
    complete(writer.interest)
    for _ in range(20):
        InterestPersonFactory(interest=writer.interest)
        InterestWriterFactory(interest=writer.interest)
    client.get(to("interest", writer))
    with django_assert_max_num_queries(25):
        client.get(to("interest", writer))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
def test_a_mail_names_only_what_it_says_may_stand_in_braces(kind):
    assert set(FIELD.findall(kind.subject + kind.body)) <= set(kind.fills())
