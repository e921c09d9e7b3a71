"""A new model is named in its app's `carried.py` and `personal.py`, and with its page in tests/shown.py."""

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

from accounts.models import User
from accounts.naming import NameColumn
from kit.columns import AddressColumn
from privacy.held import EXCEPTIONS, HELD, KEEPINGS, NOTHING
from tests.exchange.test_carried import NOT_CARRIED, SHAPES
from tests.pages import PUBLIC, TABLE
from tests.shown import SHOWN

pytestmark = pytest.mark.one_database

MODELS = apps.get_models()
OURS = [model for model in MODELS if (settings.BASE_DIR / model._meta.app_label).is_dir()]
PAGES = {row.name for row in TABLE} | PUBLIC


def unnamed(tables, wanted):
    """The models that stand in none of the tables, or in two."""
    return [model._meta.label for model in wanted if sum(model in table for table in tables) != 1]


def test_every_model_is_in_the_package_or_said_not_to_be():
    # A model may be carried in part, and then says of the rest why not.
    assert [model._meta.label for model in OURS if model not in SHAPES and model not in NOT_CARRIED] == []


def test_every_model_is_in_export_and_erasure_or_said_to_hold_nothing_about_a_person():
    assert unnamed([HELD, NOTHING], MODELS) == []
    assert all(NOTHING.values())
    assert set(HELD) | set(NOTHING) == set(MODELS)


def test_every_model_has_a_page_of_the_access_table_or_the_reason_for_none():
    assert set(SHOWN) == {model._meta.label for model in MODELS}
    assert [page for page in SHOWN.values() if " " not in page and page not in PAGES] == []


def test_a_new_model_is_seen():
    class New:
        _meta = User._meta

    assert unnamed([HELD, NOTHING], [New]) == ["accounts.User"]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_column_that_points_to_a_person_is_named(model):
    """Also one that holds an address or a name: whose it is stands in the app's `personal.py`."""
    personal = HELD.get(model)
    named = (
        {way.partition("__")[0] for way in (*personal.by, *personal.by_address, *personal.made, *personal.by_name)}
        if personal
        else set()
    )
    for field in model._meta.concrete_fields:
        points = isinstance(field, models.ForeignKey) and field.related_model is User
        is_name = isinstance(field, AddressColumn | NameColumn) and model is not User
        if points or (is_name and not (personal and (personal.by or personal.by_address))):
            assert field.name in named, field


@pytest.mark.parametrize("model", HELD, ids=lambda model: model._meta.label)
def test_what_is_said_of_a_model_are_its_columns(model):
    personal = HELD[model]
    for name in personal.shows:
        assert model._meta.get_field(name).concrete
    assert set(personal.labels) <= set(personal.shows)
    assert personal.by or personal.by_address or personal.made or personal.by_name
    assert not (personal.deletes and personal.erases)


def test_exceptions_and_times_are_told_in_whole():
    assert all(exception.why.endswith(".") and exception.until for exception in EXCEPTIONS)
    assert len({keeping.key for keeping in KEEPINGS}) == len(KEEPINGS)
    assert all(1 <= keeping.least <= keeping.usual <= keeping.most for keeping in KEEPINGS)
