"""Reading interest forms: their sections, what is missing, where they stand. Writes are in cohorts/actions/."""
