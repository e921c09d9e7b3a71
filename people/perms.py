"""Permissions that concern the people and organisations of an omgång."""

from cohorts.rules import (
    has_not_left,
    is_administrator,
    is_own,
    is_process_leader,
    is_strategist,
    takes_part,
)
from kit.permissions import permission

READ_DIRECTORY = permission("people.read_directory", is_process_leader | is_administrator | takes_part)
EXPORT_DIRECTORY = permission("people.export_directory", is_process_leader | is_administrator)
# This one covers every organisation of an omgång at once.
EDIT_ALL_PEOPLE = permission("people.edit_all_people", is_process_leader | is_administrator)
ADD_PARTICIPATION = permission("people.add_participation", is_process_leader)
EXTEND_COHORT = permission("people.extend", is_process_leader)
EDIT_PEOPLE = permission("people.edit_people", is_process_leader | is_administrator | (is_strategist & has_not_left))
READ_INTRODUCTION = permission("people.read_introduction", is_process_leader | is_administrator | is_own)
READ_PARTICIPATION = permission("people.read_participation", is_process_leader | is_administrator)
EDIT_PARTICIPATION = permission("people.edit_participation", is_process_leader)
READ_STAFF = permission("people.read_staff", is_process_leader | is_administrator)
# An administrator, who reads no values, would otherwise give them to an address of their own.
EDIT_STAFF = permission("people.edit_staff", is_process_leader)
READ_EVALUATORS = permission("people.read_evaluators", is_process_leader | is_administrator)
EDIT_EVALUATORS = permission("people.edit_evaluators", is_process_leader)
CLOSE_ACCOUNT = permission("people.close_account", is_process_leader)
WITHDRAW = permission("people.withdraw", is_process_leader)
