from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0003_edition_of_each_report"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="jointreport",
            name="reports_jointreport_published_on_with_published_by",
        ),
        migrations.RemoveField(
            model_name="jointreport",
            name="published_by",
        ),
        migrations.RemoveField(
            model_name="jointreport",
            name="published_on",
        ),
        migrations.RemoveField(
            model_name="report",
            name="approved_by",
        ),
        migrations.RemoveField(
            model_name="report",
            name="approved_on",
        ),
        migrations.RemoveField(
            model_name="report",
            name="submitted_on",
        ),
    ]
