"""The page of one indicator: what it says of the gap, for whom, and its files."""

import csv
import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from docx import Document

from indicators.beside import CREDIT, OtherBeside
from indicators.papers import csv_of, html_of, word_of
from indicators.sheet import sheet_of
from kolada.models import KeyFigure, OfficialValue
from tests.factories import IndicatorFactory, ValueFactory
from tests.improvements.pages import with_a_gap
from tests.indicators.gap_samples import DECISIONS, SAMPLES
from tests.pdf_checks import assert_accessible_pdf, pdf_text

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
FILES = ("csv", "svg", "pdf", "word")


def answer(client, user, indicator, name=""):
    client.force_login(user)
    return client.get(reverse(f"improvements:indicator{name and f'_{name}'}", args=[indicator.pk]))


def words(client, user, indicator):
    return " ".join(answer(client, user, indicator).text.split())


@pytest.fixture
def waiting(world):
    return with_a_gap(world.own)


def test_a_gap_that_shrank_since_those_ahead_fell_back_is_said_so(client, world, waiting):
    page = words(client, world.users["strategist"], waiting)
    assert "Kvinnor väntar fyra dagar längre än män." in page
    assert (
        "Skillnaden har minskat sedan 2018, men för att männen väntar längre. Kvinnorna har samma värde som 2018."
        in page
    )
    assert "Lägre är bättre." in page
    assert "Fem dagar högre än 2018" in page
    assert "Varför väntar männen längre nu, och vad krävs för att kvinnorna ska få det bättre?" in page
    # The picture says the same to those who do not see it.
    description = page.split("<desc", 1)[1].split("</desc>")[0]
    assert "men för att männen väntar längre" in description


def test_invented_values_are_said_to_be_so(client, world, waiting):
    assert "Påhittade värden." in words(client, world.users["groupmate"], waiting)


def test_decisions_are_numbered_on_the_time_line(client, world, waiting):
    page = words(client, world.users["strategist"], waiting)
    assert "Regionstyrelsen: beslut om jämställdhetsintegrering, 14 oktober 2022" in page


def test_rules_are_not_used_below_ten_points(client, world, waiting):
    page = words(client, world.users["strategist"], waiting)
    assert "används från tio värden i samma enhet, och här finns åtta." in page


def test_editors_get_the_ways_on_and_readers_do_not(client, world, waiting):
    new = reverse("improvements:improvement_add", args=[world.cohort.slug, world.own.code])
    assert f"{new}?nyckeltal={waiting.key}" in words(client, world.users["strategist"], waiting)
    assert new not in words(client, world.users["groupmate"], waiting)


def test_without_values_the_page_says_what_comes(client, world):
    empty = IndicatorFactory(participation=world.own, title="Trygghet på kvällen")
    page = words(client, world.users["strategist"], empty)
    assert "Det finns inga värden än." in page
    assert "Det finns inget att rita än." in page
    for name in FILES:
        assert answer(client, world.users["strategist"], empty, name).status_code == 200


@pytest.fixture
def official(world):
    """An indicator from Kolada, with values of the organisation's place and of the country."""
    figure = KeyFigure.objects.create(
        code="N99999", title="Väntande", source="Socialstyrelsen", place_kind="A", withdrawn_on=date(2026, 5, 2)
    )
    return IndicatorFactory(
        participation=world.own, title="Väntande", source="kolada", key_figure=figure, unit="procent", key="n99999"
    )


def test_the_country_stands_beside_in_the_same_year(client, world, official, monkeypatch):
    monkeypatch.setattr("indicators.series.place_of", lambda code: "9999")
    for place, women, men in (("9999", "51.25", "47"), ("0000", "46", "40")):
        OfficialValue.objects.create(key_figure=official.key_figure, place=place, year=2025, women=women, men=men)
    page = words(client, world.users["strategist"], official)
    assert "Mindre skillnad än i riket, men båda ligger sämre till." in page
    assert "Källa: Kolada (Socialstyrelsen)." in page
    assert "Kolada tog bort nyckeltalet 2 maj 2026. De värden som fanns står kvar." in page
    assert "Riket" in page


class TestComparison:
    @pytest.mark.parametrize(
        ("own", "other", "direction", "words"),
        [
            ((51, 47), (46, 40), "lower", "Mindre skillnad än i riket, men båda ligger sämre till."),
            ((51, 41), (46, 40), "lower", "Större skillnad än i riket, och båda ligger sämre till."),
            ((51, 47), (55, 54), "lower", "Större skillnad än i riket, men båda ligger bättre till."),
            ((51, 47), (46, 42), "lower", "Lika stor skillnad som i riket, och båda ligger sämre till."),
            ((51, 47), (50, 48), "higher", "Större skillnad än i riket."),
            ((51, 47), (46, 40), "equal", "Mindre skillnad än i riket."),
        ],
    )
    def test_the_heading(self, own, other, direction, words):
        pairs = SAMPLES["one"]
        point = replace(pairs.points[0], women=Decimal(own[0]), men=Decimal(own[1]))
        series = replace(pairs, points=(point,))
        series.indicator.direction = direction
        sheet = sheet_of(series, compared=[OtherBeside("Riket", Decimal(other[0]), Decimal(other[1]))])
        series.indicator.direction = "lower"
        assert sheet.comparison.heading == words

    def test_means_are_said_to_be_ours_and_of_how_many(self):
        beside = [OtherBeside("Liknande regioner", Decimal(47), Decimal(42), of="medelvärde av sex regioner")]
        comparison = sheet_of(SAMPLES["one"], compared=beside).comparison
        assert comparison.table.rows[1][0] == "Liknande regioner, medelvärde av sex regioner"
        assert comparison.notes[-2:] == (CREDIT, "Varje organisation räknas lika.")


class TestSuppressed:
    """Few people are behind a value: only those who edit see it, and no file has it."""

    SECRET = Decimal("73.125")

    @pytest.fixture
    def hidden(self, waiting):
        people = {"women_denominator": Decimal(4), "men_denominator": Decimal(60)}
        ValueFactory(indicator=waiting, period="2026", women=self.SECRET, men=Decimal(40), **people)
        return waiting

    def test_editors_see_it_and_are_told(self, client, world, hidden):
        page = words(client, world.users["strategist"], hidden)
        assert "73,1" in page
        assert "2026 visas inte för andra, eftersom få personer ligger bakom värdena." in page

    @pytest.mark.parametrize("who", ["politician", "groupmate", "process_leader"])
    def test_others_do_not(self, client, world, hidden, who):
        page = words(client, world.users[who], hidden)
        assert "73,1" not in page
        assert "2026: värdet för kvinnor visas inte, eftersom få personer ligger bakom det." in page
        assert "visas inte för andra" not in page

    def test_no_file_has_it_for_anybody(self, client, world, hidden):
        for name in ("csv", "svg"):
            text = answer(client, world.users["strategist"], hidden, name).getvalue().decode()
            assert "73,1" not in text
        assert "73,1" not in pdf_text(answer(client, world.users["strategist"], hidden, "pdf").getvalue())
        assert "73,1" not in word_text(answer(client, world.users["strategist"], hidden, "word").getvalue())


def word_text(data):
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(line.text for line in document.paragraphs), *cells])


class TestFiles:
    def test_csv_has_every_decimal_and_no_zero_for_what_is_missing(self, client, world, waiting):
        ValueFactory(indicator=waiting, period="2026", women=Decimal("50.125"), men=None)
        text = answer(client, world.users["groupmate"], waiting, "csv").getvalue().decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text), delimiter=";"))
        assert rows[0][:5] == ["Period", "Kvinnor", "Män", "Totalt", "Skillnad"]
        assert rows[1][:6] == ["2018", "51", "42", "", "9", "dagar"]
        assert rows[-1][:5] == ["2026", "50,125", "", "", ""]
        assert "Källa: eget system." in rows[1][-1]

    def test_the_picture_stands_alone(self, client, world, waiting):
        response = answer(client, world.users["groupmate"], waiting, "svg")
        text = response.getvalue().decode()
        assert response["Content-Type"] == "image/svg+xml"
        assert text.startswith("<svg xmlns")
        for said in ("Kvinnor väntar fyra dagar längre än män.", "Påhittade värden. Källa: eget system."):
            assert said in text

    def test_the_pdf_can_be_read_by_all_and_archived(self, client, world, waiting):
        data = answer(client, world.users["groupmate"], waiting, "pdf").getvalue()
        assert_accessible_pdf(data)
        text = pdf_text(data)
        for said in ("Kvinnor väntar fyra dagar längre än män.", "Frågan att ställa", "Källa: eget system."):
            assert said in text

    def test_word_says_the_same(self, client, world, waiting):
        text = word_text(answer(client, world.users["groupmate"], waiting, "word").getvalue())
        for said in (
            "Kvinnor väntar fyra dagar längre än män.",
            "men för att männen väntar längre",
            "2025",
            "47 dagar",
        ):
            assert said in text


@pytest.mark.parametrize("name", SAMPLES)
def test_every_kind_of_series_can_be_printed(name):
    sheet = sheet_of(SAMPLES[name], happenings=DECISIONS)
    assert sheet.headline in html_of(sheet, date(2026, 11, 30))
    assert sheet.headline in word_text(word_of(sheet, date(2026, 11, 30)))
    assert csv_of(SAMPLES[name]).count("\r\n") == len(SAMPLES[name].points) + 1
