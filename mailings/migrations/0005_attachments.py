from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("mailings", "0004_not_sent"),
    ]

    operations = [
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="namn")),
                ("file", models.FileField(max_length=200, upload_to="bilagor/", verbose_name="fil")),
                ("media_type", models.CharField(max_length=120, verbose_name="slag")),
                ("size", models.PositiveIntegerField(verbose_name="storlek")),
                ("checksum", models.CharField(max_length=64, verbose_name="kontrollsumma")),
            ],
            options={
                "verbose_name": "bilaga",
                "verbose_name_plural": "bilagor",
                "ordering": ("pk",),
                "constraints": [
                    models.UniqueConstraint(fields=("checksum", "name", "media_type"), name="attachment_stored_once")
                ],
            },
        ),
        migrations.AddField(
            model_name="mail",
            name="files",
            field=models.ManyToManyField(
                blank=True, related_name="mails", to="mailings.attachment", verbose_name="bilagor"
            ),
        ),
    ]
