"""Values that show an organisation, or a part of it, item by item over all its occasions and omgångar.

A value belongs to its version of the checklist. Where the version changes, no value, change or line is carried over;
only the links between items guide the reader across.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from assessments.figures.statistics import Movement, own_movement
from assessments.models import Assessment
from assessments.occasions import Occasion, OccasionItem, with_the_one_before
from assessments.raters import WITH_CARE, have_changed, raters_in_words
from checklist.lineage import Lineage, scale_name, version_name
from checklist.models import Checklist, Item, ItemLink
from cohorts.models import Cohort, Organisation, Part
from cohorts.roles import Roles
from kit.templatetags.swedish import day, enumerated, in_words, mean, sentence


@dataclass(frozen=True)
class HistoryVersion:
    """One version of the checklist and its occasions in order of time; only the own organisation sees `aims`."""

    checklist: Checklist
    occasions: tuple[Occasion, ...]
    aims: bool

    @property
    def name(self) -> str:
        return version_name(self.checklist)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        return tuple(self.checklist.items.all())

    @cached_property
    def highest_step(self) -> int:
        return max((step.value for step in self.checklist.steps.all()), default=0)

    @property
    def scale(self) -> str:
        return scale_name(self.highest_step)

    @property
    def cohorts(self) -> list[tuple[Cohort, int]]:
        rows = groupby(
            (occasion.assessment.participation.cohort for occasion in self.occasions), key=lambda cohort: cohort
        )
        return [(cohort, len(list(group))) for cohort, group in rows]

    @property
    def movements_in_words(self) -> list[tuple[Occasion, str]]:
        return [(occasion, _moved_in_words(occasion)) for occasion in self.occasions]

    @cached_property
    def movement(self) -> Movement | None:
        if len(self.occasions) < 2:
            return None
        return own_movement(self.items, self.occasions[0].answers, self.occasions[-1].answers)


@dataclass(frozen=True)
class Point:
    """One item at one occasion; `row.aim` is kept to the own organisation."""

    occasion: Occasion
    row: OccasionItem


@dataclass(frozen=True)
class Stretch:
    """One item over the occasions of its version."""

    item: Item
    version: HistoryVersion
    points: tuple[Point, ...]

    @property
    def differs(self) -> bool:
        """True if the values differ between the occasions; a missing value differs too."""
        return len({point.row.now for point in self.points}) > 1

    @property
    def values(self) -> str:
        return "\u00a0· ".join(mean(point.row.now) for point in self.points)


@dataclass(frozen=True)
class Past:
    """An item's origins in an older version; `words` says how they became the item."""

    version: HistoryVersion
    words: str
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True)
class ItemHistory:
    """An item with its origins in older versions, newest first."""

    now: Stretch
    past: tuple[Past, ...]

    @property
    def item(self) -> Item:
        return self.now.item

    @property
    def reworded(self) -> bool:
        return any(old.item.text != self.item.text for past in self.past for old in past.stretches)


@dataclass(frozen=True)
class History:
    """All versions, oldest first: `items` are those of the newest, `gone` the older ones that have no heir in it."""

    versions: tuple[HistoryVersion, ...]
    items: tuple[ItemHistory, ...]
    gone: tuple[ItemHistory, ...]

    @property
    def newest(self) -> HistoryVersion | None:
        return self.versions[-1] if self.versions else None

    @property
    def n_occasions(self) -> int:
        return sum(len(version.occasions) for version in self.versions)

    @property
    def tables(self) -> list[tuple[HistoryVersion, list[Stretch]]]:
        return [(version, [_stretch(item, version) for item in version.items]) for version in self.versions]

    @property
    def differing_tables(self) -> list[tuple[HistoryVersion, list[Stretch]]]:
        tables = ((version, [each for each in stretches if each.differs]) for version, stretches in self.tables)
        return [(version, stretches) for version, stretches in tables if stretches]

    @property
    def headline(self) -> str:
        if self.newest is None:
            return "Självskattningar över tid"
        moved, count = self.newest.movement, len(self.newest.items)
        if moved is None:
            return "Ett tillfälle hittills" + (f" på {self.newest.name}" if len(self.versions) > 1 else "")
        if len(moved.still) == count:
            return f"Alla {in_words(count)} moment står som vid första tillfället på samma version."
        forward = sentence(in_words(len(moved.forward))) if moved.forward else "Inget"
        return f"{forward} av {in_words(count)} moment står högre än vid första tillfället på samma version."

    @property
    def raters(self) -> str:
        if self.newest is None or self.newest.movement is None:
            return ""
        first, last = (self.newest.occasions[place].assessment for place in (0, -1))
        changed = have_changed(last, first)
        if changed is None:
            return "Vilka som skattade är inte registrerat för båda tillfällena."
        if not changed:
            return "Lika många skattade då som nu."
        then, now = raters_in_words(first), raters_in_words(last)
        return f"Då skattade {then}, nu {now}. {WITH_CARE}" if then != now else f"Andra skattade då. {WITH_CARE}"


def history_of(organisation: Organisation, part: Part | None, roles: Roles) -> History:
    """Return the submitted assessments that the reader may see, of the whole or of the part alone, in any omgång."""
    versions = _versions(_assessments(organisation, part, roles), aims=organisation.pk in roles.organisation_ids)
    lineage = Lineage.read() if versions else Lineage()
    histories: list[ItemHistory] = []
    shown: set[int] = set()
    # Newest version first: an older item that is shown with its heir does not stand on its own too.
    for version in reversed(versions):
        of_version = [_history(item, version, versions, lineage) for item in version.items if item.pk not in shown]
        shown.update(old.item.pk for history in of_version for past in history.past for old in past.stretches)
        histories += of_version
    newest = versions[-1].checklist.pk if versions else None
    return History(
        versions=tuple(versions),
        items=tuple(history for history in histories if history.item.checklist_id == newest),
        gone=tuple(history for history in histories if history.item.checklist_id != newest),
    )


def parts_with_history(organisation: Organisation, roles: Roles) -> list[Part]:
    seen = Assessment.objects.visible_to(roles).submitted().filter(participation__organisation=organisation)
    return list(Part.objects.filter(pk__in=seen.values("part")))


def _assessments(organisation: Organisation, part: Part | None, roles: Roles) -> list[Assessment]:
    return list(
        Assessment.objects.visible_to(roles)
        .submitted()
        .filter(participation__organisation=organisation, part=part)
        .select_related("meeting", "part", "participation__cohort")
        .with_scores()
        .in_time()
    )


def _versions(assessments: list[Assessment], *, aims: bool) -> list[HistoryVersion]:
    """Return the versions oldest first, since links go that way, each with its occasions in order of time."""
    by_version: dict[int, list[Assessment]] = defaultdict(list)
    for assessment in assessments:
        by_version[assessment.checklist_id].append(assessment)
    used = Checklist.objects.filter(pk__in=by_version).prefetch_related("items", "steps").order_by("year", "key")
    return [
        HistoryVersion(version, _occasions(version, by_version[version.pk]), aims)
        for version in (used if by_version else ())
    ]


def _occasions(checklist: Checklist, assessments: Iterable[Assessment]) -> tuple[Occasion, ...]:
    assessments = list(assessments)
    # The checklist at hand has its items and steps prefetched.
    for assessment in assessments:
        assessment.checklist = checklist
    return tuple(with_the_one_before(assessments))


def _history(item: Item, version: HistoryVersion, versions: list[HistoryVersion], lineage: Lineage) -> ItemHistory:
    links = lineage.past_of(item)
    older = [other for other in reversed(versions) if other.checklist.pk in links]
    return ItemHistory(
        now=_stretch(item, version),
        past=tuple(_past(other, links[other.checklist.pk], item, lineage) for other in older),
    )


def _past(version: HistoryVersion, links: list[ItemLink], root: Item, lineage: Lineage) -> Past:
    known = {link.old_id for link in links}
    stretches = tuple(_stretch(item, version) for item in version.items if item.pk in known)
    return Past(version, lineage.in_words(links, root), stretches)


def _stretch(item: Item, version: HistoryVersion) -> Stretch:
    return Stretch(item, version, tuple(_point(item, occasion, version) for occasion in version.occasions))


def _point(item: Item, occasion: Occasion, version: HistoryVersion) -> Point:
    row = next(row for row in occasion.items if row.item.pk == item.pk)
    return Point(occasion, row if version.aims else replace(row, aim=None))


def _moved_in_words(occasion: Occasion) -> str:
    if occasion.since is None or occasion.movement is None:
        return ""
    moved = occasion.movement
    counts = ((moved.forward, "högre"), (moved.still, "på samma värde"), (moved.back, "lägre"))
    counted = enumerated(f"{in_words(len(rows))} {words}" for rows, words in counts if rows)
    return f"Sedan {occasion.since.name}, {day(occasion.since.assessment.day)}: {counted}." if counted else ""
