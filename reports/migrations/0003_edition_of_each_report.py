"""Each report that is handed in gets an edition with its approval; the sweep freezes its content."""

from django.db import migrations
from django.utils import timezone


def make_editions(apps, schema_editor):
    edition = apps.get_model("reports", "ReportEdition")
    for report in apps.get_model("reports", "Report").objects.exclude(state="draft"):
        edition.objects.create(
            report=report,
            number=1,
            frozen_on=report.submitted_on or report.approved_on or timezone.localdate(),
            approved_on=report.approved_on,
            approved_by=report.approved_by,
            published_on=report.approved_on if report.state == "published" else None,
            adopted=True,
        )
    for joint in apps.get_model("reports", "JointReport").objects.filter(state="published"):
        day = joint.published_on or timezone.localdate()
        edition.objects.create(joint=joint, number=1, frozen_on=day, published_on=day, adopted=True)


def back_to_reports(apps, schema_editor):
    # A joint report was published by a person, whom an edition does not name: it is a draft again.
    apps.get_model("reports", "JointReport").objects.filter(state="published").update(state="draft")
    for edition in apps.get_model("reports", "ReportEdition").objects.exclude(report=None).order_by("number"):
        report = edition.report
        if report.state != "draft":
            report.submitted_on, report.approved_on = edition.frozen_on, edition.approved_on
            report.approved_by = edition.approved_by
            report.save()


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0002_editions"),
    ]

    operations = [
        migrations.RunPython(make_editions, back_to_reports),
    ]
