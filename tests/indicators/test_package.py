"""Indicators in the cohort package, in the papers and in the demonstration: only what any reader sees."""

import json
from decimal import Decimal

import pytest
from django.conf import settings

from archive.papers.papers_of import PapersOf
from archive.papers.work import work
from cohorts.models import Cohort, Organisation
from cohorts.register import load_register
from cohorts.roles import roles_of
from exchange.exporting import export_document
from exchange.importing import import_document
from exchange.parsing import Malformed
from exchange.references import References
from indicators.models import Indicator, Value
from tests.cast import make_cast
from tests.factories import IndicatorFactory, ValueFactory
from tests.packages import version_3

pytestmark = pytest.mark.django_db


@pytest.fixture
def _register():
    load_register(Organisation, settings.DATA_DIR / "organisations-demo.csv", invented=True)


def import_(document):
    return import_document(json.loads(json.dumps(document)), References.read())


@pytest.mark.usefixtures("_register")
class TestPackage:
    def test_all_of_an_indicator_comes_in_and_goes_out(self):
        document = version_3()
        cohort = import_(document).cohort
        row = Indicator.objects.get(key="vantetid")
        assert (row.target_men, row.goals.get().number, row.item.key, row.baseline) == (
            Decimal("40.5"),
            5,
            "follow_up",
            "2025-H1",
        )
        assert (row.values.get().unit, row.values.get().men) == ("veckor", Decimal("42.5"))
        assert Indicator.objects.get(key="sjukfranvaro").key_figure.code == "N00090"
        assert export_document(cohort)["indicators"] == document["indicators"]
        assert not import_(document).changed

    def test_what_few_people_are_behind_is_not_in_it_and_is_kept_where_it_comes_in(self):
        cohort = import_(version_3()).cohort
        row = Indicator.objects.get(key="vantetid")
        secret = {"women": 777, "men_denominator": 9, "women_denominator": 500}
        ValueFactory(indicator=row, period="2025-H2", note="Bara nio pojkar.", **secret)
        document = export_document(cohort)
        values = next(indicator["values"] for indicator in document["indicators"] if indicator["key"] == "vantetid")
        assert [value["period"] for value in values] == ["2025-H1"]
        assert "777" not in json.dumps(document["indicators"])
        assert "Bara nio" not in json.dumps(document["indicators"])
        assert not import_(document).changed
        assert Value.objects.get(period="2025-H2").women == 777

    @pytest.mark.parametrize(
        ("place", "changes", "path"),
        [
            (1, {"key_figure": "N99998"}, "$.indicators[1].key_figure"),
            (1, {"key_figure": None}, "$.indicators[1].key_figure"),
            (0, {"key_figure": "N00090"}, "$.indicators[0].key_figure"),
            (0, {"item": "okant"}, "$.indicators[0].item"),
            (0, {"baseline": "våren"}, "$.indicators[0].baseline"),
            (0, {"target_gap": "-1"}, "$.indicators[0].target_gap"),
            (0, {"target_men": 40}, "$.indicators[0].target_men"),
            (0, {"goals": [7]}, "$.indicators[0].goals[0]"),
            (0, {"tags": ["barn", "barn"]}, "$.indicators[0].tags[1]"),
            (0, {"decisions": [2]}, "$.indicators[0].decisions[0]"),
            (0, {"decisions": [1, 1]}, "$.indicators[0].decisions[1]"),
            (1, {"title": "Väntetid till första besök"}, "$.indicators[1].title"),
            (1, {"key": "vantetid"}, "$.indicators[1].key"),
            (0, {"organisation": "0180"}, "$.indicators[0].organisation"),
        ],
    )
    def test_what_cannot_be_is_refused_with_its_path(self, place, changes, path):
        document = version_3()
        document["indicators"][place] |= changes
        with pytest.raises(Malformed) as refusal:
            import_(document)
        assert str(refusal.value).startswith(f"{path}:")
        assert not Cohort.objects.filter(slug=document["cohort"]["slug"]).exists()

    def test_a_period_stands_once_and_official_values_are_not_carried(self):
        document = version_3()
        document["indicators"][0]["values"] *= 2
        with pytest.raises(Malformed, match=r"values\[1\].period"):
            import_(document)
        document = version_3()
        document["indicators"][1]["values"] = document["indicators"][0]["values"]
        with pytest.raises(Malformed, match=r"indicators\[1\].values"):
            import_(document)


def test_the_papers_have_the_values_without_small_numbers():
    cast = make_cast()
    row = IndicatorFactory(participation=cast.own, kind="count", unit="personer", title="Deltagare")
    ValueFactory(indicator=row, period="2024", women=20, men=30, total=50)
    ValueFactory(indicator=row, period="2025", women=3, men=777, total=780, note="Tre.")
    papers = list(work(PapersOf(cast.own, roles_of(cast.anna))))
    sheet = next(entry for entry in papers if entry.title == "Nyckeltal")
    text = b"".join(sheet.read(lambda *_: None)).decode()
    assert "Deltagare;2024;personer;20;30;50;'-10" in text
    assert "Deltagare;2025;personer;visas inte;visas inte;visas inte;visas inte" in text
    assert "777" not in text
    assert "Tre." not in text
