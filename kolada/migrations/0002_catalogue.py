from functools import partial
from typing import Any

from django.conf import settings
from django.db import migrations

from kolada.loading import load_catalogue, load_starters

FOLDER = settings.DATA_DIR / "kolada"


def load(apps: Any, schema_editor: Any) -> None:
    models = partial(apps.get_model, "kolada")
    load_catalogue(FOLDER / "key-figures.csv", models)
    load_starters(FOLDER / "starter-collection.json", models, apps.get_model("policy", "NationalGoal"))


def unload(apps: Any, schema_editor: Any) -> None:
    """Delete the catalogue; the database refuses where an indicator rests on a key figure."""
    apps.get_model("kolada", "KeyFigure").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = (("kolada", "0001_initial"), ("policy", "0002_goals"))
    operations = (migrations.RunPython(load, unload),)
