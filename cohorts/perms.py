"""Permissions for the people of an organisation in an omgång."""

from cohorts.rules import is_administrator, is_mentored_by, is_own, is_process_leader
from kit.permissions import permission

READ_PEOPLE = permission("cohorts.read_people", is_process_leader | is_administrator | is_own | is_mentored_by)
