from dataclasses import dataclass, replace

from django.conf import settings
from django.http import HttpRequest
from django.urls import ResolverMatch, reverse

from cohorts.enums import Function
from cohorts.roles import Roles, Seat, roles_of

LEADS = (Function.POLITICIAN, Function.MANAGER)
SKR_ASKS = ("checklist:ask_", "checklist:title")
PEOPLE = ("programme:person", "programme:election", "programme:introduction")
MAIL = ("programme:skr_mail", "programme:mail_one", "programme:mail_resend", "programme:mail_leave")
COMPARED = ("checklist:part", "checklist:beside", "checklist:history", "checklist:group", "checklist:learn")


@dataclass(frozen=True)
class NavItem:
    """`current` is `page` on the page itself, `true` on those that belong to it, else empty (aria-current)."""

    url: str
    label: str
    current: str


@dataclass(frozen=True)
class Link:
    """A line of the menu; `places` are the URL names, or the beginnings of them, that belong to it.

    With `under` also every page whose address lies under its own.
    """

    url: str
    label: str
    places: tuple[str, ...] = ()
    under: bool = False

    def as_item(self, path: str, view_name: str) -> NavItem:
        belongs = view_name.startswith(self.places) or (self.under and path.startswith(self.url))
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
        "cohort_nav": _cohort_nav(roles, request.path, match),
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
    if roles.is_skr:
        return [*_skr_links(), *_staff_links(roles)]
    if roles.evaluated_cohort_ids:
        return _skr_links()
    return _seat_links(seat) if seat else []


def _skr_links() -> list[Link]:
    versions = ("checklist:version", "checklist:reword")
    elsewhere = ("cohorts:", "meetings:", "reports:", "improvements:", "programme:map", *MAIL)
    checklists = ("checklist:own", "checklist:assessment", *COMPARED, *SKR_ASKS)
    return [
        Link(reverse("programme:cohorts"), "Omgångar", (*elsewhere, *checklists), under=True),
        Link(reverse("checklist:versions"), "Checklistor", versions),
    ]


def _staff_links(roles: Roles) -> list[Link]:
    """What only SKR has: its own tasks, the concepts and, for who leads, the mail's words and SKR's trail."""
    links = [
        Link(reverse("programme:tasks"), "Att göra"),
        Link(reverse("programme:editions"), "Koncept", ("programme:edition", "programme:step")),
    ]
    if roles.is_process_leader:
        links.append(Link(reverse("programme:mail_wordings"), "Mejltexter", ("programme:mail_wording",)))
        links.append(Link(reverse("programme:skr_trail"), "Händelser"))
    return links


def _cohort_nav(roles: Roles, path: str, match: ResolverMatch | None) -> list[NavItem]:
    """For SKR, on every page of an omgång: the pages from which it is run."""
    slug = match.kwargs.get("slug") if match else None
    if not (roles.is_skr and match and slug):
        return []
    names = {
        "programme:cohort": ("Omgången", ("programme:cohort",)),
        "programme:readiness": ("Läget", ("programme:readiness", "programme:remind")),
        "programme:setup": ("Upplägg", ("programme:setup", "programme:date", "programme:period")),
        "programme:timetable": ("Tidplan", ("programme:timetable",)),
        "meetings:meetings": ("Träffar", ("meetings:",)),
        "cohorts:interests": ("Intresse", ("cohorts:interest", "programme:letter")),
        "programme:grouping": ("Grupper", ("programme:grouping",)),
        "programme:mentors": ("Mentorer", ("programme:mentor", "cohorts:mentor")),
        "cohorts:directory": ("Personer", ("cohorts:", *PEOPLE)),
        "programme:mail": ("Mejl", ("programme:mail",)),
    }
    links = [Link(reverse(name, args=[slug]), label, places) for name, (label, places) in names.items()]
    items = [link.as_item(path, match.view_name) for link in links]
    # Where two would claim the page, the one that names it more closely has it.
    claimed = [item for item in items if item.current]
    return [item if item in claimed[:1] else replace(item, current="") for item in items]


def _seat_links(seat: Seat) -> list[Link]:
    place = (seat.cohort_slug, seat.code)
    first = Link(reverse("home"), "Att göra", ("programme:tasks",))
    if seat.function in LEADS and not seat.is_mentoring:
        first = Link(reverse("reports:brief", args=place), "Läget", ("programme:tasks",))
    elif seat.is_mentoring:
        first = Link(reverse("home"), "Mentorskap", ("programme:tasks",))
    pages = ("programme:cohort", "programme:timetable", "programme:map", "cohorts:", *PEOPLE)
    cohort = (*pages, "reports:figures", "reports:joint", "improvements:examples")
    work = ("improvements:work", "improvements:improvement", "improvements:effort", "improvements:cycle")
    return [
        first,
        Link(reverse("checklist:own", args=place), "Självskattning", ("checklist:",)),
        Link(
            reverse("improvements:work", args=place),
            "Förbättringar",
            (*work, "improvements:step", "improvements:from_idea"),
        ),
        Link(reverse("reports:report", args=place), "Rapport", ("reports:build",)),
        Link(reverse("meetings:meetings", args=[seat.cohort_slug]), "Träffar", ("meetings:",)),
        Link(reverse("programme:cohort", args=[seat.cohort_slug]), "Omgången", cohort),
    ]
