"""Pages of the guard: a form that came without a valid token, and what somebody does not want to save after all."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import REASON_BAD_ORIGIN, REASON_BAD_REFERER, REASON_INSECURE_REFERER
from django.shortcuts import redirect, render, resolve_url

from kit.enums import WhyKept
from kit.guard import key as keys
from kit.guard.keeping import keep, let_go
from kit.guard.middleware import by_script
from kit.responses import post_only

# The beginning of each; an address follows.
FROM_ELSEWHERE = tuple(
    reason.partition("%s")[0] for reason in (REASON_BAD_ORIGIN, REASON_BAD_REFERER, REASON_INSECURE_REFERER)
)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Lead back to the form with what was typed, if the page is ours and only its token is old."""
    if by_script(request) or reason.startswith(FROM_ELSEWHERE):
        return render(request, "403_csrf.html", status=403)
    request.refused = True  # type: ignore[attr-defined]
    me, key = keys.person_of(request), keys.read(request)
    if key and (me is None or key.person in (None, me)) and keep(request, key, WhyKept.STALE):
        return redirect(key.page)
    if me is not None and request.path.startswith(resolve_url(settings.LOGIN_URL)):
        return redirect(settings.LOGIN_REDIRECT_URL)  # signed in already, in another tab
    messages.warning(request, "Sidan var inte aktuell längre, så inget har ändrats. Försök igen.")
    return redirect(request.path)


@post_only
def forget_kept(request: HttpRequest, pk: int) -> HttpResponse:
    let_go(request, pk=pk)
    messages.success(request, "Det som inte var sparat är borttaget.")
    return redirect(settings.LOGIN_REDIRECT_URL)
