"""Each app says in `carried.py` what of its models the package carries, and of all else why not."""

from importlib import import_module
from importlib.util import find_spec

import pytest
from django.apps import apps
from django.conf import settings

from cohorts.models import Organisation
from cohorts.register import load_register
from exchange import schema
from kit.carrying import FLAG, CarriedColumn, Field, Rows, Shape, flag, words
from tests.exchange.test_exchange import KOMMUNER, run, write
from tests.packages import version_3

OURS = [config for config in apps.get_app_configs() if (settings.BASE_DIR / config.name).is_dir()]
MODELS = [model for config in OURS for model in config.get_models()]
CARRIED = [import_module(f"{config.name}.carried") for config in OURS if find_spec(f"{config.name}.carried")]
SHAPES = {
    value.model: value
    for module in CARRIED
    for value in vars(module).values()
    if isinstance(value, Shape) and value.model is not None
}
NOT_CARRIED = {model: why for module in CARRIED for model, why in getattr(module, "NOT_CARRIED", {}).items()}
# What is carried, and says nothing in the packages of this test.
SILENT = {
    "AssessmentPlan": {"half_steps"},
    "Assessment": {"half_steps"},
    "Letter": {"closing"},
    "Group": {"track"},
    "JointReport": {"state"},
    "ReportEdition": {"interim_after"},
}


def columns_of(model):
    fields = [*model._meta.concrete_fields, *model._meta.local_many_to_many]
    return {field.name for field in fields if not field.auto_created}


def columns_carried(model):
    if model not in SHAPES:
        return set()
    named = set(SHAPES[model].columns().values()) & columns_of(model)
    return named | set(SHAPES[model].by_place)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_column_is_carried_or_said_not_to_be(model):
    """A new column fails this test until it stands in the app's `carried.py`."""
    why = NOT_CARRIED.get(model, {})
    if isinstance(why, str):
        assert why
        assert model not in SHAPES
    else:
        assert all(why.values())
        assert columns_of(model) - columns_carried(model) == set(why)
        assert columns_carried(model) & set(why) == set()


@pytest.mark.parametrize("model", SHAPES, ids=lambda model: model.__name__)
def test_what_is_carried_are_columns(model):
    shape = SHAPES[model]
    named = {
        field.column or key for key, field in shape.fields.items() if isinstance(field, CarriedColumn) or field.column
    }
    assert named | set(shape.by_place) <= columns_of(model)


@pytest.mark.parametrize("model", SHAPES, ids=lambda model: model.__name__)
def test_what_an_app_carries_is_in_the_package(model):
    fields = SHAPES[model].fields.items()
    assert any(fields <= shape.fields.items() for shape in schema.shapes(schema.PACKAGE))


@pytest.mark.django_db
def test_every_column_said_to_be_carried_comes_in(tmp_path):
    load_register(Organisation, settings.DATA_DIR / "organisations-demo.csv", invented=True)
    run(KOMMUNER, write(tmp_path / "package.json", version_3()))
    silent = {}
    for model in SHAPES:
        rows = list(model.objects.all())
        assert rows, model
        names = {
            name
            for name in columns_carried(model)
            if all(getattr(row, name) in (None, "", model._meta.get_field(name).get_default()) for row in rows)
        }
        if names:
            silent[model.__name__] = names
    assert silent == SILENT


# The versions: a field says since when the package has it


def document_with_a_later_field(monkeypatch, value):
    note = Shape({"text": words(), "draft": flag(empty=False, since=3)})
    monkeypatch.setattr(schema, "PACKAGE", Shape({"version": Field(FLAG), "notes": Field(Rows(note))}))
    return {"version": 3, "notes": [{"text": "Mål.", "draft": False}, {"text": None, "draft": value}]}


def test_a_field_that_says_something_raises_the_version_of_the_whole(monkeypatch):
    document = document_with_a_later_field(monkeypatch, True)
    assert schema.in_lowest_version(document) == document


def test_a_field_that_says_nothing_is_left_out_also_deep_within(monkeypatch):
    document = document_with_a_later_field(monkeypatch, False)
    assert schema.in_lowest_version(document) == {"version": 1, "notes": [{"text": "Mål."}, {"text": None}]}
    assert schema.in_version(schema.in_lowest_version(document), 3) == document
