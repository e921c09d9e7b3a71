"""Faults on purpose: the site as in production, with servers of its own that are stopped, cut and filled."""
