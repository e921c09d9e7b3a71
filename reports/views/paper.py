from io import BytesIO

from django.core.cache import cache
from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from checklist.models import Assessment, Checklist
from checklist.occasions import occasion_of
from cohorts.roles import roles_of
from modell.http import PageRequest
from reports.content.paper import PaperContent, empty_paper, filled_paper
from reports.pdf import render_pdf

A_DAY = 24 * 60 * 60


@require_GET
def empty_form(request: PageRequest, key: str) -> FileResponse:
    """Any version, to fill in by hand. The same content gives the same file, so it is built once a day."""
    checklist = get_object_or_404(Checklist.objects.prefetch_related("items", "steps"), key=key)
    content = empty_paper(checklist)
    name = f"blankett-{content.checksum}"
    data = cache.get(name)
    if data is None:
        data = render_pdf(content.html())
        cache.set(name, data, A_DAY)
    return _file(data, f"Blankett – {checklist.name}")


@require_GET
def paper(request: PageRequest, pk: int) -> FileResponse:
    """One self-assessment as the form: the own organisation's with all that is entered, others' with what is shared."""
    roles = roles_of(request.user)
    related = ("participation__organisation", "participation__cohort__plan__checklist")
    assessment = get_object_or_404(Assessment.objects.visible_to(roles).select_related(*related), pk=pk)
    own = assessment.participation.organisation_id in roles.organisation_ids
    content: PaperContent = filled_paper(occasion_of(assessment, roles), own=own)
    return _file(render_pdf(content.html()), content.cover.title)


def _file(data: bytes, title: str) -> FileResponse:
    """Shown in the browser, where it is printed from."""
    return FileResponse(BytesIO(data), filename=f"{title}.pdf", content_type="application/pdf")
