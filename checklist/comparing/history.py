"""An organisation, or a part of it, over all its occasions and omgångar, moment by moment.

A value belongs to its version of the checklist. Where the version changes everything here breaks: no value, no change
and no line goes from one to the next, and only the links between moment guide the reader across.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import groupby

from checklist.comparing.lineage import Lineage, scale_name, version_name
from checklist.models import Assessment, Checklist, Item, ItemLink, Part
from checklist.occasions import Occasion
from checklist.panels import answers_of
from checklist.raters import MAY_BE_WHY, have_changed, raters_in_words
from checklist.statistics import Movement, own_movement
from cohorts.models import Cohort, Organisation
from cohorts.roles import Roles
from modell.templatetags.swedish import day, enumerated, in_words, mean, sentence


@dataclass(frozen=True)
class Version:
    """One version of the checklist and the occasions on it, in time's order. Only the own organisation sees `aims`."""

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
        """Each omgång with how many occasions in a row are of it."""
        rows = groupby((occasion.assessment.participation.cohort for occasion in self.occasions), key=lambda one: one)
        return [(cohort, len(list(group))) for cohort, group in rows]

    @property
    def told(self) -> list[tuple[Occasion, str]]:
        """Each occasion with what had moved since the one it is compared with, in words."""
        return [(occasion, _moved_in_words(occasion)) for occasion in self.occasions]

    @cached_property
    def movement(self) -> Movement | None:
        """From its first occasion to its last."""
        if len(self.occasions) < 2:
            return None
        return own_movement(self.items, self.occasions[0].answers, self.occasions[-1].answers)


@dataclass(frozen=True)
class Point:
    """One moment at one occasion."""

    occasion: Occasion
    value: Decimal | None
    change: Fraction | None
    aim: Decimal | None


@dataclass(frozen=True)
class Stretch:
    """One moment over its version's occasions."""

    item: Item
    version: Version
    points: tuple[Point, ...]

    @property
    def values(self) -> str:
        return "\u00a0· ".join(mean(point.value) for point in self.points)


@dataclass(frozen=True)
class Past:
    """What a moment was in an older version: `words` tell how it came from there."""

    version: Version
    words: str
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True)
class MomentHistory:
    """A moment with what it was before, newest first."""

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
    """`versions` oldest first; `moments` of the newest, `gone` those of older ones that have no heir in it."""

    versions: tuple[Version, ...]
    moments: tuple[MomentHistory, ...]
    gone: tuple[MomentHistory, ...]

    @property
    def newest(self) -> Version | None:
        return self.versions[-1] if self.versions else None

    @property
    def n_occasions(self) -> int:
        return sum(len(version.occasions) for version in self.versions)

    @property
    def tables(self) -> list[tuple[Version, list[Stretch]]]:
        return [(version, [_stretch(item, version) for item in version.items]) for version in self.versions]

    @property
    def headline(self) -> str:
        if self.newest is None:
            return "Självskattningar över tid"
        moved, count = self.newest.movement, len(self.newest.items)
        if moved is None:
            return "Ett tillfälle hittills" + (f" på {self.newest.name}" if len(self.versions) > 1 else "")
        if not moved.forward and not moved.back:
            return f"Alla {in_words(count)} moment står som vid första tillfället på samma version"
        forward = sentence(in_words(len(moved.forward))) if moved.forward else "Inget"
        return f"{forward} av {in_words(count)} moment står högre än vid första tillfället på samma version"

    @property
    def raters(self) -> str:
        """Whether others rated at the first of what the headline compares than at the last."""
        if self.newest is None or self.newest.movement is None:
            return ""
        first, last = (self.newest.occasions[place].assessment for place in (0, -1))
        changed = have_changed(last, first)
        if changed is None:
            return "Vilka som skattade är inte registrerat för båda tillfällena."
        if not changed:
            return "Lika många skattade då som nu."
        then, now = raters_in_words(first), raters_in_words(last)
        return f"Då skattade {then}, nu {now}, {MAY_BE_WHY}." if then != now else f"Andra skattade då, {MAY_BE_WHY}."


def history_of(organisation: Organisation, part: Part | None, roles: Roles) -> History:
    """What the reader may see of it: submitted assessments of the whole, or of the part alone, in any omgång."""
    versions = _versions(_assessments(organisation, part, roles), aims=organisation.pk in roles.organisation_ids)
    lineage = Lineage.read() if versions else Lineage()
    moments: list[MomentHistory] = []
    told: set[int] = set()
    for version in reversed(versions):
        untold = [item for item in version.items if item.pk not in told]
        found = [_history(item, version, versions, lineage) for item in untold]
        told.update(old.item.pk for each in found for past in each.past for old in past.stretches)
        moments += found
    newest = versions[-1].checklist.pk if versions else None
    return History(
        versions=tuple(versions),
        moments=tuple(each for each in moments if each.item.checklist_id == newest),
        gone=tuple(each for each in moments if each.item.checklist_id != newest),
    )


def parts_with_history(organisation: Organisation, roles: Roles) -> list[Part]:
    """The parts that have handed in something the reader may see."""
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


def _versions(assessments: list[Assessment], *, aims: bool) -> list[Version]:
    """Oldest version first, as the links go; within it time's order, through its omgångar."""
    by_version: dict[int, list[Assessment]] = defaultdict(list)
    for assessment in assessments:
        by_version[assessment.checklist_id].append(assessment)
    used = Checklist.objects.filter(pk__in=by_version).prefetch_related("items", "steps").order_by("year", "key")
    return [Version(each, _occasions(each, by_version[each.pk]), aims) for each in (used if by_version else ())]


def _occasions(checklist: Checklist, assessments: Iterable[Assessment]) -> tuple[Occasion, ...]:
    """Compared as on the organisation's own page: at a meeting with the meeting before, else with whatever was last."""
    found: list[Occasion] = []
    for assessment in assessments:
        assessment.checklist = checklist
        earlier = [each for each in found if each.is_at_meeting or not assessment.meeting_id]
        found.append(Occasion(assessment, answers_of(assessment), earlier[-1] if earlier else None))
    return tuple(found)


def _history(item: Item, version: Version, versions: list[Version], lineage: Lineage) -> MomentHistory:
    links = lineage.past_of(item)
    older = [other for other in reversed(versions) if other.checklist.pk in links]
    return MomentHistory(
        now=_stretch(item, version),
        past=tuple(_past(other, links[other.checklist.pk], item, lineage) for other in older),
    )


def _past(version: Version, links: list[ItemLink], root: Item, lineage: Lineage) -> Past:
    known = {link.old_id for link in links}
    stretches = tuple(_stretch(item, version) for item in version.items if item.pk in known)
    return Past(version, lineage.in_words(links, root), stretches)


def _stretch(item: Item, version: Version) -> Stretch:
    return Stretch(item, version, tuple(_point(item, occasion, version) for occasion in version.occasions))


def _point(item: Item, occasion: Occasion, version: Version) -> Point:
    row = next(row for row in occasion.items if row.item.pk == item.pk)
    return Point(occasion, occasion.answers.get(item.key), row.change, row.aim if version.aims else None)


def _moved_in_words(occasion: Occasion) -> str:
    """Sedan Lärandeträff 1, 3 mars 2019: sju moment högre, två lika och ett lägre."""
    if occasion.since is None or occasion.movement is None:
        return ""
    moved = occasion.movement
    counts = ((moved.forward, "högre"), (moved.still, "på samma värde"), (moved.back, "lägre"))
    told = enumerated(f"{in_words(len(rows))} {words}" for rows, words in counts if rows)
    return f"Sedan {occasion.since.name}, {day(occasion.since.assessment.day)}: {told}." if told else ""
