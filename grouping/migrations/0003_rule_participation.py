from django.db import migrations, models


class Migration(migrations.Migration):
    """The constraints name the column, so they are taken away and come back."""

    dependencies = [("grouping", "0002_most_km")]

    operations = [
        migrations.RemoveConstraint("groupingrule", "grouping_rule_once_a_pair"),
        migrations.RemoveConstraint("groupingrule", "grouping_rule_once_alone"),
        migrations.RemoveConstraint("groupingrule", "grouping_rule_of_one_or_two"),
        migrations.RenameField("groupingrule", "one", "participation"),
        migrations.AddConstraint(
            "groupingrule",
            models.UniqueConstraint(
                fields=("participation", "other"),
                name="grouping_rule_once_a_pair",
                violation_error_message="De två har redan en regel.",
            ),
        ),
        migrations.AddConstraint(
            "groupingrule",
            models.UniqueConstraint(
                condition=models.Q(("other", None)),
                fields=("participation",),
                name="grouping_rule_once_alone",
                violation_error_message="Organisationen stannar redan i sin grupp.",
            ),
        ),
        migrations.AddConstraint(
            "groupingrule",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "stay"), ("other", None)),
                    models.Q(models.Q(("kind", "stay"), _negated=True), ("other__gt", models.F("participation"))),
                    _connector="OR",
                ),
                name="grouping_rule_of_one_or_two",
                violation_error_message="Välj två olika organisationer.",
            ),
        ),
    ]
