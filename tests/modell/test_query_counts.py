"""No page asks the database more the more there is: as many questions at six participants as at thirty, and few."""

import pytest

from bench.omgang import make_omgang
from bench.pages import Visitor
from tests.pages import COUNTED

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("seen", COUNTED, ids=lambda seen: seen.label)
def test_queries_are_few_and_do_not_grow(seen):
    # Not named as the factories name theirs. Both are made first: each is in the other's pool of former participants.
    omgangar = [make_omgang(size, f"raknad-{size}") for size in (6, 30)]
    few, many = (Visitor(seen, omgang).queries() for omgang in omgangar)
    assert few == many
    assert many <= seen.most_queries
