from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import PageRequest
from cohorts.crumbs import cohort_crumb
from cohorts.fetch import get_cohort
from cohorts.models import Cohort
from cohorts.roles import roles_of
from kit.pages import ConfirmPage, Crumb, SeenContent, confirmed, draw, posted
from kit.permissions import may, require
from kit.refusals import ActionRefused
from kit.responses import post_only
from kit.templatetags.swedish import day
from reports import actions
from reports.actions.joint import READ_FIRST
from reports.checking import checks_of, grouped
from reports.checking import headline as checks_in_words
from reports.comment_pages import commented_chapters
from reports.compiling import figures_in_words, holds, left_out_in_words, reach_in_words, waiting_in_words
from reports.content import JointContent, content_of_edition, joint_content
from reports.content.frozen import thaw
from reports.enums import ORDERED
from reports.forms import CorrectionForm, OrderJointForm
from reports.joint_index import chapter_lines, headline, not_heard, waits_for_skr
from reports.models import Build, JointReport, ReportEdition
from reports.naming import joint_name
from reports.perms import EDIT_JOINT_REPORT, READ_JOINT_DRAFT
from reports.reading import body, files_of
from reports.views.builds import newest, ordered_format


@require_GET
def joint(request: PageRequest, slug: str) -> HttpResponse:
    cohort = get_cohort(request, slug, "plan__checklist")
    joint = get_joint(request, cohort)
    if may(request.user, READ_JOINT_DRAFT, cohort):
        joint = joint or JointReport(cohort=cohort)
        return _index(request, joint)
    return render(request, "reports/joint_read.html", {"cohort": cohort, **_reading(cohort, joint)})


def _reading(cohort: Cohort, joint: JointReport | None) -> dict[str, Any]:
    """Return what others than SKR see: what is published, or how far it has come."""
    edition = _published(joint) if joint else None
    if edition is None:
        return {"edition": None, "compiled_from": actions.compiled_from(cohort.pk)}
    return {**body(content_of_edition(edition)), "edition": edition, "files": files_of(edition)}


def _published(joint: JointReport) -> ReportEdition | None:
    return joint.editions.published().last() if joint.pk else None


@require_GET
def release(request: PageRequest, slug: str) -> HttpResponse:
    """Show what the report would hold now, and the way to its files and to its publishing."""
    cohort = get_cohort(request, slug, "plan__checklist")
    require(request.user, EDIT_JOINT_REPORT, cohort)
    joint = get_joint(request, cohort) or JointReport(cohort=cohort)
    return _release_page(request, joint, _order_form(joint))


@post_only
def order(request: PageRequest, slug: str) -> HttpResponse:
    cohort = get_cohort(request, slug, "plan__checklist")
    require(request.user, EDIT_JOINT_REPORT, cohort)
    joint = get_joint(request, cohort) or JointReport(cohort=cohort)
    file_format = ordered_format(request)
    form = _order_form(joint, request.POST)
    if not form.is_valid():
        return _release_page(request, joint, form)
    build = actions.order_joint(cohort=cohort, file_format=file_format, by=request.user, **form.cleaned_data)
    return redirect("reports:build", build.pk)


@require_http_methods(["GET", "POST"])
def compiling(request: PageRequest, slug: str) -> HttpResponse:
    """Ask before the day from which no organisation takes its report back by itself."""
    cohort = get_cohort(request, slug, "plan__checklist")
    require(request.user, EDIT_JOINT_REPORT, cohort)
    joint = get_joint(request, cohort)
    page = ConfirmPage(
        **_place(cohort, "Börja sammanställa?"),
        button="Börja sammanställa",
        fixed=f"Ni började sammanställa {day(joint.compiled_from)}." if joint and joint.compiled_from else "",
        happens=(
            "Från och med nu kan ingen organisation ta tillbaka sin resultatrapport själv. Rapporter som inte är "
            "inlämnade kan fortfarande lämnas in.",
            "Behöver en rapport ändras ber ni att få öppna den, och organisationens strateg svarar ja eller nej.",
        ),
        missing=tuple(waiting_in_words(cohort)),
        readers=("Dagen står på omgångens sida och på varje organisations rapport.",),
    )
    action = partial(actions.start_compiling, cohort=cohort)
    return confirmed(request, forms.Form(posted(request)), page, action, "Ni har börjat sammanställa.")


@require_http_methods(["GET", "POST"])
def publish(request: PageRequest, slug: str) -> HttpResponse:
    cohort = get_cohort(request, slug, "plan__checklist")
    require(request.user, EDIT_JOINT_REPORT, cohort)
    joint = get_joint(request, cohort) or JointReport(cohort=cohort)
    if joint.is_published:  # a second click
        return redirect("reports:joint_release", slug)
    read = actions.read_build(joint) if joint.pk else None
    edition, fixed = _next_edition(joint, read)
    page = ConfirmPage(
        **_place(cohort, "Publicera den gemensamma rapporten?"),
        button="Publicera rapporten",
        fixed=fixed,
        happens=(
            "Det som publiceras är det som står i PDF:en som ni senast byggde.",
            "Den kan inte tas bort. Ett fel rättas i en ny utgåva, med dag och skäl, och båda går att läsa.",
            *figures_in_words(joint),
        ),
        missing=tuple(left_out_in_words(cohort)),
        readers=("Vem som helst kan läsa den, också utan att logga in.",),
        warnings=tuple(reach_in_words(joint, read)),
    )
    action = partial(actions.publish_joint, joint=joint)
    return _publish_page(request, page, edition, action, "Den gemensamma rapporten är publicerad.")


@require_http_methods(["GET", "POST"])
def publish_interim(request: PageRequest, slug: str) -> HttpResponse:
    cohort = get_cohort(request, slug, "plan__checklist")
    require(request.user, EDIT_JOINT_REPORT, cohort)
    joint = get_joint(request, cohort) or JointReport(cohort=cohort)
    seen = request.POST.get("seen")
    # Compared here, since what is posted may hold what no database takes.
    if joint.pk and seen in list(joint.editions.values_list("checksum", flat=True)):  # a second click
        return redirect("reports:joint_release", slug)
    read = actions.read_build(joint, interim=True) if joint.pk else None
    edition, fixed = _next_edition(joint, read)
    name = joint_name(edition.interim_after) if edition else "Delrapporten"
    page = ConfirmPage(
        **_place(cohort, f"Publicera ”{name}”?" if edition else "Publicera delrapporten?"),
        button="Publicera delrapporten",
        fixed=fixed,
        happens=(
            "Det som publiceras är det som står i PDF:en av delrapporten som ni senast byggde.",
            "Slutrapporten är fortfarande ett utkast. Organisationerna kan skriva, lämna in och ta tillbaka som förut.",
            "Delrapporten kan inte tas bort. Rapportens adress leder till den tills nästa utgåva är publicerad.",
            *figures_in_words(joint),
        ),
        readers=("Vem som helst kan läsa den, också utan att logga in.",),
        warnings=tuple(reach_in_words(joint, read)),
    )
    action = partial(actions.publish_interim, joint=joint)
    return _publish_page(request, page, edition, action, f"{name} är publicerad.")


def _publish_page(
    request: PageRequest, page: ConfirmPage, edition: ReportEdition | None, action: Callable[..., Any], done: str
) -> HttpResponse:
    """Show what the edition should be looked at for before it is published."""
    checks = checks_of(edition.joint, thaw(JointContent, edition.content)) if edition and edition.joint else ()
    form = SeenContent(posted(request), initial={"seen": edition.checksum if edition else ""})
    context = {"checks": grouped(checks), "checked": checks_in_words(checks)}
    return confirmed(request, form, page, action, done, "reports/joint_publish.html", **context)


def _next_edition(joint: JointReport, read: Build | None) -> tuple[ReportEdition | None, str]:
    """Return the edition that would be published, or why none can be."""
    if read is None:
        return None, READ_FIRST
    try:
        return actions.frozen_joint(joint, read), ""
    except ActionRefused as refusal:
        return None, refusal.sentence


@require_http_methods(["GET", "POST"])
def correct(request: PageRequest, slug: str) -> HttpResponse:
    cohort = get_cohort(request, slug, "plan__checklist")
    require(request.user, EDIT_JOINT_REPORT, cohort)
    joint = get_joint(request, cohort) or JointReport(cohort=cohort)
    page = ConfirmPage(
        **_place(cohort, "Rätta den publicerade rapporten"),
        button="Börja rätta",
        fixed="" if joint.is_published else "Rapporten är inte publicerad, så det finns inget att rätta.",
        happens=(
            "Rapporten blir ett utkast igen. Den publicerade utgåvan ligger kvar tills den nya är publicerad.",
            "Rapportens adress leder sedan till den nya utgåvan. Den förra behåller sin egen adress.",
        ),
        readers=("Skälet står i den nya utgåvan, som vem som helst kan läsa.",),
    )
    action = partial(actions.correct_joint, joint=joint)
    done = "Nu kan ni rätta rapporten. Den publicerade utgåvan ligger kvar så länge."
    return confirmed(request, CorrectionForm(posted(request)), page, action, done)


def _place(cohort: Cohort, title: str) -> dict[str, Any]:
    back = reverse("reports:joint_release", args=[cohort.slug])
    crumbs = (cohort_crumb(cohort), Crumb(reverse("reports:joint", args=[cohort.slug]), "Gemensam rapport"))
    return {"title": title, "eyebrow": cohort.name, "back": back, "crumbs": crumbs}


def get_joint(request: PageRequest, cohort: Cohort) -> JointReport | None:
    visible = JointReport.objects.visible_to(roles_of(request.user))
    joint = visible.filter(cohort=cohort).prefetch_related("builds").first()
    if joint:
        joint.cohort = cohort
    return joint


def _index(request: PageRequest, joint: JointReport) -> HttpResponse:
    lines = chapter_lines(joint.cohort, joint)
    context = {
        "cohort": joint.cohort,
        "joint": joint,
        "lines": lines,
        "headline": headline(lines, not_heard(joint.cohort, lines)),
        "to_review": waits_for_skr(lines),
        "commented": commented_chapters(lines),
        "waiting": waiting_in_words(joint.cohort),
        "may_edit": may(request.user, EDIT_JOINT_REPORT, joint.cohort),
        "published": _published(joint),
    }
    return render(request, "reports/joint_index.html", context)


def _order_form(joint: JointReport, data: Any = None) -> OrderJointForm:
    # A draft that has been published before says why it is corrected.
    may_be_interim = joint.is_draft and not joint.reason
    return OrderJointForm(data, cohort=joint.cohort, joint=joint, may_be_interim=may_be_interim)


def _release_page(request: PageRequest, joint: JointReport, order: OrderJointForm) -> HttpResponse:
    builds = joint.builds.all() if joint.pk else []
    # They read all that the report would print, so they are made where they are asked for, and before it is published.
    is_checked = "kontroll" in request.GET and not joint.is_published
    checks = checks_of(joint, joint_content(joint, None, None)) if is_checked else ()
    context = {
        "cohort": joint.cohort,
        "joint": joint,
        "order": order,
        "builds": [each for interim in (False, True) for each in newest(b for b in builds if b.interim == interim)],
        "has_interim": any(build.interim and build.is_ready for build in builds),
        "checks": grouped(checks),
        "checked": checks_in_words(checks) if is_checked else "",
        "formats": ORDERED,
        "holds": holds(joint.cohort),
        "published": _published(joint),
    }
    return draw(request, "reports/joint_release.html", order, **context)
