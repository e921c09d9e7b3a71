from functools import partial
from typing import Any

from django.conf import settings
from django.db import migrations

from policy.loading import load as load_goals


def load(apps: Any, schema_editor: Any) -> None:
    load_goals(settings.DATA_DIR / "goals-and-articles.json", partial(apps.get_model, "policy"))


def unload(apps: Any, schema_editor: Any) -> None:
    apps.get_model("policy", "Article").objects.all().delete()
    apps.get_model("policy", "NationalGoal").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = (("policy", "0001_initial"),)
    operations = (migrations.RunPython(load, unload),)
