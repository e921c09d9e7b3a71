"""What the shape of a checklist cannot be, each refusal with its words."""

import pytest

from checklist.actions import shape
from checklist.enums import LinkKind
from checklist.models import Checklist
from kit.staleness import content_of, digest
from tests.factories import CohortFactory
from tests.refusing import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def new(cast):
    """A version that nothing rests on yet, with three steps."""
    old = Checklist.objects.get(key="skr-2018")
    return shape.copy_checklist(checklist=old, key="skr-2030", name="Checklista 2030", year=2030, by=cast.cia)


def test_a_key_is_taken_once(cast, new):
    with refused("Det finns redan en version med den nyckeln."):
        shape.copy_checklist(checklist=new, key="skr-2018", name="En annan", year=2031, by=cast.cia)


def test_half_steps_stay_where_they_are_used(cast, new):
    Checklist.objects.filter(pk=new.pk).update(half_steps=True)
    new.refresh_from_db()
    CohortFactory(plan__checklist=new.key, plan__half_steps=True)
    stored = content_of(new, *shape.PROPERTIES)
    with refused("En omgång använder halva steg med den här versionen."):
        shape.edit_checklist(checklist=new, seen=digest(stored), by=cast.cia, **stored | {"half_steps": False})


def test_the_last_moment_stays(cast, new):
    for item in list(new.items.all())[1:]:
        shape.remove_item(item=item, by=cast.cia)
    with refused("En checklista har minst ett moment."):
        shape.remove_item(item=new.items.get(), by=cast.cia)


def test_a_scale_has_three_or_four_steps(cast, new):
    with refused("En skala har minst tre steg."):
        shape.remove_step(checklist=new, by=cast.cia)
    shape.add_step(checklist=new, label="Förebild", by=cast.cia)
    with refused("En skala har högst fyra steg."):
        shape.add_step(checklist=new, label="Ännu mer", by=cast.cia)


@pytest.mark.parametrize("key", ["skr-2030", "skr-2040"])
def test_a_moment_comes_from_an_earlier_version(cast, new, key):
    shape.copy_checklist(checklist=new, key="skr-2040", name="Checklista 2040", year=2040, by=cast.cia)
    later = Checklist.objects.get(key=key).items.last()
    with refused("Välj ett moment i en tidigare version."):
        shape.link_item(item=new.items.first(), old=later, kind=LinkKind.SAME, by=cast.cia)


@pytest.mark.parametrize("number", [0, 12])
def test_a_number_leaves_no_gap(cast, new, number):
    words = {"text": "Ett nytt moment.", "short": "Nytt", "block": new.items.first().block, "owner": ""}
    with refused("Välj ett nummer från 1 till 11."):
        shape.add_item(checklist=new, number=number, by=cast.cia, **words)
