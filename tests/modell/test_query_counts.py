"""No page asks the database more the more there is: as many questions at six participants as at thirty, and few."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from bench.omgang import Omgang, make_omgang
from bench.pages import Visitor
from tests.pages import COUNTED

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def omgangar(django_db_setup, django_db_blocker) -> Iterator[list[Omgang]]:
    """Two omgångar, made once: not named as the factories name theirs, and each in the other's pool of the former."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield [make_omgang(size, f"raknad-{size}") for size in (6, 30)]
        transaction.set_rollback(True)


@pytest.mark.in_turn(3)
@pytest.mark.parametrize("seen", COUNTED, ids=lambda seen: seen.label)
def test_queries_are_few_and_do_not_grow(omgangar, seen):
    few, many = (Visitor(seen, omgang).queries() for omgang in omgangar)
    assert few == many
    assert many <= seen.most_queries
