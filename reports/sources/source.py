"""A source: something that is entered elsewhere and that a section of the report can take in as text."""

from dataclasses import dataclass
from functools import cached_property

from accounts.models import User
from checklist.models import Item
from cohorts.models import Participation
from cohorts.roles import Roles, roles_of
from improvements.enums import Stage
from kit.rich import from_plain, markdown_of
from reports.enums import SectionKind
from reports.sections import TextPlace


@dataclass(frozen=True)
class SourceFigure:
    """A figure that a table of the report prints, by its reference (kit/references)."""

    ref: str
    printed: str


@dataclass(frozen=True)
class SectionSource:
    """`label` says what it is, `words` is what is put into the text.

    The first place in the words where `figure` is printed is that figure. What is tied to no moment is offered beside
    every moment, after what is `near` it.
    """

    key: str
    label: str
    words: str
    figure: SourceFigure | None = None
    near: bool = True

    @property
    def plain(self) -> str:
        return " ".join(self.words.split())


@dataclass(frozen=True)
class SourceRequest:
    """The text that sources are asked for."""

    participation: Participation
    user: User
    place: TextPlace

    @cached_property
    def roles(self) -> Roles:
        return roles_of(self.user)

    @cached_property
    def item(self) -> Item | None:
        part = self.place.part
        if part is None or self.place.section.kind != SectionKind.MOMENTS:
            return None
        return next((item for item in self.participation.cohort.plan.items if item.key == part.key), None)

    @property
    def stage(self) -> Stage | None:
        part = self.place.part
        return Stage(part.key) if part and self.place.section.kind == SectionKind.STAGES else None


def inserted(source: SectionSource) -> str:
    """Return the source as it is put into a text, in the Markdown of kit/rich."""
    typed = markdown_of(from_plain(source.words))
    if source.figure is None:
        return typed
    return typed.replace(source.figure.printed, f"[{source.figure.printed}]{{{source.figure.ref}}}", 1)


def put_in(typed: str, source: SectionSource) -> str:
    return f"{typed.rstrip()}\n\n{inserted(source)}".lstrip()


def holds(text: str, source: SectionSource) -> bool:
    return source.plain in " ".join(text.split())
