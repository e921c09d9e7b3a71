"""Permissions for asked questions: they are the organisation's own notes, and nobody else reads them."""

from cohorts.rules import has_not_left, is_own, is_participant
from kit.permissions import permission

READ_ASKED = permission("questions.read_asked", is_own & is_participant)
NOTE_ASKED = permission("questions.note_asked", is_own & is_participant & has_not_left)
