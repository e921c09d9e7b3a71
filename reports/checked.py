"""A joint report as the checks before publishing read it, and what they tell."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import TextChoices

from cohorts.models import Cohort, Participation
from reports.content.joint import approved_contents
from reports.content.joint_value import JointContent
from reports.content.organisation import OrganisationContent
from reports.joint_index import ChapterLine, PlaceLine, chapter_lines
from reports.joint_sources import JointSource, sources_in
from reports.models import JointReport
from reports.taken_in import Use, lost_among, uses_in_joint


class CheckKind(TextChoices):
    """What is looked at; the label is the heading above its rows."""

    CONSENT = "consent", "Citat som inte får användas"
    FIGURE = "figure", "Siffror som har ändrats"
    UNPRINTED = "unprinted", "Tabeller i texten som inte trycks"
    NO_TEXT = "no_text", "Kapitel utan text"
    NO_WORDS = "no_words", "Värden utan text"
    LOST = "lost", "Källor som inte längre får tas in"
    NOT_DONE = "not_done", "Texter som inte är klara"
    COMMENT = "comment", "Kommentarer som inte är klara"
    REPORT = "report", "Resultatrapporter som inte är godkända"
    UNHEARD = "unheard", "Organisationer som inget är taget från"
    NO_N = "no_n", "Tabeller utan antal"
    ELECTION = "election", "Nära ett val"


@dataclass(frozen=True)
class Check:
    """A sentence about one thing; `url` is empty where nothing can be mended but the day."""

    kind: CheckKind
    text: str
    url: str = ""

    @property
    def stops(self) -> bool:
        return self.kind == CheckKind.CONSENT


@dataclass(frozen=True)
class CheckGroup:
    """The rows of one kind, which there is at least one of."""

    kind: CheckKind
    rows: tuple[Check, ...]

    @property
    def stops(self) -> bool:
        return self.rows[0].stops


@dataclass(frozen=True)
class Checked:
    """A joint report as the checks read it, each part once; `content` is what it would print."""

    joint: JointReport
    content: JointContent | None = None

    @property
    def cohort(self) -> Cohort:
        return self.joint.cohort

    @property
    def is_interim(self) -> bool:
        return bool(self.content and self.content.interim_after)

    @cached_property
    def chapters(self) -> tuple[ChapterLine, ...]:
        return chapter_lines(self.cohort, self.joint)

    @cached_property
    def members(self) -> list[Participation]:
        rows = self.cohort.participations.participants().with_organisation().select_related("report")
        return [row for row in rows.order_by("position", "pk") if not row.is_withdrawn]

    @cached_property
    def written(self) -> list[PlaceLine]:
        return [each for line in self.chapters for each in (line, *line.parts) if each.is_written]

    @cached_property
    def approved(self) -> dict[int, OrganisationContent]:
        return approved_contents(self.cohort)

    @cached_property
    def sources(self) -> list[JointSource]:
        return sources_in(self.cohort, self.chapters[0].place, approved=self.approved)

    @cached_property
    def uses(self) -> list[Use]:
        return uses_in_joint(self.cohort)

    @cached_property
    def lost(self) -> list[Use]:
        return lost_among(self.uses, self.sources) if self.uses else []
