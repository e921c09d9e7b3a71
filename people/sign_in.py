"""Sign in by a mailed code, and record it in the trail (docs/adr/0022)."""

import logging
from datetime import timedelta
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.internal.stagekit import get_pending_stage
from allauth.account.stages import LoginByCodeStage
from allauth.account.views import ConfirmLoginCodeView, LogoutView, RequestLoginCodeView
from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from django.views.generic import FormView

from accounts.adapter import AccountAdapter
from accounts.middleware import LONGEST, SEEN
from accounts.models import User
from accounts.oidc import own_sign_ins
from mailings.enums import MailState
from mailings.models import Mail
from mailings.querysets import OVERDUE
from people.actions.own_sign_in import record_of_person, tell_changed
from people.codes import good_codes, is_code, mail_to, whom
from people.own_sign_in import forget_address
from people.sign_in_limits import FAULT
from people.trail import PeopleEvent

log = logging.getLogger(__name__)

# Keys of the session: the mail that this browser's person waits for, and the page to come to afterwards.
WAITS_FOR, NEXT = "sign_in_mail", "sign_in_next"
CODE_MAIL, UNKNOWN_MAIL = "account/email/login_code", "account/email/unknown_account"
TOO_MANY_CODES = (
    "Från ditt nätverk har det den senaste timmen kommit många felaktiga koder och adresser som inte finns i Modell. "
    "Därför tar vi inte emot koder därifrån just nu. Byt nätverk, till exempel till mobilens, eller försök igen om en "
    "stund."
)


def record_sign_in(user: User) -> None:
    record_of_person(PeopleEvent.SIGNED_IN, user=user, by=user)


def _ways_in(request: HttpRequest, user: User) -> str:
    """Return by what the person has signed in, as in "code, mfa totp"."""
    ways = get_authentication_records(request, user)
    return ", ".join(f"{way['method']} {way.get('type') or way.get('provider', '')}".strip() for way in ways)


class Adapter(AccountAdapter):
    error_messages = AccountAdapter.error_messages | {
        "too_many_login_attempts": "Koden var fel för många gånger. Skriv din e-postadress igen.",
    }

    def generate_login_code(self) -> str:
        return ""  # the codes that let in are those of people.codes, which no session holds

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Leave code mail to a worker, and remember which mail this browser waits for."""
        if template_prefix not in (CODE_MAIL, UNKNOWN_MAIL):
            super().send_mail(template_prefix, email, context)
            return
        user = User.objects.filter(email=email).first() if template_prefix == CODE_MAIL else None
        mail = None
        if user or ratelimit.consume(self.request, action=FAULT):
            mail = mail_to(email, user)
        else:
            log.warning("A network address has asked for codes to too many unknown addresses.")
        self.request.session[WAITS_FOR] = mail and mail.pk

    @transaction.atomic
    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        for key in (WAITS_FOR, NEXT):
            request.session.pop(key, None)
        # By the clock: an age would begin anew with whatever is written in the session.
        lasts = LONGEST if user.reads_everything else timedelta(seconds=settings.SESSION_COOKIE_AGE)
        request.session.set_expiry(timezone.now() + lasts)
        request.session[SEEN] = int(timezone.now().timestamp())
        record_sign_in(user)
        log.info("User %s signed in by %s.", user.pk, _ways_in(request, user))
        response = super().post_login(request, user, **kwargs)
        forget_address(request)
        return response

    def send_notification_mail(self, template_prefix: str, user: User, *_: Any, **__: Any) -> None:
        # Wherever allauth would mail of a change in how somebody signs in; the last part of the name says which.
        tell_changed(user=user, change=template_prefix.rpartition("/")[2])


class SignIn(RequestLoginCodeView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"own_sign_ins": own_sign_ins()}

    def form_valid(self, form: Form) -> HttpResponse:
        self.request.session[NEXT] = self.get_next_url()
        return super().form_valid(form)

    def form_invalid(self, form: Form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class ConfirmCode(ConfirmLoginCodeView):
    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        if kwargs.pop("code", None) is not None:
            user, address = self._process.user, self._process.state["email"]
            kwargs["codes"] = good_codes(self.mail, address, user) if user else []
        return kwargs

    @cached_property
    def mail(self) -> Mail | None:
        return Mail.objects.filter(pk=self.request.session.get(WAITS_FOR)).first()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mail = self.mail
        waits = mail is not None and mail.state in (MailState.QUEUED, MailState.SENDING)
        is_late = waits and mail is not None and mail.made_at <= timezone.now() - OVERDUE
        failed = mail is not None and mail.state == MailState.FAILED
        return super().get_context_data(mail_is_late=is_late, mail_failed=failed, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user, address = self._process.user, self._process.state["email"]
        if user is not None and address != user.email:
            # A code mailed to an address that the person no longer has must not let anyone in.
            self._process.abort()
            return redirect("account_login")
        if self._action == "resend":
            # allauth's own resend keeps the time and the tries of the first code, and mails known addresses only.
            LoginCodeVerificationProcess.initiate(request=request, user=user, email=address)
            return redirect(self._here())
        if not ratelimit.consume(request, action=FAULT, dry_run=True):
            log.warning("A network address has tried too many wrong codes; now for %s.", whom(user))
            messages.error(request, TOO_MANY_CODES)
            return redirect(self._here())
        return super().post(request, *args, **kwargs)

    def _here(self) -> str:
        return str(self.passthrough_next_url(reverse("account_confirm_login_code")))

    def form_invalid(self, form: Form) -> HttpResponse:
        is_attempt = not form.has_error("code", "required")
        if is_attempt:
            ratelimit.consume(self.request, action=FAULT)
            log.warning("A wrong code for %s.", whom(self._process.user))
        response = super().form_invalid(form) if is_attempt else FormView.form_invalid(self, form)
        # After too many attempts the response is a redirect, which stays as it is.
        if response.status_code == 200:
            response.status_code = 422
        return response


@login_not_required
@never_cache
@require_GET
def sign_in_link(request: HttpRequest, key: str) -> HttpResponse:
    """Show a button that signs in where the code was asked for. Mail scanners fetch the page, so it does nothing."""
    if not is_code(key):
        raise Http404
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    stage = get_pending_stage(request)
    is_here = stage is not None and stage.key == LoginByCodeStage.key
    context = {"code": key, "is_here": is_here, "next": request.session.get(NEXT)}
    return render(request, "account/sign_in_link.html", context)


class SignOut(LogoutView):
    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        was_in = self.request.user.is_authenticated
        response: HttpResponse = super().post(*args, **kwargs)
        if was_in:
            # Otherwise Back shows the next person at the same screen what the browser remembers.
            response["Clear-Site-Data"] = '"cache"'
        return response
