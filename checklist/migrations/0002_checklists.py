import json
from functools import partial
from typing import Any

from django.conf import settings
from django.db import migrations

from checklist.loading import load_checklists

CHECKLISTS = settings.DATA_DIR / "checklists.json"


def load(apps: Any, schema_editor: Any) -> None:
    load_checklists(CHECKLISTS, partial(apps.get_model, "checklist"))


def unload(apps: Any, schema_editor: Any) -> None:
    """Refused by the database where an assessment rests on a version, as it should be."""
    keys = [version["key"] for version in json.loads(CHECKLISTS.read_text(encoding="utf-8"))["checklists"]]
    apps.get_model("checklist", "Checklist").objects.filter(key__in=keys).delete()


class Migration(migrations.Migration):
    dependencies = (("checklist", "0001_initial"),)
    operations = (migrations.RunPython(load, unload),)
