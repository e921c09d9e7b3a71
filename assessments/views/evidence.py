from functools import partial

from django.contrib import messages
from django.core.files.base import ContentFile
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import PageRequest
from assessments.actions.evidence import add_file, add_link, remove_evidence
from assessments.evidence import AT_MOST, evidence_of
from assessments.forms.evidence import EvidenceFileForm, EvidenceForm, EvidenceLinkForm
from assessments.models import Assessment, Evidence
from assessments.offers import offers_of
from assessments.perms import EDIT_ASSESSMENT
from assessments.views.rating import get_assessment, item_of
from checklist.models import Item
from cohorts.fetch import shown_on
from cohorts.roles import roles_of
from kit.limits import heavy
from kit.link_or_file import shown_forms
from kit.pages import draw, press, store
from kit.permissions import require
from kit.responses import makes_new, posted_from
from kit.uploads import as_download

RELATED = ("assessment__participation__cohort", "assessment__participation__organisation", "item")


@makes_new
@require_http_methods(["GET", "POST"])
def evidence(request: PageRequest, pk: int, number: int) -> HttpResponse:
    assessment = get_assessment(request, pk)
    item = item_of(assessment, number)
    require(request.user, EDIT_ASSESSMENT, assessment)
    if not assessment.is_draft:
        return redirect(f"{assessment.get_absolute_url()}#moment-{number}")
    link, file, form = shown_forms(request, EvidenceLinkForm, EvidenceFileForm)
    if form and form.is_valid() and _added(form, assessment, item, request):
        messages.success(request, "Underlaget är tillagt.")
        return redirect("assessments:evidence", pk, number)
    context = {
        "assessment": assessment,
        "item": item,
        "evidence": Evidence.objects.visible_to(roles_of(request.user)).filter(assessment=assessment, item=item),
        "link": link,
        "file": file,
        "at_most": AT_MOST,
    }
    return draw(request, "assessments/evidence/evidence.html", link, file, **context)


def _added(form: EvidenceForm, assessment: Assessment, item: Item, request: PageRequest) -> bool:
    add = add_file if isinstance(form, EvidenceFileForm) else add_link
    return bool(store(request, form, add, assessment=assessment, item=item, **form.adding()))


@posted_from(lambda request, pk, number, key: reverse("assessments:assessment", args=[pk]))
def evidence_offered(request: PageRequest, pk: int, number: int, key: str) -> HttpResponse:
    """Add what the organisation's own statistics or analyses offer at the moment, as a file of today."""
    assessment = get_assessment(request, pk)
    item = item_of(assessment, number)
    require(request.user, EDIT_ASSESSMENT, assessment)
    there = evidence_of(assessment, roles_of(request.user))
    offer = next((offer for offer in offers_of(assessment, there).get(item.pk, []) if offer.key == key), None)
    if offer is None:  # a second click finds it added
        messages.info(request, "Underlaget finns redan vid momentet.")
    else:
        with heavy(request.user):
            file = ContentFile(offer.content(), offer.file_name)
        action = partial(add_file, assessment=assessment, item=item, file=file, title=offer.title, shared=offer.shared)
        press(request, action, f"”{offer.title}” är tillagt som underlag till moment {number}.")
    return redirect(f"{assessment.get_absolute_url()}#moment-{number}")


def _get(request: PageRequest, pk: int) -> Evidence:
    stored = get_object_or_404(Evidence.objects.visible_to(roles_of(request.user)).select_related(*RELATED), pk=pk)
    shown_on(request, stored.assessment.participation.cohort)
    return stored


def _page_of(request: PageRequest, pk: int) -> str:
    evidence = _get(request, pk)
    return reverse("assessments:evidence", args=[evidence.assessment_id, evidence.item.number])


@posted_from(_page_of)
def evidence_remove(request: PageRequest, pk: int) -> HttpResponse:
    evidence = _get(request, pk)
    require(request.user, EDIT_ASSESSMENT, evidence.assessment)
    if press(request, partial(remove_evidence, evidence=evidence), f"”{evidence.title}” är borttaget."):
        return redirect("assessments:evidence", evidence.assessment_id, evidence.item.number)
    return redirect(evidence.assessment)


@require_GET
def evidence_file(request: PageRequest, pk: int) -> HttpResponseBase:
    evidence = _get(request, pk)
    # It is saved as a file and never opened within the site.
    return as_download(request, evidence.file, title=evidence.title, media_type=evidence.media_type)
