"""Maps of Sweden: the organisations of one omgång, or of all the omgångar the reader may see."""

from collections import defaultdict
from collections.abc import Sequence

from cohorts.enums import Status
from cohorts.models import Cohort, GroupMentor, Participation
from kit.ordering import swedish
from kit.pictures import Spot, SwedenMap
from kit.pictures.map import LEFT, MENTOR, PARTICIPANT
from kit.templatetags.swedish import enumerated


def map_of(cohort: Cohort) -> SwedenMap:
    rows = list(cohort.participations.select_related("organisation"))
    groups = {group.pk: (number, group.name) for number, group in enumerate(cohort.groups.all(), 1)}
    mentored: dict[int, list[int]] = defaultdict(list)
    for mentorship in GroupMentor.objects.filter(group__cohort=cohort).order_by("group__position"):
        mentored[mentorship.participation_id].append(mentorship.group_id)
    spots = [_spot(row, [groups[pk] for pk in _groups(row, mentored) if pk in groups]) for row in rows]
    # Each group's participants come before its mentors; whoever has no group, or several, comes last.
    order = {PARTICIPANT: 0, LEFT: 1, MENTOR: 2}
    spots.sort(key=lambda spot: (int(spot.sign or len(groups) + 1), order[spot.role]))
    return SwedenMap(key="map", title=f"Organisationerna i {cohort}", spots=tuple(spots))


def map_of_all(cohorts: Sequence[Cohort], rows: Sequence[Participation]) -> SwedenMap:
    names = {cohort.pk: cohort.name for cohort in cohorts}
    by_organisation: dict[int, list[Participation]] = defaultdict(list)
    for row in rows:
        by_organisation[row.organisation_id].append(row)
    spots = [_of_all(own, names) for own in by_organisation.values()]
    spots.sort(key=lambda spot: (-int(spot.sign), swedish(spot.name)))
    return SwedenMap(
        key="map",
        title="Alla organisationer i omgångarna",
        spots=tuple(spots),
        sign_label="antalet omgångar",
        sign_header="Antal",
        said_header="Omgångar",
    )


def _groups(row: Participation, mentored: dict[int, list[int]]) -> list[int]:
    if row.is_participant:
        return [row.group_id] if row.group_id else []
    return mentored[row.pk]


def _spot(row: Participation, groups: list[tuple[int, str]]) -> Spot:
    said = enumerated(name for _, name in groups) if groups else "ingen grupp"
    # A mentor of several groups has no one number; the table names all its groups.
    if len(groups) != 1:
        return _placed(row, role=_role(row), said=said)
    [(number, name)] = groups
    return _placed(row, role=_role(row), sign=str(number), group=name, said=said)


def _of_all(rows: Sequence[Participation], names: dict[int, str]) -> Spot:
    """Return one spot: a participant if the organisation ever stayed as one, else a mentor, else one that left."""
    roles = {_role(row) for row in rows}
    role = next(role for role in (PARTICIPANT, MENTOR, LEFT) if role in roles)
    return _placed(rows[0], role=role, sign=str(len(rows)), said=enumerated(names[row.cohort_id] for row in rows))


def _role(row: Participation) -> str:
    if row.status == Status.WITHDRAWN:
        return LEFT
    return PARTICIPANT if row.is_participant else MENTOR


def _placed(row: Participation, *, role: str, said: str, sign: str = "", group: str = "") -> Spot:
    organisation = row.organisation
    latitude, longitude = organisation.latitude, organisation.longitude
    # An invented organisation has a place of its own, and no ground in the register's map.
    code, second = ("", "") if organisation.invented else (row.code, organisation.code)
    return Spot(
        name=organisation.short_name,
        role=role,
        code=code,
        second_code=second,
        latitude=None if latitude is None else float(latitude),
        longitude=None if longitude is None else float(longitude),
        sign=sign,
        group=group,
        said=said,
    )
