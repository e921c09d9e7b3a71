"""Who may write, hand in, approve and order reports."""

import rules

from accounts.models import User
from cohorts.rules import (
    evaluates_its_cohort,
    is_mentored_by,
    is_own,
    is_process_leader,
    is_strategist,
    of_participation,
    leads_it,
    works_on_it,
)
from modell.permissions import Perm
from reports.enums import ReportState
from reports.models import Report


@rules.predicate
def is_draft(_user: User, report: Report) -> bool:
    return report.is_draft


@rules.predicate
def is_submitted(_user: User, report: Report) -> bool:
    return report.state == ReportState.SUBMITTED


rules.add_perm(Perm.EDIT_JOINT_REPORT, is_process_leader)
rules.add_perm(Perm.EDIT_REPORT, is_draft & of_participation(works_on_it))
rules.add_perm(Perm.SUBMIT_REPORT, is_draft & of_participation(is_strategist))
rules.add_perm(Perm.APPROVE_REPORT, is_submitted & of_participation(leads_it))
rules.add_perm(
    Perm.BUILD_REPORT,
    of_participation(is_own)
    | (~is_draft & of_participation(is_process_leader | is_mentored_by | evaluates_its_cohort)),
)
