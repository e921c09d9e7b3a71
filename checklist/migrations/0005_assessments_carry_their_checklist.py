from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery


def carry(apps: Any, schema_editor: Any) -> None:
    """Each assessment gets the version its omgång rates by; what is handed in is agreed."""
    plans = apps.get_model("checklist", "AssessmentPlan").objects.filter(
        cohort__participations=OuterRef("participation")
    )
    assessments = apps.get_model("checklist", "Assessment").objects
    assessments.update(checklist=Subquery(plans.values("checklist")), half_steps=Subquery(plans.values("half_steps")))
    submitted = assessments.filter(state="submitted")
    apps.get_model("checklist", "Score").objects.filter(assessment__in=submitted).update(agreed=True)


class Migration(migrations.Migration):
    dependencies = (("checklist", "0004_self_assessment_in_depth"),)
    operations = (migrations.RunPython(carry, migrations.RunPython.noop),)
