"""The crumb that leads to an omgång."""

from cohorts.models import Cohort
from kit.pages import Crumb


def cohort_crumb(cohort: Cohort) -> Crumb:
    return Crumb(cohort.get_absolute_url(), cohort.name)
