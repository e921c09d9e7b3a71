"""Checklist versions travel in their own files; the cohort package names them by key."""

from checklist.models import Checklist, Guidance, Item, ItemLink, Question, Step, WordingChange

VERSIONS = "the checklist versions, which each site has"
NOT_CARRIED = dict.fromkeys((Checklist, Step, Item, ItemLink, Question, Guidance, WordingChange), VERSIONS)
