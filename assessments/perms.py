"""Rules that decide who may read and change self-assessments. The actions check that a draft still is a draft."""

import rules

from accounts.models import User
from assessments.models import Assessment
from cohorts.rules import (
    cohort_is_open,
    evaluates,
    has_not_left,
    is_mentored_by,
    is_own,
    is_participant,
    is_process_leader,
    is_strategist,
    of_participation,
    reads_work,
    takes_part,
    works_on_it,
)
from kit.permissions import permission


@rules.predicate
def is_outside_meetings(_user: User, assessment: Assessment) -> bool:
    # It belongs to no meeting, so the end of its omgång does not close it.
    return assessment.meeting_id is None


works_on_it_still = works_on_it & has_not_left
still_open = (is_outside_meetings & of_participation(has_not_left)) | of_participation(cohort_is_open)

SEE_FIGURES = permission("assessments.see_figures", is_process_leader | takes_part | evaluates)
EDIT_TITLE_RULE = permission("assessments.edit_title_rule", is_process_leader)
READ_VALUES = permission("assessments.read_values", reads_work)
LEARN_FROM = permission("assessments.learn_from", is_process_leader | is_own | is_mentored_by)
START_ASSESSMENT = permission("assessments.start_assessment", works_on_it & is_participant & cohort_is_open)
START_OUTSIDE = permission("assessments.start_outside", works_on_it_still)
EDIT_PARTS = permission("assessments.edit_parts", is_strategist & has_not_left)
IMPORT_WORKBOOK = permission("assessments.import_workbook", is_strategist & has_not_left)
READ_TITLE = permission("assessments.read_title", is_process_leader | is_strategist)
DECIDE_TITLE = permission("assessments.decide_title", is_process_leader)
EDIT_ASSESSMENT = permission("assessments.edit_assessment", of_participation(works_on_it) & still_open)
SUBMIT_ASSESSMENT = permission("assessments.submit_assessment", of_participation(is_strategist) & still_open)
RETRACT_ASSESSMENT = permission("assessments.retract_assessment", of_participation(is_strategist & has_not_left))
READ_OWN_ASSESSMENT = permission("assessments.read_own_assessment", of_participation(is_own))
RATE_ALONE = permission("assessments.rate_alone", of_participation(has_not_left))
LEAD_ROUND = permission("assessments.lead_round", of_participation(is_strategist) & still_open)
ASK_QUERY = permission("assessments.ask_query", is_process_leader)
ANSWER_QUERY = permission("assessments.answer_query", of_participation(works_on_it_still))
ASK_REOPENING = permission("assessments.ask_reopening", is_process_leader & of_participation(cohort_is_open))
ANSWER_REOPENING = permission("assessments.answer_reopening", of_participation(is_strategist & cohort_is_open))
