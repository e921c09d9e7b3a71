from assessments.perms import SEE_FIGURES
from cohorts.rules import evaluates, is_administrator, is_process_leader, is_strategist
from kit.permissions import permission

READ_TRAIL = permission("overview.read_trail", is_strategist)
READ_SKR_TRAIL = permission("overview.read_skr_trail", is_process_leader)
SEE_OPERATION = permission("overview.see_operation", is_process_leader | is_administrator)
# The overview is for those who see the omgång's figures; every value by name is for those who read all of it.
SEE_OVERVIEW = SEE_FIGURES
READ_ALL_VALUES = permission("overview.read_all_values", is_process_leader | evaluates)
