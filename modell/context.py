from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from cohorts.enums import Function
from cohorts.roles import Roles, Seat, roles_of

LEADS = (Function.POLITICIAN, Function.MANAGER)
SKR_ASKS = ("checklist:ask_", "checklist:title")
COMPARED = ("checklist:part", "checklist:beside", "checklist:history", "checklist:group", "checklist:learn")


@dataclass(frozen=True)
class NavItem:
    """`current` is `page` on the page itself, `true` on those that belong to it, else empty (aria-current)."""

    url: str
    label: str
    current: str


@dataclass(frozen=True)
class Link:
    """A line of the menu; `places` are the URL names, or the beginnings of them, that belong to it."""

    url: str
    label: str
    places: tuple[str, ...] = ()

    def as_item(self, path: str, view_name: str) -> NavItem:
        belongs = view_name.startswith(self.places) if self.places else False
        return NavItem(self.url, self.label, "page" if path == self.url else "true" if belongs else "")


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
        "nav": [link.as_item(request.path, match.view_name if match else "") for link in _links(roles, seat)],
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


def _links(roles: Roles, seat: Seat | None) -> list[Link]:
    if roles.is_process_leader:
        return [*_skr_links(), Link(reverse("programme:skr_trail"), "Händelser")]
    if roles.is_skr or roles.evaluated_cohort_ids:
        return _skr_links()
    return _seat_links(seat) if seat else []


def _skr_links() -> list[Link]:
    versions = ("checklist:version", "checklist:reword")
    cohorts = ("programme:cohort", "cohorts:", "reports:", "improvements:", "checklist:own", "checklist:assessment")
    return [
        Link(reverse("programme:cohorts"), "Omgångar", (*cohorts, *COMPARED, *SKR_ASKS)),
        Link(reverse("checklist:versions"), "Checklistor", versions),
    ]


def _seat_links(seat: Seat) -> list[Link]:
    place = (seat.cohort_slug, seat.code)
    first = Link(reverse("home"), "Att göra")
    if seat.function in LEADS and not seat.is_mentoring:
        first = Link(reverse("reports:brief", args=place), "Läget")
    elif seat.is_mentoring:
        first = Link(reverse("home"), "Mentorskap")
    cohort = ("programme:cohort", "reports:figures", "reports:joint", "improvements:examples", "cohorts:")
    work = ("improvements:work", "improvements:improvement", "improvements:effort", "improvements:cycle")
    return [
        first,
        Link(reverse("checklist:own", args=place), "Självskattning", ("checklist:",)),
        Link(reverse("improvements:work", args=place), "Förbättringar", (*work, "improvements:step")),
        Link(reverse("reports:report", args=place), "Rapport", ("reports:build",)),
        Link(reverse("programme:cohort", args=[seat.cohort_slug]), "Omgången", cohort),
    ]
