"""Cohort packages (data/FORMAT.md): a file is parsed, its shape and then its rules are checked, and it is merged."""
