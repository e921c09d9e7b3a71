from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.requests import PageRequest
from assessments.occasions import occasions_of
from assessments.perms import READ_VALUES, SEE_FIGURES
from cohorts.crumbs import cohort_crumb
from cohorts.enums import Function
from cohorts.fetch import get_participation
from cohorts.models import Participation
from cohorts.roles import Roles, roles_of
from follow_up.card import card_of
from improvements.statistics import work_of
from indicators.chosen import chosen_of
from kit.permissions import may, require
from meetings.models import Meeting
from meetings.whom import meetings_for
from overview.afterwards import open_after
from overview.begin import is_new
from overview.brief import brief_of, chain_in_words, chain_picture
from questions.choosing import Asker
from questions.offers import offered_to
from questions.perms import READ_ASKED


@require_GET
def brief(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = get_participation(request, slug, code, "cohort__plan__checklist")
    require(request.user, READ_VALUES, participation)
    roles, cohort, today = roles_of(request.user), participation.cohort, timezone.localdate()
    reader = Asker.of(roles, participation)
    occasions, chosen = occasions_of(participation, roles), chosen_of(participation, roles)
    questions = offered_to(participation, occasions, reader, roles, today, chosen)
    meeting, chain = next_meeting(participation, roles, today), work_of(participation, roles)
    context = {
        "participation": participation,
        "crumbs": [cohort_crumb(cohort)],
        "reader": reader,
        "brief": brief_of(participation, occasions, reader, questions),
        "chosen": chosen,
        "meeting": meeting,
        "asks_for_assessment": meeting is not None and is_asked_for(participation, meeting, today),
        "tasks": card_of(request.user) if reader.own else None,
        "afterwards": open_after(participation, request.user, today) if reader.own else [],
        "may_read_asked": may(request.user, READ_ASKED, participation),
        "is_new": reader.own and is_new(roles.seat_for(slug), today),
        "today": today,
        "cohort_is_open": cohort.is_open(today),
        "chain": chain_picture(chain),
        "chain_in_words": chain_in_words(chain),
        "may_see_figures": may(request.user, SEE_FIGURES, cohort),
    }
    return render(request, "overview/brief.html", context)


def is_asked_for(participation: Participation, meeting: Meeting, today: date) -> bool:
    """True if its self-assessment before the meeting is still to be handed in, and the day has not passed."""
    if not (participation.is_participant and participation.is_asked(today)):
        return False
    handed_in = participation.assessments.at_meetings().submitted().filter(meeting=meeting)
    return meeting.is_assessed and meeting.assessment_due_on >= today and not handed_in.exists()


def next_meeting(participation: Participation, roles: Roles, today: date) -> Meeting | None:
    """Return the next meeting the reader comes to; for a reader from outside, the organisation's next."""
    coming = Meeting.objects.visible_to(roles).filter(cohort=participation.cohort_id).coming(today)
    functions = roles.functions_in(participation.organisation_id) or tuple(Function)
    return next(iter(meetings_for(participation, coming.select_related("cohort"), functions)), None)
