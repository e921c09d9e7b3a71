"""Permissions for an organisation's indicators, its statistics and its analyses."""

from cohorts.rules import has_not_left, is_own, reads_work, works_on_it
from kit.permissions import permission

READ_INDICATORS = permission("indicators.read_indicators", reads_work)
READ_STATISTICS = permission("indicators.read_statistics", is_own)
# As the work at home: it goes on after the omgång's end, and an organisation that has left is shut out.
EDIT_INDICATORS = permission("indicators.edit_indicators", works_on_it & has_not_left)
