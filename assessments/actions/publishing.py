"""What has become readable for anyone, kept so that no figure is shown that it would help to take apart (ADR 18)."""

from collections.abc import Iterable, Mapping

from django.db import transaction

from assessments.figures.disclosure import Shown, Sight
from assessments.figures.releases import as_stored, disclosed_in, renew_releases
from assessments.figures.sights import ANYONE, figures_at
from assessments.figures.statistics import Answers
from assessments.models import PublishedAnswers, Release
from cohorts.models import Cohort, Participation
from meetings.models import Meeting


@transaction.atomic
def publish_values(*, participation: Participation, values: Mapping[int, Answers], chain: Answers) -> None:
    """Keep values by meeting, and the steps on the result chain, as readable for anyone from now on.

    Whatever publishes a report calls this; a report without its values has none to keep.
    """
    for meeting, answers in [*values.items(), (None, chain)]:
        stored = as_stored({participation.pk: answers})[str(participation.pk)]
        newest = PublishedAnswers.objects.filter(participation=participation, meeting=meeting).last()
        if newest is None or newest.answers != stored:
            PublishedAnswers.objects.create(participation=participation, meeting_id=meeting, answers=stored)
    # What anyone may read decides who may see the figures, from this moment.
    renew_releases(cohort=participation.cohort)


@transaction.atomic
def remember_printed(*, cohort: Cohort, meetings: Iterable[Meeting], chain: Mapping[str, Sight]) -> None:
    """Keep what a published joint report prints in figures, since anyone may remember it."""
    for meeting in meetings:
        for kind, seen in figures_at(meeting, cohort.plan, ANYONE).items():
            _remember(seen.sight, kind=kind, meeting=meeting)
    for kind, sight in chain.items():
        _remember(sight, kind=kind, cohort=cohort)


def _remember(sight: Sight, *, kind: str, meeting: Meeting | None = None, cohort: Cohort | None = None) -> None:
    if sight.shown == Shown.FIGURES:
        panel, disclosed = as_stored(sight.answers), disclosed_in(sight.answers, frozenset(sight.known.disclosed))
        Release.objects.create(
            meeting=meeting, cohort=cohort, kind=kind, panel=panel, disclosed=disclosed, printed=True
        )
