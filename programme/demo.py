"""The demonstration: its people, and how its running omgång is moved so that the next meeting lies ahead."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from accounts.enums import SkrRole
from accounts.models import User
from cohorts.enums import Function
from cohorts.models import Cohort, Delegate, Evaluator, Participation
from modell.refusals import ActionRefused

RUNNING = "demo-pagaende"
CLOSED = ("demo-kommuner", "demo-regioner")
# The meeting of the running omgång that is told of as the next one, and how far ahead it is shown.
NEXT_MEETING = "learning-2"
AHEAD = timedelta(weeks=3)
FAR_OFF = date(2099, 12, 31)


@dataclass(frozen=True)
class Seated:
    """A seat to give: for which organisation, in which omgång, as what."""

    cohort: str
    organisation: str
    function: Function


@dataclass(frozen=True)
class DemoPerson:
    """One of the sign-in page's buttons."""

    key: str
    email: str
    name: str
    label: str
    sees: str
    skr_role: str = ""
    seat: Seated | None = None
    evaluates: tuple[str, ...] = ()


DEMO_PEOPLE = (
    DemoPerson(
        key="process_leader",
        email="processledare@demo.invalid",
        name="Demo Processledare",
        label="Processledare",
        sees="Alla omgångar: vilka som deltar, vilka som har lämnat in till nästa träff och omgångens siffror.",
        skr_role=SkrRole.PROCESS_LEADER,
    ),
    DemoPerson(
        key="administrator",
        email="administrator@demo.invalid",
        name="Demo Administratör",
        label="Administratör",
        sees="Deltagare, grupper och träffar i alla omgångar, men inga värden.",
        skr_role=SkrRole.ADMINISTRATOR,
    ),
    DemoPerson(
        key="strategist",
        email="strateg@demo.invalid",
        name="Demo Strateg",
        label="Strateg",
        sees="Region Solbygdens påbörjade självskattning, sex av tio moment, som ska lämnas in före nästa träff.",
        seat=Seated(RUNNING, "99", Function.STRATEGIST),
    ),
    DemoPerson(
        key="politician",
        email="politiker@demo.invalid",
        name="Demo Politiker",
        label="Politiker",
        sees="En sida om Region Västanmark: vad som har flyttat sig sedan sist och vad ni kan fråga om.",
        seat=Seated(RUNNING, "90", Function.POLITICIAN),
    ),
    DemoPerson(
        key="manager",
        email="chef@demo.invalid",
        name="Demo Chef",
        label="Chef",
        sees="Samma sida om Region Västanmark, med de moment som är chefernas.",
        seat=Seated(RUNNING, "90", Function.MANAGER),
    ),
    DemoPerson(
        key="mentor",
        email="mentor@demo.invalid",
        name="Demo Mentor",
        label="Mentor",
        sees="Arbetet i den grupp som Region Fjärdmark är mentor för: det som är inlämnat eller delat.",
        seat=Seated(RUNNING, "93", Function.STRATEGIST),
    ),
    DemoPerson(
        key="evaluator",
        email="utvarderare@demo.invalid",
        name="Demo Utvärderare",
        label="Lärande utvärderare",
        sees="Allt som är inlämnat i de tre exempelomgångarna, men inga utkast.",
        evaluates=(RUNNING, *CLOSED),
    ),
)

# Others with a seat, so that pages have colleagues to show; they stand on no button.
EXTRAS = tuple(
    DemoPerson(key="", email=email, name=name, label="", sees="", seat=Seated(cohort, organisation, function))
    for email, name, cohort, organisation, function in (
        ("politiker.solbygden@demo.invalid", "Demo Politiker Solbygden", RUNNING, "99", Function.POLITICIAN),
        ("chef.solbygden@demo.invalid", "Demo Chef Solbygden", RUNNING, "99", Function.MANAGER),
        ("controller.solbygden@demo.invalid", "Demo Controller Solbygden", RUNNING, "99", Function.CONTRIBUTOR),
        ("strateg.vastanmark@demo.invalid", "Demo Strateg Västanmark", RUNNING, "90", Function.STRATEGIST),
        ("strateg.silvervik@demo.invalid", "Demo Strateg Silvervik", "demo-kommuner", "9202", Function.STRATEGIST),
        ("politiker.silvervik@demo.invalid", "Demo Politiker Silvervik", "demo-kommuner", "9202", Function.POLITICIAN),
        ("chef.silvervik@demo.invalid", "Demo Chef Silvervik", "demo-kommuner", "9202", Function.MANAGER),
    )
)


def add_people() -> int:
    """Those who are not there yet; what has been changed since of the others stays. Returns how many came."""
    people = (*DEMO_PEOPLE, *EXTRAS)
    there = set(User.objects.filter(email__in=[person.email for person in people]).values_list("email", flat=True))
    missing = [person for person in people if person.email not in there]
    for person in missing:
        _add(person)
    return len(missing)


def _add(person: DemoPerson) -> None:
    user = User.objects.create_user(person.email, person.name, skr_role=person.skr_role)
    if person.seat:
        participation = Participation.objects.select_related("cohort").get(
            cohort__slug=person.seat.cohort, code=person.seat.organisation
        )
        Delegate.objects.create(
            participation=participation,
            user=user,
            function=person.seat.function,
            starts_on=participation.cohort.starts_on,
        )
    for cohort in Cohort.objects.filter(slug__in=person.evaluates):
        Evaluator.objects.create(cohort=cohort, user=user, until=FAR_OFF)


def move_days(package: dict[str, Any], *, today: date) -> None:
    """Move a running omgång by whole weeks, so that weekdays stay, until its next meeting is three weeks ahead."""
    meeting = next((row for row in package["meetings"] if row["key"] == NEXT_MEETING), None)
    if meeting is None:
        raise ActionRefused(f"Exempelomgången saknar träffen {NEXT_MEETING}.")
    told_on = date.fromisoformat(meeting["starts_on"]) - AHEAD
    weeks = timedelta(weeks=round((today - told_on).days / 7))
    _move(package, weeks, years=today.year - told_on.year)


def _move(part: Any, by: timedelta, *, years: int) -> None:
    """Every day of the package, and the years that its efforts tell."""
    rows = part.items() if isinstance(part, dict) else enumerate(part)
    for key, value in list(rows):
        if isinstance(value, dict | list):
            _move(value, by, years=years)
        elif str(key).endswith("_on") and value is not None:
            part[key] = (date.fromisoformat(value) + by).isoformat()
        elif key == "year":
            part[key] = value + years
