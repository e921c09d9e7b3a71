"""Every write to self-assessments, with one file for each thing written."""
