from datetime import timedelta
from io import BytesIO

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from accounts.requests import PageRequest
from assessments.models import Assessment
from assessments.occasions import occasion_of
from checklist.models import Checklist
from cohorts.roles import roles_of
from kit.limits import heavy, made_once
from reports.content.paper import PaperContent, empty_paper, filled_paper
from reports.enums import BuildFormat
from reports.printers import checksum_of, pdf

A_DAY = timedelta(days=1)


@require_GET
def empty_form(request: PageRequest, key: str) -> FileResponse:
    checklist = get_object_or_404(Checklist.objects.prefetch_related("items", "steps"), key=key)
    content = empty_paper(checklist)
    checksum = checksum_of(content, BuildFormat.PDF)
    data = made_once(request.user, checksum, lambda: pdf.printed(content), keep=A_DAY)
    return _file(data, f"Blankett – {checklist.name}")


@require_GET
def paper(request: PageRequest, pk: int) -> FileResponse:
    roles = roles_of(request.user)
    related = ("participation__organisation", "participation__cohort__plan__checklist")
    assessment = get_object_or_404(Assessment.objects.visible_to(roles).select_related(*related), pk=pk)
    own = assessment.participation.organisation_id in roles.organisation_ids
    content: PaperContent = filled_paper(occasion_of(assessment, roles), own=own)
    with heavy(request.user):
        data = pdf.printed(content)
    return _file(data, content.cover.title)


def _file(data: bytes, title: str) -> FileResponse:
    return FileResponse(BytesIO(data), filename=f"{title}.pdf", content_type="application/pdf")
