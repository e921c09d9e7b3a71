from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("cohorts", "0005_contacts"),)
    operations = (
        migrations.AddField(
            model_name="cohort",
            name="rehearsal",
            field=models.BooleanField(db_default=False, default=False, verbose_name="provomgång"),
        ),
        migrations.AddField(
            model_name="organisation",
            name="rehearsal",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=models.CASCADE,
                related_name="own_organisations",
                to="cohorts.cohort",
                verbose_name="provomgång",
            ),
        ),
    )
