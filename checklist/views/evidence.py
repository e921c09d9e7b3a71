from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from checklist.actions.evidence import add_file, add_link, remove_evidence
from checklist.evidence import AT_MOST
from checklist.forms.evidence import EvidenceForm, FileForm, LinkForm
from checklist.models import Assessment, Evidence, Item
from checklist.views.rating import get_assessment, item_of
from cohorts.fetch import shown_on
from cohorts.roles import roles_of
from modell.http import PageRequest
from modell.permissions import Perm, require
from modell.refusals import ActionRefused
from modell.responses import refuse
from modell.uploads import as_download

RELATED = ("assessment__participation__cohort", "assessment__participation__organisation", "item")


@require_http_methods(["GET", "POST"])
def evidence(request: PageRequest, pk: int, number: int) -> HttpResponse:
    """What there is to show at one moment, and two ways to add to it: a link, a file."""
    assessment = get_assessment(request, pk)
    item = item_of(assessment, number)
    require(request.user, Perm.EDIT_ASSESSMENT, assessment)
    if not assessment.is_draft:
        return redirect(f"{assessment.get_absolute_url()}#moment-{number}")
    link, file = LinkForm(), FileForm()
    if request.method == "POST" and request.POST.get("what") == file.name:
        form: EvidenceForm = (file := FileForm(request.POST, request.FILES))
    elif request.method == "POST":
        form = link = LinkForm(request.POST)
    if request.method == "POST" and form.is_valid() and _added(form, assessment, item, request):
        messages.success(request, "Underlaget är tillagt.")
        return redirect("checklist:evidence", pk, number)
    context = {
        "assessment": assessment,
        "item": item,
        "evidence": Evidence.objects.visible_to(roles_of(request.user)).filter(assessment=assessment, item=item),
        "link": link,
        "file": file,
        "at_most": AT_MOST,
    }
    return render(request, "checklist/evidence/evidence.html", context, status=422 if request.method == "POST" else 200)


def _added(form: EvidenceForm, assessment: Assessment, item: Item, request: PageRequest) -> bool:
    add = add_file if isinstance(form, FileForm) else add_link
    try:
        add(assessment=assessment, item=item, by=request.user, **form.adding())
    except ActionRefused as refusal:
        form.add_error(refusal.field, refusal.sentence)
    return form.is_valid()


def _get(request: PageRequest, pk: int) -> Evidence:
    found = get_object_or_404(Evidence.objects.visible_to(roles_of(request.user)).select_related(*RELATED), pk=pk)
    shown_on(request, found.assessment.participation.cohort)
    return found


@require_POST
def evidence_remove(request: PageRequest, pk: int) -> HttpResponse:
    evidence = _get(request, pk)
    require(request.user, Perm.EDIT_ASSESSMENT, evidence.assessment)
    to = ("checklist:evidence", evidence.assessment_id, evidence.item.number)
    try:
        remove_evidence(evidence=evidence, by=request.user)
    except ActionRefused as refusal:
        return refuse(request, refusal, evidence.assessment)
    messages.success(request, f"”{evidence.title}” är borttaget.")
    return redirect(*to)


@require_GET
def evidence_file(request: PageRequest, pk: int) -> FileResponse:
    """The file to save, never to open within the site."""
    evidence = _get(request, pk)
    return as_download(evidence.file, title=evidence.title, media_type=evidence.media_type)
