from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from accounts.models import User


class PageRequest(HttpRequest):
    """A request by a signed-in user, as `LoginRequiredMiddleware` gives it to every view but the public ones."""

    user: User
    htmx: HtmxDetails
