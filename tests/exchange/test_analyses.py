"""Version 3 of the package: analyses, with the indicators that they are about."""

import copy

import pytest
from django.conf import settings

from cohorts.models import Organisation, Participation
from cohorts.register import load_register
from indicators.models import Analysis, Indicator
from tests.exchange.test_exchange import export, refusal, run, write
from tests.packages import version_3

pytestmark = pytest.mark.django_db
DOCUMENT = version_3()
SLUG = DOCUMENT["cohort"]["slug"]


@pytest.fixture(autouse=True)
def invented_organisations(db):
    load_register(Organisation, settings.DATA_DIR / "organisations-demo.csv", invented=True)


def with_analysis(**changes):
    document = copy.deepcopy(DOCUMENT)
    document["analyses"][0] |= changes
    return document


def test_an_analysis_is_tied_to_the_indicators_it_names(tmp_path):
    run(write(tmp_path / "first.json", DOCUMENT))
    owner = Participation.objects.get(cohort__slug=SLUG, code="99")
    about = {"unit": "dagar", "direction": "lower", "kind": "mean", "source": "own"}
    indicator = Indicator.objects.create(participation=owner, key="vantan", title="Väntan", **about)
    document = with_analysis(indicators=["vantan"])
    assert run(write(tmp_path / "tied.json", document)) == f"{SLUG}: updated\n"
    assert list(Analysis.objects.get(title="Väntan till första besök").indicators.all()) == [indicator]
    assert export(SLUG, tmp_path / "out.json")["analyses"][0]["indicators"] == ["vantan"]
    assert run(tmp_path / "tied.json") == f"{SLUG}: unchanged\n"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"indicators": ["okand"]},
            "$.analyses[0].indicators[0]: expected the key of an indicator of the organisation",
        ),
        ({"signed_on": None}, "$.analyses[0].signed_on: expected a function and a day, or null for both"),
        ({"organisation": "1234"}, "$.analyses[0].organisation: expected"),
        ({"title": "Vilka som kommer"}, "$.analyses[1].title: expected each title of an organisation once,"),
    ],
)
def test_what_is_wrong_is_told_in_a_line(tmp_path, changes, said):
    assert f": {said}" in refusal(write(tmp_path / "wrong.json", with_analysis(**changes)))
    assert not Analysis.objects.exists()
