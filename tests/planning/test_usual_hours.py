"""The usual hours of a kind of meeting are data of the concept, and a new omgång begins with them."""

from datetime import date, time

import pytest
from django.apps import apps
from django.conf import settings

from accounts.enums import SkrRole
from kit.refusals import ActionRefused
from kit.staleness import content_of, digest
from planning.actions.cohorts import set_up_cohort
from planning.actions.editions import STEP, save_step
from planning.loading import give_hours
from planning.models import Edition, EditionStep
from planning.setup.blueprint import of_edition
from planning.setup.dating import dated
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader():
    return UserFactory(skr_role=SkrRole.PROCESS_LEADER)


def hours_of(key, kind):
    return set(EditionStep.objects.filter(edition__key=key, kind=kind).values_list("starts_at", "ends_at"))


@pytest.mark.parametrize("kind", ["strategist_meeting", "mentor_meeting"])
def test_strategists_and_mentors_meet_from_13_to_16(kind):
    assert hours_of("koncept-2021", kind) == {(time(13), time(16))}


def test_hours_that_nothing_says_are_not_made_up():
    assert hours_of("koncept-2021", "learning_meeting") == {(None, None)}
    assert "klockan 13–16" in Edition.objects.get(key="koncept-2021").source


def test_a_site_with_hours_of_its_own_keeps_them():
    steps = EditionStep.objects.filter(edition__key="koncept-2021", kind="strategist_meeting")
    steps.update(starts_at=time(9), ends_at=time(11))
    source = Edition.objects.get(key="koncept-2021").source
    give_hours(settings.DATA_DIR / "editions.json", apps.get_model)
    assert hours_of("koncept-2021", "strategist_meeting") == {(time(9), time(11))}
    assert Edition.objects.get(key="koncept-2021").source == source


def test_a_new_omgang_has_the_hours_of_its_concept(leader):
    blueprint = of_edition(Edition.objects.get(key="koncept-2021"))
    plan = dated(blueprint, date(2027, 9, 13))
    cohort = set_up_cohort(name="Ny", kind="blandad", blueprint=blueprint, plan=plan, by=leader)
    first = cohort.meetings.get(key="strategist-1")
    assert (first.starts_at, first.ends_at) == (time(13), time(16))
    assert cohort.meetings.get(key="learning-1").starts_at is None


@pytest.mark.parametrize(
    ("hours", "field"),
    [
        ({"starts_at": None, "ends_at": time(16)}, "starts_at"),
        ({"starts_at": time(16), "ends_at": time(13)}, "ends_at"),
    ],
)
def test_hours_that_cannot_be_are_refused(leader, hours, field):
    step = EditionStep.objects.filter(kind="strategist_meeting").first()
    stored = content_of(step, *STEP)
    with pytest.raises(ActionRefused) as refusal:
        save_step(edition=step.edition, step=step, seen=digest(stored), by=leader, **{**stored, **hours})
    assert refusal.value.field == field


def test_the_page_of_a_concept_and_of_a_new_omgang_say_them(client, leader):
    client.force_login(leader)
    assert "kl. 13.00–16.00" in client.get("/koncept/koncept-2021/").content.decode()
    asked = "name=Ny&kind=blandad&source=koncept:koncept-2021&begins_on=2027-09-13"
    assert "kl. 13.00–16.00" in client.get(f"/omgangar/ny/datum/?{asked}").content.decode()
