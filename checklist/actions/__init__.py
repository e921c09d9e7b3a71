"""Every write to self-assessments and checklists, one file for each thing written."""
