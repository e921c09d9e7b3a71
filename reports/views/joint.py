from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from cohorts.enums import Role, Status
from cohorts.fetch import get_cohort
from cohorts.models import Cohort
from cohorts.roles import roles_of
from modell.http import PageRequest
from modell.permissions import Perm, may, require
from modell.refusals import ActionRefused
from modell.responses import refuse
from reports import actions
from reports.actions import TextTaken
from reports.enums import ReportState
from reports.figures import joint_occasions
from reports.forms import JointForm, OrderJointForm
from reports.models import JointReport
from reports.views.builds import newest


@require_http_methods(["GET", "POST"])
def joint(request: PageRequest, slug: str) -> HttpResponse:
    """The joint report: where SKR writes around it, and where the omgång reads it when it is published."""
    cohort = get_cohort(request, slug, "plan__checklist")
    joint = get_joint(request, cohort)
    if request.method == "POST":
        require(request.user, Perm.EDIT_JOINT_REPORT, cohort)
        return _save(request, joint or JointReport(cohort=cohort))
    if may(request.user, Perm.EDIT_JOINT_REPORT, cohort):
        joint = joint or JointReport(cohort=cohort)
        return _editing_page(request, joint, JointForm(joint=joint), OrderJointForm(cohort=cohort))
    context = {"cohort": cohort, "joint": joint, "build": newest(joint.builds.all()) if joint else None}
    return render(request, "reports/joint_read.html", context)


@require_POST
def order(request: PageRequest, slug: str) -> HttpResponse:
    cohort = get_cohort(request, slug, "plan__checklist")
    require(request.user, Perm.EDIT_JOINT_REPORT, cohort)
    form = OrderJointForm(request.POST, cohort=cohort)
    if not form.is_valid():
        joint = get_joint(request, cohort) or JointReport(cohort=cohort)
        return _editing_page(request, joint, JointForm(joint=joint), form, status=422)
    build = actions.order_joint(cohort=cohort, by=request.user, **form.cleaned_data)
    return redirect("reports:build", build.pk)


@require_POST
def publish(request: PageRequest, slug: str) -> HttpResponse:
    cohort = get_cohort(request, slug)
    require(request.user, Perm.EDIT_JOINT_REPORT, cohort)
    joint = get_joint(request, cohort)
    if joint is None:
        messages.error(request, "Bygg rapporten som PDF och läs den innan den publiceras.")
        return redirect("reports:joint", slug)
    try:
        actions.publish_joint(joint=joint, by=request.user)
    except ActionRefused as refusal:
        return refuse(request, refusal, "reports:joint", slug)
    messages.success(request, "Den gemensamma rapporten är publicerad.")
    return redirect("reports:joint", slug)


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
            form.add_error(refusal.field, refusal.sentence)
        else:
            messages.success(request, "Sparat.")
            return redirect("reports:joint", joint.cohort.slug)
    return _editing_page(request, joint, form, OrderJointForm(cohort=joint.cohort), status=422, taken=taken)


def _editing_page(
    request: PageRequest,
    joint: JointReport,
    form: JointForm,
    order: OrderJointForm,
    status: int = 200,
    taken: Any = None,
) -> HttpResponse:
    context = {
        "cohort": joint.cohort,
        "joint": joint,
        "form": form,
        "order": order,
        "taken": taken,
        "revision": (taken or joint).revision,
        "build": newest(joint.builds.all()) if joint.pk else None,
        "holds": _holds(joint.cohort),
    }
    return render(request, "reports/joint_edit.html", context, status=status)


def _holds(cohort: Cohort) -> dict[str, Any]:
    """What a build of it now would hold, in short."""
    meeting, since = joint_occasions(cohort)
    handed_in = ~Q(report__state=ReportState.DRAFT) & Q(report__isnull=False)
    used = handed_in & Q(report__texts__shared=True) & ~Q(report__texts__text="")
    counts = cohort.participations.aggregate(
        participants=Count("pk", filter=Q(role=Role.PARTICIPANT), distinct=True),
        reports=Count("report", filter=handed_in, distinct=True),
        texts=Count("report__texts", filter=used, distinct=True),
    )
    not_in = Q(report=None) | Q(report__state=ReportState.DRAFT)
    members = cohort.participations.participants().filter(not_in).exclude(status=Status.WITHDRAWN)
    waiting = [row.organisation.name for row in members.with_organisation()]
    return {"meeting": meeting, "since": since, "waiting": waiting, **counts}
