"""Twelve efforts that the programme's reports describe are entered by hand, and land on the stage the reports give.

The place in the report stands beside each, as the lines of the text version of SKR's "Modellkommuner och Modellregioner
2018–2020" (January 2020). The words are our own. No report tells of a societal effect that is reached, so none stands
here as reached either.
"""

import re
from dataclasses import dataclass
from datetime import date

import pytest
import time_machine
from django.urls import reverse

from cohorts.enums import CohortKind
from cohorts.models import Organisation
from improvements.enums import Stage, StepState
from improvements.models import Effort
from improvements.movement import movement_of
from tests.factories import CohortFactory, DelegateFactory, ParticipationFactory

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Example:
    """An effort as the report tells of it, with the stage under whose heading it stands."""

    code: str
    title: str
    lines: str
    stage: Stage
    text: str
    state: StepState = StepState.REACHED
    part: str = ""
    answers: tuple[tuple[str, str], ...] = ()


NOTICED = (("noticed", "ja"), ("led_here", "Flera år av arbete."))
EXAMPLES = (
    Example("0181", "Föreläsningar om statistik", "925-929", Stage.ACTIVITY, "Ordnade föreläsningar med RKA."),
    Example("1256", "Kunskapsgrund för chefer", "933-937", Stage.ACTIVITY, "Cheferna utbildades."),
    Example("21", "Personliga tränare", "2044-2063", Stage.ACTIVITY, "Chefer och medarbetare får en tränare."),
    Example("2284", "Fråga om våld i samtalsmallen", "1085-1087", Stage.PRODUCT, "Mallen fick en fråga om våld."),
    Example("1060", "Ändrad mall för tjänsteskrivelser", "1130-1134", Stage.PRODUCT, "Mallen tar upp jämställdhet."),
    Example("25", "Strategisk plan", "2146-2154", Stage.PRODUCT, "Planen har tydliga skrivningar."),
    Example(
        "1980",
        "Fritidsgårdar och klubbar",
        "1211-1219",
        Stage.PRACTICE,
        "Piloten har ändrat sitt arbete.",
        StepState.PARTLY,
        "fritidsgårdarna",
    ),
    Example("2284", "Checklista inför nämndbeslut", "1227-1231", Stage.PRACTICE, "En checklista används."),
    Example("17", "Remissvar", "2282-2292", Stage.PRACTICE, "Svaren tar upp kvinnor och män."),
    Example(
        "2083",
        "Bidrag till ungdomsidrott",
        "1316-1320",
        Stage.OUTCOME,
        "Bidraget når lika många flickor som pojkar.",
        answers=(("noticed_how", "Lika många flickor som pojkar får del av bidraget."), *NOTICED),
    ),
    Example(
        "2083",
        "Flickor på fritidsgårdarna",
        "1312-1314",
        Stage.OUTCOME,
        "Fler flickor kommer.",
        answers=(("noticed_how", "Fler flickor kommer."), *NOTICED),
    ),
    # The report tells of it as begun, as a part of reaching a goal.
    Example("0380", "Huskurage", "1375-1379", Stage.OUTCOME, "Införandet har börjat.", StepState.UNDER_WAY),
)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(date(2020, 1, 31), tick=False):
        yield


@pytest.fixture
def cohort():
    return CohortFactory(kind=CohortKind.MIXED, starts_on=date(2019, 2, 1), ends_on=date(2020, 2, 28))


def enter(client, example, participation):
    """Enter the effort and its step through the forms, as a strategist does."""
    client.force_login(DelegateFactory(participation=participation, starts_on=date(2019, 2, 1)).user)
    place = [participation.cohort.slug, participation.code]
    added = client.post(reverse("improvements:effort_add", args=place), {"title": example.title, "readers": "group"})
    effort = Effort.objects.get(title=example.title)
    assert added.url == reverse("improvements:effort", args=[effort.pk])
    step = {
        "stage": example.stage,
        "state": example.state,
        "part": example.part,
        "when": "2019",
        "text": example.text,
        **dict(example.answers),
    }
    sent = client.post(reverse("improvements:step_add", args=[effort.pk]), step)
    assert sent.status_code == 302, sent.context["form"].errors
    return effort


def lands(page):
    """Where the organisation's page of the chain says that the efforts stand, by title."""
    return {effort.title: label for label, efforts in page.context["standing"] for effort in efforts}


def test_each_lands_on_the_stage_of_its_heading(client, cohort):
    landed = {}
    members = {}
    for example in EXAMPLES:
        if example.code not in members:
            organisation = Organisation.objects.get(code=example.code)
            members[example.code] = ParticipationFactory(cohort=cohort, organisation=organisation, code=example.code)
        enter(client, example, members[example.code])
        page = client.get(reverse("improvements:chain", args=[cohort.slug, example.code]))
        landed |= lands(page)
    begun = {example.title: "Inget steg nått än" for example in EXAMPLES if example.state == StepState.UNDER_WAY}
    assert landed == {example.title: str(example.stage.label) for example in EXAMPLES} | begun


def test_there_are_twelve_of_kommuner_and_regioner_at_every_stage_the_reports_tell_of():
    assert len(EXAMPLES) == len({example.title for example in EXAMPLES}) == 12
    assert {example.stage for example in EXAMPLES} == set(Stage) - {Stage.SOCIETAL_EFFECT}
    assert {len(example.code) for example in EXAMPLES} == {2, 4}
    assert all(re.fullmatch(r"\d+-\d+", example.lines) for example in EXAMPLES)


def test_what_is_reached_in_a_part_has_moved(client, cohort):
    example = next(example for example in EXAMPLES if example.part)
    participation = ParticipationFactory(cohort=cohort, organisation=Organisation.objects.get(code="1980"), code="1980")
    effort = enter(client, example, participation)
    moved = movement_of([effort], date(2019, 2, 1), date(2020, 1, 31), date(2020, 1, 31))
    assert [row.steps_forward for row in moved.forward] == [3]
    assert "fritidsgårdarna" in client.get(reverse("improvements:effort", args=[effort.pk])).text
