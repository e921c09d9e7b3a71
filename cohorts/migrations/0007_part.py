import django.db.models.deletion
import django.db.models.functions
from django.db import migrations, models


class Migration(migrations.Migration):
    """The row is where it was: the table moves with its model in the migrations that follow (assessments 0006)."""

    dependencies = [("cohorts", "0006_rehearsal"), ("assessments", "0005_rule_of_three")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Part",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="namn")),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="parts",
                                to="cohorts.organisation",
                                verbose_name="organisation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "nämnd eller förvaltning",
                        "verbose_name_plural": "nämnder och förvaltningar",
                        "ordering": (django.db.models.functions.Collate(models.F("name"), "sv-SE-x-icu"),),
                        "db_table": "assessments_part",
                    },
                ),
                migrations.AddConstraint(
                    model_name="part",
                    constraint=models.UniqueConstraint(
                        fields=("organisation", "name"),
                        name="part_once",
                        violation_error_message="Det finns redan en nämnd eller förvaltning med det namnet.",
                    ),
                ),
            ]
        )
    ]
