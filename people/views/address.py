"""The page where the holder of an address agrees to a new one, opened by the key in a mailed link."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import AddressChange
from kit.refusals import ActionRefused
from people.actions.addresses import TOO_LATE, confirm_address


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def address_change(request: HttpRequest, key: str) -> HttpResponse:
    """Change nothing on a visit: mail programs open links before their readers do."""
    waiting = AddressChange.objects.published(key)
    refusal = "" if waiting else TOO_LATE
    if request.method == "POST" and waiting:
        try:
            user = confirm_address(key=key)
        except ActionRefused as refused:
            refusal = refused.sentence
        else:
            messages.success(request, f"Adressen är bytt. Logga in med {user.email}.")
            return redirect("account_login")
    context = {"waiting": waiting, "refusal": refusal}
    status = 404 if waiting is None else 422 if refusal else 200
    response = render(request, "people/address_change.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response
