"""What is known of each organisation when groups are formed. What nobody has entered is None, never 0."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import asin, cos, radians, sin, sqrt

from django.db.models import F, OuterRef, Subquery

from checklist.models import Assessment, Score
from checklist.statistics import Panel, result_of
from cohorts.enums import InterestState, Role, Status
from cohorts.models import Cohort, Interest, Participation

EARTH_KM = 6371.0
# What an organisation wrote in a form it never sent, or took back, is no wish of its.
HEARD = (InterestState.SUBMITTED, InterestState.WAITING, InterestState.ADMITTED)


@dataclass(frozen=True)
class Place:
    latitude: float
    longitude: float

    def km_to(self, other: "Place") -> float:
        """Along the great circle: how far the journey is at least."""
        north, east = radians(other.latitude - self.latitude), radians(other.longitude - self.longitude)
        across = cos(radians(self.latitude)) * cos(radians(other.latitude)) * sin(east / 2) ** 2
        return 2 * EARTH_KM * asin(sqrt(sin(north / 2) ** 2 + across))


@dataclass(frozen=True)
class Level:
    """The overall mean of the newest self-assessment; comparable only on the same version of the checklist."""

    checklist: int
    mean: Fraction


@dataclass(frozen=True)
class Facts:
    """One participant. `most` is the reason it said matters most; `partners` are those of its wishes that take part."""

    key: int
    name: str
    kind: str
    place: Place | None = None
    population: int | None = None
    theme: str = ""
    most: str = ""
    partners: frozenset[int] = frozenset()
    level: Level | None = None


@dataclass(frozen=True)
class MentorFacts:
    """One mentoring organisation. `capacity` is how many groups it takes; without an answer of its own, one."""

    key: int
    name: str
    place: Place | None = None
    capacity: int = 1
    supporting: bool = False


@dataclass(frozen=True)
class Known:
    """All that grouping an omgång rests on, in the participants' own order."""

    organisations: tuple[Facts, ...]
    mentors: tuple[MentorFacts, ...]

    def organisation(self, key: int) -> Facts:
        return next(facts for facts in self.organisations if facts.key == key)


def known_of(cohort: Cohort, rows: Iterable[Participation], *, with_levels: bool) -> Known:
    """Of the omgång's participations, with their organisations; those who have left are left out.

    Levels are values: `with_levels` only for one who may read them.
    """
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


def _facts(row: Participation, interest: Interest | None, members: dict[int, int], levels: dict[int, Level]) -> Facts:
    wished = [members.get(partner.pk) for partner in interest.partners.all()] if interest else []
    return Facts(
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


def _place(row: Participation) -> Place | None:
    organisation = row.organisation
    if organisation.latitude is None or organisation.longitude is None:
        return None
    return Place(float(organisation.latitude), float(organisation.longitude))


def _levels(members: Iterable[Participation]) -> dict[int, Level]:
    """By organisation: the newest that is handed in, from this omgång or an earlier one. One query for all."""
    of_members = {row.organisation_id for row in members}
    handed_in = Assessment.objects.submitted().whole().in_time()
    newest = handed_in.filter(participation__organisation=OuterRef("assessment__participation__organisation"))
    rows = Score.objects.filter(
        assessment__participation__organisation__in=of_members,
        assessment=Subquery(newest.order_by(F("on").desc(), "-meeting__number", "-pk").values("pk")[:1]),
        value__isnull=False,
    ).select_related("item", "assessment__participation")
    by_assessment: dict[Assessment, list[Score]] = {}
    for score in rows:
        by_assessment.setdefault(score.assessment, []).append(score)
    return {
        assessment.participation.organisation_id: _level(assessment, scores)
        for assessment, scores in by_assessment.items()
    }


def _level(assessment: Assessment, scores: list[Score]) -> Level:
    answers = {score.item.key: score.value for score in scores if score.value is not None}
    # Only the mean over the moment is asked for, so that the scale's highest step does not matter.
    panel = Panel(tuple(score.item for score in scores), 0, {assessment.pk: answers}, n_expected=1)
    return Level(assessment.checklist_id, result_of(panel).overall_mean or Fraction())
