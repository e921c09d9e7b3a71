from typing import Any

from django.conf import settings
from django.db import migrations

from planning.loading import load_editions, shipped

EDITIONS = settings.DATA_DIR / "editions.json"


def load(apps: Any, schema_editor: Any) -> None:
    load_editions(EDITIONS, apps.get_model)


def unload(apps: Any, schema_editor: Any) -> None:
    """Delete the editions; an omgång that was set up from one keeps its own copy of everything."""
    apps.get_model("planning", "Edition").objects.filter(key__in=shipped(EDITIONS)).delete()


class Migration(migrations.Migration):
    dependencies = (("planning", "0001_initial"), ("checklist", "0002_checklists"))
    operations = (migrations.RunPython(load, unload),)
