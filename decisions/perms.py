"""Permissions for an organisation's political decisions."""

from cohorts.rules import has_not_left, is_administrator, is_own, is_process_leader, is_strategist
from kit.permissions import permission

READ_DECISIONS = permission("decisions.read_decisions", is_process_leader | is_administrator | is_own)
RECORD_DECISION = permission(
    "decisions.record_decision", is_process_leader | is_administrator | (is_strategist & has_not_left)
)
