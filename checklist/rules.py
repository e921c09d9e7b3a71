"""Who may read and change self-assessments and the checklist itself. Whether a draft is still one is the action's."""

import rules

from cohorts.rules import (
    cohort_is_open,
    evaluates,
    evaluates_its_cohort,
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

rules.add_perm(Perm.SEE_FIGURES, is_process_leader | takes_part | evaluates)
rules.add_perm(Perm.READ_VALUES, reads_values)
rules.add_perm(Perm.START_ASSESSMENT, works_on_it & is_participant & cohort_is_open)
rules.add_perm(Perm.EDIT_ASSESSMENT, of_participation(works_on_it & cohort_is_open))
rules.add_perm(Perm.SUBMIT_ASSESSMENT, of_participation(is_strategist & cohort_is_open))
rules.add_perm(Perm.RETRACT_ASSESSMENT, of_participation(is_strategist))
rules.add_perm(Perm.EDIT_CHECKLIST, is_process_leader)
