"""The chapters of a joint report: the omgång's own, or else the ten of the reports from 2020 (data/FORMAT.md)."""

from dataclasses import dataclass

from django.urls import reverse

from cohorts.models import Cohort
from improvements.enums import Stage
from reports.enums import ChapterKind, ChapterOwner
from reports.models import ChapterText, JointReport
from reports.sections import BETWEEN

# The evaluator writes about lessons and goals, unless SKR decides otherwise.
EVALUATED = frozenset({ChapterKind.LESSONS, ChapterKind.ATTAINMENT})


@dataclass(frozen=True)
class ChapterHeading:
    key: str
    text: str
    kind: str


USUAL = (
    ChapterHeading("preface", "Förord", ChapterKind.PREFACE),
    ChapterHeading("summary", "Sammanfattning", ChapterKind.SUMMARY),
    ChapterHeading("introduction", "Inledning", ChapterKind.INTRODUCTION),
    ChapterHeading("concept", "Modellkonceptet", ChapterKind.CONCEPT),
    ChapterHeading("development", "Utveckling av konceptet", ChapterKind.DEVELOPMENT),
    ChapterHeading("results", "Deltagarnas resultat", ChapterKind.RESULTS),
    ChapterHeading("lessons", "Lärdomar", ChapterKind.LESSONS),
    ChapterHeading("attainment", "Måluppfyllelse", ChapterKind.ATTAINMENT),
    ChapterHeading("reflections", "Avslutande reflektioner", ChapterKind.REFLECTIONS),
    ChapterHeading("annex", "Bilagor", ChapterKind.ANNEX),
)


@dataclass(frozen=True)
class ChapterPart:
    """A part of a chapter with a text of its own: `part` is "moment-3" or the key of a stage, `short` its sign."""

    part: str
    title: str
    short: str


@dataclass(frozen=True)
class ChapterPlace:
    """A place for a text: a chapter, or one of its parts. `number` is the chapter's place, `slug` the omgång's."""

    slug: str
    chapter: ChapterHeading
    number: int
    part: ChapterPart | None = None

    @property
    def key(self) -> str:
        return f"{self.chapter.key}{BETWEEN}{self.part.part}" if self.part else self.chapter.key

    @property
    def title(self) -> str:
        return self.part.title if self.part else self.chapter.text

    @property
    def short_title(self) -> str:
        """Return how a way to the text names it: "moment 7", or its title."""
        return f"moment {self.part.short}" if self.part and self.part.short.isdigit() else self.title

    @property
    def full_title(self) -> str:
        return f"{self.chapter.text}, {self.short_title}" if self.part else self.title

    @property
    def url(self) -> str:
        return text_url(self.slug, self.key)

    @property
    def usual_owner(self) -> str:
        return ChapterOwner.EVALUATOR if self.chapter.kind in EVALUATED else ChapterOwner.SKR


def headings_of(cohort: Cohort) -> tuple[ChapterHeading, ...]:
    rows = cohort.chapters.all()
    return tuple(ChapterHeading(row.key, row.heading, row.kind) for row in rows) or USUAL


def parts_of(chapter: ChapterHeading, cohort: Cohort) -> tuple[ChapterPart, ...]:
    """Return a part for each moment and for each stage of the result chain, in a chapter about results."""
    if chapter.kind != ChapterKind.RESULTS:
        return ()
    moments = [
        ChapterPart(f"moment-{item.number}", f"{item.number}. {item.text}", str(item.number))
        for item in cohort.plan.items
    ]
    stages = [ChapterPart(stage.value, str(stage.label), str(stage.label)) for stage in Stage]
    return (*moments, *stages)


def places_of(cohort: Cohort) -> tuple[ChapterPlace, ...]:
    return tuple(
        place
        for number, chapter in enumerate(headings_of(cohort), start=1)
        for place in (
            ChapterPlace(cohort.slug, chapter, number),
            *(ChapterPlace(cohort.slug, chapter, number, part) for part in parts_of(chapter, cohort)),
        )
    )


def place_of(cohort: Cohort, key: str) -> ChapterPlace | None:
    return next((place for place in places_of(cohort) if place.key == key), None)


def text_url(slug: str, key: str) -> str:
    name = "joint_part" if BETWEEN in key else "joint_chapter"
    return reverse(f"reports:{name}", args=[slug, *key.split(BETWEEN)])


def text_at(place: ChapterPlace, joint: JointReport, texts: dict[str, ChapterText]) -> ChapterText:
    """Return the place's text, a new one if none is stored; the parts of a chapter begin with its owner."""
    stored = texts.get(place.key)
    if stored is None:
        chapter = texts.get(place.chapter.key)
        owner = chapter.owner if chapter else place.usual_owner
        stored = ChapterText(joint=joint, key=place.key, owner=owner)
    return stored


def texts_of(joint: JointReport) -> dict[str, ChapterText]:
    rows = list(joint.texts.all()) if joint.pk else []
    for row in rows:
        row.joint = joint
    return {row.key: row for row in rows}
