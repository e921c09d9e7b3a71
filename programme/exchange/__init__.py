"""Cohort packages (data/FORMAT.md): a file is parsed, its shape and its meaning are checked, then it is merged."""
