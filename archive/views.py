"""Pages where all papers are ordered as one file, and the file itself."""

from typing import Any

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import PageRequest
from archive import actions
from archive.bundles import STEPS, organisation_of
from archive.models import KEPT, Bundle
from archive.perms import TAKE_OUT, TAKE_OUT_OF_SKR
from cohorts.crumbs import cohort_crumb
from cohorts.fetch import get_cohort, get_participation, shown_on
from cohorts.models import Cohort, Participation
from cohorts.roles import roles_of
from kit.building_page import BuildShown, draw_build, times_asked
from kit.exporting import log_export
from kit.pages import Crumb
from kit.permissions import may, require
from kit.responses import PRIVATE_FILE
from kit.templatetags.swedish import day
from people.perms import READ_PARTICIPATION


@require_http_methods(["GET", "POST"])
def organisation(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = get_participation(request, slug, code)
    require(request.user, TAKE_OUT, participation)
    page = reverse("archive:organisation", args=[slug, code])
    crumbs = [cohort_crumb(participation.cohort)]
    if may(request.user, READ_PARTICIPATION, participation):
        crumbs.append(Crumb(reverse("people:participation", args=[slug, code]), participation.organisation.name))
    context = {"participation": participation, "cohort": participation.cohort, "crumbs": crumbs}
    return _page(request, participation.cohort, participation, page, context)


@require_http_methods(["GET", "POST"])
def skr(request: PageRequest, slug: str) -> HttpResponse:
    cohort = get_cohort(request, slug)
    require(request.user, TAKE_OUT_OF_SKR, cohort)
    page = reverse("archive:skr", args=[slug])
    return _page(request, cohort, None, page, {"cohort": cohort, "crumbs": [cohort_crumb(cohort)]})


def _page(
    request: PageRequest, cohort: Cohort, participation: Participation | None, page: str, context: dict[str, Any]
) -> HttpResponse:
    roles = roles_of(request.user)
    if request.method == "POST":
        for_skr = roles.is_process_leader
        actions.order_bundle(cohort=cohort, participation=participation, for_skr=for_skr, by=request.user)
        return redirect(page)
    bundle = Bundle.objects.visible_to(roles).of(cohort, participation).kept(timezone.now()).first()
    shown = bundle and BuildShown(
        build=bundle,
        what="Filen med handlingarna",
        steps=STEPS,
        page=page,
        file=reverse("archive:file", args=[bundle.pk]),
        again=page,
        fetch="Hämta filen",
        note=f"Modell tar bort den {day(bundle.removed_at)}, så spara den hos er.",
        asked=times_asked(request),
    )
    return draw_build(request, "archive/archive.html", shown, context | {"bundle": bundle, "days": KEPT.days})


@require_GET
def file(request: PageRequest, pk: int) -> HttpResponseBase:
    visible = Bundle.objects.visible_to(roles_of(request.user)).kept(timezone.now())
    bundle = get_object_or_404(visible.select_related("cohort", "participation__organisation"), pk=pk)
    shown_on(request, bundle.cohort)
    if bundle.is_gone:  # its page says so, and has the button that builds it again
        return redirect(page_of(bundle))
    if not bundle.has_file:
        raise Http404
    log_export(f"the papers of {organisation_of(bundle) or bundle.cohort.slug}", by=request.user)
    response = FileResponse(
        bundle.file.open("rb"), as_attachment=True, filename=name_of(bundle), content_type="application/zip"
    )
    response["Cache-Control"] = PRIVATE_FILE
    return response


def page_of(bundle: Bundle) -> str:
    if bundle.participation:
        return reverse("archive:organisation", args=[bundle.cohort.slug, bundle.participation.code])
    return reverse("archive:skr", args=[bundle.cohort.slug])


def name_of(bundle: Bundle) -> str:
    whose = bundle.participation.organisation.name if bundle.participation else "SKR"
    return f"Handlingar {whose}, {bundle.cohort.name}, {timezone.localdate(bundle.ready_at)}.zip".replace("/", "-")
