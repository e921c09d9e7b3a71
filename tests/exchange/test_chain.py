"""What version 3 of the package says of steps, labels and placements: the rules between them, there and back."""

from copy import deepcopy

import pytest
from django.conf import settings

from cohorts.models import Cohort, Organisation
from cohorts.register import load_register
from exchange.consistency import check_consistency
from exchange.exporting import export_document
from exchange.parsing import Malformed
from exchange.references import References
from improvements.models import Effort, EffortStep
from tests.exchange.test_exchange import run, write
from tests.packages import version_2, version_3

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def register():
    load_register(Organisation, settings.DATA_DIR / "organisations-demo.csv", invented=True)


def the_effort(document):
    return next(row for row in document["efforts"] if row["tags"])


def the_placed(document):
    return next(row for row in document["participants"] if row["placements"])


WRONG = {
    "a day that is not in the month": (
        lambda d: the_effort(d)["steps"][0].update(month=2, day=30),
        "a day of the month",
    ),
    "a day without a month": (lambda d: the_effort(d)["steps"][0].update(month=None), "a day of the month"),
    "parts that are not named": (lambda d: the_effort(d)["steps"][0].update(part=None), "a text where the state"),
    "a part of what is wholly reached": (lambda d: the_effort(d)["steps"][0].update(state="reached"), "else null"),
    "a group twice": (lambda d: the_effort(d)["steps"][0].update(whom=["men", "men"]), "each group once"),
    "an unknown article": (lambda d: the_effort(d).update(articles=["31"]), "the number or the heading"),
    "a tag twice": (lambda d: the_effort(d).update(tags=["a", "a"]), "each label once"),
    "an occasion twice": (lambda d: the_placed(d).update(placements=the_placed(d)["placements"] * 2), "each occasion"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_breaks_a_rule_is_refused(name):
    document = deepcopy(version_3())
    change, expected = WRONG[name]
    change(document)
    with pytest.raises(Malformed, match=expected):
        check_consistency(document, References.read())


def test_comes_in_and_goes_out_the_same(tmp_path):
    document = version_3()
    file = write(tmp_path / "package.json", document)
    run(file)
    effort = Effort.objects.exclude(tags="").get()
    assert effort.labels.tags == ("Agenda 2030, mål 5",)
    assert str(effort.steps.get(state="partly").when) == "14 mars 2026"
    out = export_document(Cohort.objects.get(slug=document["cohort"]["slug"]))
    assert the_effort(out) == the_effort(document)
    assert the_placed(out)["placements"] == the_placed(document)["placements"]


def test_a_package_with_years_only_leaves_what_it_does_not_carry(tmp_path):
    file = write(tmp_path / "old.json", version_2())
    run(file)
    step = EffortStep.objects.filter(state="reached").first()
    EffortStep.objects.filter(pk=step.pk).update(state="partly", part="En enhet", month=3, day=14)
    Effort.objects.filter(pk=step.effort_id).update(tags="barnrätt")
    run(file)
    step.refresh_from_db()
    assert (step.state, step.part, step.month, step.day) == ("reached", "", 3, 14)
    assert Effort.objects.get(pk=step.effort_id).tag_list == ("barnrätt",)
