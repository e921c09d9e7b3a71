from cohorts.rules import is_process_leader, is_strategist
from kit.permissions import permission

READ_TRAIL = permission("overview.read_trail", is_strategist)
READ_SKR_TRAIL = permission("overview.read_skr_trail", is_process_leader)
