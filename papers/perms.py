"""Permissions for the papers to an organisation's board; who reads one stands in the app that it is about."""

from cohorts.rules import has_not_left, is_strategist, works_on_it
from kit.permissions import permission

MAKE_PAPER = permission("papers.make_paper", works_on_it & has_not_left)
STYLE_PAPER = permission("papers.style_paper", is_strategist & has_not_left)
