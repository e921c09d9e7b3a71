from django.db import migrations, models
from django.db.models.functions import TruncDate


def since_the_account(apps, schema_editor):
    """Who has a role already has had it since the account was made, as far as is known."""
    staff = apps.get_model("accounts", "User").objects.exclude(skr_role="")
    staff.update(skr_since=TruncDate("date_joined"))


class Migration(migrations.Migration):
    dependencies = (("accounts", "0003_address_change"),)
    operations = (
        migrations.AddField(
            model_name="user",
            name="skr_since",
            field=models.DateField(blank=True, null=True, verbose_name="roll hos SKR sedan"),
        ),
        migrations.RunPython(since_the_account, migrations.RunPython.noop),
    )
