from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from checklist.actions.assessments import start_assessment
from checklist.models import Assessment, Item
from checklist.occasions import Occasion, occasions_of
from checklist.querysets import AssessmentQuerySet
from cohorts.fetch import get_participation
from cohorts.models import Participation
from cohorts.roles import Roles, roles_of
from meetings.models import Meeting
from modell.http import PageRequest
from modell.permissions import Perm, may, require
from modell.refusals import ActionRefused
from modell.responses import refuse
from modell.templatetags.swedish import in_words, sentence


@dataclass(frozen=True)
class Turn:
    """One meeting on the list: what is to be done, or was done, before it."""

    meeting: Meeting
    assessment: Assessment | None
    is_late: bool


@dataclass(frozen=True)
class Row:
    """One moment over the occasions."""

    item: Item
    values: list[Decimal | None]
    change: Fraction | None


def own(request: PageRequest, slug: str, code: str) -> HttpResponse:
    """An organisation's self-assessments in an omgång: what is due, the values, what has moved."""
    participation = get_participation(request, slug, code, "cohort__plan__checklist")
    require(request.user, Perm.READ_VALUES, participation)
    roles, items = roles_of(request.user), participation.cohort.plan.items
    occasions = occasions_of(participation, roles, items)
    assessments = list(_assessments(participation, roles))
    context = {
        "participation": participation,
        "plan": participation.cohort.plan,
        "turns": _turns(participation, roles, [row for row in assessments if row.part_id is None]),
        "outside": [assessment for assessment in assessments if assessment.meeting_id is None or assessment.part_id],
        "occasions": occasions,
        "latest": occasions[-1] if occasions else None,
        "headline": _headline(occasions),
        "rows": [_row(item, occasions) for item in items],
        "floor": len(items),
        "ceiling": len(items) * participation.cohort.plan.highest_step,
        "may_start": may(request.user, Perm.START_ASSESSMENT, participation),
    }
    return render(request, "checklist/own.html", context)


@require_POST
def start(request: PageRequest, slug: str, code: str, key: str) -> HttpResponse:
    participation = get_participation(request, slug, code)
    require(request.user, Perm.START_ASSESSMENT, participation)
    meeting = get_object_or_404(
        Meeting.objects.visible_to(roles_of(request.user)), cohort=participation.cohort, key=key
    )
    try:
        assessment = start_assessment(participation=participation, meeting=meeting, by=request.user)
    except ActionRefused as refusal:
        return refuse(request, refusal, "checklist:own", slug, code)
    return redirect(assessment)


def _assessments(participation: Participation, roles: Roles) -> AssessmentQuerySet:
    visible = Assessment.objects.visible_to(roles).filter(participation=participation)
    return visible.select_related("part", "meeting").with_progress()


def _turns(participation: Participation, roles: Roles, assessments: list[Assessment]) -> list[Turn]:
    meetings = Meeting.objects.visible_to(roles).assessed().concerning(participation).order_by("starts_on", "number")
    done = {assessment.meeting_id: assessment for assessment in assessments}
    today = timezone.localdate()
    return [
        Turn(meeting, done.get(meeting.pk), is_late=meeting.assessment_due_on < today)
        for meeting in meetings
        if participation.is_participant
    ]


def _row(item: Item, occasions: list[Occasion]) -> Row:
    moved = occasions[-1].movement if occasions else None
    changes = {row.item.pk: row.change for row in moved.items} if moved else {}
    return Row(item, [occasion.answers.get(item.key) for occasion in occasions], changes.get(item.pk))


def _headline(occasions: list[Occasion]) -> str:
    """What has moved, in words; figures come below."""
    if not occasions:
        return "Självskattningar"
    latest = occasions[-1]
    if latest.movement is None or latest.since is None:
        return f"En självskattning är inlämnad, till {latest.name}"
    forward, count = len(latest.movement.forward), len(latest.movement.items)
    words = sentence(in_words(forward)) if forward else "Inget"
    return f"{words} av {in_words(count)} moment har gått framåt sedan {latest.since.name}"
