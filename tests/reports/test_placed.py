"""Tables and pictures of the product in a text: printed there, in every format, by the rules of the automatic ones."""

import json
import re
from datetime import date
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
import time_machine
from django.urls import reverse

from kit.references.reading import figures_in
from kit.rich import document_of, markdown_of, stored
from reports.content import content_of_edition, joint_content, organisation_content
from reports.content.blocks import HeadingBlock, ListBlock, NotesBlock, PictureBlock, ProseBlock, TableBlock, flat
from reports.content.chapters import chapters_of
from reports.content.frozen import checksum_of, freeze, thaw
from reports.content.joint_chapters import automatic_blocks, joint_materials
from reports.content.organisation import OrganisationContent
from reports.content.slide_values import slides_of
from reports.enums import BuildFormat
from reports.handing_in import what_has_changed, what_is_public
from reports.models import JointReport, ReportSection
from reports.placing import placeables_in_joint, placeables_of, unprinted_in
from reports.printers import printed
from tests.factories import (
    AssessmentFactory,
    CohortFactory,
    CycleFactory,
    DelegateFactory,
    EffortFactory,
    EffortStepFactory,
    IndicatorFactory,
    MeetingFactory,
    ParticipationFactory,
    ReportFactory,
    UserFactory,
    ValueFactory,
    frozen,
)
from tests.pdf_checks import assert_accessible_pdf, pdf_text
from tests.reports.printed_samples import cohort_of_six

pytestmark = pytest.mark.django_db
VALUES, PICTURE = "![Värdena då och nu]{tabell-varden}", "![Förflyttning]{bild-rorelse}"
FORMATS = [BuildFormat.PDF, BuildFormat.WORD, BuildFormat.WEB, BuildFormat.JSON]
CHAIN = "tabell-resultatkedjan-1"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-22 09:00:00+01:00", tick=False):
        yield


@pytest.fixture
def own():
    own = ParticipationFactory(cohort=CohortFactory(constructed=False, plan__half_steps=True))
    for month, values in ((4, [2] * 10), (9, [3] * 3 + [2] * 6 + [1])):
        meeting = MeetingFactory(cohort=own.cohort, starts_on=date(2026, month, 1))
        AssessmentFactory(
            participation=own, meeting=meeting, submitted=True, submitted_on=meeting.starts_on, values=values
        )
    return own


@pytest.fixture
def report(own):
    return ReportFactory(participation=own, with_values=True)


@pytest.fixture
def strategist(own):
    return DelegateFactory(participation=own, function="strategist").user


def write(report, typed, key="results"):
    text, structure = stored(document_of(typed))
    return ReportSection.objects.update_or_create(
        report=report, key=key, defaults={"text": text, "structure": structure, "revision": 1}
    )[0]


def blocks_of(content, anchor="avsnitt-results"):
    return next(chapter.blocks for chapter in chapters_of(content) if chapter.anchor == anchor)


def kinds(blocks):
    return [type(block) for block in blocks]


class TestWhereItStands:
    def test_a_text_is_split_around_it_and_the_block_is_the_automatic_one(self, report):
        write(report, f"Före.\n\n{VALUES}\n\nEfter.")
        content = organisation_content(report)
        before, table, after = blocks_of(content)
        assert (before.prose.text, after.prose.text) == ("Före.", "Efter.")
        automatic = next(block for block in blocks_of(content, "sjalvskattning") if isinstance(block, TableBlock))
        assert (table.name, table.table) == (automatic.name, automatic.table)

    def test_headings_and_footnotes_go_on_after_it(self, report):
        write(report, f"# Rubrik\n\nEtt^[första].\n\n{VALUES}\n\n## Under\n\nTvå^[andra].")
        first, _, second, notes = blocks_of(organisation_content(report))
        assert (first.under, second.under) == (2, 3)
        assert (first.prose.first_note, second.prose.first_note) == (1, 2)
        assert notes == NotesBlock(("första", "andra"), 1, "avsnitt-results")

    def test_the_page_has_no_rank_left_out_and_the_notes_last(self, client, report, strategist):
        write(report, f"# Rubrik\n\nEtt^[första].\n\n{VALUES}\n\n## Under\n\nTvå^[andra].")
        client.force_login(strategist)
        page = client.get(
            reverse("reports:preview", args=[report.participation.cohort.slug, report.participation.code])
        )
        text = page.text
        assert "<h3>Rubrik</h3>" in text
        assert "<h4>Under</h4>" in text
        assert text.index("Två<sup") < text.index("1. första") < text.index("2. andra")
        ids = re.findall(r'\bid="([^"]+)"', text)
        assert len(ids) == len(set(ids))

    def test_a_picture_may_be_drawn_twice_on_a_page(self, client, report, strategist):
        write(report, f"{PICTURE}\n\n{VALUES}")
        client.force_login(strategist)
        place = [report.participation.cohort.slug, report.participation.code]
        text = client.get(reverse("reports:preview", args=place)).text
        assert len(re.findall(r'aria-label="Självskattning vid varje träff( \(Resultat\))?"', text)) == 2
        assert "Självskattning vid varje träff (Resultat)" in text
        ids = re.findall(r'\bid="([^"]+)"', text)
        assert {"rorelse-wide-title", "avsnitt-results-rorelse-wide-title"} <= set(ids)
        assert len(ids) == len(set(ids))

    def test_it_stands_once_in_a_section(self, report):
        write(report, f"{VALUES}\n\nText.\n\n{VALUES}")
        assert kinds(blocks_of(organisation_content(report))) == [TableBlock, ProseBlock]

    def test_what_names_nothing_prints_nothing(self, report):
        write(report, "Före.\n\n![Borta]{tabell-borta}\n\nEfter.")
        assert kinds(blocks_of(organisation_content(report))) == [ProseBlock, ProseBlock]

    def test_efforts_cycles_results_and_the_place_on_the_chain(self, own, report):
        effort = EffortFactory(participation=own, title="Simhallens tider", public=True, shared=True)
        EffortStepFactory(effort=effort, text="Tiderna delades om.")
        EffortFactory(participation=own, title="Simhallens tider!", public=True, shared=True)
        CycleFactory(improvement__participation=own, improvement__public=True, improvement__shared=True, do="Vi mätte.")
        refs = {each.ref: each for each in placeables_of(report)}
        assert {"insats-simhallens-tider", "insats-simhallens-tider.2"} <= set(refs)
        cycle = next(each for ref, each in refs.items() if ref.startswith("cykel-"))
        write(report, f"{refs['insats-simhallens-tider'].markdown}\n\n{cycle.markdown}")
        said = organisation_content(report).section_texts[0].text
        assert "Tiderna delades om." in said
        assert "Göra: Vi mätte." in said


class TestWhatMayBePublished:
    def test_what_is_not_chosen_is_left_out_and_said(self, own, strategist, client):
        report = ReportFactory(participation=own)
        section = write(report, f"Före.\n\n{VALUES}")
        assert kinds(blocks_of(organisation_content(report))) == [ProseBlock]
        assert organisation_content(report).numbers == ()
        unprinted = unprinted_in(section.document, placeables_of(report))
        assert [each.title for each in unprinted] == ["Tabellen trycks inte"]
        sentence = "Ni har inte valt att publicera ”Värdena då och nu”, så där trycks inget."
        client.force_login(strategist)
        page = client.get(reverse("reports:section", args=[own.cohort.slug, own.code, "results"])).text
        assert sentence in page
        assert "Trycks inte, eftersom ni inte har valt att publicera det" in page
        assert f"Tabellen trycks inte i ”Resultat”. {sentence}" in list(what_has_changed(report))
        submit = client.get(reverse("reports:submit", args=[own.cohort.slug, own.code])).text
        assert sentence in submit

    def test_an_edition_that_was_frozen_without_it_stays_so(self, own):
        report = ReportFactory(participation=own)
        write(report, f"Före.\n\n{VALUES}")
        edition = frozen(report)
        report.with_values = True
        assert kinds(blocks_of(content_of_edition(edition))) == [ProseBlock]

    def test_what_is_gone_or_stands_twice_is_said(self, report):
        section = write(report, f"![Borta]{{tabell-borta}}\n\n{VALUES}\n\n{VALUES}")
        unprinted = unprinted_in(section.document, placeables_of(report))
        assert [(each.title, each.text) for each in unprinted] == [
            (
                "Tabellen finns inte längre",
                "”Borta” trycks inte. Det har bytt namn, är borttaget eller får inte publiceras.",
            ),
            ("Tabellen står två gånger", "”Värdena då och nu” trycks bara på den första platsen."),
        ]
        assert markdown_of(section.document).count("tabell-borta") == 1

    def test_only_efforts_that_may_be_published_are_listed(self, own, report):
        EffortFactory(participation=own, title="Bara delad", shared=True)
        assert not [each for each in placeables_of(report) if "Bara delad" in each.caption]

    def test_an_indicator_is_published_where_it_is_put_and_few_people_never(self, own, report):
        indicator = IndicatorFactory(participation=own, title="Väntetid", key="vantetid")
        ValueFactory(indicator=indicator, period="2026", women=Decimal(51), men=Decimal("42.5"))
        hidden = IndicatorFactory(participation=own, key="sma", kind="share", unit="%", fewest_people=5)
        ValueFactory(
            indicator=hidden,
            period="2026",
            women=Decimal(50),
            men=Decimal(40),
            women_numerator=Decimal(2),
            women_denominator=Decimal(4),
            men_numerator=Decimal(40),
            men_denominator=Decimal(100),
        )
        assert organisation_content(report).indicators == ()
        write(report, "![Väntetid]{tabell-nyckeltal-vantetid}\n\n![Väntetid]{bild-nyckeltal-vantetid}\n\n")
        write(report, "![Små]{tabell-nyckeltal-sma}", key="purpose")
        content = organisation_content(report)
        table, picture = blocks_of(content)
        assert isinstance(picture, PictureBlock)
        assert table.table.rows == (("2026", "51", "42,5", "8,5"),)
        (small,) = blocks_of(content, "avsnitt-purpose")
        assert "50" not in str(small.table.rows)
        assert thaw(OrganisationContent, freeze(content)) == content
        assert "nyckeltal som ni har lagt in i texten" in next(what_is_public(content))


class TestFormats:
    @pytest.fixture
    def content(self, report):
        write(report, f"Före [Tre av tio]{{forflyttning.framat}}.\n\n{VALUES}\n\nEfter^[not].\n\n{PICTURE}")
        return organisation_content(report)

    @pytest.mark.one_database
    @pytest.mark.parametrize("file_format", FORMATS)
    def test_each_carries_its_figures_in_order(self, content, file_format):
        printed_by_ref = {number.ref: number.printed for number in content.numbers}
        assert list(printed_by_ref)[:2] == ["forflyttning.framat", "sjalvskattning.moment-1.april-2026"]
        assert list(figures_in(printed(content, file_format)).items()) == list(printed_by_ref.items())

    @pytest.mark.one_database
    def test_the_pdf_is_accessible_and_has_it_between_the_paragraphs(self, content):
        data = printed(content, BuildFormat.PDF)
        assert_accessible_pdf(data)
        text = " ".join(pdf_text(data).split())
        assert text.index("Före") < text.index("Självskattning vid varje träff") < text.index("Efter")

    def test_word_has_a_table_with_a_head_and_a_caption(self, content):
        word = docx.Document(BytesIO(printed(content, BuildFormat.WORD)))
        assert len(word.tables) == 2
        assert "w:tblHeader" in word.tables[0]._tbl.xml
        captions = [line.text for line in word.paragraphs if line.style.name == "Caption"]
        assert captions[0] == "Tabell 1. Självskattning vid varje träff"
        assert captions[1].startswith("Bild 1. ")
        body = [element.tag.rpartition("}")[2] for element in word.element.body]
        texts = [
            element.text if element.tag.endswith("}p") else "TABELL" for element in word.element.body.iterchildren()
        ]
        assert "tbl" in body
        before, after = (
            next(n for n, each in enumerate(texts) if (each or "").startswith(w)) for w in ("Före", "Efter")
        )
        assert before < texts.index("TABELL") < after
        assert 'descr="' in word.element.xml

    def test_json_has_its_rows_in_the_section(self, content):
        document = json.loads(printed(content, BuildFormat.JSON))
        section = next(each for each in document["sections"] if each["key"] == "results")["text"]
        assert section.index("Före") < section.index("Självskattning vid varje träff") < section.index("Efter")

    def test_the_web_pages_have_it(self, content):
        with ZipFile(BytesIO(printed(content, BuildFormat.WEB))) as packed:
            name = next(name for name in packed.namelist() if "avsnitt-results" in name)
            page = packed.read(name).decode()
        assert page.index("Före") < page.index("<table") < page.index("Efter") < page.index("<svg")

    def test_slides_say_the_words_alone(self, content):
        said = str(slides_of(content))
        assert "Före Tre av tio." in said
        assert "Värdena då och nu" not in said

    def test_a_text_without_any_has_the_checksum_that_it_had(self, report):
        write(report, "Före.")
        assert "indicators" not in freeze(organisation_content(report))

    def test_it_is_frozen_and_read_again(self, content):
        again = thaw(OrganisationContent, freeze(content))
        assert again == content
        assert checksum_of(freeze(again)) == checksum_of(freeze(content))
        assert chapters_of(again) == chapters_of(content)


class TestJointReport:
    @pytest.fixture
    def joint(self):
        return JointReport.objects.get_or_create(cohort=cohort_of_six())[0]

    def put(self, joint, key, *refs):
        lines = "\n\n".join(f"![Tabellen]{{{ref}}}\n\nText om {ref}." for ref in refs)
        text, structure = stored(document_of(lines))
        joint.texts.update_or_create(key=key, defaults={"text": text, "structure": structure})
        return joint_content(joint, None, None)

    def numbers_of_tables(self, content):
        return [(block.table.number, block.name) for chapter in content.printed for block in chapter.tables]

    def values(self, joint):
        names = [each.ref for each in joint_materials(joint_content(joint, None, None))]
        return next(name for name in names if name.startswith("tabell-sjalvskattning"))

    @pytest.mark.one_database
    def test_in_another_chapter_it_is_printed_twice_with_numbers_in_order(self, joint):
        before = self.numbers_of_tables(joint_content(joint, None, None))
        content = self.put(joint, "preface", CHAIN)
        after = self.numbers_of_tables(content)
        assert after[0] == (1, "resultatkedjan-1")
        assert [name for _, name in after[1:]] == [name for _, name in before]
        assert [number for number, _ in after] == list(range(1, len(after) + 1))
        for file_format in FORMATS:
            printed_by_ref = {number.ref: number.printed for number in content.numbers}
            assert list(figures_in(printed(content, file_format)).items()) == list(printed_by_ref.items())

    def test_in_its_own_chapter_it_is_printed_once(self, joint):
        before = self.numbers_of_tables(joint_content(joint, None, None))
        content = self.put(joint, "results--moment-3", self.values(joint))
        assert sorted(name for _, name in self.numbers_of_tables(content)) == sorted(name for _, name in before)
        results = next(chapter for chapter in content.printed if chapter.title == "Deltagarnas resultat")
        names = [
            block.name if isinstance(block, TableBlock) else block.text
            for block in flat(results.blocks)
            if isinstance(block, TableBlock | HeadingBlock)
        ]
        assert names.index(self.values(joint).removeprefix("tabell-")) > names.index("Moment för moment")

    def test_a_heading_whose_table_has_gone_up_goes_too(self, joint):
        content = self.put(joint, "annex", "tabell-deltagare")
        annex = next(chapter for chapter in content.printed if chapter.title == "Bilagor")
        assert annex.blocks[0].name == "deltagare"
        heads = [block.text for block in annex.blocks if isinstance(block, HeadingBlock)]
        assert "Alla deltagare" not in heads
        assert heads

    def test_the_page_of_the_chapter_counts_as_the_report_does(self, joint):
        content = self.put(joint, "preface", CHAIN)
        results = next(each for each in content.chapters if each.kind == "results")
        shown = [
            block.table.number for block in flat(automatic_blocks(results, content)) if isinstance(block, TableBlock)
        ]
        printed_ones = next(each for each in content.printed if each.anchor == results.text.anchor).tables
        assert shown == [block.table.number for block in printed_ones]

    @pytest.mark.one_database
    def test_words_instead_of_figures_hold_for_what_stands_in_a_text(self, joint):
        values = self.values(joint)
        with_figures = self.put(joint, "preface", CHAIN, values)
        assert [block.name for block in with_figures.printed[0].tables] == ["resultatkedjan-1", values[7:]]
        joint.figures_as = "words"
        content = joint_content(joint, None, None)
        (chain,) = content.printed[0].tables
        own = next(
            block for chapter in content.printed[1:] for block in chapter.tables if block.name == "resultatkedjan-1"
        )
        assert chain.table.rows == own.table.rows
        assert not re.search(r"\d", str([row[1:] for row in chain.table.rows]))
        assert content.numbers == ()
        text = " ".join(pdf_text(printed(content, BuildFormat.PDF)).split())
        assert "Text om tabell-sjalvskattning" in text
        (unprinted,) = unprinted_in(joint.texts.get(key="preface").document, placeables_in_joint(content), "Därför.")
        assert unprinted.title == "Tabellen finns inte längre"

    def test_its_page_lists_them_and_says_what_is_gone(self, joint, client):
        self.put(joint, "preface", "tabell-borta")
        client.force_login(UserFactory(skr_role="process_leader"))
        page = client.get(reverse("reports:joint_chapter", args=[joint.cohort.slug, "preface"])).text
        assert f"]{{{CHAIN}}}</code>" in page
        assert "Tabellen finns inte längre" in page
        assert "Underlaget har ändrats, eller så skrivs siffrorna som ord." in page


def test_the_page_of_a_section_has_the_line_to_type(client, own, report, strategist):
    client.force_login(strategist)
    address = reverse("reports:section", args=[own.cohort.slug, own.code, "purpose"])
    assert 'href="?tabeller"' in client.get(address).text
    page = client.get(f"{address}?tabeller").text
    assert "<code>![Självskattning vid varje träff]{tabell-varden}</code>" in page
    answer = client.post(
        address,
        {"s-purpose-text": f"Före.\n\n{VALUES}", "s-purpose-revision": "0"},
    )
    assert answer.status_code == 302
    assert markdown_of(ReportSection.objects.get(key="purpose").document) == f"Före.\n\n{VALUES}"


def test_the_place_on_the_chain_is_printed_where_it_is_put(own, report):
    from reports.content.base import AboutLine
    from reports.content.organisation import OwnText

    document = document_of("Före.\n\n![Plats]{lista-placering}\n\nEfter.")
    text = OwnText("avsnitt-a", "A", "x", "a", False, document=document, entered=(AboutLine("Styrelsen:", "Produkt."),))
    content = OrganisationContent(organisation_content(report).cover, "", (text,), None, (), (), "")
    blocks = blocks_of(content, "avsnitt-a")
    assert [type(block).__name__ for block in blocks] == ["ProseBlock", "TextBlock", "ListBlock", "ProseBlock"]
    assert sum(isinstance(block, ListBlock) for block in blocks) == 1
