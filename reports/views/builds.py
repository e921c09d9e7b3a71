from collections.abc import Iterable

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import trigger_client_event

from cohorts.fetch import shown_on
from cohorts.roles import roles_of
from modell.http import PageRequest
from modell.permissions import Perm, may
from reports import actions
from reports.builds import STEPS
from reports.enums import BuildState
from reports.models import Build

RELATED = ("report__participation__organisation", "report__participation__cohort", "joint__cohort", "meeting", "since")
WORDS = {
    BuildState.QUEUED: "PDF:en står i kö.",
    BuildState.READY: "PDF:en är klar.",
    BuildState.FAILED: "PDF:en gick inte att bygga.",
}


def get_build(request: PageRequest, pk: int) -> Build:
    found = Build.objects.visible_to(roles_of(request.user))
    build = get_object_or_404(found.select_related(*RELATED), pk=pk)
    owner = build.report.participation if build.report else build.joint
    shown_on(request, owner.cohort)
    return build


@require_GET
def build(request: PageRequest, pk: int) -> HttpResponse:
    """How far a PDF has come. While it is under way the page asks again by itself; without JavaScript by a link."""
    build = get_build(request, pk)
    context = {
        "build": build,
        "title": title_of(build),
        "back": back_from(build),
        "words": words_of(build),
        "seen": seen(build),
        "may_order": _may_order(request, build),
    }
    if not request.htmx:
        return render(request, "reports/build.html", context)
    response = render(request, "reports/build.html#state", context)
    # Said when it changes, not at every question.
    if request.GET.get("seen") != seen(build):
        trigger_client_event(response, "announce", {"value": words_of(build)})
    return response


@require_POST
def again(request: PageRequest, pk: int) -> HttpResponse:
    """Order once more what failed."""
    old = get_build(request, pk)
    if not _may_order(request, old):
        raise PermissionDenied
    new = actions.order_build(report=old.report, joint=old.joint, meeting=old.meeting, since=old.since, by=request.user)
    return redirect("reports:build", new.pk)


@require_GET
def build_file(request: PageRequest, pk: int) -> FileResponse:
    return file_of(get_build(request, pk))


@require_GET
@login_not_required
def published_file(request: HttpRequest, pk: int) -> FileResponse:
    """The file of a published report, for anyone."""
    return file_of(get_object_or_404(Build.objects.published().select_related(*RELATED), pk=pk))


def _may_order(request: PageRequest, build: Build) -> bool:
    if build.report:
        return may(request.user, Perm.BUILD_REPORT, build.report)
    return may(request.user, Perm.EDIT_JOINT_REPORT, build.joint)


def file_of(build: Build) -> FileResponse:
    if build.state != BuildState.READY or not default_storage.exists(build.file.name):
        raise Http404
    return FileResponse(
        build.file.open("rb"), as_attachment=True, filename=f"{title_of(build)}.pdf", content_type="application/pdf"
    )


def newest(builds: Iterable[Build]) -> Build | None:
    """The latest order, of builds that are fetched (they lie newest first)."""
    return next(iter(builds), None)


def title_of(build: Build) -> str:
    if build.report:
        return f"Resultatrapport – {build.report.participation.organisation.name}"
    assert build.joint is not None
    return f"Gemensam resultatrapport – {build.joint.cohort.name}"


def back_from(build: Build) -> str:
    """The page it was ordered from."""
    if build.report:
        participation = build.report.participation
        return reverse("reports:report", args=[participation.cohort.slug, participation.code])
    assert build.joint is not None
    return reverse("reports:joint", args=[build.joint.cohort.slug])


def seen(build: Build) -> str:
    return f"{build.state}-{build.step}"


def words_of(build: Build) -> str:
    if build.state == BuildState.WORKING:
        return f"Steg {build.step} av {build.steps}: {STEPS[max(build.step, 1) - 1]}."
    return WORDS[BuildState(build.state)]
