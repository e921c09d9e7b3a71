from cohorts.rules import is_process_leader
from kit.permissions import permission

EDIT_CHECKLIST = permission("checklist.edit_checklist", is_process_leader)
