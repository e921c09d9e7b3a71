"""How the site is: for whoever watches over it, and for SKR."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.requests import PageRequest
from cohorts.roles import roles_of
from kit.permissions import require
from kit.responses import PRIVATE_FILE
from overview.condition import condition, why_not_ready
from overview.operation import operation_of
from overview.perms import SEE_OPERATION

NOT_KEPT = {"Cache-Control": PRIVATE_FILE}


@login_not_required
@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """Answer as long as the process does; to start it again would mend nothing else."""
    return HttpResponse("ok", content_type="text/plain", headers=NOT_KEPT)


@login_not_required
@require_GET
def readiness(request: HttpRequest) -> HttpResponse:
    why = why_not_ready()
    return JsonResponse({"ok": not why, "why": why}, status=503 if why else 200, headers=NOT_KEPT)


@require_GET
def operation(request: PageRequest) -> HttpResponse:
    require(request.user, SEE_OPERATION)
    return render(request, "overview/operation.html", {"operation": operation_of(condition(), roles_of(request.user))})
