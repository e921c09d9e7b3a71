"""Permissions for official statistics. Anyone who is signed in reads the catalogue and its values."""

from cohorts.rules import is_administrator, is_process_leader
from kit.permissions import permission

READ_STARTERS = permission("kolada.read_starters", is_process_leader | is_administrator)
EDIT_STARTERS = permission("kolada.edit_starters", is_process_leader)
FETCH = permission("kolada.fetch", is_process_leader | is_administrator)
