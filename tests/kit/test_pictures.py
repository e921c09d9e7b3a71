"""The pictures: where things stand, what they are called, what is missing, and the words and the table beside them."""

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from django.template import engines

from kit.pictures import DumbbellRow, GapMark, GapPoint, PictureTable, RangeAndMean
from kit.pictures.base import Scale, text_width, wrapped
from kit.pictures.gap import scale_from
from tests.picture_samples import chevrons, dumbbell, gap, pictures, strip

SVG = "{http://www.w3.org/2000/svg}"
EACH = pytest.mark.parametrize("picture", pictures(), ids=lambda picture: picture.key)


def svgs(html: str) -> list[ElementTree.Element]:
    return ElementTree.fromstring(html).findall(f"{SVG}svg")


@EACH
def test_both_layouts_stand_in_the_page_and_print_gets_the_wide_one(picture):
    assert [svg.get("class") for svg in svgs(str(picture))] == ["picture-wide", "picture-narrow"]
    assert [svg.get("class") for svg in svgs(picture.for_print)] == ["picture-print"]


@EACH
def test_it_is_named_and_described_in_words(picture):
    for svg in svgs(str(picture)):
        title, desc = svg.find(f"{SVG}title"), svg.find(f"{SVG}desc")
        assert svg.get("role") == "img"
        assert svg.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
        assert (title.text, desc.text) == (picture.title, picture.description)
    (printed,) = svgs(picture.for_print)
    assert printed.find(f"{SVG}title").text == f"{picture.title}. {picture.description}"


def test_ids_are_unique_on_a_page():
    page = "".join(str(picture) for picture in (*pictures(), dumbbell("annan")))
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids)) == 20


@EACH
def test_a_template_prints_it_as_it_is_and_without_inline_style(picture):
    html = engines["django"].from_string("{{ picture }}").render({"picture": picture})
    assert html == str(picture)
    assert " style=" not in html


@EACH
def test_colours_are_attributes_for_print_and_classes_for_the_screen(picture):
    for element in svgs(picture.for_print)[0].iter():
        if element.tag in {f"{SVG}{name}" for name in ("rect", "circle", "polygon", "line")}:
            assert re.fullmatch(r"#[0-9a-f]{6}", element.get("fill") or element.get("stroke") or "")
            assert (element.get("class") or "").startswith("picture-")


@EACH
def test_no_text_is_too_small_on_a_narrow_screen(picture):
    """At 360 px the picture has about 280 px of its own 320."""
    narrow = svgs(str(picture))[1]
    sizes = [int(text.get("font-size", 14)) for text in narrow.iter(f"{SVG}text")]
    assert min(sizes) * 280 / 320 > 11


@EACH
def test_texts_and_shapes_stay_on_the_paper(picture):
    for svg in svgs(str(picture)):
        _, _, width, height = (int(part) for part in svg.get("viewBox").split())
        for element in svg.iter():
            for name, limit in (("x", width), ("cx", width), ("y", height), ("cy", height)):
                # The legend's signs stand in a moved group, so theirs are relative.
                assert -9 <= int(element.get(name, 0)) <= limit


def texts(picture: object) -> list[str]:
    return ["".join(text.itertext()) for text in svgs(str(picture))[0].iter(f"{SVG}text")]


class TestDumbbell:
    def test_a_value_stands_where_the_scale_says(self):
        drawing = dumbbell().drawing(narrow=False)
        first = drawing.rows[0]
        assert (first.before_x, first.now_x) == (597, 700)
        assert (first.line_left, first.line_right) == (597, 700)
        assert [mark.x for mark in drawing.axis.marks] == [288, 494, 700]

    def test_a_step_back_is_drawn_from_right_to_left(self):
        back = dumbbell().drawing(narrow=False).rows[3]
        assert back.now_x < back.before_x
        assert (back.line_left, back.line_right) == (back.now_x, back.before_x)

    def test_no_movement_is_one_dot(self):
        still = dumbbell().drawing(narrow=False).rows[2]
        assert still.before_x is None
        assert still.line_right == 0

    def test_missing_is_words_and_never_a_dot(self):
        drawing = dumbbell().drawing(narrow=False)
        assert drawing.rows[9].now_x is None
        assert drawing.rows[9].missing.text == "inte skattad"
        assert drawing.rows[9].before_x == 494
        assert drawing.rows[6].before_x is None
        assert "inte skattad" in texts(dumbbell())

    def test_values_have_a_decimal_comma_and_means_one_decimal(self):
        rows = (DumbbellRow(1, "Ett", Fraction(7, 3), Fraction(8, 3)),)
        assert replace(dumbbell(), rows=rows).drawing(narrow=False).rows[0].now_text == "2,7"

    def test_yours_is_told_by_letter_too(self):
        assert texts(dumbbell()).count("P") == 4  # three rows and the legend
        assert "politikens ansvar" in texts(dumbbell())

    def test_the_words(self):
        assert dumbbell().description == (
            "Tio moment på en skala från 1 Inte påbörjat till 3 Det finns. Från oktober 2019 till november 2020: "
            "fem har högre värde, två har samma värde, ett har lägre värde och ett är inte skattat. "
            "Längst steg: Hållbara förbättringar, från 1,5 till 2,5."
        )

    def test_the_words_of_a_first_assessment(self):
        rows = tuple(replace(row, before=None) for row in dumbbell().rows)
        first = replace(dumbbell(), rows=rows)
        assert first.description.endswith("November 2020: ett är inte skattat.")
        assert "oktober 2019" not in texts(first)

    def test_the_table(self):
        table = dumbbell().table
        assert table.headers == ("Moment", "Oktober 2019", "November 2020", "Skillnad")
        assert table.rows[0] == ("1. Politiskt beslut (politikens ansvar)", "2,5", "3", "+0,5")
        assert table.rows[3][3] == "−0,5"
        assert table.rows[9] == ("10. Kan överföras", "2", "inte skattad", "–")

    def test_labels_stand_above_the_lines_when_it_is_narrow(self):
        for row in dumbbell().drawing(narrow=True).rows:
            assert row.labels[-1].y < row.y - 14


class TestStrip:
    def test_range_and_mean_are_what_was_given(self):
        row = strip().drawing(narrow=False).rows[0]
        assert (row.range_x, row.range_width, row.mean_x) == (340, 244, 439)
        assert row.n.text == "8 svar"

    def test_without_an_aggregate_nothing_is_drawn_for_it(self):
        row = strip().drawing(narrow=False).rows[5]
        assert not row.has_cohort
        assert row.n is None
        alone = replace(strip(), rows=(replace(strip().rows[5], group=()),))
        assert not any("medelvärde" in text for text in texts(alone))
        assert alone.table.headers == ("Moment", "Region Granvik")

    def test_the_groups_equal_values_stand_beside_each_other_and_the_missing_nowhere(self):
        two, other, high = strip().drawing(narrow=False).rows[0].group
        assert (other.x - two.x, other.sign, high.sign) == (20, "B", "C")
        assert high.x > other.x

    def test_every_dot_has_a_letter_and_the_legend_its_name(self):
        named = {item.sign: item.text for item in strip().drawing(narrow=False).legend if item.kind == "neighbour"}
        assert named == {letter: f"Kommun {letter}" for letter in "ABCD"}

    def test_without_a_range_only_the_mean_is_drawn_and_told(self):
        rows = tuple(replace(row, cohort=row.cohort and RangeAndMean(Decimal("2.3"), 8)) for row in strip().rows)
        alone = replace(strip(), rows=rows)
        drawing = alone.drawing(narrow=False)
        assert (drawing.rows[0].mean_x, {row.range_width for row in drawing.rows}) == (439, {0})
        assert "range" not in {item.kind for item in drawing.legend}
        assert alone.table.headers[:5] == ("Moment", "Region Granvik", "Medelvärde, omgången", "Antal", "Kommun A")
        assert alone.table.rows[0][:4] == ("1. Politiskt beslut", "3", "2,3", "8")

    def test_missing_is_words(self):
        row = strip().drawing(narrow=False).rows[9]
        assert row.own_x is None
        assert row.missing.text == "inte skattad"

    def test_the_words_and_the_table(self):
        assert "ligger över medelvärdet för omgången i tre moment och under i fem." in strip().description
        assert strip().table.rows[0] == ("1. Politiskt beslut", "3", "2,3", "1,5", "3,5", "8", "2", "2", "3,5", "–")
        assert strip().table.rows[5][2:6] == ("–", "–", "–", "–")


class TestChevrons:
    def test_states_and_figures(self):
        drawing = chevrons().drawing(narrow=False)
        assert [stage.state for stage in drawing.stages] == ["reached", "reached", "reached", "under-way", "none"]
        assert [stage.value.text for stage in drawing.stages] == ["6", "5", "3", "–", "–"]
        assert drawing.stages[0].under_way.text == "2 på väg"

    def test_shares(self):
        shares = replace(chevrons(), unit=" %", stages=(replace(chevrons().stages[0], reached=Decimal("41.5")),))
        assert shares.table.rows == (("Aktivitet", "42 %", "2 %"),)

    def test_nothing_reached_is_a_figure_and_nothing_registered_is_a_dash(self):
        stage = replace(chevrons().stages[0], reached=0, under_way=None)
        assert replace(chevrons(), stages=(stage,)).table.rows == (("Aktivitet", "0", "–"),)

    def test_the_words(self):
        assert chevrons().description.startswith("Resultatkedjan i ordning. Aktivitet: 6 nått, 2 på väg.")
        assert chevrons().description.endswith("Samhällseffekt: inget registrerat.")


class TestTable:
    def test_row_heads_only_where_there_are_data_enough(self):
        rows = (("a", "1", "2"),) * 3
        assert PictureTable("T", ("A", "B", "C"), rows).has_row_headers
        assert not PictureTable("T", ("A", "B", "C"), rows[:2]).has_row_headers
        assert not PictureTable("T", ("A", "B"), (("a", "1"),) * 3).has_row_headers

    def test_many_columns_get_smaller_type(self):
        assert strip().table.is_wide
        assert not dumbbell().table.is_wide

    def test_first_and_last_rows_are_kept_together_and_empty_is_a_dash(self):
        table = PictureTable("T", ("A", "B"), tuple((str(number), "") for number in range(9)))
        assert [(len(group.rows), group.together) for group in table.groups] == [(3, True), (3, False), (3, True)]
        assert [len(group.rows) for group in PictureTable("T", ("A", "B"), table.rows[:6]).groups] == [6]
        assert [row[1].text for row in table.cells] == ["–"] * 9

    def test_a_column_of_figures_is_known_though_a_value_is_missing(self):
        rows = (("a 1", "2,5"), ("b 2", "−0,5"), ("c 3", "40 %"), ("d 4", "inte skattad"))
        assert [head.numeric for head in PictureTable("T", ("A", "B"), rows).columns] == [False, True]

    def test_a_few_words_among_empty_cells_are_words(self):
        rows = (("Aktivitet", "Lov för alla"), ("Produkt", "–"), ("Utfall", ""))
        assert [head.numeric for head in PictureTable("T", ("A", "B"), rows).columns] == [False, False]


def test_the_scale():
    scale = Scale(1, 4, 100, 400)
    assert [scale.x(value) for value in (1, Decimal("2.5"), Fraction(10, 3), 4)] == [100, 250, 333, 400]


def test_wrapping_breaks_between_words_only():
    assert wrapped("Ny eller ändrad produkt", 110, 13) == ["Ny eller ändrad", "produkt"]
    assert wrapped("Jämställdhetsintegrering", 20, 13) == ["Jämställdhetsintegrering"]
    assert text_width("mm", 10) > text_width("ii", 10)


def two(*pairs: tuple[object, object], **fields: object) -> object:
    """The gap's picture with other points."""
    points = tuple(
        GapPoint(str(year), *(None if value is None else Decimal(str(value)) for value in pair), gap_text="4 dagar")
        for year, pair in enumerate(pairs, 2000)
    )
    return replace(gap(), points=points, marks=(), first_target=None, second_target=None, gap_target=None, **fields)


class TestGap:
    def test_women_are_circles_on_a_solid_line_and_men_open_squares_on_a_dashed_one(self):
        svg = svgs(str(gap()))[0]
        solid, dashed = (
            [line for line in svg.iter(f"{SVG}polyline") if line.get("class") == name]
            for name in ("picture-first", "picture-second")
        )
        assert {line.get("stroke-dasharray") for line in solid} == {None}
        assert {line.get("stroke-dasharray") for line in dashed} == {"7 5"}
        assert len(list(svg.iter(f"{SVG}circle"))) == 7
        assert sum(square.get("class") == "picture-ring" for square in svg.iter(f"{SVG}rect")) == 7

    def test_a_missing_period_breaks_lines_and_band_and_is_no_zero(self):
        drawing = gap().drawing(narrow=False)
        assert [len(drawing.first), len(drawing.second), len(drawing.bands)] == [2, 2, 2]
        assert [line.text for line in drawing.missing] == ["–"]
        assert len(drawing.bars) == 7

    def test_a_higher_value_stands_higher(self):
        dots = gap().drawing(narrow=False).dots
        assert dots[1].y < dots[0].y < dots[2].y

    def test_the_bars_have_their_numbers_and_the_lines_their_names(self):
        drawing = gap().drawing(narrow=False)
        assert [line.text for line in drawing.bar_texts] == ["9", "10", "7", "7", "5", "5", "4"]
        names = [line.text for end in drawing.ends for line in end.names]
        assert names == ["Kvinnor", "Män", "Mål 40", "Mål högst 1"]

    def test_a_mark_stands_at_its_day(self):
        drawing = gap().drawing(narrow=False)
        first, second = drawing.marks
        xs = [dot.x for dot in drawing.dots]
        assert xs[3] < first.line_x < xs[4] < second.line_x < xs[5]
        assert first.x == first.line_x

    def test_marks_do_not_cover_each_other_and_stay_inside(self):
        marks = tuple(GapMark(number, 7 + number / 100, "Beslut") for number in range(1, 7))
        for narrow in (False, True):
            drawing = replace(gap(), marks=marks).drawing(narrow=narrow)
            places = [mark.x for mark in drawing.marks]
            assert all(after - before >= 20 for before, after in pairwise(places))
            assert places[-1] + 10 <= drawing.width

    def test_a_gap_that_turns_has_bars_on_both_sides_of_zero(self):
        drawing = two((40, 55), (50, 49)).drawing(narrow=False)
        before, now = drawing.bars
        assert before.y == now.y + now.height

    def test_a_break_begins_a_frame_with_its_own_scale(self):
        points = tuple(
            replace(point, breaks=place == 2) for place, point in enumerate(two(*[(6, 5)] * 2, *[(48, 41)] * 2).points)
        )
        drawing = replace(two(), points=points).drawing(narrow=True)
        assert len(drawing.breaks) == 1
        assert [len(drawing.first), len(drawing.bands)] == [2, 2]
        # A value of six weeks stands as high as one of forty-eight days can.
        assert len({dot.y for dot in drawing.dots}) <= 2

    @pytest.mark.parametrize("count", [1, 2, 3, 10, 24, 40])
    @pytest.mark.parametrize("narrow", [False, True])
    def test_two_to_forty_points_have_room(self, count, narrow):
        pairs = [(50 + place % 7, 44 + place % 5) for place in range(count)]
        drawing = two(*pairs).drawing(narrow=narrow)
        xs = [dot.x for dot in drawing.dots]
        assert xs == sorted(set(xs))
        assert max(xs) <= drawing.width - 84
        texts = sorted(drawing.labels, key=lambda line: line.x)
        assert texts[-1].text == str(1999 + count)
        for before, after in pairwise(texts):
            assert before.x + text_width(before.text, 13) / 2 < after.x - text_width(after.text, 13) / 2

    @pytest.mark.parametrize(
        ("values", "scale"),
        [
            (("42", "52"), ("40", "55", "5")),
            (("3", "52"), ("0", "60", "20")),
            (("50", "50"), ("45", "55", "5")),
            (("0", "0"), ("0", "0.5", "0.5")),
            (("-1.5", "2.5"), ("-2", "3", "1")),
            (("342000", "421000"), ("320000", "440000", "20000")),
            (("0.12", "0.17"), ("0.10", "0.18", "0.02")),
        ],
    )
    def test_the_scale_begins_at_zero_where_it_costs_little(self, values, scale):
        assert scale_from([Decimal(value) for value in values]) == tuple(Decimal(part) for part in scale)

    def test_a_picture_alone_says_what_its_numbers_mean(self):
        svg = ElementTree.fromstring(gap().alone("Kvinnor väntar längre", ["Källa: eget system."]))
        words = " ".join("".join(text.itertext()) for text in svg.iter(f"{SVG}text"))
        for text in ("Kvinnor väntar längre", "1. Beslut", "2. Fler kvällstider", "Källa: eget system."):
            assert text in words

    def test_no_text_is_wider_than_the_picture(self):
        pairs = [(342000, 401000), (372000, 421000)]
        texts = [
            replace(point, first_text="372\N{NO-BREAK SPACE}000 kronor per person") for point in two(*pairs).points
        ]
        for narrow in (False, True):
            drawing = replace(two(), points=tuple(texts)).drawing(narrow=narrow)
            for line in (line for end in drawing.ends for line in (*end.names, *end.values)):
                assert line.x + text_width(line.text, 13) <= drawing.width + 8
