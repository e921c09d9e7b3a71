"""An interim report (delrapport): an edition of its own, while the joint report is still written."""

from datetime import date
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from docx import Document
from pptx import Presentation

from kit.models import AuditEvent
from reports import actions
from reports.builds import run
from reports.content import content_of_edition, joint_content
from reports.content.interim import as_interim
from reports.enums import ORDERED, BuildFormat
from reports.models import Build, Report, ReportEdition
from reports.printers import printed
from reports.printers.pdf import html_of
from tests.factories import (
    DelegateFactory,
    JointReportFactory,
    ParticipationFactory,
    UserFactory,
)
from tests.refusing import refused
from tests.reports.printed_samples import cohort_of_six

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def joint():
    """A joint report of six with a text about the results and one that somebody else has begun."""
    texts = {"results": "Fler frågar nu.", "results--moment-3": "Om tre."}
    return JointReportFactory(cohort=cohort_of_six(), texts=texts)


@pytest.fixture
def leader():
    return UserFactory(skr_role="process_leader")


@pytest.fixture
def first(joint):
    return joint.cohort.meetings.order_by("starts_on").first()


def build(joint, by, meeting=None, *, interim=True):
    order = actions.order_joint(cohort=joint.cohort, meeting=meeting, since=None, interim=interim, by=by)
    run(order.pk)
    return Build.objects.get(pk=order.pk)


def publish(joint, by, meeting=None):
    build(joint, by, meeting)
    actions.publish_interim(joint=joint, by=by)
    joint.refresh_from_db()
    return joint.editions.last()


class TestPublishing:
    def test_it_is_an_edition_and_the_joint_report_is_still_a_draft(self, joint, first, leader, drawn):
        edition = publish(joint, leader, first)
        assert (edition.number, edition.interim_after, edition.is_published) == (1, first.name, True)
        assert joint.is_draft
        assert joint.compiled_from is None
        assert AuditEvent.objects.filter(kind="interim_report_published").exists()
        assert {each.format for each in edition.builds.all()} == set(ORDERED)

    def test_organisations_can_still_take_back_their_reports_and_quotes(self, joint, leader, drawn):
        report = Report.objects.filter(participation__cohort=joint.cohort).first()
        quote = report.texts.first().quotes.create(text="Fler", function="manager", consented_on=date(2026, 5, 1))
        publish(joint, leader)
        actions.withdraw_quote(quote=quote, by=leader)
        Report.objects.filter(pk=report.pk).update(state="submitted")
        assert actions.take_back_report(report=report, by=leader).is_draft

    def test_editions_are_numbered_in_a_row_and_the_last_is_the_final_report(self, client, joint, first, leader, drawn):
        publish(joint, leader, first)
        build(joint, leader, interim=False)
        actions.publish_joint(joint=joint, by=leader)
        last = joint.editions.last()
        assert (last.number, last.interim_after) == (2, "")
        page = client.get(reverse("reports:published_joint", args=[joint.cohort.slug])).text
        assert f"Delrapport efter {first.name}, utgåva 1" in page
        earlier = client.get(reverse("reports:joint_edition", args=[joint.cohort.slug, 1])).text
        assert "Det finns en nyare utgåva" in earlier

    def test_the_final_report_is_not_published_from_the_pdf_of_an_interim_one(self, joint, leader, drawn):
        build(joint, leader)
        with refused("Bygg rapporten som PDF och läs den innan den publiceras."):
            actions.publish_joint(joint=joint, by=leader)

    def test_nor_the_other_way_round(self, joint, leader, drawn):
        build(joint, leader, interim=False)
        with refused("Bygg rapporten som PDF och läs den innan den publiceras."):
            actions.publish_interim(joint=joint, by=leader)

    def test_it_is_what_was_read(self, joint, leader, drawn):
        build(joint, leader)
        joint.texts.filter(key="results").update(text="Färre frågar nu.", structure=None)
        with refused("Rapporten har ändrats sedan PDF:en byggdes."):
            actions.publish_interim(joint=joint, by=leader)

    def test_and_what_the_page_was_about(self, joint, leader, drawn):
        build(joint, leader)
        with refused("Rapporten har ändrats sedan PDF:en byggdes."):
            actions.publish_interim(joint=joint, seen="0" * 64, by=leader)

    def test_a_second_click_changes_nothing(self, joint, leader, drawn):
        edition = publish(joint, leader)
        actions.publish_interim(joint=joint, seen=edition.checksum, by=leader)
        assert joint.editions.count() == 1

    def test_one_after_another(self, joint, first, leader, drawn):
        assert [publish(joint, leader, meeting).number for meeting in (first, None)] == [1, 2]

    def test_not_when_the_final_report_is_published(self, joint, leader, drawn):
        build(joint, leader, interim=False)
        read = build(joint, leader)
        actions.publish_joint(joint=joint, by=leader)
        actions.correct_joint(joint=joint, reason="Ett tal är fel.", by=leader)
        for refuse in (
            lambda: build(joint, leader),
            lambda: actions.frozen_joint(joint, read),
        ):
            with refused("Slutrapporten är publicerad, så det blir ingen delrapport."):
                refuse()

    def test_not_before_anyone_has_rated(self, leader):
        empty = JointReportFactory(cohort=ParticipationFactory().cohort)
        with refused("Ingen självskattning är inlämnad än, så det finns ingen träff att göra en delrapport efter."):
            build(empty, leader)

    def test_a_result_report_has_none(self, joint):
        edition = ReportEdition.objects.filter(report__isnull=False).first()
        edition.interim_after = "Lärandeträff 1"
        with pytest.raises(ValidationError, match="Bara den gemensamma rapporten har delrapporter"):
            edition.validate_constraints()


class TestContent:
    def test_it_is_as_of_the_meeting(self, joint, first):
        content = joint_content(joint, first, None, interim=True)
        assert content.cover.title == f"Delrapport efter {first.name} – {joint.cohort.name}"
        assert any(f"till och med {first.name}" in line for line in content.cover.sender_lines)
        assert content.kinds[0].beside is None

    def test_chapters_without_text_are_left_out(self, joint):
        content = joint_content(joint, None, None, interim=True)
        assert [chapter.title for chapter in content.printed] == ["Deltagarnas resultat"]
        assert (content.goals, content.advice, content.moments) == ((), (), ())

    def test_figures_without_their_chapter_are_in_no_format(self, joint):
        joint.texts.all().delete()
        joint.texts.create(key="preface", text="Hej.")
        content = joint_content(joint, None, None, interim=True)
        assert content.numbers == ()
        assert content.kinds == ()
        slides = Presentation(BytesIO(printed(content, BuildFormat.SLIDES)))
        words = [shape.text_frame.text for slide in slides.slides for shape in slide.shapes if shape.has_text_frame]
        assert "Delrapporten har inget kapitel om resultat." in words

    def test_its_figures_are_those_that_the_final_report_would_have(self, joint):
        whole, interim = (joint_content(joint, None, None, interim=each) for each in (False, True))
        assert interim.kinds == whole.kinds
        assert set(interim.numbers) <= set(whole.numbers)

    def test_only_organisations_with_an_approved_report_are_named_with_examples(self, joint):
        joint.texts.create(key="annex", text="Exemplen.")
        joint.texts.create(key="concept", text="Så gör vi.")
        left = Report.objects.filter(participation__cohort=joint.cohort).first()
        name = left.participation.organisation.name
        with_it = html_of(joint_content(joint, None, None, interim=True))
        left.editions.update(approved_on=None, published_on=None)
        without = joint_content(joint, None, None, interim=True)
        effort = "Simhallens tider 0"
        assert effort in with_it
        assert effort not in html_of(without)
        assert not any(name in row for table in (without.stages, *without.chain) for row in table.rows)
        assert not any(name in part.glad for part in without.moments)

    def test_reports_that_are_not_due_are_not_said_to_be_missing(self, joint):
        ParticipationFactory(cohort=joint.cohort)
        assert "inte inlämnad" in joint_content(joint, None, None).taking_part
        assert "inte inlämnad" not in joint_content(joint, None, None, interim=True).taking_part

    def test_a_report_that_is_not_an_interim_one_is_frozen_as_before(self, joint):
        content = joint_content(joint, None, None)
        assert content.interim_after == ""
        assert as_interim(content).interim_after == ""


class TestSaysWhatItIs:
    @pytest.fixture
    def edition(self, joint, first, leader, drawn):
        return publish(joint, leader, first)

    def test_in_every_format(self, edition, first):
        content = content_of_edition(edition)
        name = f"Delrapport efter {first.name}"
        assert f"<h1>{name}</h1>" in html_of(content)
        word = Document(BytesIO(printed(content, BuildFormat.WORD)))
        assert any(paragraph.text.startswith(name) for paragraph in word.paragraphs)
        slides = Presentation(BytesIO(printed(content, BuildFormat.SLIDES)))
        assert slides.core_properties.title.startswith(name)
        assert any(name in slide.notes_slide.notes_text_frame.text for slide in slides.slides)

    def test_on_the_pages(self, client, joint, edition, first, leader):
        name = f"Delrapport efter {first.name}"
        slug = joint.cohort.slug
        for address in (
            reverse("reports:published_joint", args=[slug]),
            reverse("reports:joint_edition", args=[slug, 1]),
            reverse("reports:published_joint_chapter", args=[slug, "deltagarnas-resultat"]),
            reverse("reports:published"),
        ):
            assert name in client.get(address).text
        client.force_login(DelegateFactory(participation=joint.cohort.participations.first()).user)
        assert f"{name}, publicerad" in client.get(reverse("reports:joint", args=[slug])).text
        client.force_login(leader)
        index = client.get(reverse("reports:joint", args=[slug])).text
        assert "Arbetsmaterial" in index
        assert name in index
        assert "Rättas" not in index

    def test_in_the_name_of_its_file(self, client, edition, leader):
        client.force_login(leader)
        for each in edition.builds.all():
            run(each.pk)
        pdf = edition.builds.get(format=BuildFormat.PDF)
        answer = client.get(reverse("reports:published_file", args=[pdf.pk]))
        answer.close()
        assert "Delrapport" in answer.headers["Content-Disposition"]


class TestPages:
    def test_from_the_choice_to_the_edition(self, client, joint, first, leader, drawn):
        client.force_login(leader)
        slug = joint.cohort.slug
        release = reverse("reports:joint_release", args=[slug])
        assert "Publicera delrapporten" not in client.get(release).text
        client.post(reverse("reports:order_joint", args=[slug]), {"meeting": first.key, "interim": "on"})
        run(Build.objects.get(interim=True).pk)
        page = client.get(release).text
        assert "Publicera delrapporten" in page
        assert "av en delrapport" in page
        address = reverse("reports:publish_interim", args=[slug])
        asks = client.get(address)
        assert f"Publicera ”Delrapport efter {first.name}”?" in asks.text
        assert "”Förord” har ingen text och kommer inte med." in asks.text
        assert "är inte inlämnad" not in asks.text
        seen = asks.context["form"]["seen"].initial or asks.context["form"].initial["seen"]
        for _ in range(2):
            assert client.post(address, {"seen": seen}).status_code == 302
        assert joint.editions.count() == 1

    def test_nothing_to_publish_before_it_is_built(self, client, joint, leader):
        client.force_login(leader)
        address = reverse("reports:publish_interim", args=[joint.cohort.slug])
        assert "Bygg rapporten som PDF" in client.get(address).text
        assert client.post(address, {}).status_code == 422

    def test_it_is_not_offered_when_the_final_report_is_corrected(self, client, joint, leader, drawn):
        build(joint, leader, interim=False)
        actions.publish_joint(joint=joint, by=leader)
        actions.correct_joint(joint=joint, reason="Ett tal är fel.", by=leader)
        client.force_login(leader)
        page = client.get(reverse("reports:joint_release", args=[joint.cohort.slug])).text
        assert "Bygg en delrapport" not in page
        assert "Rättas" in page

    def test_members_read_the_interim_report_and_never_the_draft(self, client, joint, leader, drawn):
        member = DelegateFactory(participation=joint.cohort.participations.first()).user
        publish(joint, leader)
        joint.texts.filter(key="results").update(text="Nytt utkast.", structure=None)
        client.force_login(member)
        page = client.get(reverse("reports:joint", args=[joint.cohort.slug])).text
        assert "Fler frågar nu." in page
        assert "Nytt utkast." not in page
