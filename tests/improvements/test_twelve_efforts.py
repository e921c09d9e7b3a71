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
class Told:
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
TOLD = (
    Told("0181", "Föreläsningar om statistik", "925-929", Stage.ACTIVITY, "Ordnade föreläsningar med RKA."),
    Told("1256", "Kunskapsgrund för chefer", "933-937", Stage.ACTIVITY, "Cheferna utbildades."),
    Told("21", "Personliga tränare", "2044-2063", Stage.ACTIVITY, "Chefer och medarbetare får en tränare."),
    Told("2284", "Fråga om våld i samtalsmallen", "1085-1087", Stage.PRODUCT, "Mallen fick en fråga om våld."),
    Told("1060", "Ändrad mall för tjänsteskrivelser", "1130-1134", Stage.PRODUCT, "Mallen tar upp jämställdhet."),
    Told("25", "Strategisk plan", "2146-2154", Stage.PRODUCT, "Planen har tydliga skrivningar."),
    Told(
        "1980",
        "Fritidsgårdar och klubbar",
        "1211-1219",
        Stage.PRACTICE,
        "Piloten har ändrat sitt arbete.",
        StepState.PARTLY,
        "fritidsgårdarna",
    ),
    Told("2284", "Checklista inför nämndbeslut", "1227-1231", Stage.PRACTICE, "En checklista används."),
    Told("17", "Remissvar", "2282-2292", Stage.PRACTICE, "Svaren tar upp kvinnor och män."),
    Told(
        "2083",
        "Bidrag till ungdomsidrott",
        "1316-1320",
        Stage.OUTCOME,
        "Bidraget når lika många flickor som pojkar.",
        answers=(("noticed_how", "Lika många flickor som pojkar får del av bidraget."), *NOTICED),
    ),
    Told(
        "2083",
        "Flickor på fritidsgårdarna",
        "1312-1314",
        Stage.OUTCOME,
        "Fler flickor kommer.",
        answers=(("noticed_how", "Fler flickor kommer."), *NOTICED),
    ),
    # The report tells of it as begun, as a part of reaching a goal.
    Told("0380", "Huskurage", "1375-1379", Stage.OUTCOME, "Införandet har börjat.", StepState.UNDER_WAY),
)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(date(2020, 1, 31), tick=False):
        yield


@pytest.fixture
def cohort():
    return CohortFactory(kind=CohortKind.MIXED, starts_on=date(2019, 2, 1), ends_on=date(2020, 2, 28))


def enter(client, told, participation):
    """Enter the effort and its step through the forms, as a strategist does."""
    client.force_login(DelegateFactory(participation=participation, starts_on=date(2019, 2, 1)).user)
    place = [participation.cohort.slug, participation.code]
    added = client.post(reverse("improvements:effort_add", args=place), {"title": told.title, "readers": "group"})
    effort = Effort.objects.get(title=told.title)
    assert added.url == reverse("improvements:effort", args=[effort.pk])
    step = {
        "stage": told.stage,
        "state": told.state,
        "part": told.part,
        "when": "2019",
        "text": told.text,
        **dict(told.answers),
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
    for told in TOLD:
        if told.code not in members:
            organisation = Organisation.objects.get(code=told.code)
            members[told.code] = ParticipationFactory(cohort=cohort, organisation=organisation, code=told.code)
        enter(client, told, members[told.code])
        page = client.get(reverse("improvements:chain", args=[cohort.slug, told.code]))
        landed |= lands(page)
    begun = {told.title: "Inget steg nått än" for told in TOLD if told.state == StepState.UNDER_WAY}
    assert landed == {told.title: str(told.stage.label) for told in TOLD} | begun


def test_there_are_twelve_of_kommuner_and_regioner_at_every_stage_the_reports_tell_of():
    assert len(TOLD) == len({told.title for told in TOLD}) == 12
    assert {told.stage for told in TOLD} == set(Stage) - {Stage.SOCIETAL_EFFECT}
    assert {len(told.code) for told in TOLD} == {2, 4}
    assert all(re.fullmatch(r"\d+-\d+", told.lines) for told in TOLD)


def test_what_is_reached_in_a_part_has_moved(client, cohort):
    told = next(told for told in TOLD if told.part)
    participation = ParticipationFactory(cohort=cohort, organisation=Organisation.objects.get(code="1980"), code="1980")
    effort = enter(client, told, participation)
    moved = movement_of([effort], date(2019, 2, 1), date(2020, 1, 31), date(2020, 1, 31))
    assert [row.steps_forward for row in moved.forward] == [3]
    assert "fritidsgårdarna" in client.get(reverse("improvements:effort", args=[effort.pk])).text
