from functools import partial
from typing import Any

from django.conf import settings
from django.db import migrations

from checklist.loading import load_guidance


def load(apps: Any, schema_editor: Any) -> None:
    load_guidance(settings.DATA_DIR / "guidance.json", partial(apps.get_model, "checklist"))


def unload(apps: Any, schema_editor: Any) -> None:
    apps.get_model("checklist", "Guidance").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = (("checklist", "0006_checklist_of_each_assessment"),)
    operations = (migrations.RunPython(load, unload),)
