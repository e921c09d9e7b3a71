"""The panels that are kept from the day a meeting's figures open, so that each reader's memory can be followed."""

from collections import Counter, defaultdict
from datetime import date

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from assessments.figures.disclosure import Entry, View
from assessments.figures.panels import standing_at
from assessments.models import Assessment, Release
from assessments.trail import AssessmentEvent
from cohorts.models import Cohort, Participation
from kit import audit
from meetings.actions.holding import hold_in_order
from meetings.models import Meeting
from meetings.whom import participants_at


@transaction.atomic
def renew_release(*, meeting: Meeting) -> None:
    """Keep the meeting's panels as they stand, if it has begun; who may see them is decided when they are read."""
    if not meeting.has_begun(timezone.localdate()):
        return
    # Two at the same time would each keep the same panel.
    Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
    for kind, standing in standing_at(meeting, meeting.cohort.plan).items():
        panel = standing.panel
        if panel.n < settings.MIN_GROUP:
            continue
        stored = {"panel": as_stored(panel.answers), "disclosed": disclosed_in(panel.answers, standing.disclosed)}
        kept = meeting.releases.filter(kind=kind, printed=False)
        newest = kept.last()
        if newest and {name: getattr(newest, name) for name in stored} == stored:
            continue
        Release.objects.create(meeting=meeting, kind=kind, **stored)
        if newest is None:
            audit.record(AssessmentEvent.AGGREGATES_OPENED, target=meeting, by=None, of_kind=kind, n=panel.n)


def meetings_to_open(today: date) -> list[Meeting]:
    """Return begun meetings that nothing is kept of yet, and that enough of one kind have handed in for.

    The others may never have enough, so that they must cost no query each.
    """
    unopened = Meeting.objects.assessed().begun(today).filter(releases=None)
    handed_in = Assessment.objects.submitted().whole().filter(meeting__in=unopened)
    by_plan = handed_in.filter(checklist=F("meeting__cohort__plan__checklist"))
    members = defaultdict(list)
    for assessment in by_plan.select_related("meeting__cohort__plan__checklist", "participation"):
        members[assessment.meeting].append(assessment.participation)
    return [meeting for meeting, among in members.items() if _is_enough(meeting, among)]


def _is_enough(meeting: Meeting, among: list[Participation]) -> bool:
    of_kind = Counter(participation.kind for participation in participants_at(meeting, among))
    return any(n >= settings.MIN_GROUP for n in of_kind.values())


@transaction.atomic
def renew_releases(*, cohort: Cohort) -> None:
    meetings = cohort.meetings.assessed()
    hold_in_order(meetings)
    for meeting in meetings:
        renew_release(meeting=meeting)


def as_stored(view: View) -> dict[str, dict[str, str]]:
    return {str(member): {key: str(value) for key, value in answers.items()} for member, answers in view.items()}


def disclosed_in(view: View, disclosed: frozenset[Entry]) -> list[list[object]]:
    return sorted([member, key, str(value)] for member, key, value in disclosed if member in view)
