from cohorts.models import Cohort
from reports.models import JointReport, Report


def locked(report: Report) -> Report:
    rows = Report.objects.select_for_update(of=("self",)).select_related(
        "participation__organisation", "participation__cohort__plan__checklist"
    )
    return rows.get(pk=report.pk)


def locked_joint(cohort: Cohort) -> JointReport:
    JointReport.objects.get_or_create(cohort=cohort)
    return JointReport.objects.select_for_update(of=("self",)).select_related("cohort").get(cohort=cohort)


def code_of(report: Report) -> str:
    return report.participation.organisation.code
