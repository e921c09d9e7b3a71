"""What the pages of interest forms are made of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from cohorts.enums import CohortKind, OrganisationKind
from cohorts.enums import InterestState as State
from cohorts.interest.sections import Missing, missing
from cohorts.models import Cohort, Interest, InterestWriter, Organisation
from cohorts.models.organisation import OrganisationQuerySet
from modell.templatetags.swedish import day, enumerated

RELATED = ("interest__cohort__contact", "interest__organisation")
IN_DETAIL = ("interest__people", "interest__partners", "interest__writers")


def writer_of(key: str) -> InterestWriter | None:
    """Who holds this key, with all that their pages show: nobody else finds the form."""
    found = InterestWriter.objects.select_related(*RELATED).prefetch_related(*IN_DETAIL)
    return found.filter(key=key).first()


def open_cohorts(today: date) -> list[Cohort]:
    """The omgångar whose interest form is open; what nobody needs to sign in to know."""
    begun = Cohort.objects.filter(interest_opens_on__lte=today, ends_on__gte=today).order_by("starts_on", "slug")
    return [cohort for cohort in begun if cohort.takes_interest(today)]


def open_cohort(slug: str, today: date) -> Cohort | None:
    return next((cohort for cohort in open_cohorts(today) if cohort.slug == slug), None)


def organisations_for(cohort: Cohort) -> OrganisationQuerySet:
    """Of the omgång's kind; Gotland is a kommun too. Invented ones only where the omgång itself is."""
    kommuner = Q(kind=OrganisationKind.KOMMUN) | Q(second_code__isnull=False)
    regions = Q(kind=OrganisationKind.REGION)
    kinds = {CohortKind.KOMMUNER: kommuner, CohortKind.REGIONER: regions}
    found = Organisation.objects.filter(kinds.get(CohortKind(cohort.kind), kommuner | regions))
    return found if cohort.constructed else found.filter(invented=False)


Choices = list[tuple[str, list[tuple[str, str]]]]


def organisation_choices(cohort: Cohort) -> Choices:
    """Regions first, then each county's kommuner: a list of three hundred that one can find one's way in."""
    groups: dict[str, list[tuple[str, str]]] = {}
    rows = organisations_for(cohort).order_by("county_name", "name").values_list("code", "name", "kind", "county_name")
    for code, name, kind, county in rows:
        heading = "Regioner" if kind == OrganisationKind.REGION else county or "Övriga"
        groups.setdefault(heading, []).append((code, name))
    return sorted(groups.items(), key=lambda group: (group[0] != "Regioner", group[0] == "Övriga"))


@dataclass(frozen=True)
class Stage:
    """A line of what happens to the form; `day` is None where it is not known."""

    text: str
    day: date | None = None
    is_past: bool = False
    is_now: bool = False


def stages(interest: Interest) -> tuple[Stage, ...]:
    """The way from the first word to the answer, as both applicant and SKR see it."""
    if interest.state == State.WITHDRAWN:
        begun = Stage("Anmälan påbörjad", _day(interest.created_at), is_past=True)
        return (begun, Stage("Återtagen", interest.withdrawn_on, is_now=True))
    place = {State.DRAFT: 0, State.SUBMITTED: 1}.get(State(interest.state), 3)
    decided = "Svaret" if place < 3 else f"Svar: {interest.get_state_display().lower()}"
    board = interest.answered_on if place == 3 else interest.cohort.board_meets_on
    lines = (
        ("Anmälan påbörjad", _day(interest.created_at)),
        ("Inskickad, SKR läser" if place == 1 else "Inskickad", _day(interest.submitted_at)),
        ("Styrgruppen beslutar" if place < 3 else f"Beslut: {interest.answered_by}", board),
        (decided, interest.answered_on),
    )
    return tuple(Stage(text, on, step < place, step == place) for step, (text, on) in enumerate(lines))


def _day(moment: object) -> date | None:
    return timezone.localtime(moment).date() if moment else None  # type: ignore[arg-type]


@dataclass(frozen=True)
class Row:
    """An interest form in SKR's list."""

    interest: Interest
    since: date | None
    missing: tuple[Missing, ...]

    @property
    def sign(self) -> str:
        """How the state is drawn; the words beside it say the same."""
        state = State(self.interest.state)
        return {State.SUBMITTED: "waiting", State.ADMITTED: "done", State.WAITING: "info"}.get(state, "neutral")

    @property
    def content(self) -> str:
        if self.interest.state not in (State.DRAFT, State.SUBMITTED):
            return ""
        if not self.missing:
            return "Komplett"
        return f"Saknar: {enumerated(one.text[:1].lower() + one.text[1:] for one in self.missing)}"

    @property
    def answer(self) -> str:
        interest = self.interest
        return f"{interest.answered_by}, {day(interest.answered_on)}" if interest.answered_on else ""


ORDER = (State.SUBMITTED, State.WAITING, State.ADMITTED, State.DECLINED, State.DRAFT, State.WITHDRAWN)


def rows_of(cohort: Cohort) -> list[Row]:
    """Those that wait for an answer first."""
    found = cohort.interests.select_related("organisation").prefetch_related("people")
    ordered = sorted(found, key=lambda interest: ORDER.index(State(interest.state)))
    return [Row(interest, since(interest), missing(interest)) for interest in ordered]


def since(interest: Interest) -> date | None:
    """Since when it has stood where it stands."""
    if interest.state == State.WITHDRAWN:
        return interest.withdrawn_on
    if interest.state == State.DRAFT:
        return _day(interest.created_at)
    return interest.answered_on if interest.state != State.SUBMITTED else _day(interest.submitted_at)


def counted(rows: Iterable[Row], state: State) -> int:
    return sum(row.interest.state == state for row in rows)
