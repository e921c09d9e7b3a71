"""Texts with headings, lists, emphasis, links and footnotes in both reports: saved, frozen and printed alike."""

import json
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from kit.pdf import render_pdf
from kit.rich import document_of, from_plain, read_document, stored
from kit.rich.fields import MOST_SIGNS_EACH, RichField
from reports import actions
from reports.actions import TextTaken
from reports.content import content_of_edition, joint_content, organisation_content
from reports.content.frozen import checksum_of, freeze, thaw
from reports.content.organisation import OrganisationContent
from reports.forms import LONGEST
from reports.models import ChapterText, JointReport, ReportSection
from reports.printers import pdf
from tests.documents import documents
from tests.factories import (
    CohortFactory,
    DelegateFactory,
    JointReportFactory,
    ParticipationFactory,
    ReportFactory,
    frozen,
)
from tests.hostile import ADDRESS
from tests.pdf_checks import (
    addresses,
    assert_accessible_pdf,
    conformance_failures,
    missing_glyphs,
    outloud_remarks,
    outside_the_margins,
    pdf_text,
)

pytestmark = pytest.mark.django_db
TYPED = f"""Vi **mätte** i *tre* veckor^[Den första noten.] och läste [**hela** rapporten](https://exempel.invalid/r).

## Det som hjälpte

- ett
  - inre
- två, se {ADDRESS}

1. först
2. sedan^[Den andra noten, se https://exempel.invalid/not.]

> Vi hade läst samma tabell i tio år."""


def add(report, key, typed, **more):
    text, structure = stored(document_of(typed))
    return ReportSection.objects.create(
        report=report, key=key, text=text, structure=structure, revision=1, **{"shared": True, **more}
    )


@pytest.fixture
def own():
    return ParticipationFactory(cohort=CohortFactory(constructed=False))


@pytest.fixture
def strategist(own) -> User:
    return DelegateFactory(participation=own, function="strategist").user


def page_of(own, name="report", *more):
    return reverse(f"reports:{name}", args=[own.cohort.slug, own.code, *more])


class TestSaving:
    def save(self, client, own, typed, revision=0):
        sent = {"s-purpose-text": typed, "s-purpose-revision": str(revision)}
        return client.post(page_of(own, "section", "purpose"), sent, headers={"HX-Request": "true"})

    def test_the_words_stand_beside_the_structure(self, client, own, strategist):
        client.force_login(strategist)
        assert "✓ Sparat" in self.save(client, own, TYPED).text
        section = ReportSection.objects.get()
        assert section.document == document_of(TYPED)
        assert section.text.startswith("Vi mätte i tre veckor[1] och läste hela rapporten (https://exempel.invalid/r).")
        assert "**" not in section.text

    def test_the_same_again_is_no_change(self, client, own, strategist):
        client.force_login(strategist)
        add(ReportFactory(participation=own), "purpose", TYPED, shared=False)
        assert "✓ Sparat" in self.save(client, own, TYPED.replace("\n", "\r\n")).text
        assert ReportSection.objects.get().revision == 1

    def test_another_form_of_the_same_words_is_one(self, client, own, strategist):
        client.force_login(strategist)
        add(ReportFactory(participation=own), "purpose", "Vi mätte.", shared=False)
        self.save(client, own, "**Vi** mätte.", revision=1)
        section = ReportSection.objects.get()
        assert (section.text, section.revision) == ("Vi mätte.", 2)
        self.save(client, own, "Vi mätte.", revision=2)
        section.refresh_from_db()
        assert (section.structure, section.revision) == (None, 3)

    def test_a_text_from_before_opens_and_is_sent_without_a_change(self, client, own, strategist):
        client.force_login(strategist)
        report = ReportFactory(participation=own)
        before = ReportSection.objects.create(report=report, key="purpose", text="Vi mätte:\n- ett\n- två *\n\n\nSist.")
        field = client.get(page_of(own, "section", "purpose")).context["draft"].form["text"]
        assert field.value() == "Vi mätte:\n\n- ett\n- två \\*\n\nSist."
        assert "✓ Sparat" in self.save(client, own, field.value()).text
        before.refresh_from_db()
        assert (before.text, before.revision) == ("Vi mätte:\n- ett\n- två *\n\n\nSist.", 0)

    @pytest.mark.parametrize(("more", "is_right"), [(0, True), (1, False)])
    def test_the_limit_counts_what_is_seen(self, client, own, strategist, more, is_right):
        client.force_login(strategist)
        answer = self.save(client, own, f"**{'x' * (LONGEST - 1 + more)}**[y](https://exempel.invalid/)")
        assert ("Texten får ha högst 20 000 tecken." not in answer.text) is is_right
        assert ReportSection.objects.exists() is is_right

    @pytest.mark.parametrize(("more", "is_right"), [(0, True), (1, False)])
    def test_signs_that_are_not_seen_have_a_limit_too(self, more, is_right):
        field = RichField("Text", longest=10)
        typed = "[x](https://a.se/" + "y" * (10 * MOST_SIGNS_EACH - 18 + more) + ")"
        if is_right:
            assert field.clean(typed).blocks
        else:
            with pytest.raises(Exception, match="högst 10 tecken"):
                field.clean(typed)

    def test_a_clash_shows_the_other_text_as_it_looks(self, client, own, strategist):
        client.force_login(strategist)
        add(ReportFactory(participation=own), "purpose", "# Deras\n\n- ett")
        page = self.save(client, own, "# Min").text
        assert "<h3>Deras</h3>" in page
        assert "<li>ett</li>" in page
        assert "# Min</textarea>" in page

    def test_a_stale_text_is_refused_and_told(self, own, strategist):
        add(ReportFactory(participation=own), "purpose", "# Deras")
        with pytest.raises(TextTaken):
            actions.save_section(
                participation=own, key="purpose", text=document_of("Min"), shared=True, revision=0, by=strategist
            )


class TestFrozen:
    def test_a_structure_is_frozen_and_thawed(self, own):
        report = ReportFactory(participation=own)
        add(report, "purpose", TYPED)
        content = organisation_content(report)
        plain = json.loads(json.dumps(freeze(content)))
        assert plain["sections"][0]["document"] == document_of(TYPED).as_json()
        assert thaw(OrganisationContent, plain) == content

    def test_what_has_none_is_frozen_as_before(self, own):
        """An edition from before, and the same content today, have the same checksum."""
        report = ReportFactory(participation=own)
        add(report, "purpose", "Vi ville veta.\nOch se.")
        frozen_now = freeze(organisation_content(report))
        assert frozen_now["sections"] == [
            {
                "anchor": "avsnitt-purpose",
                "title": "Syfte och mål",
                "text": "Vi ville veta.\nOch se.",
                "key": "purpose",
                "shared": True,
            }
        ]
        assert not {
            name for name in freeze(joint_content(JointReport(cohort=own.cohort), None, None)) if "_doc" in name
        }

    def test_bullets_and_numbers_are_different_contents(self, own):
        report = ReportFactory(participation=own)
        section = add(report, "purpose", "- a\n- b")
        bullets = organisation_content(report)
        section.text, section.structure = stored(document_of("1. a\n2. b"))
        section.save()
        report.refresh_from_db()
        numbers = organisation_content(report)
        assert bullets.checksum != numbers.checksum
        assert checksum_of(freeze(bullets)) != checksum_of(freeze(numbers))

    def test_footnotes_are_counted_through_the_report(self, own):
        report = ReportFactory(participation=own)
        for key in ("purpose", "results", "next_steps"):
            add(report, key, "a^[b]" if key != "results" else "inga")
        texts = organisation_content(report).section_texts
        assert [text.text for text in texts] == ["a[1]\n\n[1] b", "inga", "a[2]\n\n[2] b"]


class TestPrinted:
    @pytest.fixture
    def report(self, own):
        report = ReportFactory(participation=own)
        add(report, "purpose", TYPED)
        add(report, "results", "Sist^[Den tredje noten.].")
        return report

    def test_on_the_page(self, client, own, strategist, report):
        frozen(report)
        client.force_login(strategist)
        page = client.get(page_of(own)).text
        assert "<strong>mätte</strong>" in page
        assert "<h3>Det som hjälpte</h3>" in page
        assert 'href="#avsnitt-results-not-3"' in page
        assert 'id="avsnitt-results-not-3"' in page
        assert "**" not in page

    def test_as_json_they_are_plain_words(self, own, report):
        out = StringIO()
        call_command("build_report", own.cohort.slug, organisation=own.code, format="json", output="-", stdout=out)
        sections = json.loads(out.getvalue())["sections"]
        assert [section["key"] for section in sections] == ["purpose", "results"]
        assert "Det som hjälpte\n\n- ett\n  - inre\n- två" in sections[0]["text"]
        assert sections[1]["text"] == "Sist[3].\n\n[3] Den tredje noten."

    def test_in_the_joint_report_with_its_own_footnotes(self, client, own, report):
        frozen(report, approved_on="2026-11-02")
        texts = {"preface": "Först^[Not ett.]", "results--moment-1": "Mitt^[Not två.]", "annex": "# Sist^[Not tre.]"}
        content = joint_content(JointReportFactory(cohort=own.cohort, texts=texts), None, None)
        html = pdf.html_of(content)
        for number, note in enumerate(("Not ett.", "Not två.", "Not tre."), start=1):
            assert f"<p>{number}. {note}</p>" in html
        assert "<h3>Sist" in html
        assert [text.text for text in content.section_texts if text.key == "forord"] == ["Först[1]\n\n[1] Not ett."]

    @pytest.mark.one_database
    def test_as_pdf(self, report):
        data = render_pdf(pdf.html_of(organisation_content(report)))
        assert_accessible_pdf(data)
        assert outside_the_margins(data, 62, 62) == []
        assert {ADDRESS, "https://exempel.invalid/r", "https://exempel.invalid/not"} <= addresses(data)
        text = pdf_text(data)
        assert "• ett • inre • två" in text
        assert "1. först 2. sedan2" in text
        assert "1. Den första noten. 2. Den andra noten" in text

    @pytest.mark.one_database
    def test_as_pdf_in_the_joint_report(self, own, report):
        frozen(report, approved_on="2026-11-02")
        joint = JointReportFactory(
            cohort=own.cohort, texts=dict.fromkeys(("preface", "results--moment-1", "annex"), TYPED)
        )
        data = render_pdf(pdf.html_of(joint_content(joint, None, None)))
        assert_accessible_pdf(data)
        assert outside_the_margins(data, 62, 62) == []

    @pytest.mark.one_database
    @settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
    @given(st.lists(documents(), min_size=6, max_size=6))
    def test_whatever_is_written_the_pdf_is_what_it_says(self, own, values):
        report = ReportFactory.build(participation=own)
        with time_machine.travel("2026-11-22 09:00:00+01:00", tick=False):
            content = organisation_content(report)
        written = [read_document(value) for value in values]
        sections = [
            ReportSection(key=f"s{place}", **dict(zip(("text", "structure"), stored(document), strict=True)))
            for place, document in enumerate(written)
        ]
        says_what_it_is(render_pdf(pdf.html_of(with_sections(content, sections))))

    @pytest.mark.one_database
    @settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
    @given(st.lists(documents(), min_size=3, max_size=3))
    def test_so_is_the_joint_report(self, own, values):
        joint = JointReport.objects.get_or_create(cohort=own.cohort)[0]
        joint.texts.all().delete()
        for key, value in zip(("preface", "results--moment-1", "annex"), values, strict=True):
            text, structure = stored(read_document(value))
            ChapterText.objects.create(joint=joint, key=key, text=text, structure=structure)
        with time_machine.travel("2026-11-22 09:00:00+01:00", tick=False):
            content = joint_content(JointReport.objects.get(), None, None)
        says_what_it_is(render_pdf(pdf.html_of(content)))


def says_what_it_is(data: bytes) -> None:
    assert conformance_failures(data) == []
    # That a heading says little is its writer's matter.
    assert [remark for remark in outloud_remarks(data) if not remark.startswith("HDG-")] == []
    assert missing_glyphs(data) == []
    assert outside_the_margins(data, 62, 62) == []


def with_sections(content, sections):
    from dataclasses import replace

    from reports.content.base import with_numbered_notes
    from reports.content.organisation import OwnText

    texts = [
        OwnText(
            anchor=section.key,
            title=f"Avsnitt {section.key}",
            text=section.text,
            document=section.document if section.structure else None,
            key=section.key,
            shared=True,
        )
        for section in sections
        if section.text
    ]
    return replace(content, sections=with_numbered_notes(texts))


def test_an_edition_from_before_prints_as_it_did(own):
    report = ReportFactory(participation=own)
    add(report, "purpose", "- ett\n- två")
    ReportSection.objects.update(structure=None)
    edition = frozen(report)
    assert "document" not in edition.content["sections"][0]
    assert '<ul class="typed"><li>- ett</li><li>- två</li></ul>' in pdf.html_of(content_of_edition(edition))
    assert from_plain("- ett\n- två") == document_of("- ett\n- två")
