from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.requests import PageRequest
from cohorts.crumbs import cohort_crumb
from cohorts.fetch import get_cohort
from cohorts.models import Cohort
from cohorts.roles import roles_of
from kit.pages import ConfirmPage, Crumb, SeenContent, confirmed, draw, posted, refuse_on
from kit.permissions import may, require
from kit.refusals import ActionRefused
from kit.responses import post_only
from kit.templatetags.swedish import day
from reports import actions
from reports.actions.joint import READ_FIRST
from reports.actions.writing import TextTaken
from reports.compiling import figures_in_words, holds, left_out_in_words, reach_in_words, waiting_in_words
from reports.content import content_of_edition
from reports.enums import ORDERED
from reports.forms import CorrectionForm, JointForm, OrderJointForm
from reports.models import Build, JointReport, ReportEdition
from reports.perms import EDIT_JOINT_REPORT
from reports.reading import body, files_of
from reports.views.builds import newest, ordered_format


@require_http_methods(["GET", "POST"])
def joint(request: PageRequest, slug: str) -> HttpResponse:
    cohort = get_cohort(request, slug, "plan__checklist")
    joint = get_joint(request, cohort)
    if request.method == "POST":
        require(request.user, EDIT_JOINT_REPORT, cohort)
        return _save(request, joint or JointReport(cohort=cohort))
    if may(request.user, EDIT_JOINT_REPORT, cohort):
        joint = joint or JointReport(cohort=cohort)
        return _editing_page(request, joint, JointForm(joint=joint), OrderJointForm(cohort=cohort, joint=joint))
    return render(request, "reports/joint_read.html", {"cohort": cohort, **_reading(cohort, joint)})


def _reading(cohort: Cohort, joint: JointReport | None) -> dict[str, Any]:
    """Return what others than SKR see: what is published, or how far it has come."""
    edition = _published(joint) if joint else None
    if edition is None:
        return {"edition": None, "compiled_from": actions.compiled_from(cohort.pk)}
    return {**body(content_of_edition(edition)), "edition": edition, "files": files_of(edition)}


def _published(joint: JointReport) -> ReportEdition | None:
    return joint.editions.published().last() if joint.pk else None


@post_only
def order(request: PageRequest, slug: str) -> HttpResponse:
    cohort = get_cohort(request, slug, "plan__checklist")
    require(request.user, EDIT_JOINT_REPORT, cohort)
    joint = get_joint(request, cohort) or JointReport(cohort=cohort)
    file_format = ordered_format(request)
    form = OrderJointForm(request.POST, cohort=cohort, joint=joint)
    if not form.is_valid():
        return _editing_page(request, joint, JointForm(joint=joint), form)
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
        return redirect("reports:joint", slug)
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
        warnings=(*waiting_in_words(cohort), *reach_in_words(joint, read)),
    )
    form = SeenContent(posted(request), initial={"seen": edition.checksum if edition else ""})
    action = partial(actions.publish_joint, joint=joint)
    return confirmed(request, form, page, action, "Den gemensamma rapporten är publicerad.")


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
    back = reverse("reports:joint", args=[cohort.slug])
    crumbs = (cohort_crumb(cohort), Crumb(back, "Gemensam rapport"))
    return {"title": title, "eyebrow": cohort.name, "back": back, "crumbs": crumbs}


def get_joint(request: PageRequest, cohort: Cohort) -> JointReport | None:
    visible = JointReport.objects.visible_to(roles_of(request.user))
    joint = visible.filter(cohort=cohort).prefetch_related("builds").first()
    if joint:
        joint.cohort = cohort
    return joint


def _save(request: PageRequest, joint: JointReport) -> HttpResponse:
    form, taken = JointForm(request.POST, joint=joint), None
    if form.is_valid():
        try:
            actions.save_joint(cohort=joint.cohort, by=request.user, **form.cleaned_data)
        except TextTaken as clash:
            taken = clash.stored
            form.add_error(None, clash.sentence)
        except ActionRefused as refusal:
            refuse_on(form, refusal)
        else:
            messages.success(request, "Sparat.")
            return redirect("reports:joint", joint.cohort.slug)
    return _editing_page(request, joint, form, OrderJointForm(cohort=joint.cohort, joint=joint), taken)


def _editing_page(
    request: PageRequest, joint: JointReport, form: JointForm, order: OrderJointForm, taken: Any = None
) -> HttpResponse:
    context = {
        "cohort": joint.cohort,
        "joint": joint,
        "form": form,
        "order": order,
        "taken": taken,
        "revision": (taken or joint).revision,
        "builds": newest(joint.builds.all()) if joint.pk else [],
        "formats": ORDERED,
        "holds": holds(joint.cohort),
        "published": _published(joint),
        "waiting": waiting_in_words(joint.cohort) if joint.is_published else [],
    }
    return draw(request, "reports/joint_edit.html", form, order, **context)
