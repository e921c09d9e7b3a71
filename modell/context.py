from django.conf import settings
from django.http import HttpRequest

from cohorts.roles import roles_of


def site(request: HttpRequest) -> dict[str, object]:
    """What the frame of every page needs."""
    user = getattr(request, "user", None)
    return {"user": user, "roles": roles_of(user) if user else None, "demo": settings.DEMO}
