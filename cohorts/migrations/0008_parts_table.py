from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cohorts", "0007_part"), ("assessments", "0006_part")]

    operations = [migrations.AlterModelTable(name="part", table=None)]
