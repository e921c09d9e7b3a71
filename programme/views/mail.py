"""An omgång's mail: what has been sent and to whom, and what a person has to decide."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from cohorts.fetch import get_cohort, shown_on
from cohorts.models import Cohort
from cohorts.roles import roles_of
from mailings import actions
from mailings.delivery import message
from mailings.models import Mail
from mailings.querysets import MailQuerySet
from mailings.writing import paragraphs
from modell.http import PageRequest
from modell.permissions import Perm, may, require
from modell.refusals import ActionRefused
from modell.responses import refuse
from programme.forms.mail import FilterForm
from programme.mail.listing import LISTED, as_read, cohort_of, demonstrated, headline, listed, listed_one

PER_PAGE = 50


@require_safe
def mail(request: PageRequest, slug: str) -> HttpResponse:
    """One omgång's."""
    cohort = get_cohort(request, slug)
    require(request.user, Perm.READ_MAIL, cohort)
    mails = Mail.objects.visible_to(roles_of(request.user)).about_cohort(cohort.slug)
    crumbs = [{"url": cohort.get_absolute_url(), "label": cohort.name}]
    return _listed(request, mails, {"cohort": cohort, "crumbs": crumbs})


@require_safe
def skr_mail(request: PageRequest) -> HttpResponse:
    """What is about no omgång, or about several at once; also where the omgång is gone."""
    require(request.user, Perm.READ_MAIL)
    roles = roles_of(request.user)
    slugs = Cohort.objects.visible_to(roles).values("slug")
    mails = Mail.objects.visible_to(roles).exclude(about__in=slugs)
    crumbs = [{"url": reverse("programme:cohorts"), "label": "Omgångar"}]
    return _listed(request, mails, {"cohort": None, "crumbs": crumbs})


def _listed(request: PageRequest, mails: MailQuerySet, context: dict[str, Any]) -> HttpResponse:
    form = FilterForm(request.GET or None)
    chosen = form.chosen() if form.is_bound else {}
    rows = mails.select_related(*LISTED).defer("text", "html", "body")
    page = Paginator(rows.filter(**chosen), PER_PAGE).get_page(request.GET.get("sida"))
    unsettled = listed(rows.unsettled())
    context |= {
        "headline": headline(mails, len(unsettled)),
        "unsettled": unsettled,
        "page": page,
        "rows": listed(page),
        "form": form,
        "chosen": chosen,
        "query": "".join(f"&{name}={value}" for name, value in chosen.items()),
        "may_send": may(request.user, Perm.SEND_MAIL, context["cohort"]),
    }
    return render(request, "programme/mail/list.html", context)


def _get(request: PageRequest, pk: int) -> tuple[Mail, Cohort | None]:
    visible = Mail.objects.visible_to(roles_of(request.user))
    found = get_object_or_404(visible.select_related(*LISTED), pk=pk)
    cohort = cohort_of(found)
    if cohort:
        shown_on(request, cohort)
    require(request.user, Perm.READ_MAIL, cohort)
    return found, cohort


def _list_of(cohort: Cohort | None) -> str:
    return reverse("programme:mail", args=[cohort.slug]) if cohort else reverse("programme:skr_mail")


@require_safe
def mail_one(request: PageRequest, pk: int) -> HttpResponse:
    """As it was sent, but for the words of one whose link is personal."""
    found, cohort = _get(request, pk)
    label = f"Mejl i {cohort.name}" if cohort else "SKR:s mejl"
    context = {
        "row": listed_one(found),
        "mail": as_read(found),
        "again_of": Mail.objects.visible_to(roles_of(request.user)).filter(resent_as=found).first(),
        "parts": list(found.parts.all()),
        "paragraphs": paragraphs(found.body),
        "may_send": may(request.user, Perm.SEND_MAIL, cohort),
        "crumbs": [{"url": _list_of(cohort), "label": label}],
    }
    return render(request, "programme/mail/one.html", context)


@require_safe
def mail_file(request: PageRequest, pk: int) -> HttpResponse:
    """The mail itself, HTML and all, for a mail program: this site's own pages allow no style of a mail's kind."""
    found, _ = _get(request, pk)
    if found.is_erased:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="mejl-{found.pk}.eml"'}
    return HttpResponse(message(as_read(found)).message().as_bytes(), content_type="message/rfc822", headers=headers)


@require_POST
def mail_resend(request: PageRequest, pk: int) -> HttpResponse:
    found, cohort = _get(request, pk)
    require(request.user, Perm.SEND_MAIL, cohort)
    try:
        again = actions.resend_mail(mail=found, by=request.user)
    except ActionRefused as refusal:
        return refuse(request, refusal, "programme:mail_one", pk)
    messages.success(request, f"Mejlet skickas igen till {again.address}.")
    return redirect(_list_of(cohort))


@require_POST
def mail_leave(request: PageRequest, pk: int) -> HttpResponse:
    found, cohort = _get(request, pk)
    require(request.user, Perm.SEND_MAIL, cohort)
    actions.leave_mail(mail=found, by=request.user)
    messages.success(request, "Mejlet står kvar i listan, men väntar inte längre på ditt beslut.")
    return redirect(_list_of(cohort))


@login_not_required
@require_safe
def demo_mail(request: HttpRequest) -> HttpResponse:
    """On the demonstration: what would have been sent, since its addresses lead nowhere."""
    if not settings.DEMO:
        raise Http404
    mails = demonstrated().defer("text", "html", "body")
    page = Paginator(mails, PER_PAGE).get_page(request.GET.get("sida"))
    return render(request, "programme/mail/demo.html", {"page": page, "rows": listed(page)})


@login_not_required
@require_safe
def demo_mail_one(request: HttpRequest, pk: int) -> HttpResponse:
    if not settings.DEMO:
        raise Http404
    mails = demonstrated()
    found = get_object_or_404(mails, pk=pk)
    context = {"row": listed_one(found), "mail": found, "paragraphs": paragraphs(found.body)}
    return render(request, "programme/mail/demo_one.html", context)
