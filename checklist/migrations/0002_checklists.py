import json
from functools import partial
from typing import Any

from django.conf import settings
from django.db import migrations

from checklist.loading import load_checklists, load_guidance, load_questions

CHECKLISTS = settings.DATA_DIR / "checklists.json"


def load(apps: Any, schema_editor: Any) -> None:
    models = partial(apps.get_model, "checklist")
    load_checklists(CHECKLISTS, models)
    load_questions(settings.DATA_DIR / "questions.json", models)
    load_guidance(settings.DATA_DIR / "guidance.json", models)


def unload(apps: Any, schema_editor: Any) -> None:
    """Delete the versions with all that belongs to them; the database refuses where an assessment rests on one."""
    keys = [version["key"] for version in json.loads(CHECKLISTS.read_text(encoding="utf-8"))["checklists"]]
    apps.get_model("checklist", "Checklist").objects.filter(key__in=keys).delete()


class Migration(migrations.Migration):
    dependencies = (("checklist", "0001_initial"),)
    operations = (migrations.RunPython(load, unload),)
