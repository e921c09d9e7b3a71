"""SKR's answers to advice that change the concept; a rehearsal changes none."""

from django.db.models import QuerySet

from cohorts.models import Cohort
from evaluation.models import AdviceAnswer
from planning.models import Edition


def answers_that_change() -> QuerySet[AdviceAnswer]:
    answers = AdviceAnswer.objects.filter(changes=True, cohort__in=Cohort.objects.counted())
    return answers.select_related("cohort").order_by("-cohort__starts_on", "pk")


def answers_to_carry(edition: Edition) -> QuerySet[AdviceAnswer]:
    """Return those that no concept's log has yet; none for a concept that is no longer used."""
    return AdviceAnswer.objects.none() if edition.retired else answers_that_change().filter(changes_made=None)
