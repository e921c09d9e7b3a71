"""What others read of an organisation's work: told before it changes group, since readers change at once."""

from checklist.models import Assessment
from cohorts.models import Participation
from improvements.models import Effort, Improvement
from modell.templatetags.swedish import enumerated, in_words

# What is counted, in the singular and the plural. "En" goes with all of them.
Kinds = tuple[str, str]
ASSESSMENTS: Kinds = ("inlämnad självskattning", "inlämnade självskattningar")
EFFORTS: Kinds = ("delad insats", "delade insatser")
IMPROVEMENTS: Kinds = ("delat förbättringsarbete", "delade förbättringsarbeten")


def shared_by(participation: Participation) -> str:
    """In words, empty where nothing is shared yet: "två inlämnade självskattningar och en delad insats"."""
    numbers = (
        (Assessment.objects.submitted().filter(participation=participation).count(), "en", ASSESSMENTS),
        (Effort.objects.filter(participation=participation, shared=True).count(), "en", EFFORTS),
        (Improvement.objects.filter(participation=participation, shared=True).count(), "ett", IMPROVEMENTS),
    )
    return enumerated(
        f"{one if number == 1 else in_words(number)} {singular if number == 1 else plural}"
        for number, one, (singular, plural) in numbers
        if number
    )


def names_of_sharing(rows: list[Participation]) -> list[str]:
    """Which of these have anything that a new group would read."""
    members = [row.pk for row in rows]
    handed_in = Assessment.objects.submitted().filter(participation__in=members).order_by()
    efforts = Effort.objects.filter(participation__in=members, shared=True).order_by()
    improvements = Improvement.objects.filter(participation__in=members, shared=True).order_by()
    first, *others = (queryset.values_list("participation") for queryset in (handed_in, efforts, improvements))
    found = {pk for (pk,) in first.union(*others)}
    return [row.organisation.short_name for row in rows if row.pk in found]
