from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from cohorts.fetch import get_cohort
from cohorts.roles import roles_of
from meetings.actions.answering import answer_meeting, ask_deputy
from meetings.actions.preparing import tick_preparation
from meetings.concerned import deputies_for, people_at
from meetings.enums import Rsvp
from meetings.forms.speaking import AnswerForm
from meetings.listing import listed
from meetings.models import Meeting
from meetings.page import page_of
from meetings.standing import own_delegates
from meetings.views.pages import get_meeting, way_to
from modell.http import PageRequest
from modell.permissions import Perm, may, require
from modell.refusals import ActionRefused
from modell.responses import refuse

# What a link in a mail may say; it only preselects, since a link can be opened by a machine.
FROM_MAIL = {"ja": Rsvp.YES, "nej": Rsvp.NO}


def meetings(request: PageRequest, slug: str) -> HttpResponse:
    """One's meetings in the omgång with one's answers: those to come first, then those that have been."""
    cohort, today = get_cohort(request, slug), timezone.localdate()
    context = {
        "cohort": cohort,
        "today": today,
        "crumbs": [{"url": cohort.get_absolute_url(), "label": cohort.name}],
        "list": listed(cohort, roles_of(request.user), today),
        "may_edit": may(request.user, Perm.EDIT_MEETINGS, cohort),
    }
    return render(request, "meetings/meetings.html", context)


def meeting(request: PageRequest, slug: str, key: str) -> HttpResponse:
    return _page(request, get_meeting(request, slug, key), None)


def _page(request: PageRequest, meeting: Meeting, form: AnswerForm | None) -> HttpResponse:
    today = timezone.localdate()
    page = page_of(meeting, request.user, today)
    answered = page.mine.answer if page.mine and not page.mine.moved else ""
    chosen = FROM_MAIL.get(request.GET.get("svar", ""), answered)
    may_answer = page.mine is not None and may(request.user, Perm.ANSWER_MEETING, meeting)
    context = {
        "page": page,
        "meeting": meeting,
        "crumbs": way_to(meeting, here=True),
        "form": form or AnswerForm(answer=chosen, to=meeting.sequence),
        "from_mail": chosen != answered,
        "may_answer": may_answer,
        "is_asked": may_answer and not answered and meeting.is_asked_about(today),
        "may_edit": may(request.user, Perm.EDIT_MEETING, meeting),
        "may_write": may(request.user, Perm.WRITE_AT_MEETING, meeting),
        "may_speak": may(request.user, Perm.SPEAK_AT_MEETING, meeting),
    }
    return render(request, "meetings/meeting.html", context, status=422 if form else 200)


@require_POST
def answer(request: PageRequest, slug: str, key: str) -> HttpResponse:
    meeting = get_meeting(request, slug, key)
    require(request.user, Perm.ANSWER_MEETING, meeting)
    form = AnswerForm(request.POST, to=meeting.sequence)
    if not form.is_valid():
        return _page(request, meeting, form)
    delegates = own_delegates(roles_of(request.user), meeting)
    try:
        answer_meeting(meeting=meeting, delegates=delegates, by=request.user, **form.cleaned_data)
    except ActionRefused as refusal:
        return refuse(request, refusal, meeting)
    yes = form.cleaned_data["answer"] == Rsvp.YES
    messages.success(request, "Du har svarat att du kommer." if yes else "Du har svarat att du inte kommer.")
    return redirect(meeting)


@require_POST
def deputy(request: PageRequest, slug: str, key: str, pk: int) -> HttpResponse:
    """Ask one's deputy by mail to come instead."""
    meeting = get_meeting(request, slug, key)
    require(request.user, Perm.ANSWER_MEETING, meeting)
    people = people_at(meeting, timezone.localdate(), roles_of(request.user))
    own = [person for person in people if person.user_id == request.user.pk]
    pairs = [(absent, other) for absent in own for other in deputies_for(absent, people) if other.pk == pk]
    if not pairs:
        messages.error(request, "Personen är inte längre ersättare. Ingen fråga är skickad.")
        return redirect(meeting)
    absent, other = pairs[0]
    try:
        ask_deputy(meeting=meeting, absent=absent, deputy=other, by=request.user)
    except ActionRefused as refusal:
        return refuse(request, refusal, meeting)
    messages.success(request, f"{other.name} har fått ett mejl med frågan.")
    return redirect(meeting)


@require_POST
def tick(request: PageRequest, slug: str, key: str, pk: int) -> HttpResponse:
    """Mark a preparation as done, or not done after all."""
    meeting = get_meeting(request, slug, key)
    require(request.user, Perm.ANSWER_MEETING, meeting)
    preparation = get_object_or_404(meeting.preparations, pk=pk)
    own = own_delegates(roles_of(request.user), meeting)
    delegates = [one for one in own if preparation.function in ("", one.function)]
    done = request.POST.get("done") == "ja"
    tick_preparation(preparation=preparation, delegates=delegates, done=done, by=request.user)
    messages.success(request, f"”{preparation.text}” är {'klar' if done else 'inte klar'}.")
    return redirect(f"{meeting.get_absolute_url()}#forberedelser")
