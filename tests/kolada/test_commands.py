"""The commands fetch_kolada, load_kolada and kolada."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from bench.kolada_server import Answer, at, entry
from kolada.management.commands import fetch_kolada
from kolada.models import KeyFigure, OfficialValue, Revision
from tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db
SAMPLES = Path(__file__).parent.parent / "data" / "kolada"
GENDERED, UNDIVIDED = SAMPLES / "v3-data-N21704-2023-gendered.json", SAMPLES / "v3-data-N00945-2000-2020.json"
FACTS, PLACES = SAMPLES / "v3-kpi-selection.json", SAMPLES / "v3-municipality.json"


@pytest.fixture
def site(settings, server):
    settings.KOLADA_URL, settings.KOLADA_PER_SECOND = server.url, 1_000_000
    server.add("N21704")
    server.give("N21704", "1480", 2023, M=13.314533, K=19.468967, T=17.012982)
    server.give("N21704", "0000", 2023, M=1, K=2, T=1.5)
    return server


def run(*args):
    """What the command printed, and why it failed."""
    printed = io.StringIO()
    try:
        call_command(*map(str, args), stdout=printed)
    except CommandError as error:
        return printed.getvalue(), str(error)
    return printed.getvalue(), ""


def read(code, organisation):
    return json.loads(run("kolada", "--kpi", code, "--organisation", organisation, "--format", "json")[0])


def test_a_fetch_as_json(site):
    printed, why = run("fetch_kolada", "--kpi", "N21704", "--organisation", "1480", "--format", "json")
    assert json.loads(printed) == {
        "asked": 2,
        "rows": 2,
        "changed": 0,
        "missing": 0,
        "withdrawn": [],
        "failed": [],
    }
    assert why == ""
    assert set(OfficialValue.objects.values_list("place", flat=True)) == {"0000", "1480"}


def test_a_fetch_in_words(site):
    printed, _ = run("fetch_kolada", "--kpi", "N21704", "--organisation", "1480")
    assert printed == "kolada: 2 questions, 2 rows, 0 changed, 0 with a missing value, withdrawn: none\n"


def test_what_failed_is_named_and_the_rest_is_kept(site):
    site.add("N00905")
    site.faults = [at("/v3/kpi/", Answer(400))]
    printed, why = run("fetch_kolada", "--kpi", "N21704", "--organisation", "1480", "--format", "json")
    assert json.loads(printed)["failed"] == [{"url": f"{site.url}/kpi/N21704", "why": "Kolada svarade med felet 400."}]
    assert why == "1 questions to Kolada failed; the rest is stored."
    assert OfficialValue.objects.count() == 2
    assert f"{site.url}/kpi/N21704: Kolada" in run("fetch_kolada", "--kpi", "N21704", "--organisation", "1480")[0]


@pytest.mark.parametrize("code", ["0980", "09"])
def test_gotland_has_two_codes_and_both_are_asked_for(site, code):
    run("fetch_kolada", "--kpi", "N21704", "--organisation", code)
    assert "/municipality/0000,0009,0980/" in site.asked[-1]


def test_years_from(site, time_machine):
    time_machine.move_to("2026-11-30")
    run("fetch_kolada", "--kpi", "N21704", "--organisation", "1480", "--from", "2024")
    assert site.asked[-1].endswith("/year/2024,2025,2026")
    run("fetch_kolada", "--kpi", "N21704", "--organisation", "1480")
    assert site.asked[-1].endswith("/year/" + ",".join(map(str, range(2014, 2027))))


def test_without_a_choice_what_is_followed_is_asked_for_of_all(site, monkeypatch):
    asked = {}
    monkeypatch.setattr(fetch_kolada.fetching, "fetch", lambda **values: asked.update(values) or fetch_kolada.Fetched())
    run("fetch_kolada", "--catalogue")
    assert (len(asked["codes"]), len(asked["places"]), asked["catalogue"]) == (34, 312, True)


@pytest.mark.parametrize(
    ("args", "why"),
    [
        (("--kpi", "n 1"), "is not the id of a key figure"),
        (("--organisation", "7777"), "the register has no kommun or region with the code '7777'"),
        (("--organisation", "8888"), "the register has no kommun or region with the code '8888'"),
        (("--from", "1949"), "expected a year from 1950"),
        (("--from", "2027"), "expected a year from 1950 to this one"),
        (("--from", "i fjol"), "invalid int value"),
    ],
)
def test_what_cannot_be_fetched_is_one_line(site, time_machine, args, why):
    time_machine.move_to("2026-11-30")
    OrganisationFactory(code="8888")  # invented, so Kolada knows nothing of it
    assert why in run("fetch_kolada", *args)[1]
    assert site.asked == []


def test_without_an_address_nothing_is_asked(settings):
    settings.KOLADA_URL = ""
    assert "KOLADA_URL is empty" in run("fetch_kolada")[1]


def test_the_samples_are_read_and_printed_as_kolada_gave_them():
    printed, why = run("load_kolada", GENDERED, UNDIVIDED, FACTS)
    assert (printed, why) == ("kolada: 10 key figures and 68 rows, 0 changed, 0 with a missing value\n", "")
    document = read("N21704", "1480")
    assert document["values"] == [
        {
            "period": "2023",
            "women": "19.468967",
            "men": "13.314533",
            "total": "17.012982",
            "gap": "6.154434",
            "status": "",
        }
    ]
    assert (document["kpi"], document["organisation"], document["source"]) == ("N21704", "1480", "Kolada")


def test_an_undivided_key_figure_has_neither_women_nor_men():
    run("load_kolada", UNDIVIDED, FACTS)
    document = read("N00945", "0180")
    assert document["original_source"] == "Försäkringskassan"
    assert document["values"][0] == {
        "period": "2000",
        "women": None,
        "men": None,
        "total": "31.32959689",
        "gap": None,
        "status": "",
    }
    assert [row["period"] for row in document["values"]] == [str(year) for year in range(2000, 2021)]
    assert KeyFigure.objects.get(code="N00945").divided is False


def test_all_numbers_of_the_samples_are_there_as_they_were_written():
    run("load_kolada", GENDERED, UNDIVIDED)
    written = (GENDERED.read_text() + UNDIVIDED.read_text()).split('"value": ')[1:]
    expected = sorted(text.split(",")[0] for text in written)
    rows = OfficialValue.objects.values_list("women", "men", "total")
    assert sorted(text for row in rows for text in row if text) == expected


def test_a_file_twice_changes_nothing():
    run("load_kolada", GENDERED)
    before = list(OfficialValue.objects.values())
    assert "5 rows, 0 changed" in run("load_kolada", GENDERED)[0]
    assert (list(OfficialValue.objects.values()), Revision.objects.count()) == (before, 0)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (GENDERED.read_text()[:900], "not JSON"),
        ("[]", "expected an object with the list values"),
        ('{"values": {}}', "expected an object with the list values"),
        (PLACES.read_text(), "expected what /kpi or /data answers"),
        (GENDERED.read_text().replace("25.688929", "NaN"), "not JSON: NaN is not a number"),
        (GENDERED.read_text().replace('"K"', '"F"', 1), "gender is not T, K or M"),
        (FACTS.read_text().replace('"municipality_type": "K"', '"municipality_type": "X"', 1), "municipality_type"),
    ],
)
def test_of_a_broken_file_nothing_is_stored(tmp_path, text, why):
    broken = tmp_path / "broken.json"
    broken.write_text(text)
    before = list(KeyFigure.objects.values())
    error = run("load_kolada", GENDERED, broken)[1]
    assert why in error
    assert error.startswith(str(broken))
    assert "\n" not in error
    assert (list(KeyFigure.objects.values()), OfficialValue.objects.count()) == (before, 0)


def test_a_file_that_is_not_there_and_one_that_is_too_large(tmp_path, monkeypatch):
    assert "No such file" in run("load_kolada", tmp_path / "none.json")[1]
    monkeypatch.setattr("kolada.files.MOST_BYTES", 10)
    assert "larger than 10 bytes" in run("load_kolada", GENDERED)[1]


def test_missing_values_are_null_with_their_status(tmp_path):
    row = {"kpi": "N21704", "municipality": "1480", "period": 2023, "values": [entry("T", 1, status="")]}
    row["values"] += [entry("K", None, status="Missing"), entry("M", 0)]
    file = tmp_path / "one.json"
    file.write_text(json.dumps({"values": [row]}))
    assert "1 with a missing value" in run("load_kolada", file)[0]
    [value] = read("N21704", "1480")["values"]
    assert value == {
        "period": "2023",
        "women": None,
        "men": "0",
        "total": "1",
        "gap": None,
        "status": "Missing",
    }


def test_what_cannot_be_printed_is_one_line():
    assert "'N99999'" in run("kolada", "--kpi", "N99999", "--organisation", "1480")[1]
    assert "'7777'" in run("kolada", "--kpi", "N21704", "--organisation", "7777")[1]


def test_the_country_can_be_printed(site):
    run("fetch_kolada", "--kpi", "N21704", "--organisation", "1480")
    assert read("N21704", "0000")["values"][0]["gap"] == "1"


def test_a_gap_is_exact_whatever_the_number_of_decimals(tmp_path):
    row = {"kpi": "N21704", "municipality": "1480", "period": 2023, "values": [entry("K", 1), entry("M", 2)]}
    text = json.dumps({"values": [row]}).replace('"value": 1', '"value": 1e30').replace('"value": 2', '"value": 1e-9')
    file = tmp_path / "one.json"
    file.write_text(text)
    run("load_kolada", file)
    [value] = read("N21704", "1480")["values"]
    assert (value["women"], value["men"]) == ("1e30", "1e-9")
    assert value["gap"] == f"{10**30 - 1}.{'9' * 9}"
