"""An omgång as a map, and all the omgångar one may see as one."""

from collections import defaultdict
from collections.abc import Sequence

from cohorts.enums import Status
from cohorts.models import Cohort, GroupMentor, Participation
from modell.templatetags.swedish import enumerated
from reports.pictures import Spot, SwedenMap
from reports.pictures.map import LEFT, MENTOR, PARTICIPANT


def map_of(cohort: Cohort) -> SwedenMap:
    """Who takes part, in which group, with which mentors. In three queries however many they are."""
    rows = list(cohort.participations.select_related("organisation"))
    groups = {group.pk: (number, group.name) for number, group in enumerate(cohort.groups.all(), 1)}
    mentored: dict[int, list[int]] = defaultdict(list)
    for mentorship in GroupMentor.objects.filter(group__cohort=cohort).order_by("group__position"):
        mentored[mentorship.participation_id].append(mentorship.group_id)
    spots = [_spot(row, [groups[pk] for pk in _groups(row, mentored) if pk in groups]) for row in rows]
    # By group, its participants before its mentors; those in no one group last.
    order = {PARTICIPANT: 0, LEFT: 1, MENTOR: 2}
    spots.sort(key=lambda spot: (int(spot.sign or len(groups) + 1), order[spot.role]))
    return SwedenMap(key="map", title=f"Organisationerna i {cohort}", spots=tuple(spots))


def map_of_all(cohorts: Sequence[Cohort], rows: Sequence[Participation]) -> SwedenMap:
    """Every organisation once, with how many omgångar it has been in, and which."""
    names = {cohort.pk: cohort.name for cohort in cohorts}
    by_organisation: dict[int, list[Participation]] = defaultdict(list)
    for row in rows:
        by_organisation[row.organisation_id].append(row)
    spots = [_of_all(own, names) for own in by_organisation.values()]
    spots.sort(key=lambda spot: (-int(spot.sign), spot.name))
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
    """A mentor of several groups has no one number; the table names them all."""
    said = enumerated(name for _, name in groups) if groups else "ingen grupp"
    if len(groups) != 1:
        return _placed(row, role=_role(row), said=said)
    [(number, name)] = groups
    return _placed(row, role=_role(row), sign=str(number), group=name, said=said)


def _of_all(rows: Sequence[Participation], names: dict[int, str]) -> Spot:
    """A participant if it ever was one and stayed; else a mentor, or one that left."""
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
