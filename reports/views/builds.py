from collections.abc import Iterable
from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_GET
from django_htmx.http import trigger_client_event

from accounts.requests import PageRequest
from cohorts.fetch import shown_on
from cohorts.roles import roles_of
from kit.permissions import may
from kit.responses import post_only
from kit.uploads import gone
from reports import actions
from reports.builds import STEPS, has_file
from reports.enums import BuildFormat, BuildState
from reports.models import Build, ReportEdition
from reports.perms import BUILD_REPORT, EDIT_JOINT_REPORT
from reports.printers import media_type_of

RELATED = (
    *("report__participation__organisation", "report__participation__cohort", "joint__cohort"),
    *("edition", "meeting", "since"),
)
USUAL_WAIT = timedelta(minutes=1)
BUILT_AGAIN = "Den byggs på nytt av sig själv. Gå tillbaka till rapporten om några minuter, så finns den där."
SOONEST_MS, SLOWER_MS, LATEST_MS = 300, 50, 1500
WORDS = {
    BuildState.QUEUED: "{what} står i kö.",
    BuildState.READY: "{what} är klar.",
    BuildState.FAILED: "{what} gick inte att bygga.",
}


def get_build(request: PageRequest, pk: int) -> Build:
    visible = Build.objects.visible_to(roles_of(request.user))
    build = get_object_or_404(visible.select_related(*RELATED), pk=pk)
    owner = build.report.participation if build.report else build.joint
    shown_on(request, owner.cohort)
    return build


@require_GET
def build(request: PageRequest, pk: int) -> HttpResponse:
    build, asked = get_build(request, pk), _times_asked(request)
    context = {
        "build": build,
        "title": title_of(build),
        "back": back_from(build),
        "words": words_of(build),
        "seen": seen(build),
        "asked": asked + 1,
        "wait": wait_before(asked),
        "may_order": _may_order(request, build),
        "is_gone": is_gone(build),
        "waits_long": waits_long(build),
    }
    if not request.htmx:
        return render(request, "reports/build.html", context)
    response = render(request, "reports/build.html#state", context)
    # While the file is under way the page asks again; a screen reader hears only what changes.
    if request.GET.get("seen") != seen(build):
        trigger_client_event(response, "announce", {"value": words_of(build)})
    return response


@post_only
def again(request: PageRequest, pk: int) -> HttpResponse:
    old = get_build(request, pk)
    if not _may_order(request, old):
        raise PermissionDenied
    return redirect("reports:build", actions.order_again(build=old, by=request.user).pk)


@require_GET
def build_file(request: PageRequest, pk: int) -> HttpResponseBase:
    build = get_build(request, pk)
    if is_gone(build):  # its page says so, and has the button that builds it again
        return redirect("reports:build", pk)
    return file_of(build)


@require_GET
@login_not_required
def published_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    open_to = ReportEdition.objects.open_to(roles_of(request.user))
    build = get_object_or_404(Build.objects.published().filter(edition__in=open_to).select_related(*RELATED), pk=pk)
    if is_gone(build):
        return gone(request, BUILT_AGAIN)
    if request.user.is_authenticated:
        return file_of(build)
    # An edition may be withdrawn, so whoever has the file asks each time; the file itself never changes.
    tag = f'"build-{build.pk}"'
    response = get_conditional_response(request, etag=tag) or file_of(build)
    response["Cache-Control"], response["ETag"] = "no-cache", tag
    return response


def is_gone(build: Build) -> bool:
    """True if the file was built and is lost, as after a restore without the files."""
    return build.is_ready and not has_file(build)


def waits_long(build: Build) -> bool:
    """True if no worker has begun in its usual time: it may be away, or what tells it."""
    return build.is_queued and timezone.now() - build.ordered_at > USUAL_WAIT


def _may_order(request: PageRequest, build: Build) -> bool:
    if build.report:
        return may(request.user, BUILD_REPORT, build.report)
    return may(request.user, EDIT_JOINT_REPORT, build.joint)


def file_of(build: Build) -> FileResponse:
    if not has_file(build):
        raise Http404
    return FileResponse(
        build.file.open("rb"),
        as_attachment=True,
        filename=f"{_file_title(build)}.{build.format}",
        content_type=media_type_of(build.format),
    )


def newest(builds: Iterable[Build]) -> Build | None:
    """Return the newest PDF; `builds` come newest first."""
    return next((build for build in builds if build.format == BuildFormat.PDF), None)


def title_of(build: Build) -> str:
    if build.report:
        return f"Resultatrapport – {build.report.participation.organisation.name}"
    assert build.joint is not None
    return f"Gemensam resultatrapport – {build.joint.cohort.name}"


def _file_title(build: Build) -> str:
    return f"{title_of(build)}, utgåva {build.edition.number}" if build.edition else title_of(build)


def back_from(build: Build) -> str:
    if build.report:
        participation = build.report.participation
        return reverse("reports:report", args=[participation.cohort.slug, participation.code])
    assert build.joint is not None
    return reverse("reports:joint", args=[build.joint.cohort.slug])


def _times_asked(request: HttpRequest) -> int:
    asked = request.GET.get("asked", "")
    return int(asked) if asked.isdecimal() and len(asked) < 4 else 0


def wait_before(asked: int) -> int:
    """Return for how many ms the page waits before it asks again: often at first, since a short PDF is soon there."""
    return min(SOONEST_MS + SLOWER_MS * asked, LATEST_MS)


def seen(build: Build) -> str:
    return f"{build.state}-{build.step}{'-long' if waits_long(build) else ''}"


def words_of(build: Build) -> str:
    if build.is_working:
        return f"Steg {build.step} av {build.steps}: {STEPS[max(build.step, 1) - 1]}."
    if waits_long(build):
        return f"{BuildFormat(build.format).definite} väntar längre än vanligt."
    return WORDS[BuildState(build.state)].format(what=BuildFormat(build.format).definite)
