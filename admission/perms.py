"""Permissions that concern interest forms and the admission letter."""

from cohorts.rules import is_administrator, is_process_leader, takes_part
from kit.permissions import permission

LET_IN = permission("admission.let_in", is_process_leader | is_administrator)
ADMIT = permission("admission.admit", is_process_leader)
READ_INTERESTS = permission("admission.read_interests", is_process_leader | is_administrator)
READ_LETTER = permission("admission.read_letter", is_process_leader | is_administrator | takes_part)
