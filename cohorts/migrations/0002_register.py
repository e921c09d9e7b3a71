from typing import Any

from django.conf import settings
from django.db import migrations

from cohorts.register import load_register, read_register

REGISTER = settings.DATA_DIR / "organisations.csv"


def load(apps: Any, schema_editor: Any) -> None:
    load_register(apps.get_model("cohorts", "Organisation"), REGISTER)


def unload(apps: Any, schema_editor: Any) -> None:
    """Delete the register; the database refuses where an omgång rests on an organisation."""
    codes = [row["code"] for row in read_register(REGISTER)]
    apps.get_model("cohorts", "Organisation").objects.filter(code__in=codes).delete()


class Migration(migrations.Migration):
    dependencies = (("cohorts", "0001_initial"),)
    operations = (migrations.RunPython(load, unload),)
