"""Till nästa gång."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from cohorts.fetch import shown_on
from cohorts.roles import roles_of
from meetings.actions import agreeing
from meetings.agreed import agreed_of
from meetings.forms.speaking import AgreementForm
from meetings.models import Agreement, Meeting
from meetings.rules import WORKERS
from meetings.standing import own_organisations
from meetings.views.pages import form_page, get_meeting, posted, saved
from meetings.whom import delegates_at, organisations_at
from modell.http import PageRequest
from modell.permissions import Perm, may, require
from modell.staleness import content_of

PEOPLE = ("user", "participation__organisation")


@require_http_methods(["GET", "POST"])
def agreements(request: PageRequest, slug: str, key: str) -> HttpResponse:
    """Till nästa gång: last time's first, then this time's, and a new one."""
    meeting = get_meeting(request, slug, key)
    require(request.user, Perm.READ_AT_MEETING, meeting)
    may_write = may(request.user, Perm.WRITE_AT_MEETING, meeting)
    if request.method == "POST":
        require(request.user, Perm.WRITE_AT_MEETING, meeting)
    form = _agreement_form(request, meeting, None)
    if saved(form, partial(agreeing.save_agreement, agreement=Agreement(meeting=meeting)), request):
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
    """SKR and the host write for all at the meeting, others for their own organisation."""
    roles = roles_of(request.user)
    # Who has left is still the owner, until another is chosen.
    owner = stored.owner_id if stored else None
    people = delegates_at(meeting, timezone.localdate(), also=owner).select_related(*PEOPLE)
    organisations = organisations_at(meeting)
    if not may(request.user, Perm.EDIT_MEETING, meeting):
        organisations = own_organisations(roles, meeting, *WORKERS)
        people = people.filter(participation__in=organisations.order_by().values("pk"))
    content = content_of(stored, *agreeing.AGREEMENT) if stored else None
    return AgreementForm(posted(request), organisations=organisations, people=people, stored=content)


def _get_agreement(request: PageRequest, pk: int) -> Agreement:
    visible = Agreement.objects.visible_to(roles_of(request.user))
    related = ("meeting__cohort", "participation__organisation", "owner__user")
    found = get_object_or_404(visible.select_related(*related), pk=pk)
    shown_on(request, found.meeting.cohort)
    return found


@require_http_methods(["GET", "POST"])
def agreement(request: PageRequest, pk: int) -> HttpResponse:
    row = _get_agreement(request, pk)
    require(request.user, Perm.CHANGE_AGREEMENT, row)
    form = _agreement_form(request, row.meeting, row)
    if saved(form, partial(agreeing.save_agreement, agreement=row), request):
        messages.success(request, "Överenskommelsen är sparad.")
        return redirect("meetings:agreements", row.meeting.cohort.slug, row.meeting.key)
    return form_page(request, "agreement", row.meeting, form, agreement=row)


@require_POST
def agreement_tick(request: PageRequest, pk: int) -> HttpResponse:
    """Done, or not done after all; then back to the meeting on whose page it was ticked."""
    row = _get_agreement(request, pk)
    require(request.user, Perm.TICK_AGREEMENT, row)
    agreeing.tick_agreement(agreement=row, done=request.POST.get("done") == "ja", by=request.user)
    seen_at = Meeting.objects.visible_to(roles_of(request.user)).filter(
        cohort=row.meeting.cohort_id, key=request.POST.get("at", "")
    )
    place = seen_at.select_related("cohort").first() or row.meeting
    return redirect(f"{place.get_absolute_url()}#overenskommelser")


@require_POST
def agreement_remove(request: PageRequest, pk: int) -> HttpResponse:
    row = _get_agreement(request, pk)
    require(request.user, Perm.CHANGE_AGREEMENT, row)
    agreeing.remove_agreement(agreement=row, by=request.user)
    messages.success(request, "Överenskommelsen är borttagen.")
    return redirect("meetings:agreements", row.meeting.cohort.slug, row.meeting.key)
