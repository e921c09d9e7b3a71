"""Permissions for the groups of an omgång."""

from cohorts.rules import is_administrator, is_open, is_process_leader
from kit.permissions import permission

# Reasons are based on the organisations' wishes and, for the process leader alone, on their values.
READ_GROUPING = permission("grouping.read_grouping", is_process_leader | is_administrator)
EDIT_GROUPS = permission("grouping.edit_groups", is_process_leader & is_open)
