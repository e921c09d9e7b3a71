"""The work that an organisation shares, shown before it changes group because its readers change at once."""

from assessments.models import Assessment
from cohorts.models import Participation
from improvements.models import Effort, Improvement
from kit.templatetags.swedish import enumerated, in_words

# The singular and the plural of the work that is counted.
Kinds = tuple[str, str]
ASSESSMENTS: Kinds = ("inlämnad självskattning", "inlämnade självskattningar")
EFFORTS: Kinds = ("delad insats", "delade insatser")
IMPROVEMENTS: Kinds = ("delat förbättringsarbete", "delade förbättringsarbeten")


def shared_by(participation: Participation) -> str:
    """Return the work in words ("två inlämnade självskattningar och en delad insats"), empty if there is none."""
    numbers = (
        (Assessment.objects.submitted().filter(participation=participation).count(), "en", ASSESSMENTS),
        (Effort.objects.filter(participation=participation, shared=True).count(), "en", EFFORTS),
        (Improvement.objects.filter(participation=participation, shared=True).count(), "ett", IMPROVEMENTS),
    )
    return enumerated(
        f"{article if number == 1 else in_words(number)} {singular if number == 1 else plural}"
        for number, article, (singular, plural) in numbers
        if number
    )


def names_of_sharing(rows: list[Participation]) -> list[str]:
    """Return the short names of those with work that a new group would be able to read."""
    members = [row.pk for row in rows]
    handed_in = Assessment.objects.submitted().filter(participation__in=members).order_by()
    efforts = Effort.objects.filter(participation__in=members, shared=True).order_by()
    improvements = Improvement.objects.filter(participation__in=members, shared=True).order_by()
    first, *others = (queryset.values_list("participation") for queryset in (handed_in, efforts, improvements))
    sharing = {pk for (pk,) in first.union(*others)}
    return [row.organisation.short_name for row in rows if row.pk in sharing]
