"""What is stored after a fetch: right, or as it was before, with the reason; and the next fetch heals."""

import random
from decimal import Decimal

import pytest

from bench.kolada_server import CLOSE, CUT, Answer, at, entry
from indicators.enums import Direction, IndicatorKind, ValueSource
from indicators.models import Indicator
from kolada import fetching
from kolada.client import CUT_OFF, NO_ANSWER, OTHER_HOST, UNREADABLE
from kolada.models import KeyFigure, OfficialValue, Revision
from kolada.reading import NO_REASON, REMOVED, source_of, without_written_breaks
from kolada.storing import GONE
from tests.factories import OrganisationFactory, ParticipationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def with_figures(server):
    server.add("N21704", title="Ny rubrik", description="Källa: ingen, se text. Källa: SCB och SKR.")
    server.add("N00905")
    server.give("N21704", "1480", 2023, M=13.314533, K=19.468967, T=17.012982)
    server.give("N21704", "0000", 2023, T=6.067015, M=4.434292, K=7.221589)
    server.give("N00905", "1480", 2023, K=300, M=250, T=275)


def follow(figure):
    kinds = {"direction": Direction.LOWER, "kind": IndicatorKind.SHARE, "source": ValueSource.KOLADA}
    facts = {"key": "foljs", "title": "Följs", "unit": "%", "key_figure": figure}
    return Indicator.objects.create(participation=ParticipationFactory(), **facts, **kinds)


def value(code="N21704", place="1480", year=2023):
    return OfficialValue.objects.get(key_figure__code=code, place=place, year=year)


def sexes(row):
    return row.women, row.men, row.total


def whole():
    return sorted(OfficialValue.objects.values_list("key_figure__code", "place", "year", "women", "men", "total"))


def test_women_and_men_are_known_by_their_letter(get):
    fetched = get("N21704", "N00905")
    assert sexes(value()) == ("19.468967", "13.314533", "17.012982")
    assert sexes(value(place="0000")) == ("7.221589", "4.434292", "6.067015")
    assert (fetched.asked, fetched.rows, fetched.changed, fetched.missing) == (2, 3, 0, 0)
    assert (fetched.withdrawn, fetched.failed) == ([], [])


def test_the_same_again_changes_nothing(get):
    get("N21704")
    before = whole()
    assert get("N21704").changed == 0
    assert (whole(), Revision.objects.count()) == (before, 0)


def test_facts_are_renewed_with_the_original_producer(get):
    get("N21704")
    figure = KeyFigure.objects.get(code="N21704")
    assert (figure.title, figure.source) == ("Ny rubrik", "SCB och SKR")
    assert figure.fetched_at


@pytest.mark.parametrize(
    ("description", "source"),
    [
        ("Andel. Källa: SCB.", "SCB"),
        ("Andel. Källa: Folkhälsomyndigheten", "Folkhälsomyndigheten"),
        ("Källa: se texten. Andel. Källor: SCB och\nSkolverket. ", "SCB och Skolverket"),
        ("Andel. Källa: SCB\\n", "SCB"),
        ("Andel utan källa", ""),
        ("", ""),
    ],
)
def test_the_original_producer_is_the_last_that_is_named(description, source):
    assert source_of(without_written_breaks(description)) == source


def test_no_source_of_the_catalogue_has_a_written_line_break():
    assert not KeyFigure.objects.filter(source__contains="\\n").exists()
    assert KeyFigure.objects.get(code="N05401").source == "SCB:s valdeltagandeundersökning"


def test_null_is_missing_with_its_reason_and_zero_is_a_value(get, server):
    server.give("N21704", "1480", 2023, entry("K", None, status="Missing"), entry("T", None), M=0)
    fetched = get("N21704")
    row = value()
    assert sexes(row) == ("", "0", "")
    assert (row.women_status, row.men_status, row.total_status) == ("Missing", "", NO_REASON)
    assert (row.number("women"), row.number("men"), row.gap) == (None, Decimal(0), None)
    assert fetched.missing == 1


def test_an_unknown_status_is_text_to_show(get, server):
    server.give("N21704", "1480", 2023, entry("K", 5.5, status="Preliminärt <i>värde</i>"))
    get("N21704")
    assert (value().women, value().women_status) == ("5.5", "Preliminärt <i>värde</i>")


def test_the_count_of_a_group_is_kept(get, server):
    server.give("N21704", "1480", 2023, entry("T", 5.5, count=7))
    get("N21704")
    assert value().count == 7


def test_a_removed_value_is_taken_away_and_what_it_was_is_kept(get, server):
    get("N21704")
    server.give("N21704", "1480", 2023, entry("K", 19.468967, isdeleted=True), M=13.314533, T=17.012982)
    fetched = get("N21704")
    assert (fetched.changed, fetched.missing) == (1, 1)
    assert sexes(value()) == ("", "13.314533", "17.012982")
    assert value().women_status == REMOVED
    assert value().revisions.get().women == "19.468967"
    assert get("N21704").changed == 0


def test_a_removed_value_beside_the_one_that_came_instead(get, server):
    server.give("N21704", "1480", 2023, entry("K", 1, isdeleted=True), entry("K", 2), entry("K", 3, isdeleted=True))
    get("N21704")
    assert value().women == "2"


def test_a_revised_value_is_replaced_with_a_note(get, server):
    get("N21704")
    server.give("N21704", "1480", 2023, K=20.1, M=13.314533, T=17.012982)
    assert get("N21704").changed == 1
    assert value().women == "20.1"
    assert sexes(value().revisions.get()) == ("19.468967", "13.314533", "17.012982")


def test_other_decimals_of_the_same_number_are_no_revision(get, server):
    server.give("N21704", "1480", 2023, K=5)
    get("N21704")
    server.give("N21704", "1480", 2023, K=5.0)
    assert get("N21704").changed == 0
    assert value().women == "5.0"


def test_a_sex_that_is_no_longer_mentioned_is_missing_with_a_note(get, server):
    get("N21704")
    server.give("N21704", "1480", 2023, T=17.012982)
    get("N21704")
    assert (value().women, value().women_status) == ("", GONE)
    assert get("N21704").changed == 0
    assert value().women_status == GONE


def test_a_value_that_is_not_divided_says_nothing_of_women_and_men(get, server):
    server.give("N21704", "1480", 2023, T=5)
    get("N21704")
    assert (value().women, value().women_status) == ("", "")


def test_a_key_figure_that_is_gone_keeps_its_values_and_comes_back(get, server):
    get("N21704", "N00905")
    facts = server.figures.pop("N00905")
    fetched = get("N21704", "N00905")
    assert fetched.withdrawn == ["N00905"]
    assert KeyFigure.objects.get(code="N00905").withdrawn_on
    assert value("N00905").women == "300"
    assert fetched.failed == []
    server.figures["N00905"] = facts
    assert get("N21704", "N00905").withdrawn == []
    assert KeyFigure.objects.get(code="N00905").withdrawn_on is None


def test_a_key_figure_that_makes_all_of_them_a_404(get, server):
    server.figures.pop("N00905")
    server.faults = [at("kpi/N21704,N00905", Answer(404))]
    assert get("N21704", "N00905").withdrawn == ["N00905"]
    assert value().women == "19.468967"


def test_a_key_figure_that_nobody_knows_is_named(get):
    fetched = get("N99999", "N21704")
    [failed] = fetched.failed
    assert failed["url"].endswith("/kpi/N99999")
    assert "N99999" in failed["why"]
    assert not KeyFigure.objects.filter(code="N99999").exists()
    assert value().women == "19.468967"


def test_a_wrong_address_withdraws_nothing(get, server):
    server.figures.clear()
    codes = list(KeyFigure.objects.values_list("code", flat=True)[: fetching.SUSPICIOUS])
    fetched = get(*codes)
    assert (fetched.withdrawn, [failure["why"] for failure in fetched.failed]) == ([], [fetching.NONE_FOUND])
    assert not KeyFigure.objects.exclude(withdrawn_on=None).exists()
    few = codes[: fetching.SUSPICIOUS - 1]
    assert get(*few).withdrawn == sorted(few)


FAULTS = [
    (CUT, CUT_OFF),
    (CLOSE, NO_ANSWER),
    (Answer(500), "Kolada svarade med felet 500."),
    (Answer(200, b'{"values": [], "next_url": "http://exempel.invalid/"}'), OTHER_HOST),
    (Answer(200, b'{"values": [{"kpi": "N21704"}]}'), UNREADABLE),
]


@pytest.mark.parametrize(("fault", "why"), FAULTS)
def test_what_fails_leaves_the_rest_and_the_figures_of_before(get, server, fault, why):
    get("N21704", "N00905")
    before = whole()
    server.give("N21704", "1480", 2023, K=1, M=1, T=1)
    server.faults = [at("/data/", fault)]
    fetched = get("N21704", "N00905")
    assert [failure["why"] for failure in fetched.failed] == [why]
    assert (whole(), Revision.objects.count()) == (before, 0)
    server.faults = []
    healed = get("N21704", "N00905")
    assert (healed.failed, healed.changed, value().women) == ([], 1, "1")


def test_a_batch_that_fails_leaves_the_other_batches(get, server):
    places = [f"{number:04}" for number in range(1, 51)]
    for place in places:
        server.give("N21704", place, 2023, K=1, M=2)
    server.faults = [at("municipality/0001,", Answer(500))]
    fetched = get("N21704", places=places, years=[2023])
    assert (len(fetched.failed), fetched.rows) == (1, 25)
    assert set(OfficialValue.objects.values_list("place", flat=True)) == set(places[25:])


def test_half_of_the_pages_are_not_stored(get, server):
    server.per_page = 1
    server.faults = [at("page=2", Answer(500))]
    assert get("N21704").rows == 0
    assert not OfficialValue.objects.exists()
    server.faults = []
    assert get("N21704").rows == 2


def test_where_the_facts_cannot_be_had_the_values_are_fetched_anyway(get, server):
    server.faults = [at("/v3/kpi/", Answer(500))]
    fetched = get("N21704")
    assert len(fetched.failed) == 1
    assert value().women == "19.468967"


def test_what_was_not_asked_for_is_not_stored(get, server):
    row = server.rows["N00905", "1480", 2023]
    server.listed = lambda path: [*server.figures.values()] if "/data/" not in path else [row]
    assert get("N21704").rows == 0
    assert not OfficialValue.objects.exists()


@pytest.mark.parametrize(
    "broken",
    [
        [1],
        [{"kpi": "../etc", "municipality": "1480", "period": 2023, "values": []}],
        [{"kpi": "N21704", "municipality": "V15E0001", "period": 2023, "values": []}],
        [{"kpi": "N21704", "municipality": "1480", "period": "i fjol", "values": []}],
        [{"kpi": "N21704", "municipality": "1480", "period": 2023, "values": None}],
        [{"kpi": "N21704", "municipality": "1480", "period": 2023, "values": [entry("F", 1)]}],
        [{"kpi": "N21704", "municipality": "1480", "period": 2023, "values": [entry("K", "12")]}],
        [{"kpi": "N21704", "municipality": "1480", "period": 2023, "values": [entry("K", True)]}],
        [{"kpi": "N21704", "municipality": "1480", "period": 2023, "values": [entry("K", 10**45)]}],
        [{"kpi": "N21704", "municipality": "1480", "period": 2023, "values": [entry("K", 1e99)]}],
        [{"kpi": "N21704", "municipality": "1480", "period": 2023, "values": [entry("K", 1, count=-1)]}],
        [{"kpi": "N21704", "municipality": "1480", "period": 2023, "values": [entry("K", 1, isdeleted="nej")]}],
        [{"kpi": "N21704", "municipality": "1480", "period": 2023, "values": [entry("K", 1), entry("K", 2)]}],
    ],
)
def test_what_is_not_as_kolada_lists_it_is_not_stored(get, server, broken):
    server.listed = lambda path: [*server.figures.values()] if "/data/" not in path else broken
    assert [failure["why"] for failure in get("N21704").failed] == [UNREADABLE]
    assert not OfficialValue.objects.exists()


@pytest.mark.parametrize("broken", [{"id": "n 1"}, {"id": "N1", "title": ""}, {"id": "N1", "title": "x"}])
def test_facts_that_are_not_as_kolada_lists_them(get, server, broken):
    server.listed = lambda path: [broken]
    before = list(KeyFigure.objects.values())
    assert UNREADABLE in [failure["why"] for failure in get("N21704").failed]
    assert list(KeyFigure.objects.values()) == before


def test_the_catalogue_is_renewed_by_pages(get, server):
    server.per_page = 2
    server.add("N00001")
    server.add("N00002", is_divided_by_gender=False)
    fetched = get(catalogue=True)
    assert KeyFigure.objects.get(code="N00001").title == "Nyckeltal N00001"
    assert not KeyFigure.objects.filter(code="N00002").exists()
    assert KeyFigure.objects.get(code="N05401").withdrawn_on
    assert len(fetched.withdrawn) == 2313 - 2
    server.faults = [at("page=2", Answer(500))]
    assert get(catalogue=True).withdrawn == []


def test_an_invented_value_is_replaced_without_a_note(get):
    figure = KeyFigure.objects.get(code="N21704")
    OfficialValue.objects.create(key_figure=figure, place="1480", year=2023, women="1", invented=True)
    get("N21704")
    assert (value().women, value().invented, Revision.objects.count()) == ("19.468967", False, 0)


def test_what_is_followed_is_the_starters_and_what_indicators_follow():
    starters = set(KeyFigure.objects.exclude(starters=None).values_list("code", flat=True))
    assert len(starters) == 34
    other = KeyFigure.objects.filter(starters=None).first()
    assert set(fetching.followed()) == starters
    follow(other)
    assert set(fetching.followed()) == {*starters, other.code}


def test_places_are_of_kommuner_and_regioner_and_the_country_is_always_among_them():
    OrganisationFactory(code="99", kind="region")
    places = fetching.places_of_register()
    assert len(places) == len(set(places)) == 290 + 21 + 1
    assert {"0000", "0009", "0980", "1480", "0025"} <= set(places)
    assert "0099" not in places


def test_a_thousand_rows_in_any_order_with_anything_missing(get, server):
    """Each is what it was given as, by letter; null is missing and 0 is 0."""
    chance = random.Random(14)
    places = [f"{number:04}" for number in range(1, 51)]
    expected = {}
    for place in places:
        for year in range(2004, 2024):
            given = {sex: _generated(chance) for sex in "KMT"}
            entries = [_entry(sex, kind, number) for sex, (kind, number, _) in given.items()]
            chance.shuffle(entries)
            server.give("N21704", place, year, *entries)
            expected[place, year] = {sex: kept for sex, (_, _, kept) in given.items()}
    fetched = get("N21704", places=places, years=range(2004, 2024))
    assert fetched.rows == len(expected) == 1000
    for row in OfficialValue.objects.all():
        assert dict(zip("KMT", sexes(row), strict=True)) == expected[row.place, row.year]
        assert all(bool(text) != (status in (NO_REASON, "Missing", REMOVED)) for text, status in _pairs(row))
        women, men = (expected[row.place, row.year][sex] for sex in "KM")
        assert row.gap == (Decimal(women) - Decimal(men) if women and men else None)


def _pairs(row):
    return [(row.women, row.women_status), (row.men, row.men_status), (row.total, row.total_status)]


def _generated(chance):
    """What the server is told of a value, and the text that is to be kept."""
    kind = chance.randrange(6)
    number = chance.choice([0, 100, round(chance.uniform(-5, 100), chance.randrange(9)), chance.randrange(10**6)])
    kept = "" if kind < 2 else str(number)
    return ("null", "removed", "value", "value", "value", "value")[kind], number, kept


def _entry(sex, kind, number):
    if kind == "null":
        return entry(sex, None, status="Missing" if number else "")
    return entry(sex, number, isdeleted=kind == "removed")
