"""A report as slides: five subjects, titles in their places, charts that can be changed, Swedish on every run."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
import time_machine
from lxml import etree
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn

from kit.slides.deck import HIGH_BODY, size_for
from reports.content import joint_content
from reports.content.base import Prose, Stamp
from reports.content.joint import approved_contents
from reports.content.joint_value import SectionPart
from reports.content.slide_values import cut, fitting, slides_of
from reports.enums import BuildFormat
from reports.printers import printed
from tests.factories import JointReportFactory
from tests.hostile import HOSTILE
from tests.reports.printed_samples import WORDS, cohort_of_six, joint_of, own_content

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-22 09:00:00+01:00", tick=False):
        yield


@pytest.fixture
def cohort():
    return cohort_of_six()


@pytest.fixture(params=[own_content, joint_of], ids=["own", "joint"])
def content(request, cohort):
    return request.param(cohort)


def opened(content):
    return Presentation(BytesIO(printed(content, BuildFormat.SLIDES)))


def words_of(slide):
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def test_five_slides_with_titles(cohort):
    titles = [[slide.shapes.title.text for slide in opened(each(cohort)).slides] for each in (own_content, joint_of)]
    assert titles == [
        ["Läget", "Förflyttning", "Exempel", "Resultat", "Förslag"],
        ["Läget", "Förflyttning", "Exempel", "Förväntade resultat", "Förslag"],
    ]


def test_the_title_is_read_first_and_the_number_last(content):
    for slide in opened(content).slides:
        shapes = list(slide.shapes)
        assert shapes[0].placeholder_format.type == PP_PLACEHOLDER.TITLE
        assert shapes[-1].placeholder_format.type == PP_PLACEHOLDER.SLIDE_NUMBER
        empty = [shape.name for shape in slide.placeholders if not shape.text_frame.text]
        assert empty == []


def test_charts_are_the_programs_own_and_told_in_words(content):
    charts = [shape for slide in opened(content).slides for shape in slide.shapes if shape.has_chart]
    assert [len(shape.chart.plots[0].series) for shape in charts] == [1, 2]
    for shape in charts:
        said = shape._element.nvGraphicFramePr.cNvPr.get("descr")
        for series in shape.chart.plots[0].series:
            assert series.name in said
            for value in series.values:
                assert f" {value:g}".replace(".", ",") in said
        assert shape.chart.part.chart_workbook.xlsx_part is not None
        assert len(shape.chart.plots[0].categories) == 10


def test_a_missing_value_is_a_gap(cohort):
    content = own_content(cohort)
    first, *others = content.values.table.rows
    rows = ((first[0], "inte skattad", *first[2:]), *others)
    values = replace(content.values, table=replace(content.values.table, rows=rows))
    slide = list(opened(replace(content, values=values)).slides)[1]
    [chart] = [shape.chart for shape in slide.shapes if shape.has_chart]
    assert chart.plots[0].series[0].values[0] is None


def test_every_run_is_in_swedish(content):
    for slide in opened(content).slides:
        trees = [slide._element, slide.notes_slide.notes_text_frame._txBody]
        trees += [shape.chart._chartSpace for shape in slide.shapes if shape.has_chart]
        runs = [run for tree in trees for run in tree.iter(qn("a:r"))]
        assert runs
        assert {run.find(qn("a:rPr")).get("lang") for run in runs} == {"sv-SE"}


def test_the_speaker_has_the_sentences(content):
    slides = list(opened(content).slides)
    notes = [slide.notes_slide.notes_text_frame.text for slide in slides]
    assert all(notes)
    assert content.cover.title in notes[0]
    assert any("Tiderna delades om." in text for text in notes)
    assert ("Slut." in notes[-1]) or (WORDS in notes[-1])


def test_a_draft_and_a_demonstration_say_so_on_every_slide():
    content = joint_of(cohort_of_six(constructed=True, provenance="Påhittat."))
    edition = content.stamped(Stamp(2, frozen_on=date(2026, 3, 1)))
    for slide in opened(content.as_draft()).slides:
        assert "Arbetsmaterial · Påhittade organisationer, värden och texter" in words_of(slide)
    for slide in opened(edition).slides:
        assert "Arbetsmaterial" not in words_of(slide)
        assert "utgåva 2" in words_of(slide)


def test_a_report_with_nothing_says_so_on_each_slide(cohort):
    content = own_content(cohort)
    bare = replace(content, sections=(), values=None, efforts=(), improvements=())
    assert [value.lead for value in slides_of(bare)] == [
        "Självskattningen ingår inte i rapporten.",
        "Självskattningen ingår inte i rapporten.",
        "Rapporten har inga exempel.",
        "Rapporten har ingen text om resultat.",
        "Rapporten har inga förslag om fortsatt arbete.",
    ]
    assert len(opened(bare).slides) == 5
    joint = joint_of(cohort)
    bare = replace(joint, kinds=(), moments=(), expected=(), chain=(), chapters=())
    assert [value.lead for value in slides_of(bare)] == [
        "Ingen självskattning är registrerad för omgången.",
        "Ingen självskattning är registrerad för omgången.",
        "Rapporten har inga exempel.",
        "Omgången har inga förväntade resultat inskrivna.",
        "Rapporten har inga slutsatser och inga råd till SKR.",
    ]


def test_kinds_that_are_not_drawn_share_a_slide(cohort):
    joint = joint_of(cohort)
    [kind] = joint.kinds
    hidden = replace(kind, title="Regioner", withheld="Siffrorna visas inte.", strength=None, beside=None)
    values = slides_of(replace(joint, kinds=(kind, hidden)))
    assert [value.title for value in values[:4]] == [
        "Läget: kommuner",
        "Läget",
        "Förflyttning: kommuner",
        "Förflyttning",
    ]
    assert values[1].points == ("Regioner: siffrorna visas inte.",)
    assert slides_of(replace(joint, kinds=(hidden,)))[0].lead == "Siffrorna visas inte."


def test_an_edition_from_before_there_were_chapters_shows_the_advice(cohort):
    texts = tuple(Prose("", report.organisation, WORDS) for report in approved_contents(cohort).values())
    sections = (SectionPart("avsnitt-advice_to_skr", "Råd till SKR", texts),)
    proposals = slides_of(replace(joint_of(cohort), chapters=(), sections=sections))[-1]
    assert proposals.lead == "Deltagarnas råd till SKR. Tre råd till står i rapporten."
    assert len(proposals.cards) == 3


def test_examples_come_from_as_many_organisations_as_there_is_room_for(cohort):
    examples = slides_of(joint_of(cohort))[2]
    assert len({card.about for card in examples.cards}) == 3
    assert examples.lead == "Tre exempel till står i rapporten."


def test_one_assessment_is_no_movement(cohort):
    content = own_content(cohort)
    rows = tuple(row[:2] for row in content.values.table.rows)
    table = replace(content.values.table, headers=content.values.table.headers[:2], rows=rows)
    now, moved, *_ = slides_of(replace(content, values=replace(content.values, moved="", table=table)))
    assert (now.chart.places, moved.chart) == ((1,), None)
    assert moved.lead == "Det finns bara ett tillfälle, så ingen förflyttning kan visas än."


@pytest.mark.parametrize(
    ("text", "room", "kept"),
    [
        ("En mening. Två meningar.", 24, "En mening. Två meningar."),
        ("En mening. Två meningar.", 23, "En mening."),
        ("En lång mening utan slut", 10, "En lång …"),
        ("Ordetärförlångt", 5, "Ordet …"),
    ],
)
def test_texts_are_cut_at_a_sentence_or_a_word(text, room, kept):
    assert cut(text, room) == kept


def test_as_many_points_as_there_is_room_for_and_at_least_one():
    assert fitting(["aaaa", "bbbb", "cccc"], 8) == ("aaaa", "bbbb")
    assert fitting(["aaaa bbbb"], 5) == ("aaaa …",)
    assert fitting([], 5) == ()


def test_longer_texts_have_smaller_type():
    sizes = [size_for(signs, HIGH_BODY) for signs in (10, 500, 900, 1500, 5000, 90000)]
    assert sizes == sorted(sizes, reverse=True)
    assert (sizes[0], sizes[-1]) == (24, 12)


def test_any_text_makes_a_file_that_opens(cohort):
    content = own_content(cohort)
    for text in HOSTILE.values():
        sections = tuple(replace(section, text=text) for section in content.sections)
        for slide in opened(replace(content, sections=sections)).slides:
            etree.tostring(slide._element)


def test_a_heading_is_no_proposal(cohort):
    texts = {"reflections": "# Framåt\n\nSex regioner är mentorer."}
    content = joint_content(JointReportFactory(cohort=cohort, texts=texts), None, None)
    assert slides_of(content)[-1].points == ("Sex regioner är mentorer.",)
