"""Who may write, hand in, approve and order reports. Whether a report's state allows it is the action's to say."""

import rules

from accounts.models import User
from cohorts.rules import (
    evaluates_its_cohort,
    has_not_left,
    is_mentored_by,
    is_own,
    is_process_leader,
    is_strategist,
    leads_it,
    of_participation,
    works_on_it,
)
from modell.permissions import Perm
from reports.models import Report


@rules.predicate
def is_draft(_user: User, report: Report) -> bool:
    return report.is_draft


rules.add_perm(Perm.EDIT_JOINT_REPORT, is_process_leader)
rules.add_perm(Perm.EDIT_REPORT, of_participation(works_on_it & has_not_left))
# Handing in and, when it is approved, handing on to the public.
rules.add_perm(Perm.SUBMIT_REPORT, of_participation(is_strategist & has_not_left))
rules.add_perm(Perm.APPROVE_REPORT, of_participation(leads_it & has_not_left))
rules.add_perm(
    Perm.BUILD_REPORT,
    of_participation(is_own)
    | (~is_draft & of_participation(is_process_leader | is_mentored_by | evaluates_its_cohort)),
)
