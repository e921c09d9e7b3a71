from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

from cohorts.enums import Function
from cohorts.roles import Roles, Seat, roles_of
from kit.nav import NavItem
from modell.menu import cohort_menu, main_menu, work_menu


@dataclass(frozen=True)
class Who:
    """The organisation and the role that the user acts in, shown at the top of every page."""

    organisation: str
    role: str


def site(request: HttpRequest) -> dict[str, object]:
    user = getattr(request, "user", None)
    match = getattr(request, "resolver_match", None)
    roles = roles_of(user) if user else Roles()
    seat = roles.seat_for(match.kwargs.get("slug") if match else None)
    rehearsal = _shows_rehearsal(request, seat)
    return {
        "user": user,
        "roles": roles,
        "seat": seat,
        "rehearsal": rehearsal,
        "demo": settings.DEMO or (_shows_constructed(request, seat) and not rehearsal),
        "who": _who(roles, seat),
        "asked_about": seat.participation.cohort if seat else None,
        "nav": main_menu(roles, seat, request.path, match.view_name if match else ""),
        "cohort_nav": cohort_menu(roles, request.path, match),
        "work_nav": _work_nav(request),
    }


def _work_nav(request: HttpRequest) -> list[NavItem]:
    participation, match = getattr(request, "participation", None), getattr(request, "resolver_match", None)
    if participation is None or match is None:
        return []
    return work_menu(request.user, participation, request.path, match.view_name)  # type: ignore[arg-type]


def _shows_constructed(request: HttpRequest, seat: Seat | None) -> bool:
    # A page with invented organisations says so even on a site that is no demonstration.
    return getattr(request, "constructed", False) or (seat is not None and seat.constructed)


def _shows_rehearsal(request: HttpRequest, seat: Seat | None) -> bool:
    # A page that is of no omgång is of the one that the person acts in.
    shown: bool | None = getattr(request, "rehearsal", None)
    return seat is not None and seat.participation.cohort.rehearsal if shown is None else shown


def _who(roles: Roles, seat: Seat | None) -> Who | None:
    if roles.is_skr:
        return Who("SKR", "Processledare" if roles.is_process_leader else "Administratör")
    if seat:
        return Who(seat.organisation, "Mentor" if seat.is_mentoring else Function(seat.function).label)
    return Who("Lärande utvärderare", "Utvärderare") if roles.evaluated_cohort_ids else None
