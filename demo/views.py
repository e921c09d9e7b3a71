"""Pages of the demonstration: a sign-in button for each role, and the mail that is never sent."""

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET

from accounts.models import User
from demo.people import DEMO_PEOPLE
from follow_up.mail.rows import demonstrated, mail_row, mail_rows
from kit.responses import post_only
from people.sign_in import record_sign_in

PER_PAGE = 50


@login_not_required
@post_only
def demo_sign_in(request: HttpRequest, key: str) -> HttpResponse:
    if not settings.DEMO:
        raise Http404
    person = next((person for person in DEMO_PEOPLE if person.key == key), None)
    if person is None:
        raise Http404
    user = get_object_or_404(User, email=person.email)
    login(request, user, backend="allauth.account.auth_backends.AuthenticationBackend")
    record_sign_in(user)
    page = request.GET.get("next", "")
    return redirect(page if url_has_allowed_host_and_scheme(page, {request.get_host()}) else "home")


@login_not_required
@require_GET
def demo_mail(request: HttpRequest) -> HttpResponse:
    if not settings.DEMO:
        raise Http404
    mails = demonstrated().defer("text", "html", "body")
    page = Paginator(mails, PER_PAGE).get_page(request.GET.get("sida"))
    return render(request, "demo/mail.html", {"page": page, "rows": mail_rows(page)})


@login_not_required
@require_GET
def demo_mail_one(request: HttpRequest, pk: int) -> HttpResponse:
    if not settings.DEMO:
        raise Http404
    mail = get_object_or_404(demonstrated(), pk=pk)
    return render(request, "demo/mail_one.html", {"row": mail_row(mail), "mail": mail})
