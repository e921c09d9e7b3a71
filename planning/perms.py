"""Permissions for setting up omgångar and for concepts."""

from cohorts.rules import is_administrator, is_process_leader
from kit.permissions import permission

SET_UP_COHORT = permission("planning.set_up", is_process_leader)
READ_EDITIONS = permission("planning.read_editions", is_process_leader | is_administrator)
EDIT_EDITION = permission("planning.edit_edition", is_process_leader)
START_COHORT = permission("planning.start_cohort", is_process_leader)
