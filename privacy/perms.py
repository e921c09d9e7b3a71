"""Permissions that concern personal data. One's own needs none: everyone who is signed in finds their own only."""

from cohorts.rules import is_administrator, is_process_leader
from kit.permissions import permission

ERASE = permission("privacy.erase", is_process_leader | is_administrator)
SET_RETENTION = permission("privacy.set_retention", is_process_leader)
