"""Facts about participants and mentors that grouping compares. A fact that nobody has entered is None, never 0."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import asin, cos, radians, sin, sqrt

from django.db.models import F, OuterRef, Subquery

from admission.enums import InterestState
from admission.models import Interest
from assessments.figures.statistics import Panel, result_of
from assessments.models import Assessment, Score
from checklist.models import Item
from cohorts.enums import Role, Status
from cohorts.models import Cohort, Participation

EARTH_KM = 6371.0
# A form that was never sent, or was taken back, holds no wish.
HEARD = (InterestState.SUBMITTED, InterestState.WAITING, InterestState.ADMITTED)


@dataclass(frozen=True)
class Coordinates:
    latitude: float
    longitude: float

    def km_to(self, other: "Coordinates") -> float:
        """Return the great-circle distance in kilometres; a real journey is never shorter."""
        north, east = radians(other.latitude - self.latitude), radians(other.longitude - self.longitude)
        across = cos(radians(self.latitude)) * cos(radians(other.latitude)) * sin(east / 2) ** 2
        return 2 * EARTH_KM * asin(sqrt(sin(north / 2) ** 2 + across))


@dataclass(frozen=True)
class NewestLevel:
    """The overall mean of the newest self-assessment; it is comparable only on the same version of the checklist."""

    checklist: int
    mean: Fraction


@dataclass(frozen=True)
class ParticipantFacts:
    """`most` is the reason that matters most to the participant; `partners` are the wished ones that take part."""

    key: int
    name: str
    kind: str
    place: Coordinates | None = None
    population: int | None = None
    theme: str = ""
    most: str = ""
    partners: frozenset[int] = frozenset()
    level: NewestLevel | None = None


@dataclass(frozen=True)
class MentorFacts:
    """`capacity` is how many groups the organisation can mentor; it is one if the organisation has not answered."""

    key: int
    name: str
    place: Coordinates | None = None
    capacity: int = 1
    supporting: bool = False


@dataclass(frozen=True)
class Known:
    """Everything that the grouping of an omgång is based on, in the participants' own order."""

    organisations: tuple[ParticipantFacts, ...]
    mentors: tuple[MentorFacts, ...]

    def organisation(self, key: int) -> ParticipantFacts:
        return next(facts for facts in self.organisations if facts.key == key)


def known_of(cohort: Cohort, rows: Iterable[Participation], *, with_levels: bool) -> Known:
    """Return the facts of all that have not left; pass `with_levels` only for a reader who may see values."""
    rows = [row for row in rows if row.status != Status.WITHDRAWN]
    members = [row for row in rows if row.role == Role.PARTICIPANT]
    interests = _interests(cohort)
    levels = _levels(members) if with_levels else {}
    by_organisation = {row.organisation_id: row.pk for row in members}
    return Known(
        tuple(_facts(row, interests.get(row.organisation_id), by_organisation, levels) for row in members),
        tuple(_mentor(row) for row in rows if row.role != Role.PARTICIPANT),
    )


def _interests(cohort: Cohort) -> dict[int, Interest]:
    rows = Interest.objects.filter(cohort=cohort, state__in=HEARD).prefetch_related("partners")
    return {interest.organisation_id: interest for interest in rows}


def _facts(
    row: Participation, interest: Interest | None, members: dict[int, int], levels: dict[int, NewestLevel]
) -> ParticipantFacts:
    wished = [members.get(partner.pk) for partner in interest.partners.all()] if interest else []
    return ParticipantFacts(
        key=row.pk,
        name=row.organisation.short_name,
        kind=row.kind,
        place=_place(row),
        population=row.organisation.population,
        theme=" ".join(interest.theme.split()) if interest else "",
        most=interest.wish if interest else "",
        partners=frozenset(key for key in wished if key is not None and key != row.pk),
        level=levels.get(row.organisation_id),
    )


def _mentor(row: Participation) -> MentorFacts:
    return MentorFacts(
        key=row.pk,
        name=row.organisation.short_name,
        place=_place(row),
        capacity=1 if row.capacity is None else row.capacity,
        supporting=row.role == Role.SUPPORTING_MENTOR,
    )


def _place(row: Participation) -> Coordinates | None:
    organisation = row.organisation
    if organisation.latitude is None or organisation.longitude is None:
        return None
    return Coordinates(float(organisation.latitude), float(organisation.longitude))


def _levels(members: Iterable[Participation]) -> dict[int, NewestLevel]:
    """Return the newest handed-in level by organisation, from this omgång or an earlier one."""
    of_members = {row.organisation_id for row in members}
    handed_in = Assessment.objects.submitted().whole().in_time()
    newest = handed_in.filter(participation__organisation=OuterRef("assessment__participation__organisation"))
    scores = Score.objects.filter(
        assessment__participation__organisation__in=of_members,
        assessment=Subquery(newest.order_by(F("on").desc(), "-meeting__number", "-pk").values("pk")[:1]),
    )
    # Plain columns and no model instances: hundreds of organisations have thousands of values.
    values: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for assessment, item, value in scores.values_list("assessment", "item", "value"):
        if value is not None:
            values[assessment][item] = value
    items = Item.objects.in_bulk({item for rated in values.values() for item in rated})
    assessments = Assessment.objects.select_related("participation").in_bulk(values)
    return {
        assessment.participation.organisation_id: _level(
            assessment, {items[item]: value for item, value in values[pk].items()}
        )
        for pk, assessment in assessments.items()
    }


def _level(assessment: Assessment, rated: Mapping[Item, Decimal]) -> NewestLevel:
    answers = {item.key: value for item, value in rated.items()}
    # Only the mean is used, so the scale's highest step does not matter.
    panel = Panel(tuple(rated), 0, {assessment.pk: answers}, n_expected=1)
    return NewestLevel(assessment.checklist_id, result_of(panel).overall_mean or Fraction())
