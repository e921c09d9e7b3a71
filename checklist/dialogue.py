"""What SKR and an organisation say to each other about an assessment, and what of it waits for the organisation."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import CharField, F, IntegerField, Value
from django.urls import reverse

from checklist.models import Assessment, Query, Reopening
from cohorts.models import Participation
from cohorts.roles import Roles
from meetings.models import Meeting
from meetings.querysets import MeetingQuerySet


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for the organisation's answer: a sentence, and where it is answered."""

    sentence: str
    url: str


def queries_of(assessment: Assessment, roles: Roles) -> dict[int, list[Query]]:
    """By moment, SKR's questions and their answers: the owner's and the process leader's alone."""
    found: dict[int, list[Query]] = {}
    visible = Query.objects.visible_to(roles).filter(assessment=assessment)
    for query in visible.order_by("asked_at", "pk"):
        found.setdefault(query.item_id, []).append(query)
    return found


def reopening_of(assessment: Assessment, roles: Roles) -> Reopening | None:
    """SKR's latest request to open it again, answered or not."""
    visible = Reopening.objects.visible_to(roles).filter(assessment=assessment)
    return visible.select_related("move_to").order_by("asked_at", "pk").last()


def right_meetings(assessment: Assessment) -> MeetingQuerySet:
    """Where a misplaced one may belong: the omgång's other meetings that it has no assessment for."""
    taken = Assessment.objects.filter(
        participation=assessment.participation_id, part=assessment.part_id, meeting__isnull=False
    )
    others = Meeting.objects.assessed().concerning(assessment.participation)
    return others.exclude(pk__in=taken.values("meeting")).order_by("starts_on", "number")


def waiting_for(participation: Participation, roles: Roles) -> list[Waiting]:
    """What SKR has asked and the organisation has not answered yet; for others than its own people nothing."""
    if participation.organisation_id not in roles.organisation_ids:
        return []
    # Every visit to the page asks this, so both are asked in one query.
    asked = Query.objects.filter(assessment__participation=participation, answered_at=None).order_by()
    questions = asked.annotate(number=F("item__number"), to=Value("", CharField()))
    begged = Reopening.objects.filter(assessment__participation=participation, consented=None).order_by()
    requests = begged.annotate(number=Value(0, IntegerField()), to=F("assessment__meeting__name"))
    names = ("number", "pk", "assessment_id", "to")
    rows = questions.values_list(*names).union(requests.values_list(*names), all=True)
    return [_waiting(*row) for row in sorted(rows)]


def _waiting(number: int, pk: int, assessment: int, to: str) -> Waiting:
    if number:
        url = reverse("checklist:answer_query", args=[pk])
        return Waiting(f"SKR har ställt en fråga om moment {number}", url)
    url = reverse("checklist:assessment", args=[assessment])
    return Waiting(f"SKR ber att få öppna självskattningen till {to} igen", f"{url}#oppna-igen")
