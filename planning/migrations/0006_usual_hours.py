from typing import Any

from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

from planning.loading import give_hours


def load(apps: Any, schema_editor: Any) -> None:
    give_hours(settings.DATA_DIR / "editions.json", apps.get_model)


class Migration(migrations.Migration):
    dependencies = (("planning", "0005_themes_of_2020"),)
    operations = (
        migrations.AddField("editionstep", "starts_at", models.TimeField("börjar", null=True, blank=True)),
        migrations.AddField("editionstep", "ends_at", models.TimeField("slutar", null=True, blank=True)),
        migrations.AddConstraint(
            "editionstep",
            models.CheckConstraint(
                name="step_end_needs_start",
                condition=Q(ends_at=None) | Q(starts_at__isnull=False),
                violation_error_message="Ange också när träffen börjar.",
            ),
        ),
        migrations.AddConstraint(
            "editionstep",
            models.CheckConstraint(
                name="step_ends_after_start",
                condition=Q(ends_at=None) | Q(starts_at=None) | Q(ends_at__gt=F("starts_at")) | Q(days__gt=1),
                violation_error_message="Sluttiden ligger inte efter starttiden.",
            ),
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
    )
