from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("admission", "0004_contacts"),)
    operations = (
        migrations.AddField(
            model_name="letter",
            name="paragraphs",
            field=models.JSONField(blank=True, default=dict, verbose_name="andra stycken"),
        ),
        migrations.AddField(
            model_name="letterissue",
            name="content",
            field=models.JSONField(null=True, verbose_name="innehåll"),
        ),
    )
