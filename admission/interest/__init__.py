"""Sections, states and mails of interest forms. Writes are in `admission/actions/`."""
