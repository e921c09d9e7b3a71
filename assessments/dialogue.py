"""Questions and requests between SKR and an organisation about an assessment."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import CharField, F, IntegerField, Value
from django.urls import reverse

from accounts.models import User
from assessments.models import Assessment, Query, Reopening
from assessments.perms import works_on_it_still
from cohorts.models import Participation
from cohorts.roles import Roles, roles_of
from meetings.models import Meeting
from meetings.querysets import MeetingQuerySet
from meetings.whom import meetings_for


@dataclass(frozen=True)
class Waiting:
    """A sentence about something that waits for the organisation's answer, and the page where it is answered."""

    sentence: str
    url: str


def queries_of(assessment: Assessment, roles: Roles) -> dict[int, list[Query]]:
    """Return SKR's questions with their answers by item id; only the organisation and SKR's process leader get any."""
    queries: dict[int, list[Query]] = {}
    visible = Query.objects.visible_to(roles).filter(assessment=assessment)
    for query in visible.order_by("asked_at", "pk"):
        queries.setdefault(query.item_id, []).append(query)
    return queries


def reopening_of(assessment: Assessment, roles: Roles) -> Reopening | None:
    visible = Reopening.objects.visible_to(roles).filter(assessment=assessment)
    return visible.select_related("move_to").order_by("asked_at", "pk").last()


def right_meetings(assessment: Assessment) -> MeetingQuerySet:
    """Return the omgång's other meetings, without an assessment, that a misplaced assessment may be moved to."""
    taken = Assessment.objects.filter(
        participation=assessment.participation_id, part=assessment.part_id, meeting__isnull=False
    )
    participation = assessment.participation
    assessed = Meeting.objects.filter(cohort=participation.cohort_id).assessed()
    own = [meeting.pk for meeting in meetings_for(participation, assessed.exclude(pk__in=taken.values("meeting")))]
    return Meeting.objects.filter(pk__in=own).order_by("starts_on", "number")


def waiting_for(participation: Participation, user: User) -> list[Waiting]:
    """Return SKR's unanswered questions and requests, but nothing to others than the organisation's own people."""
    if participation.organisation_id not in roles_of(user).organisation_ids:
        return []
    # Every visit to the page asks this, so both are asked in one query.
    asked = Query.objects.filter(assessment__participation=participation, answered_at=None).order_by()
    questions = asked.annotate(number=F("item__number"), to=Value("", CharField()))
    begged = Reopening.objects.filter(assessment__participation=participation, consented=None).order_by()
    requests = begged.annotate(number=Value(0, IntegerField()), to=F("assessment__meeting__name"))
    names = ("number", "pk", "assessment_id", "to")
    rows = questions.values_list(*names).union(requests.values_list(*names), all=True)
    answers = works_on_it_still.test(user, participation)
    return [_waiting(*row, answers=answers) for row in sorted(rows)]


def _waiting(number: int, pk: int, assessment: int, to: str, *, answers: bool) -> Waiting:
    url = reverse("assessments:assessment", args=[assessment])
    if number:
        # Whoever does not answer reads the question where it stands.
        place = reverse("assessments:answer_query", args=[pk]) if answers else f"{url}#moment-{number}"
        return Waiting(f"SKR har ställt en fråga om moment {number}", place)
    return Waiting(f"SKR ber att få öppna självskattningen till {to} igen", f"{url}#oppna-igen")
