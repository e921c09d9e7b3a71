from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from cohorts.enums import Function
from cohorts.roles import Roles, Seat, roles_of

LEADS = (Function.POLITICIAN, Function.MANAGER)


@dataclass(frozen=True)
class NavItem:
    url: str
    label: str
    current: bool


@dataclass(frozen=True)
class Who:
    """For whom one acts, at the top of every page."""

    organisation: str
    role: str


def site(request: HttpRequest) -> dict[str, object]:
    """What the frame of every page needs: who one is, where one can go, whether it is the demonstration."""
    user = getattr(request, "user", None)
    match = getattr(request, "resolver_match", None)
    roles = roles_of(user) if user else Roles()
    seat = roles.seat_for(match.kwargs.get("slug") if match else None)
    return {
        "user": user,
        "roles": roles,
        "seat": seat,
        "demo": settings.DEMO or _shows_constructed(request, seat),
        "who": _who(roles, seat),
        "nav": [NavItem(url, label, request.path == url) for url, label in _links(roles, seat)],
    }


def _shows_constructed(request: HttpRequest, seat: Seat | None) -> bool:
    """Also on a site that is no demonstration, a page with invented organisations says so."""
    return getattr(request, "constructed", False) or (seat is not None and seat.constructed)


def _who(roles: Roles, seat: Seat | None) -> Who | None:
    if roles.is_skr:
        return Who("Sveriges Kommuner och Regioner", "Processledare" if roles.is_process_leader else "Administratör")
    if seat:
        return Who(seat.organisation, "Mentor" if seat.is_mentoring else Function(seat.function).label)
    return Who("Lärande utvärderare", "Utvärderare") if roles.evaluated_cohort_ids else None


def _links(roles: Roles, seat: Seat | None) -> list[tuple[str, str]]:
    if roles.is_process_leader:
        return [*_skr_links(), (reverse("programme:skr_trail"), "Händelser")]
    if roles.is_skr or roles.evaluated_cohort_ids:
        return _skr_links()
    return _seat_links(seat) if seat else []


def _skr_links() -> list[tuple[str, str]]:
    return [(reverse("programme:cohorts"), "Omgångar"), (reverse("checklist:versions"), "Checklistor")]


def _seat_links(seat: Seat) -> list[tuple[str, str]]:
    place = (seat.cohort_slug, seat.code)
    first = (reverse("home"), "Att göra")
    if seat.function in LEADS and not seat.is_mentoring:
        first = (reverse("reports:brief", args=place), "Läget")
    elif seat.is_mentoring:
        first = (reverse("home"), "Mentorskap")
    return [
        first,
        (reverse("checklist:own", args=place), "Självskattning"),
        (reverse("improvements:work", args=place), "Förbättringar"),
        (reverse("reports:report", args=place), "Rapport"),
        (reverse("programme:cohort", args=[seat.cohort_slug]), "Omgången"),
    ]
