"""The demonstration's people: those of the sign-in page's buttons, and their colleagues."""

from dataclasses import dataclass
from datetime import date

from accounts.enums import SkrRole
from accounts.models import User
from cohorts.enums import Function
from cohorts.models import Cohort, Delegate, Evaluator, Participation
from programme.demo.days import CLOSED, RUNNING

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
