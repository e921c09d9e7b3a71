"""People of the demonstration: one for each button on the sign-in page, and their colleagues."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from accounts.enums import SkrRole
from accounts.models import User
from cohorts.enums import Function
from cohorts.models import Cohort, Delegate, Evaluator, Participation
from demo.days import CLOSED, NEXT_MEETINGS, NINE, RUNNING, SIX

# The demonstration may stand for months.
A_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Seated:
    """A seat to give a person."""

    cohort: str
    organisation: str
    function: Function


@dataclass(frozen=True)
class DemoPerson:
    """A person to sign in as by a button on the sign-in page, where `sees` says what the person sees.

    Without words of its own in `button`, the button says that one signs in as `label`.
    """

    key: str
    email: str
    name: str
    label: str
    sees: str
    button: str = ""
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
        sees="Allt som är inlämnat i de fem exempelomgångarna, men inga utkast.",
        evaluates=(*NEXT_MEETINGS, *CLOSED),
    ),
    DemoPerson(
        key="politician_of_nine",
        email="politiker.larkasa@demo.invalid",
        name="Demo Politiker Lärkåsa",
        label="Politiker, nio kommuner",
        sees="En sida om Lärkåsa kommun. Nio kommuner är så många att ni också ser siffror för hela omgången.",
        button="Logga in bland nio kommuner",
        seat=Seated(NINE, "9601", Function.POLITICIAN),
    ),
    DemoPerson(
        key="strategist_of_six",
        email="strateg.havslatten@demo.invalid",
        name="Demo Strateg Havslätten",
        label="Strateg, sex regioner",
        sees="Region Havslättens arbete inför den tredje lärandeträffen, och siffror för alla sex regioner.",
        button="Logga in bland sex regioner",
        seat=Seated(SIX, "85", Function.STRATEGIST),
    ),
)

# People with a seat but no button, so that pages have colleagues to show.
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
        ("chef.larkasa@demo.invalid", "Demo Chef Lärkåsa", NINE, "9601", Function.MANAGER),
        ("politiker.masvik@demo.invalid", "Demo Politiker Måsvik", NINE, "9001", Function.POLITICIAN),
        ("politiker.havslatten@demo.invalid", "Demo Politiker Havslätten", SIX, "85", Function.POLITICIAN),
        ("chef.havslatten@demo.invalid", "Demo Chef Havslätten", SIX, "85", Function.MANAGER),
        ("politiker.hedvidden@demo.invalid", "Demo Politiker Hedvidden", SIX, "84", Function.POLITICIAN),
        ("strateg.krakhult@demo.invalid", "Demo Strateg Kråkhult", NINE, "8901", Function.STRATEGIST),
        ("strateg.ugglebo@demo.invalid", "Demo Strateg Ugglebo", NINE, "8902", Function.STRATEGIST),
        ("strateg.naversjo@demo.invalid", "Demo Strateg Näversjö", NINE, "8903", Function.STRATEGIST),
        ("strateg.masvik@demo.invalid", "Demo Strateg Måsvik", NINE, "9001", Function.STRATEGIST),
        ("strateg.snackholm@demo.invalid", "Demo Strateg Snäckholm", NINE, "9002", Function.STRATEGIST),
        ("strateg.vassaker@demo.invalid", "Demo Strateg Vassåker", NINE, "9003", Function.STRATEGIST),
        ("strateg.larkasa@demo.invalid", "Demo Strateg Lärkåsa", NINE, "9601", Function.STRATEGIST),
        ("strateg.kvarnlosa@demo.invalid", "Demo Strateg Kvarnlösa", NINE, "9602", Function.STRATEGIST),
        ("strateg.ragsatra@demo.invalid", "Demo Strateg Rågsätra", NINE, "9603", Function.STRATEGIST),
        ("strateg.furumark@demo.invalid", "Demo Strateg Furumark", SIX, "83", Function.STRATEGIST),
        ("strateg.hedvidden@demo.invalid", "Demo Strateg Hedvidden", SIX, "84", Function.STRATEGIST),
        ("strateg.kloverbygden@demo.invalid", "Demo Strateg Klöverbygden", SIX, "86", Function.STRATEGIST),
        ("strateg.almland@demo.invalid", "Demo Strateg Almland", SIX, "89", Function.STRATEGIST),
        ("strateg.silvermark@demo.invalid", "Demo Strateg Silvermark", SIX, "95", Function.STRATEGIST),
    )
)


def add_people() -> int:
    """Add the people who are missing and return how many they were; the others keep what has been changed."""
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
        Evaluator.objects.create(cohort=cohort, user=user, until=timezone.localdate() + A_YEAR)
