from cohorts.models.cohort import Cohort, ExpectedResult
from cohorts.models.contact import CohortContact
from cohorts.models.delegate import Delegate, Evaluator
from cohorts.models.group import Group, GroupMentor
from cohorts.models.move import GroupMove
from cohorts.models.organisation import Organisation
from cohorts.models.part import Part
from cohorts.models.participation import Participation

__all__ = (
    "Cohort",
    "CohortContact",
    "Delegate",
    "Evaluator",
    "ExpectedResult",
    "Group",
    "GroupMentor",
    "GroupMove",
    "Organisation",
    "Part",
    "Participation",
)
