"""The letter's texts are SKR's to edit: every one of them, by one page, and never in a letter that is sent."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from admission.actions import letter as actions
from admission.letter.letter import content_of
from admission.letter.words import COMMON, PARAGRAPHS
from admission.models import Letter
from cohorts.enums import CohortKind, Function, MentorModel
from kit.filling import FIELD
from kit.models import AuditEvent
from kit.pdf import render_pdf
from mailings.models import Mail
from meetings.kinds import MeetingKind
from planning.actions.cohorts import set_up_cohort
from planning.setup.blueprint import of_cohort
from planning.setup.dating import dated
from tests.admission.test_letter import save_words, seen_words, words_as_stored
from tests.factories import CohortFactory, DelegateFactory, MeetingFactory, ParticipationFactory, UserFactory
from tests.pdf_checks import pdf_text
from tests.process_factories import InterestFactory
from tests.refusing import refused

pytestmark = pytest.mark.django_db
TODAY = date(2021, 6, 16)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def petra():
    return UserFactory(name="Petra Process", email="petra@skr.invalid", skr_role="process_leader")


@pytest.fixture
def cohort(petra):
    cohort = CohortFactory(slug="liten", name="Liten omgång", mentor_model=MentorModel.NONE, contact=petra)
    DelegateFactory(participation__cohort=cohort, function=Function.STRATEGIST, starts_on=TODAY)
    return cohort


@pytest.fixture
def place():
    return reverse("admission:letter_words", args=["liten"])


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr("admission.actions.letter.render_pdf", lambda html: html.encode())


def as_drawn(page):
    """Return what the page would send: every field as it is filled in."""
    form = page.context["form"]
    return {name: form[name].value() or "" for name in form.fields if not name.startswith("back_")}


def send(cohort, by):
    return actions.send_letter(cohort=cohort, seen=content_of(cohort).checksum, by=by)


def in_every_state(cohort):
    """Let the omgång pass through every state that has a text of its own, and yield it in each."""
    yield cohort
    MeetingFactory(cohort=cohort, kind=MeetingKind.STRATEGIST_MEETING, starts_on=date(2021, 9, 1))
    MeetingFactory(cohort=cohort, kind=MeetingKind.KICKOFF, starts_on=date(2021, 9, 13))
    MeetingFactory(cohort=cohort, kind=MeetingKind.LEARNING_MEETING, starts_on=date(2021, 11, 13))
    InterestFactory(
        cohort=cohort,
        organisation=(row := ParticipationFactory(cohort=cohort)).organisation,
        participation=row,
        state="admitted",
        answered_on=TODAY,
        answered_by="Styrgruppen",
    )
    yield cohort
    for model in (MentorModel.PER_GROUP, MentorModel.BY_THEME):
        cohort.mentor_model = model
        cohort.save()
        yield cohort
        ParticipationFactory(cohort=cohort, role="mentor")
        yield cohort
        ParticipationFactory(cohort=cohort, role="mentor")
        yield cohort
    with time_machine.travel(date(2021, 10, 1)):
        yield cohort


class TestEveryText:
    def test_each_stands_in_the_letter_in_skrs_words_and_each_field_is_filled_in(self, cohort, petra):
        own = {
            key: f"{key} är SKR:s: " + ", ".join(f"{{{name}}}" for name in paragraph.fields) + "."
            for key, paragraph in PARAGRAPHS.items()
        }
        save_words(cohort, petra, **own)
        letters_html = " ".join(content_of(state).html() for state in in_every_state(cohort))
        assert [key for key in PARAGRAPHS if f"{key} är SKR:s: Liten omgång, " not in letters_html] == []
        assert FIELD.findall(letters_html) == []

    def test_the_built_in_texts_use_fields_that_they_have(self):
        for paragraph in PARAGRAPHS.values():
            assert set(FIELD.findall(paragraph.text)) <= set(paragraph.fields), paragraph.key

    def test_names_are_told_apart(self):
        names = [paragraph.name for paragraph in PARAGRAPHS.values()]
        assert len(names) == len(set(names))

    def test_what_the_omgang_lacks_is_said_in_words(self, cohort, petra):
        cohort.contact = None
        cohort.save()
        save_words(cohort, petra, purpose="Fråga {kontaktperson} eller {mentorer}.")
        assert "Fråga kontaktpersonen på SKR eller mentorerna." in content_of(cohort).html()

    def test_several_paragraphs_in_a_point_are_points_and_the_link_is_of_the_first(self, cohort, petra):
        save_words(cohort, petra, more_support="Läs mer.\n\nSe filmerna.")
        (section,) = (section for section in content_of(cohort).sections if section.key == "forberedelser")
        lines = [(line.text, line.url) for line in section.lists[0].lines]
        assert lines[-2:] == [("Läs mer.", "https://skr.se/"), ("Se filmerna.", "")]

    def test_a_name_with_braces_is_a_name(self, cohort, petra):
        cohort.name = "Omgång {deltagare}"
        cohort.save()
        save_words(cohort, petra, purpose="I {omgang} arbetar ni.")
        assert "I Omgång {deltagare} arbetar ni." in content_of(cohort).html()

    def test_an_emptied_text_is_left_out_and_a_section_with_nothing_in_it_too(self, cohort, petra):
        save_words(cohort, petra, definition="")
        assert "EIGE definierar" not in content_of(cohort).html()
        save_words(cohort, petra, method="", other_goals="", introduction="", closing="", sender="", signature="")
        keys = [section.key for section in content_of(cohort).sections]
        assert "agenda" not in keys
        assert "avslutning" not in keys
        assert "antagna" in keys

    def test_what_stood_in_braces_before_there_were_fields_stands_as_it_was(self, cohort):
        Letter.objects.create(cohort=cohort, introduction="Hej {du}!")
        assert "Hej {du}!" in content_of(cohort).html()


class TestThePage:
    def test_it_has_the_texts_in_use_and_saved_unchanged_it_changes_nothing(self, client, cohort, petra, place):
        client.force_login(petra)
        page = client.get(place)
        assert as_drawn(page) | {"seen": ""} == words_as_stored(cohort) | {"seen": ""}
        client.post(place, as_drawn(page))
        assert not Letter.objects.filter(cohort=cohort).exclude(paragraphs={}).exists()
        assert not AuditEvent.objects.exists()

    def test_the_trail_says_who_changed_which_texts(self, client, cohort, petra, place):
        client.force_login(petra)
        said = client.post(
            place, as_drawn(client.get(place)) | {"purpose": "Det ska märkas.", "closing": "Hej då."}, follow=True
        )
        assert "Brevets texter är sparade. Brev som redan är skickade ändras inte." in said.text
        (event,) = AuditEvent.objects.all()
        assert (event.kind, event.actor, event.data["what"]) == (
            "letter_changed",
            "Petra Process",
            "vad arbetet ska bidra till och avslutning",
        )
        assert Letter.objects.get().paragraphs == {"purpose": "Det ska märkas."}
        assert "Det ska märkas." in said.text

    @pytest.mark.parametrize("key", ["purpose", "introduction"])
    def test_a_changed_text_is_set_back(self, client, cohort, petra, place, key):
        save_words(cohort, petra, **{key: "SKR:s egna ord."})
        client.force_login(petra)
        page = client.get(place)
        assert [name for name in page.context["form"].fields if name.startswith("back_")] == [f"back_{key}"]
        assert f"Modells text: ”{PARAGRAPHS[key].text}”" in page.text
        client.post(place, as_drawn(page) | {f"back_{key}": "on"})
        assert words_as_stored(cohort)[key] == PARAGRAPHS[key].text
        row = Letter.objects.get()
        assert (row.paragraphs, row.introduction) == ({}, "")

    @pytest.mark.parametrize("key", ["purpose", "introduction"])
    def test_a_text_that_is_left_out_is_set_back(self, client, cohort, petra, place, key):
        save_words(cohort, petra, **{key: ""})
        assert words_as_stored(cohort)[key] == ""
        client.force_login(petra)
        client.post(place, as_drawn(client.get(place)) | {f"back_{key}": "on"})
        assert words_as_stored(cohort)[key] == PARAGRAPHS[key].text

    @pytest.mark.parametrize("preview", [{}, {"preview": "1"}])
    def test_an_unknown_field_is_refused_at_its_text(self, client, cohort, petra, place, preview):
        client.force_login(petra)
        typed = as_drawn(client.get(place)) | {"purpose": "Den {dag} börjar {Ni}."} | preview
        page = client.post(place, typed)
        assert page.status_code == 422
        usable = "{omgang}, {deltagare}, {mentorer} och {kontaktperson}"
        errors = [f"{{dag}} och {{Ni}} går inte att fylla i. Du kan använda {usable}."]
        assert page.context["form"].errors == {"purpose": errors}
        assert not Letter.objects.exists()

    def test_a_field_of_its_own_is_taken_at_its_text_alone(self, cohort, petra):
        save_words(cohort, petra, invitation="Senast {dag}.")
        with refused(
            "{dag} går inte att fylla i. Du kan använda {omgang}, {deltagare}, {mentorer} och {kontaktperson}."
        ):
            save_words(cohort, petra, purpose="Senast {dag}.")

    def test_the_preview_is_of_the_whole_letter_and_saves_nothing(self, client, cohort, petra, place):
        client.force_login(petra)
        page = client.post(place, as_drawn(client.get(place)) | {"purpose": "För {deltagare}.", "preview": "1"})
        assert page.status_code == 200
        name = cohort.participations.get().organisation.name
        shown = page.text[page.text.index('id="brevet"') : page.text.index("<form", page.text.index('id="brevet"'))]
        assert f"För {name}." in shown
        assert all(f'id="brev-{section.key}"' in shown for section in content_of(cohort).sections)
        assert page.context["form"]["purpose"].value() == "För {deltagare}."
        assert not Letter.objects.exists()
        assert not AuditEvent.objects.exists()

    def test_two_who_write_at_once_lose_nothing(self, client, cohort, petra, place):
        client.force_login(petra)
        typed = as_drawn(client.get(place))
        client.post(place, typed | {"introduction": "Hjärtligt välkomna.\r\nNu börjar vi."})
        page = client.post(place, typed | {"introduction": "Min text."})
        assert page.status_code == 422
        assert "Hjärtligt välkomna." in page.text
        assert "Min text." in page.text
        assert [event.kind for event in AuditEvent.objects.all()] == ["letter_changed"]

    def test_a_text_is_too_long_at_4001_signs(self, client, cohort, petra, place):
        client.force_login(petra)
        typed = as_drawn(client.get(place))
        assert client.post(place, typed | {"purpose": "a" * 4001}).status_code == 422
        assert client.post(place, typed | {"purpose": "a" * 4000}).status_code == 302


class TestSentAndCarried:
    @pytest.mark.usefixtures("quick")
    def test_a_letter_that_is_sent_stays_as_it_was(self, cohort, petra):
        send(cohort, petra)
        issue = cohort.letter_issues.get()
        with issue.file.open("rb") as file:
            before = file.read()
        save_words(cohort, petra, purpose="Det ska märkas.")
        with issue.file.open("rb") as file:
            assert file.read() == before
        assert send(cohort, petra) == 1
        assert [row.changed for row in cohort.letter_issues.all()] == ["resultaten", ""]
        assert "Ändrat sedan förra versionen: resultaten" in " ".join(
            Mail.objects.get(key__contains=":2:").text.split()
        )

    def test_skrs_words_stand_in_the_file(self, cohort, petra):
        save_words(cohort, petra, purpose="Det ska märkas.\n\n- hemma\n- på jobbet")
        text = pdf_text(render_pdf(content_of(cohort).html()))
        assert "Det ska märkas." in text
        assert "på jobbet" in text

    def test_the_texts_come_along_to_a_copy_and_the_contacts_do_not(self, cohort, petra):
        MeetingFactory(cohort=cohort, kind=MeetingKind.KICKOFF, starts_on=date(2021, 9, 13))
        own = {"purpose": "Det ska märkas.", "introduction": "Hej!", "closing": "", "contacts": "Ola"}
        save_words(cohort, petra, **own)
        blueprint = of_cohort(cohort)
        plan = dated(blueprint, date(2023, 9, 1))
        copy = set_up_cohort(name="Kopian", kind=CohortKind.MIXED, blueprint=blueprint, plan=plan, by=petra)
        assert words_as_stored(copy) == words_as_stored(cohort) | {"contacts": ""}

    def test_a_copy_of_one_with_the_built_in_texts_has_no_words_of_its_own(self, cohort, petra):
        blueprint = of_cohort(cohort)
        plan = dated(blueprint, date(2023, 9, 1))
        copy = set_up_cohort(name="Kopian", kind=CohortKind.MIXED, blueprint=blueprint, plan=plan, by=petra)
        assert not Letter.objects.filter(cohort=copy).exists()


def test_a_stale_save_is_refused_whatever_it_changes(cohort, petra):
    seen = seen_words(cohort)
    save_words(cohort, petra, purpose="Det ska märkas.")
    with refused("Någon annan har sparat sedan ni öppnade sidan."):
        typed = words_as_stored(cohort) | {"method": "Mitt."}
        actions.save_words(cohort=cohort, seen=seen, content=typed, by=petra)


def test_the_fields_of_every_text_have_a_value(cohort):
    assert set(COMMON) == {"omgang", "deltagare", "mentorer", "kontaktperson"}
