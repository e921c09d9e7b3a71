from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from accounts.requests import PageRequest
from assessments.actions.assessments import start_assessment
from assessments.dialogue import waiting_for
from assessments.occasions import Occasion, OccasionItem, in_series, readable
from assessments.perms import EDIT_PARTS, IMPORT_WORKBOOK, READ_TITLE, READ_VALUES, START_ASSESSMENT, START_OUTSIDE
from assessments.together.rounds import own_ratings_waiting
from assessments.turns import due_turn, turns_of
from cohorts.fetch import get_participation
from cohorts.models import Participation
from cohorts.roles import roles_of
from kit.ordering import swedish
from kit.pages import press
from kit.permissions import may, require
from kit.responses import post_only
from kit.templatetags.swedish import in_words, sentence
from meetings.models import Meeting


@dataclass(frozen=True)
class OwnRow:
    """An item over the occasions; `latest` is the last of them and the time before it."""

    latest: OccasionItem
    values: list[Decimal | None]


@dataclass(frozen=True)
class OwnPageValues:
    """The whole organisation's values on the version it uses now, and its occasions on other versions."""

    latest: Occasion
    occasions: list[Occasion]
    other_versions: list[Occasion]
    rows: list[OwnRow]

    @classmethod
    def of(cls, occasions: list[Occasion]) -> "OwnPageValues | None":
        if not occasions:
            return None
        latest = occasions[-1]
        # Values on an earlier version never stand in the same table.
        same = [occasion for occasion in occasions if occasion.checklist == latest.checklist]
        others = [occasion for occasion in occasions if occasion.checklist != latest.checklist]
        rows = [OwnRow(row, [occasion.answers.get(row.item.key) for occasion in same]) for row in latest.items]
        return cls(latest, same, others, rows)

    @property
    def headline(self) -> str:
        latest = self.latest
        if latest.movement is None or latest.since is None:
            return f"En självskattning är inlämnad, {f'till {latest.name}' if latest.is_at_meeting else latest.label}."
        forward, count = len(latest.movement.forward), len(latest.movement.items)
        words = sentence(in_words(forward)) if forward else "Inget"
        return f"{words} av {in_words(count)} moment har gått framåt sedan {latest.since_label}."


@require_GET
def own(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = get_participation(request, slug, code, "cohort__plan__checklist")
    require(request.user, READ_VALUES, participation)
    roles = roles_of(request.user)
    readable_to_one = list(readable(participation, roles).with_progress())
    started = [each for each in readable_to_one if each.participation_id == participation.pk]
    occasions = in_series(participation, [each for each in readable_to_one if each.is_submitted])
    turns = turns_of(participation, roles, started)
    may_start = may(request.user, START_ASSESSMENT, participation)
    is_own = participation.organisation_id in roles.organisation_ids
    context = {
        "participation": participation,
        "is_own": is_own,
        "turns": turns,
        "due": due_turn(turns) if may_start else None,
        "values": OwnPageValues.of(_shown(participation, occasions)),
        "parts": sorted({assessment.part.name for assessment in started if assessment.part}, key=swedish),
        "outside": [assessment for assessment in started if assessment.meeting is None and assessment.part is None],
        "own_ratings": own_ratings_waiting(request.user, roles),
        "waiting": waiting_for(participation, request.user),
        "may_start": may_start,
        "may_start_outside": may(request.user, START_OUTSIDE, participation),
        "may_import": may(request.user, IMPORT_WORKBOOK, participation),
        "may_read_title": may(request.user, READ_TITLE, participation),
        "may_edit_parts": may(request.user, EDIT_PARTS, participation),
    }
    return render(request, "assessments/own/own.html", context)


@post_only
def start(request: PageRequest, slug: str, code: str, key: str) -> HttpResponse:
    participation = get_participation(request, slug, code)
    require(request.user, START_ASSESSMENT, participation)
    meeting = get_object_or_404(
        Meeting.objects.visible_to(roles_of(request.user)), cohort=participation.cohort, key=key
    )
    return _begun(request, participation, meeting)


@post_only
def start_outside(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = get_participation(request, slug, code)
    require(request.user, START_OUTSIDE, participation)
    return _begun(request, participation, None)


def _begun(request: PageRequest, participation: Participation, meeting: Meeting | None) -> HttpResponse:
    assessment = press(request, partial(start_assessment, participation=participation, meeting=meeting))
    if assessment:
        return redirect(assessment)
    return redirect("assessments:own", participation.cohort.slug, participation.code)


def _shown(participation: Participation, occasions: list[Occasion]) -> list[Occasion]:
    """Return a participant's occasions at meetings, which the omgång counts; a mentor has only those outside."""
    whole = [occasion for occasion in occasions if occasion.part is None]
    return [occasion for occasion in whole if occasion.is_at_meeting or not participation.is_participant]
