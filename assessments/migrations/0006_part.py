import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """A nämnd or förvaltning is the organisation's, for self-assessments as for all else: the model is in cohorts."""

    dependencies = [("assessments", "0005_rule_of_three"), ("cohorts", "0007_part")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="assessment",
                    name="part",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to="cohorts.part",
                        verbose_name="nämnd eller förvaltning",
                    ),
                ),
                migrations.DeleteModel(name="Part"),
            ]
        )
    ]
