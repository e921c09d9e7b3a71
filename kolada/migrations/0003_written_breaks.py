from typing import Any

from django.db import migrations
from django.db.models import F, Value
from django.db.models.functions import Replace, Trim


def clean(apps: Any, schema_editor: Any) -> None:
    """Take away the backslash and n that ends some sources in the catalogue."""
    figures = apps.get_model("kolada", "KeyFigure").objects.filter(source__contains="\\n")
    figures.update(source=Trim(Replace(F("source"), Value("\\n"), Value(" "))))


class Migration(migrations.Migration):
    dependencies = (("kolada", "0002_catalogue"),)
    operations = (migrations.RunPython(clean, migrations.RunPython.noop),)
