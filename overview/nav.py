from cohorts.enums import Function
from cohorts.roles import Seat
from kit.nav import MenuEntry, MenuPlace

COHORTS = MenuEntry("Omgångar", "overview:cohorts", under=True)
COHORT = MenuEntry("Omgången", "overview:cohort", ("slug",))
OVERVIEW = MenuEntry("Översikt", "overview:overview", ("slug",))
TRAIL = MenuEntry("Händelser", "overview:skr_trail")
OPERATION = MenuEntry("Drift", "overview:operation")
PLACES = (
    MenuPlace(
        ("overview:overview", "overview:values", "overview:codebook"),
        skr="Omgångar",
        cohort="Översikt",
        seat="Översikt",
    ),
    MenuPlace(("overview:cohort",), cohort="Omgången", seat="Omgången"),
    MenuPlace(("overview:map",), skr="Omgångar", seat="Omgången"),
)

START = MenuEntry("Att göra", "home")
BRIEF = MenuEntry("Läget", "overview:brief", ("slug", "code"), stands_for="Att göra")
MENTORSHIP = MenuEntry("Mentorskap", "home", stands_for="Att göra")


def start_of(seat: Seat) -> MenuEntry:
    if seat.is_mentoring:
        return MENTORSHIP
    return BRIEF if seat.function in (Function.POLITICIAN, Function.MANAGER) else START
