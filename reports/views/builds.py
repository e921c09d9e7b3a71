from collections.abc import Iterable

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_GET

from accounts.requests import PageRequest
from cohorts.fetch import shown_on
from cohorts.roles import roles_of
from kit.building_page import BuildShown, draw_build, times_asked
from kit.permissions import may
from kit.responses import post_only
from kit.uploads import gone
from reports import actions
from reports.builds import STEPS
from reports.enums import NOTES, ORDERED, BuildFormat
from reports.models import Build, ReportEdition
from reports.naming import joint_name
from reports.perms import BUILD_REPORT, EDIT_JOINT_REPORT
from reports.printers import ending_of, media_type_of

RELATED = (
    *("report__participation__organisation", "report__participation__cohort", "joint__cohort"),
    *("edition", "meeting", "since"),
)
BUILT_AGAIN = "Den byggs på nytt av sig själv. Gå tillbaka till rapporten om några minuter, så finns den där."


def get_build(request: PageRequest, pk: int) -> Build:
    visible = Build.objects.visible_to(roles_of(request.user))
    build = get_object_or_404(visible.select_related(*RELATED), pk=pk)
    owner = build.report.participation if build.report else build.joint
    shown_on(request, owner.cohort)
    return build


@require_GET
def build(request: PageRequest, pk: int) -> HttpResponse:
    build = get_build(request, pk)
    shown = BuildShown(
        build=build,
        what=build.definite,
        steps=STEPS,
        page=reverse("reports:build", args=[pk]),
        file=reverse("reports:build_file", args=[pk]),
        again=reverse("reports:build_again", args=[pk]) if _may_order(request, build) else "",
        fetch=f"Hämta {build.definite}",
        note=NOTES[BuildFormat(build.format)],
        asked=times_asked(request),
    )
    return draw_build(request, "reports/build.html", shown, {"title": title_of(build), "back": back_from(build)})


@post_only
def again(request: PageRequest, pk: int) -> HttpResponse:
    old = get_build(request, pk)
    if not _may_order(request, old):
        raise PermissionDenied
    return redirect("reports:build", actions.order_again(build=old, by=request.user).pk)


@require_GET
def build_file(request: PageRequest, pk: int) -> HttpResponseBase:
    build = get_build(request, pk)
    if build.is_gone:  # its page says so, and has the button that builds it again
        return redirect("reports:build", pk)
    return file_of(build)


@require_GET
@login_not_required
def published_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    open_to = ReportEdition.objects.open_to(roles_of(request.user))
    build = get_object_or_404(Build.objects.published().filter(edition__in=open_to).select_related(*RELATED), pk=pk)
    if build.is_gone:
        return gone(request, BUILT_AGAIN)
    if request.user.is_authenticated:
        return file_of(build)
    # An edition may be withdrawn, so whoever has the file asks each time; the file itself never changes.
    tag = f'"build-{build.pk}"'
    response = get_conditional_response(request, etag=tag) or file_of(build)
    response["Cache-Control"], response["ETag"] = "no-cache", tag
    return response


def _may_order(request: PageRequest, build: Build) -> bool:
    if build.report:
        return may(request.user, BUILD_REPORT, build.report)
    return may(request.user, EDIT_JOINT_REPORT, build.joint)


def file_of(build: Build) -> FileResponse:
    if not build.has_file:
        raise Http404
    return FileResponse(
        build.file.open("rb"),
        as_attachment=True,
        filename=f"{_file_title(build)}.{ending_of(build.format)}",
        content_type=media_type_of(build.format),
    )


def newest(builds: Iterable[Build]) -> list[Build]:
    """Return the newest build of each format that a report's page orders; `builds` come newest first."""
    first = {build.format: build for build in reversed(list(builds))}
    return [first[each] for each in ORDERED if each in first]


def ordered_format(request: PageRequest) -> BuildFormat:
    asked = request.POST.get("format", BuildFormat.PDF)
    if asked not in ORDERED:
        raise Http404
    return BuildFormat(asked)


def title_of(build: Build) -> str:
    if build.report:
        return f"Resultatrapport – {build.report.participation.organisation.name}"
    assert build.joint is not None
    name = joint_name(build.edition.interim_after) if build.edition else "Delrapport" if build.interim else joint_name()
    return f"{name} – {build.joint.cohort.name}"


def _file_title(build: Build) -> str:
    return f"{title_of(build)}, utgåva {build.edition.number}" if build.edition else title_of(build)


def back_from(build: Build) -> str:
    if build.report:
        participation = build.report.participation
        return reverse("reports:report", args=[participation.cohort.slug, participation.code])
    assert build.joint is not None
    return reverse("reports:joint", args=[build.joint.cohort.slug])
