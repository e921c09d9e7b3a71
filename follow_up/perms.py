"""Permissions for readiness and mail."""

from cohorts.rules import is_administrator, is_process_leader
from kit.permissions import permission

SEE_READINESS = permission("follow_up.see_readiness", is_process_leader | is_administrator)
READ_MAIL = permission("follow_up.read_mail", is_process_leader | is_administrator)
SEND_MAIL = permission("follow_up.send_mail", is_process_leader | is_administrator)
EDIT_MAIL_WORDING = permission("follow_up.edit_wording", is_process_leader)
