from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.requests import PageRequest
from cohorts.crumbs import cohort_crumb
from cohorts.fetch import get_cohort
from cohorts.roles import roles_of
from kit.pages import draw, press
from kit.permissions import may, require
from kit.refusals import ActionRefused
from kit.responses import post_only, posted_from, refuse
from meetings.actions.answering import answer_meeting, ask_deputy
from meetings.actions.preparing import tick_preparation
from meetings.enums import Rsvp
from meetings.forms.speaking import AnswerForm
from meetings.invitees import deputies_for, people_at
from meetings.meeting_list import meeting_list_of
from meetings.models import Meeting
from meetings.own_seats import own_delegates
from meetings.page import page_of
from meetings.perms import ANSWER_MEETING, EDIT_MEETING, EDIT_MEETINGS, SPEAK_AT_MEETING, WRITE_AT_MEETING
from meetings.views.pages import get_meeting, way_to
from meetings.whom import is_to_prepare

# The answer that a link in a mail chooses in the form. It is not saved: machines open links too.
FROM_MAIL = {"ja": Rsvp.YES, "nej": Rsvp.NO}


@require_GET
def meetings(request: PageRequest, slug: str) -> HttpResponse:
    cohort, today = get_cohort(request, slug), timezone.localdate()
    context = {
        "cohort": cohort,
        "today": today,
        "crumbs": [cohort_crumb(cohort)],
        "list": meeting_list_of(cohort, roles_of(request.user), today),
        "may_edit": may(request.user, EDIT_MEETINGS, cohort),
    }
    return render(request, "meetings/meetings.html", context)


@require_GET
def meeting(request: PageRequest, slug: str, key: str) -> HttpResponse:
    return _page(request, get_meeting(request, slug, key), None)


def _page(request: PageRequest, meeting: Meeting, form: AnswerForm | None) -> HttpResponse:
    today = timezone.localdate()
    page = page_of(meeting, request.user, today)
    answered = page.mine.answer if page.mine and page.mine.is_answered else ""
    chosen = FROM_MAIL.get(request.GET.get("svar", ""), answered)
    may_answer = page.mine is not None and may(request.user, ANSWER_MEETING, meeting)
    form = form or AnswerForm(answer=chosen, to=meeting.sequence)
    context = {
        "page": page,
        "meeting": meeting,
        "crumbs": way_to(meeting, here=True),
        "form": form,
        "chosen": chosen,
        "from_mail": chosen != answered,
        "may_answer": may_answer,
        "is_asked": may_answer and not answered and meeting.is_asked_about(today),
        "may_edit": may(request.user, EDIT_MEETING, meeting),
        "may_write": may(request.user, WRITE_AT_MEETING, meeting),
        "may_speak": may(request.user, SPEAK_AT_MEETING, meeting),
    }
    return draw(request, "meetings/meeting.html", form, **context)


@post_only
def answer(request: PageRequest, slug: str, key: str) -> HttpResponse:
    meeting = get_meeting(request, slug, key)
    require(request.user, ANSWER_MEETING, meeting)
    form = AnswerForm(request.POST, to=meeting.sequence)
    if not form.is_valid():
        return _page(request, meeting, form)
    delegates = own_delegates(roles_of(request.user), meeting)
    action = partial(answer_meeting, meeting=meeting, delegates=delegates, **form.cleaned_data)
    yes = form.cleaned_data["answer"] == Rsvp.YES
    press(request, action, "Du har svarat att du kommer." if yes else "Du har svarat att du inte kommer.")
    return redirect(meeting)


@post_only
def deputy(request: PageRequest, slug: str, key: str, pk: int) -> HttpResponse:
    meeting = get_meeting(request, slug, key)
    require(request.user, ANSWER_MEETING, meeting)
    people = people_at(meeting, timezone.localdate(), roles_of(request.user))
    own = [person for person in people if person.user_id == request.user.pk]
    pairs = [(absent, other) for absent in own for other in deputies_for(absent, people) if other.pk == pk]
    if not pairs:
        return refuse(request, ActionRefused("Personen är inte längre ersättare. Ingen fråga är skickad."), meeting)
    absent, other = pairs[0]
    action = partial(ask_deputy, meeting=meeting, absent=absent, deputy=other)
    press(request, action, f"{other.name} har fått ett mejl med frågan.")
    return redirect(meeting)


def _page_of(request: PageRequest, slug: str, key: str, pk: int) -> Meeting:
    return get_meeting(request, slug, key)


@posted_from(_page_of)
def tick(request: PageRequest, slug: str, key: str, pk: int) -> HttpResponse:
    meeting = get_meeting(request, slug, key)
    require(request.user, ANSWER_MEETING, meeting)
    preparation = get_object_or_404(meeting.preparations, pk=pk)
    own = own_delegates(roles_of(request.user), meeting)
    delegates = [
        seat
        for seat in own
        if preparation.function in ("", seat.function) and is_to_prepare(seat.participation, meeting)
    ]
    done = request.POST.get("done") == "ja"
    tick_preparation(preparation=preparation, delegates=delegates, done=done, by=request.user)
    messages.success(request, f"”{preparation.text}” är {'klar' if done else 'inte klar'}.")
    return redirect(f"{meeting.get_absolute_url()}#forberedelser")
