from functools import partial
from typing import Any

from django.conf import settings
from django.db import migrations

from checklist.loading import load_questions


def load(apps: Any, schema_editor: Any) -> None:
    load_questions(settings.DATA_DIR / "questions.json", partial(apps.get_model, "checklist"))


def unload(apps: Any, schema_editor: Any) -> None:
    apps.get_model("checklist", "Question").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = (("checklist", "0002_checklists"),)
    operations = (migrations.RunPython(load, unload),)
