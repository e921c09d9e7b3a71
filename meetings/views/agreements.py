"""Pages of the agreements from a meeting (Till nästa gång)."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.requests import PageRequest
from cohorts.fetch import shown_on
from cohorts.roles import roles_of
from kit.pages import line_in, posted, store
from kit.permissions import may, require
from kit.responses import makes_new, post_only, posted_from
from kit.staleness import content_of
from meetings.actions import agreeing
from meetings.agreements import agreed_of
from meetings.forms.speaking import AgreementForm
from meetings.models import Agreement, Meeting
from meetings.own_seats import own_organisations
from meetings.perms import CHANGE_AGREEMENT, EDIT_MEETING, READ_AT_MEETING, TICK_AGREEMENT, WORKERS, WRITE_AT_MEETING
from meetings.views.pages import form_page, get_meeting
from meetings.whom import delegates_at, organisations_at

PEOPLE = ("user", "participation__organisation")


@makes_new
@require_http_methods(["GET", "POST"])
def agreements(request: PageRequest, slug: str, key: str) -> HttpResponse:
    meeting = get_meeting(request, slug, key)
    require(request.user, READ_AT_MEETING, meeting)
    may_write = may(request.user, WRITE_AT_MEETING, meeting)
    if request.method == "POST":
        require(request.user, WRITE_AT_MEETING, meeting)
    form = _agreement_form(request, meeting, None)
    if store(request, form, partial(agreeing.save_agreement, agreement=Agreement(meeting=meeting))):
        messages.success(request, "Överenskommelsen är sparad.")
        return redirect("meetings:agreements", slug, key)
    agreed = agreed_of(meeting, request.user, timezone.localdate())
    more = {
        "now": [row for row in agreed if row.agreement.meeting_id == meeting.pk],
        "before": [row for row in agreed if row.agreement.meeting_id != meeting.pk],
        "may_write": may_write,
        "has_begun": meeting.has_begun(timezone.localdate()),
    }
    return form_page(request, "agreements", meeting, form, **more)


def _agreement_form(request: PageRequest, meeting: Meeting, stored: Agreement | None) -> AgreementForm:
    roles = roles_of(request.user)
    # An owner who has left must be among the choices, so that saving the form does not remove them.
    owner = stored.owner_id if stored else None
    people = delegates_at(meeting, timezone.localdate(), also=owner).select_related(*PEOPLE)
    organisations = organisations_at(meeting)
    # Only SKR and the host write for everyone at the meeting.
    if not may(request.user, EDIT_MEETING, meeting):
        organisations = own_organisations(roles, meeting, *WORKERS)
        people = people.filter(participation__in=organisations.order_by().values("pk"))
    content = content_of(stored, *agreeing.AGREEMENT) if stored else None
    return AgreementForm(posted(request), organisations=organisations, people=people, stored=content)


def _get_agreement(request: PageRequest, pk: int) -> Agreement:
    visible = Agreement.objects.visible_to(roles_of(request.user))
    related = ("meeting__cohort", "participation__organisation", "owner__user")
    agreement = get_object_or_404(visible.select_related(*related), pk=pk)
    shown_on(request, agreement.meeting.cohort)
    return agreement


@require_http_methods(["GET", "POST"])
def agreement(request: PageRequest, pk: int) -> HttpResponse:
    row = _get_agreement(request, pk)
    require(request.user, CHANGE_AGREEMENT, row)
    form = _agreement_form(request, row.meeting, row)
    if store(request, form, partial(agreeing.save_agreement, agreement=row)):
        messages.success(request, "Överenskommelsen är sparad.")
        return redirect("meetings:agreements", row.meeting.cohort.slug, row.meeting.key)
    return form_page(request, "agreement", row.meeting, form, agreement=row)


def _page_of(request: PageRequest, pk: int) -> Meeting:
    return _get_agreement(request, pk).meeting


@posted_from(_page_of)
def agreement_tick(request: PageRequest, pk: int) -> HttpResponse:
    row = _get_agreement(request, pk)
    require(request.user, TICK_AGREEMENT, row)
    agreeing.tick_agreement(agreement=row, done=request.POST.get("done") == "ja", by=request.user)
    seen_at = Meeting.objects.visible_to(roles_of(request.user)).filter(
        cohort=row.meeting.cohort_id, key=line_in(request, "at")
    )
    place = seen_at.select_related("cohort").first() or row.meeting
    return redirect(f"{place.get_absolute_url()}#overenskommelser")


@post_only
def agreement_remove(request: PageRequest, pk: int) -> HttpResponse:
    row = _get_agreement(request, pk)
    require(request.user, CHANGE_AGREEMENT, row)
    agreeing.remove_agreement(agreement=row, by=request.user)
    messages.success(request, "Överenskommelsen är borttagen.")
    return redirect("meetings:agreements", row.meeting.cohort.slug, row.meeting.key)
