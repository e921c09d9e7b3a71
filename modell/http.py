from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from accounts.models import User


class PageRequest(HttpRequest):
    """A request by someone signed in: what every view but the public ones gets (LoginRequiredMiddleware)."""

    user: User
    htmx: HtmxDetails
