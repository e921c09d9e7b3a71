from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("admission", "0002_holders"),)
    operations = (
        migrations.AddField(
            model_name="letter",
            name="contacts",
            field=models.TextField(blank=True, verbose_name="fler kontaktpersoner på SKR"),
        ),
    )
