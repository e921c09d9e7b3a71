"""Items that organisations gladly tell about: shown by consent alone, without a value."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import OuterRef, Subquery

from assessments.models import Assessment, Score
from checklist.models import Item
from cohorts.enums import Status
from cohorts.models import Organisation


def glad_items(organisation_ids: Iterable[int]) -> dict[int, list[Item]]:
    """Return, by organisation, the items it gladly tells about in its last submitted assessment of the whole."""
    ordered = Assessment.objects.submitted().whole().filter(participation__organisation=OuterRef("pk")).in_time()
    last = Subquery(ordered.reverse().values("pk")[:1])
    theirs = Organisation.objects.filter(pk__in=list(organisation_ids)).annotate(last=last).values("last")
    scores = Score.objects.filter(glad_to_tell=True, assessment__in=theirs)
    # An organisation that has left the omgång has nobody to ask (as in `learning`).
    asked = scores.exclude(assessment__participation__status=Status.WITHDRAWN)
    items: dict[int, list[Item]] = defaultdict(list)
    for score in asked.select_related("item", "assessment__participation").order_by("item__number"):
        items[score.assessment.participation.organisation_id].append(score.item)
    return dict(items)
