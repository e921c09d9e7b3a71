import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import cached_property
from hashlib import sha256
from typing import ClassVar

from django.template.defaultfilters import date as format_date
from django.template.loader import render_to_string

from cohorts.models import Cohort
from improvements.models import Effort
from meetings.models import Meeting
from modell.templatetags.swedish import sentence
from reports.pdf import Cover, Heading

# Raised when the layout changes, so that the same content is built anew.
LAYOUT = 1
DEMO_SENDER = ("Modell – demonstration",)


@dataclass(frozen=True)
class Content:
    """Everything that is printed. The same content has the same checksum, and gives the same file."""

    cover: Cover
    template: ClassVar[str]

    @property
    def headings(self) -> tuple[Heading, ...]:
        raise NotImplementedError

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to report."""
        raise NotImplementedError

    def html(self) -> str:
        return render_to_string(self.template, {"cover": self.cover, "headings": self.headings, "report": self})

    @cached_property
    def checksum(self) -> str:
        text = json.dumps([LAYOUT, self.template, asdict(self)], default=str, ensure_ascii=False)
        return sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Prose:
    """A text with its heading or, in the joint report, its source."""

    anchor: str
    title: str
    text: str

    @property
    def paragraphs(self) -> list[str]:
        return paragraphs(self.text)


@dataclass(frozen=True)
class ToldStep:
    """A step along the result chain, with where it stands: "Aktivitet, nått 2019"."""

    where: str
    text: str


@dataclass(frozen=True)
class ToldEffort:
    title: str
    organisation: str
    moment: str
    steps: tuple[ToldStep, ...]


def told_effort(effort: Effort) -> ToldEffort:
    """With `item`, `steps` and the organisation at hand."""
    steps = sorted(effort.steps.all(), key=lambda step: step.order)
    return ToldEffort(
        title=effort.title,
        organisation=effort.participation.organisation.name,
        moment=effort.item.short if effort.item else "",
        steps=tuple(
            ToldStep(f"{step.get_stage_display()}, {step.get_state_display().lower()} {step.year}", step.text)
            for step in steps
        ),
    )


def paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.replace("\r\n", "\n").split("\n") if part.strip()]


def month(meeting: Meeting) -> str:
    """nov 2020: how a column names its occasion."""
    return format_date(meeting.starts_on, "M Y").replace(".", "").lower()


def columns_of(meetings: Iterable[Meeting]) -> tuple[str, ...]:
    """The month of each; with the day where two would be called the same."""
    meetings = list(meetings)
    names = [month(meeting) for meeting in meetings]
    return tuple(
        sentence(name) if names.count(name) == 1 else format_date(meeting.starts_on, "j M Y").replace(".", "")
        for name, meeting in zip(names, meetings, strict=True)
    )


def period(cohort: Cohort) -> str:
    return f"{format_date(cohort.starts_on, 'F Y')}–{format_date(cohort.ends_on, 'F Y')}"
