"""Signing in by mailed code, and the row it leaves in the trail of those the person works for."""

from typing import Any

from allauth.account.views import ConfirmLoginCodeView, RequestLoginCodeView
from django.conf import settings
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.adapter import AccountAdapter
from accounts.models import User
from cohorts.models import Organisation
from cohorts.roles import roles_of
from modell import audit
from modell.audit import Kind
from programme.demo.people import DEMO_PEOPLE


def record_sign_in(user: User) -> None:
    """In each of their organisations' trails; SKR's own only for those who hold no seat."""
    roles = roles_of(user)
    codes = Organisation.objects.filter(pk__in=roles.organisation_ids).values_list("code", flat=True)
    for code in list(codes) or [""]:
        audit.record(Kind.SIGNED_IN, target=user, by=user, organisation=code)


class Adapter(AccountAdapter):
    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        record_sign_in(user)
        return super().post_login(request, user, **kwargs)


class SignIn(RequestLoginCodeView):
    """Ask for a code. On the demonstration also one button for each role."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(demo_people=DEMO_PEOPLE if settings.DEMO else (), **kwargs)

    def form_invalid(self, form: Form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class ConfirmCode(ConfirmLoginCodeView):
    def form_valid(self, form: Form) -> HttpResponse:
        """A code that was mailed to an address the person no longer has opens nothing, and is not sent anew."""
        user = self._process.user
        if user is not None and self._process.state.get("email") != user.email:
            self._process.abort()
            return redirect("account_login")
        return super().form_valid(form)

    def form_invalid(self, form: Form) -> HttpResponse:
        response = super().form_invalid(form)
        if response.status_code == 200:  # not sent away after too many attempts
            response.status_code = 422
        return response
