"""Queries that find a writer by key, the open omgångar, and the organisations that may ask."""

from datetime import date

from django.db.models import Q

from admission.models import InterestWriter
from cohorts.enums import CohortKind, OrganisationKind
from cohorts.models import Cohort, Organisation
from cohorts.models.organisation import OrganisationQuerySet
from cohorts.roles import Roles
from kit.ordering import by_name

RELATED = ("interest__cohort__contact", "interest__organisation")
IN_DETAIL = ("interest__people", "interest__partners", "interest__writers")


def writer_of(key: str) -> InterestWriter | None:
    writers = InterestWriter.objects.select_related(*RELATED).prefetch_related(*IN_DETAIL)
    return writers.filter(key=key).first()


def open_cohorts(today: date, roles: Roles) -> list[Cohort]:
    """Return the omgångar that take interest; only SKR sees a rehearsal among them."""
    shown = Cohort.objects.all() if roles.is_skr else Cohort.objects.counted()
    begun = shown.filter(interest_opens_on__lte=today, ends_on__gte=today).order_by("starts_on", "slug")
    return [cohort for cohort in begun if cohort.takes_interest(today)]


def open_cohort(slug: str, today: date, roles: Roles) -> Cohort | None:
    return next((cohort for cohort in open_cohorts(today, roles) if cohort.slug == slug), None)


def organisations_for(cohort: Cohort) -> OrganisationQuerySet:
    """Return the organisations that may ask; only an invented omgång has invented ones."""
    # Gotland is a region with a second code, and counts as a kommun too.
    # A kommunalförbund, stadsdel or förvaltning counts among the kommuner, as `kind_of` says.
    kommuner = ~Q(kind=OrganisationKind.REGION) | Q(second_code__isnull=False)
    regions = Q(kind=OrganisationKind.REGION)
    kinds = {CohortKind.KOMMUNER: kommuner, CohortKind.REGIONER: regions}
    organisations = Organisation.objects.known_in(cohort).filter(kinds.get(CohortKind(cohort.kind), kommuner | regions))
    return organisations if cohort.constructed else organisations.filter(invented=False)


OTHERS = "Kommunalförbund, stadsdelar och förvaltningar"
Choices = list[tuple[str, list[tuple[str, str]]]]


def organisation_choices(cohort: Cohort) -> Choices:
    groups: dict[str, list[tuple[str, str]]] = {}
    rows = (
        organisations_for(cohort)
        .order_by(by_name("county_name"), by_name("name"))
        .values_list("code", "name", "kind", "county_name")
    )
    for code, name, kind, county in rows:
        heading = "Regioner" if kind == OrganisationKind.REGION else county or OTHERS
        groups.setdefault(heading, []).append((code, name))
    # Regions come first, then kommuner by county: the list has three hundred names.
    return sorted(groups.items(), key=lambda group: (group[0] != "Regioner", group[0] == OTHERS))
