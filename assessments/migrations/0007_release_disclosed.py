from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("assessments", "0006_part")]

    operations = [migrations.RenameField("release", "told", "disclosed")]
