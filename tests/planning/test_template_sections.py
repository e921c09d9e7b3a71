"""What SKR says of a section of the result report, in a concept and an omgång, and the shape that is locked."""

from datetime import date

import pytest
from django.urls import reverse

from kit.staleness import digest
from planning.actions.cohorts import set_up_cohort
from planning.actions.rows import OF_COHORT, save_rows, stored_rows
from planning.actions.template_sections import LOCKED
from planning.models import Edition
from planning.setup.blueprint import of_cohort, of_edition
from planning.setup.dating import dated
from reports.models import Section
from reports.sections import DEFAULT, sections_of
from tests.factories import ParticipationFactory, ReportFactory, UserFactory, frozen
from tests.refusing import refused

pytestmark = pytest.mark.django_db
SECTIONS = OF_COHORT[1]
LENGTHEN = {"heading": "Så gick det", "kind": "stages", "asks": "Vad hände?", "example": "", "wanted_words": "90"}


@pytest.fixture
def leader():
    return UserFactory(skr_role="process_leader")


@pytest.fixture
def section(own):
    return Section.objects.create(cohort=own.cohort, key="results", heading="Resultat", position=1, kind="moments")


@pytest.fixture
def own():
    return ParticipationFactory()


def write(own, key):
    report = ReportFactory(participation=own)
    report.texts.create(key=key, text="Vi mätte.", revision=1)
    return report


class TestPage:
    def post(self, client, section, **changes):
        address = reverse("planning:setup_section", args=[section.cohort.slug, section.pk])
        seen = client.get(address).context["form"]["seen"].value()
        return client.post(address, {**LENGTHEN, "seen": seen, **changes})

    def test_a_section_of_an_omgang_is_changed(self, client, leader, section):
        client.force_login(leader)
        assert self.post(client, section, required="on").status_code == 302
        section.refresh_from_db()
        assert (section.kind, section.asks, section.wanted_words, section.required) == (
            "stages",
            "Vad hände?",
            90,
            True,
        )

    def test_and_of_a_concept(self, client, leader):
        client.force_login(leader)
        section = Edition.objects.get(key="koncept-2023").sections.get(key="results")
        address = reverse("planning:edition_section", args=["koncept-2023", section.pk])
        seen = client.get(address).context["form"]["seen"].value()
        assert client.post(address, {**LENGTHEN, "seen": seen}).status_code == 302
        section.refresh_from_db()
        assert (section.heading, section.kind) == ("Så gick det", "stages")
        assert "Så gick det" in client.get(reverse("planning:edition", args=["koncept-2023"])).text

    def test_what_another_has_saved_is_shown(self, client, leader, section):
        client.force_login(leader)
        answer = self.post(client, section, seen="en annan")
        assert (answer.status_code, "Resultat" in answer.text) == (422, True)

    def test_the_kind_stays_where_its_parts_are_written(self, client, leader, own, section):
        write(own, "results--political_decision")
        client.force_login(leader)
        answer = self.post(client, section)
        assert "Någon har skrivit i delarna av ”Resultat”. Slaget ändras därför inte." in answer.text
        section.refresh_from_db()
        assert section.kind == "moments"


class TestLocked:
    @pytest.fixture(autouse=True)
    def handed_in(self, own, section):
        frozen(write(own, "results"))

    def save(self, own, rows, leader):
        seen = digest(stored_rows(SECTIONS, own.cohort))
        known = list(own.cohort.sections.values_list("pk", flat=True))
        return save_rows(of=SECTIONS, parent=own.cohort, rows=rows, known=known, seen=seen, by=leader)

    def test_nothing_is_added_or_taken_away(self, own, section, leader):
        there = {"pk": section.pk, "heading": "Resultat"}
        for rows in ([there, {"pk": None, "heading": "Nytt"}], []):
            with refused(LOCKED):
                self.save(own, rows, leader)
        assert Section.objects.get() == section

    def test_a_heading_may_still_be_changed(self, own, section, leader):
        assert self.save(own, [{"pk": section.pk, "heading": "Så gick det"}], leader)

    def test_the_kind_stays_and_the_words_of_help_do_not(self, client, own, section, leader):
        client.force_login(leader)
        answer = TestPage().post(client, section)
        assert LOCKED in answer.text
        assert TestPage().post(client, section, kind="moments").status_code == 302
        section.refresh_from_db()
        assert (section.kind, section.asks) == ("moments", "Vad hände?")


def test_a_concept_gives_an_omgang_all_that_is_said_of_its_sections(leader):
    edition = Edition.objects.get(key="koncept-2023")
    blueprint = of_edition(edition)
    plan = dated(blueprint, date(2027, 2, 1))
    cohort = set_up_cohort(name="Ny omgång", kind="blandad", blueprint=blueprint, plan=plan, by=leader)
    results = next(section for section in sections_of(cohort) if section.key == "results")
    assert (results.kind, len(results.parts), results.required) == ("moments", len(cohort.plan.items), True)
    assert results.asks
    assert of_cohort(cohort).sections == blueprint.sections


def test_a_usual_heading_that_is_added_comes_with_its_words(own, leader):
    rows = [{"pk": None, "heading": "Det som hjälpte"}]
    save_rows(of=SECTIONS, parent=own.cohort, rows=rows, known=[], seen=digest({}), by=leader)
    usual = next(heading for heading in DEFAULT if heading.key == "what_helped")
    assert (Section.objects.get().asks, Section.objects.get().example) == (usual.asks, usual.example)
