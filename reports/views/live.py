"""The buttons at a figure in a text that is no longer what is printed: follow the table, or keep the words."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.requests import PageRequest
from cohorts.fetch import get_participation
from kit.pages import line_in
from kit.permissions import require
from kit.refusals import ActionRefused
from kit.responses import post_only, refuse
from reports import actions
from reports.perms import EDIT_REPORT
from reports.views.report import get_report
from reports.views.section import save_what_came_with


@post_only
def settle_figure(request: PageRequest, slug: str, code: str, key: str) -> HttpResponse:
    if refused := save_what_came_with(request, slug, code, key):
        return refused
    report = get_report(request, get_participation(request, slug, code))
    require(request.user, EDIT_REPORT, report)
    if report._state.adding:
        raise Http404
    ref = request.GET.get("siffra", "")
    back = f"{reverse('reports:section', args=[slug, code, key])}#avsnitt-{key}"
    try:
        if "keep" in request.POST:
            actions.keep_figure(report=report, key=key, ref=ref, words=line_in(request, "keep"), by=request.user)
            messages.success(request, "Siffran står kvar som vanlig text.")
        else:
            actions.update_figure(report=report, key=key, ref=ref, printed=line_in(request, "change"), by=request.user)
            messages.success(request, "Siffran är ändrad i texten.")
    except ActionRefused as refusal:
        return refuse(request, refusal, back)
    return redirect(back)
