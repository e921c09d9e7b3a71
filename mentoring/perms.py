from cohorts.rules import (
    cohort_is_open,
    has_not_left,
    is_administrator,
    is_mentoring,
    is_own,
    is_process_leader,
    is_strategist,
    leads_it,
)
from kit.permissions import permission

READ_MENTOR_POOL = permission("mentoring.read_mentor_pool", is_process_leader | is_administrator)
READ_MENTORING = permission("mentoring.read_mentoring", is_process_leader | is_administrator | is_own)
PREPARE_AS_MENTOR = permission("mentoring.prepare_as_mentor", is_own & is_mentoring)
# Open after the omgång's end too: that is when SKR asks.
ANSWER_MENTOR = permission("mentoring.answer_mentor", is_strategist & has_not_left)
AGREE_TO_MENTOR = permission("mentoring.agree_to_mentor", (is_strategist | leads_it) & is_mentoring & cohort_is_open)
