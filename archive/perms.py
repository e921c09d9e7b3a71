"""Permissions to take out all papers in one file. What it holds is what its reader reads in the product."""

from cohorts.rules import is_process_leader, is_strategist
from kit.permissions import permission

# An organisation that has left still has to keep its own papers, so its strategist takes them out as before.
TAKE_OUT = permission("archive.take_out", is_process_leader | is_strategist)
TAKE_OUT_OF_SKR = permission("archive.take_out_of_skr", is_process_leader)
