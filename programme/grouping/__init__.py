"""Groups with reasons: what is known of each organisation, why a group fits, and the best groups by those reasons."""
