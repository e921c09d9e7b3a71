"""Who may read and change self-assessments and the checklist itself. Whether a draft is still one is the action's."""

import rules

from accounts.models import User
from checklist.models import Assessment
from cohorts.rules import (
    cohort_is_open,
    evaluates,
    evaluates_its_cohort,
    has_not_left,
    is_in_own_group,
    is_mentored_by,
    is_own,
    is_participant,
    is_process_leader,
    is_strategist,
    of_participation,
    takes_part,
    works_on_it,
)
from modell.permissions import Perm

reads_values = is_process_leader | is_own | is_in_own_group | is_mentored_by | evaluates_its_cohort


@rules.predicate
def is_outside_meetings(_user: User, assessment: Assessment) -> bool:
    """Such a one belongs to no meeting, so the end of its omgång closes nothing."""
    return assessment.meeting_id is None


still_open = (is_outside_meetings & of_participation(has_not_left)) | of_participation(cohort_is_open)

rules.add_perm(Perm.SEE_FIGURES, is_process_leader | takes_part | evaluates)
rules.add_perm(Perm.READ_VALUES, reads_values)
rules.add_perm(Perm.LEARN_FROM, is_process_leader | is_own | is_mentored_by)
rules.add_perm(Perm.START_ASSESSMENT, works_on_it & is_participant & cohort_is_open)
rules.add_perm(Perm.START_OUTSIDE, works_on_it & has_not_left)
rules.add_perm(Perm.EDIT_ASSESSMENT, of_participation(works_on_it) & still_open)
rules.add_perm(Perm.SUBMIT_ASSESSMENT, of_participation(is_strategist) & still_open)
rules.add_perm(Perm.LEAD_ROUND, of_participation(is_strategist) & still_open)
rules.add_perm(Perm.RETRACT_ASSESSMENT, of_participation(is_strategist & has_not_left))
rules.add_perm(Perm.READ_OWN_ASSESSMENT, of_participation(is_own))
rules.add_perm(Perm.ASK_QUERY, is_process_leader)
rules.add_perm(Perm.ANSWER_QUERY, of_participation(works_on_it & has_not_left))
rules.add_perm(Perm.ASK_REOPENING, is_process_leader & of_participation(cohort_is_open))
rules.add_perm(Perm.ANSWER_REOPENING, of_participation(is_strategist & cohort_is_open))
rules.add_perm(Perm.EDIT_PARTS, is_strategist & has_not_left)
rules.add_perm(Perm.IMPORT_WORKBOOK, is_strategist & has_not_left)
rules.add_perm(Perm.READ_TITLE, is_process_leader | is_strategist)
rules.add_perm(Perm.DECIDE_TITLE, is_process_leader)
rules.add_perm(Perm.EDIT_TITLE_RULE, is_process_leader)
rules.add_perm(Perm.EDIT_CHECKLIST, is_process_leader)
