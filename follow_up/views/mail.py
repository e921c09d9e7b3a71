"""Pages of mail: what has been sent to whom, and what somebody has to decide."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts.requests import PageRequest
from cohorts.crumbs import cohort_crumb
from cohorts.fetch import get_cohort, shown_on
from cohorts.models import Cohort
from cohorts.roles import roles_of
from follow_up.forms.mail import FilterForm
from follow_up.mail.rows import LISTED, as_read, code_trouble, cohort_of, headline, mail_row, mail_rows
from follow_up.perms import READ_MAIL, SEND_MAIL
from kit.pages import Crumb, press
from kit.permissions import may, require
from kit.responses import download, post_only
from kit.uploads import gone
from mailings import actions
from mailings.attachments import FileGone
from mailings.delivery import message
from mailings.models import Mail, MailHold
from mailings.querysets import MailQuerySet

PER_PAGE = 50


@require_GET
def mail(request: PageRequest, slug: str) -> HttpResponse:
    cohort = get_cohort(request, slug)
    require(request.user, READ_MAIL, cohort)
    mails = Mail.objects.visible_to(roles_of(request.user)).about_cohort(cohort.slug)
    crumbs = [cohort_crumb(cohort)]
    return _listed(request, mails, {"cohort": cohort, "crumbs": crumbs})


@require_GET
def skr_mail(request: PageRequest) -> HttpResponse:
    """Show the mail that is about no omgång, about several, or about one that has been deleted."""
    require(request.user, READ_MAIL)
    roles = roles_of(request.user)
    slugs = Cohort.objects.visible_to(roles).values("slug")
    mails = Mail.objects.visible_to(roles).exclude(about__in=slugs)
    crumbs = [Crumb(reverse("overview:cohorts"), "Omgångar")]
    return _listed(request, mails, {"cohort": None, "crumbs": crumbs})


def _listed(request: PageRequest, mails: MailQuerySet, context: dict[str, Any]) -> HttpResponse:
    form = FilterForm(request.GET or None)
    chosen = form.chosen() if form.is_bound else {}
    rows = mails.select_related(*LISTED).defer("text", "html", "body")
    page = Paginator(rows.filter(**chosen), PER_PAGE).get_page(request.GET.get("sida"))
    unsettled = mail_rows(rows.unsettled())
    context |= {
        "headline": headline(mails, len(unsettled)),
        "hold": MailHold.objects.visible_to(roles_of(request.user)).first(),
        "code_trouble": code_trouble(),
        "unsettled": unsettled,
        "page": page,
        "rows": mail_rows(page),
        "form": form,
        "chosen": chosen,
        "may_send": may(request.user, SEND_MAIL, context["cohort"]),
    }
    return render(request, "follow_up/mail/list.html", context)


def _get(request: PageRequest, pk: int) -> tuple[Mail, Cohort | None]:
    visible = Mail.objects.visible_to(roles_of(request.user))
    row = get_object_or_404(visible.select_related(*LISTED), pk=pk)
    cohort = cohort_of(row)
    if cohort:
        shown_on(request, cohort)
    require(request.user, READ_MAIL, cohort)
    return row, cohort


def _list_of(cohort: Cohort | None) -> str:
    return reverse("follow_up:mail", args=[cohort.slug]) if cohort else reverse("follow_up:skr_mail")


@require_GET
def mail_one(request: PageRequest, pk: int) -> HttpResponse:
    row, cohort = _get(request, pk)
    label = f"Mejl i {cohort.name}" if cohort else "SKR:s mejl"
    context = {
        "row": mail_row(row),
        "mail": as_read(row),
        "hold": MailHold.objects.visible_to(roles_of(request.user)).first() if row.is_waiting else None,
        "again_of": Mail.objects.visible_to(roles_of(request.user)).filter(resent_as=row).first(),
        "parts": list(row.parts.all()),
        "files": list(row.files.all()),
        "may_send": may(request.user, SEND_MAIL, cohort),
        "crumbs": [Crumb(_list_of(cohort), label)],
    }
    return render(request, "follow_up/mail/one.html", context)


@require_GET
def mail_file(request: PageRequest, pk: int) -> HttpResponse:
    # A file for a mail program, since the content security policy of this site stops the styles of a mail.
    row, _ = _get(request, pk)
    if row.is_erased:
        raise Http404
    try:
        made = message(as_read(row)).message().as_bytes()
    except FileGone:
        return gone(request, "Texten står på mejlets sida.")
    return download(made, f"mejl-{row.pk}.eml", "message/rfc822")


@post_only
def mail_resend(request: PageRequest, pk: int) -> HttpResponse:
    row, cohort = _get(request, pk)
    require(request.user, SEND_MAIL, cohort)
    again = press(request, partial(actions.resend_mail, mail=row))
    if not again:
        return redirect("follow_up:mail_one", pk)
    messages.success(request, f"Mejlet skickas igen till {again.address}.")
    return redirect(_list_of(cohort))


@post_only
def mail_leave(request: PageRequest, pk: int) -> HttpResponse:
    row, cohort = _get(request, pk)
    require(request.user, SEND_MAIL, cohort)
    actions.leave_mail(mail=row, by=request.user)
    messages.success(request, "Mejlet står kvar i listan, men väntar inte längre på ditt beslut.")
    return redirect(_list_of(cohort))
