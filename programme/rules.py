"""Who may set up omgångar and concepts, who minds the mail, and who reads which trail."""

import rules

from cohorts.rules import is_administrator, is_process_leader, is_strategist
from modell.permissions import Perm

rules.add_perm(Perm.START_COHORT, is_process_leader)
rules.add_perm(Perm.SET_UP_COHORT, is_process_leader)
# The administrator sees to meetings and people, and reads what an omgång is set up from.
rules.add_perm(Perm.EDIT_MEETINGS, is_process_leader | is_administrator)
rules.add_perm(Perm.READ_EDITIONS, is_process_leader | is_administrator)
rules.add_perm(Perm.EDIT_EDITION, is_process_leader)
rules.add_perm(Perm.READ_TRAIL, is_strategist)
rules.add_perm(Perm.READ_SKR_TRAIL, is_process_leader)
rules.add_perm(Perm.READ_MAIL, is_process_leader | is_administrator)
rules.add_perm(Perm.SEND_MAIL, is_process_leader | is_administrator)
rules.add_perm(Perm.EDIT_MAIL_WORDING, is_process_leader)
