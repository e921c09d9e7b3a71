"""What organisations gladly tell about, by consent alone: no value is asked for, and none can be read from it."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import OuterRef, Subquery

from checklist.models import Assessment, Item, Score
from cohorts.enums import Status
from cohorts.models import Organisation


def glad_moments(organisation_ids: Iterable[int]) -> dict[int, list[Item]]:
    """By organisation, the moment marked "vi berättar gärna" in the last self-assessment that the whole has handed in.

    Who has left that omgång has no one left to ask (as in `learning`).
    """
    ordered = Assessment.objects.submitted().whole().filter(participation__organisation=OuterRef("pk")).in_time()
    last = Subquery(ordered.reverse().values("pk")[:1])
    theirs = Organisation.objects.filter(pk__in=list(organisation_ids)).annotate(last=last).values("last")
    scores = Score.objects.filter(glad_to_tell=True, assessment__in=theirs)
    told = scores.exclude(assessment__participation__status=Status.WITHDRAWN)
    found: dict[int, list[Item]] = defaultdict(list)
    for score in told.select_related("item", "assessment__participation").order_by("item__number"):
        found[score.assessment.participation.organisation_id].append(score.item)
    return dict(found)
