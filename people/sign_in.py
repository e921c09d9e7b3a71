"""Sign in by a mailed code, and record it in the trail."""

from typing import Any

from allauth.account.views import ConfirmLoginCodeView, LogoutView, RequestLoginCodeView
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.generic import FormView

from accounts.adapter import AccountAdapter
from accounts.models import User
from cohorts.models import Organisation
from cohorts.roles import roles_of
from kit import audit
from people.trail import PeopleEvent


def record_sign_in(user: User) -> None:
    """Record the sign-in in each of the person's organisations' trails, or in SKR's if they have no seat."""
    roles = roles_of(user)
    codes = Organisation.objects.filter(pk__in=roles.organisation_ids).values_list("code", flat=True)
    for code in list(codes) or [""]:
        audit.record(PeopleEvent.SIGNED_IN, target=user, by=user, organisation=code)


class Adapter(AccountAdapter):
    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        record_sign_in(user)
        return super().post_login(request, user, **kwargs)


class SignIn(RequestLoginCodeView):
    def form_invalid(self, form: Form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class ConfirmCode(ConfirmLoginCodeView):
    def form_valid(self, form: Form) -> HttpResponse:
        # A code mailed to an address that the person no longer has must not let anyone in.
        user = self._process.user
        if user is not None and self._process.state.get("email") != user.email:
            self._process.abort()
            return redirect("account_login")
        return super().form_valid(form)

    def form_invalid(self, form: Form) -> HttpResponse:
        is_attempt = not form.has_error("code", "required")
        response = super().form_invalid(form) if is_attempt else FormView.form_invalid(self, form)
        # After too many attempts the response is a redirect, which stays as it is.
        if response.status_code == 200:
            response.status_code = 422
        return response


class SignOut(LogoutView):
    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        was_in = self.request.user.is_authenticated
        response: HttpResponse = super().post(*args, **kwargs)
        if was_in:
            # Otherwise Back shows the next person at the same screen what the browser remembers.
            response["Clear-Site-Data"] = '"cache"'
        return response
