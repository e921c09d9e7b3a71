from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from checklist.actions.assessments import start_assessment
from checklist.dialogue import waiting_for
from checklist.models import Item
from checklist.occasions import Occasion, in_series, readable
from checklist.together.rounds import own_ratings_waiting
from checklist.turns import due_turn, turns_of
from cohorts.fetch import get_participation
from cohorts.models import Participation
from cohorts.roles import roles_of
from meetings.models import Meeting
from modell.http import PageRequest
from modell.permissions import Perm, may, require
from modell.refusals import ActionRefused
from modell.responses import refuse
from modell.templatetags.swedish import in_words, sentence


@dataclass(frozen=True)
class Row:
    """One moment over the occasions."""

    item: Item
    values: list[Decimal | None]
    change: Fraction | None


@dataclass(frozen=True)
class Values:
    """The whole organisation's, on the version it uses now: an earlier version's never stand in the table."""

    latest: Occasion
    occasions: list[Occasion]
    other_versions: list[Occasion]
    rows: list[Row]

    @classmethod
    def of(cls, occasions: list[Occasion]) -> "Values | None":
        if not occasions:
            return None
        latest = occasions[-1]
        same = [occasion for occasion in occasions if occasion.checklist == latest.checklist]
        others = [occasion for occasion in occasions if occasion.checklist != latest.checklist]
        rows = [
            Row(row.item, [occasion.answers.get(row.item.key) for occasion in same], row.change) for row in latest.items
        ]
        return cls(latest, same, others, rows)

    @property
    def headline(self) -> str:
        """What has moved, in words; figures come below."""
        latest = self.latest
        if latest.movement is None or latest.since is None:
            return f"En självskattning är inlämnad, {f'till {latest.name}' if latest.is_at_meeting else latest.label}"
        forward, count = len(latest.movement.forward), len(latest.movement.items)
        words = sentence(in_words(forward)) if forward else "Inget"
        return f"{words} av {in_words(count)} moment har gått framåt sedan {latest.since.label}"


def own(request: PageRequest, slug: str, code: str) -> HttpResponse:
    """An organisation's self-assessments in an omgång: what to do now; then values, parts and the rest, calmly."""
    participation = get_participation(request, slug, code, "cohort__plan__checklist")
    require(request.user, Perm.READ_VALUES, participation)
    roles = roles_of(request.user)
    started = list(readable(participation, roles).with_progress())
    occasions = in_series(participation, [one for one in started if one.is_submitted])
    turns = turns_of(participation, roles, started)
    may_start = may(request.user, Perm.START_ASSESSMENT, participation)
    is_own = participation.organisation_id in roles.organisation_ids
    context = {
        "participation": participation,
        "is_own": is_own,
        "turns": turns,
        "due": due_turn(turns) if may_start else None,
        "values": Values.of(_told(participation, occasions)),
        "parts": sorted({one.part.name for one in started if one.part}),
        "outside": [one for one in started if one.meeting is None and one.part is None],
        "own_ratings": own_ratings_waiting(request.user, roles),
        "waiting": waiting_for(participation, roles),
        "may_start": may_start,
        "may_start_outside": may(request.user, Perm.START_OUTSIDE, participation),
        "may_import": may(request.user, Perm.IMPORT_WORKBOOK, participation),
        "may_read_title": may(request.user, Perm.READ_TITLE, participation),
        "may_edit_parts": may(request.user, Perm.EDIT_PARTS, participation),
    }
    return render(request, "checklist/own/own.html", context)


@require_POST
def start(request: PageRequest, slug: str, code: str, key: str) -> HttpResponse:
    participation = get_participation(request, slug, code)
    require(request.user, Perm.START_ASSESSMENT, participation)
    meeting = get_object_or_404(
        Meeting.objects.visible_to(roles_of(request.user)), cohort=participation.cohort, key=key
    )
    return _begun(request, participation, meeting)


@require_POST
def start_outside(request: PageRequest, slug: str, code: str) -> HttpResponse:
    """Between meetings, after the omgång, or as mentor: one open draft at a time."""
    participation = get_participation(request, slug, code)
    require(request.user, Perm.START_OUTSIDE, participation)
    return _begun(request, participation, None)


def _begun(request: PageRequest, participation: Participation, meeting: Meeting | None) -> HttpResponse:
    try:
        assessment = start_assessment(participation=participation, meeting=meeting, by=request.user)
    except ActionRefused as refusal:
        return refuse(request, refusal, "checklist:own", participation.cohort.slug, participation.code)
    return redirect(assessment)


def _told(participation: Participation, occasions: list[Occasion]) -> list[Occasion]:
    """A participant's at meetings, which the omgång counts; a mentor has only those outside them."""
    whole = [occasion for occasion in occasions if occasion.part is None]
    return [occasion for occasion in whole if occasion.is_at_meeting or not participation.is_participant]
