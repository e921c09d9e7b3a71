"""The letter that thanks a mentor: what it did in the omgång, on one page that it can show at home."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from cohorts.actions.mentoring import Letter
from cohorts.enums import Role
from cohorts.mentoring import Load
from cohorts.models import Participation
from modell.refusals import ActionRefused
from modell.templatetags.swedish import day, enumerated, in_words
from programme.mentoring.pool import loads_of
from reports.content.base import Content, period
from reports.pdf import Cover, Heading, render_pdf

SENDER = ("Sveriges Kommuner och Regioner", "Modellkommuner och Modellregioner")


@dataclass(frozen=True)
class Supported:
    """One meeting that was held, and with whom."""

    name: str
    theme: str
    when: str
    groups: str


@dataclass(frozen=True)
class ThanksContent(Content):
    cohort: str
    when: str
    role: str
    summary: str
    supported: tuple[Supported, ...]
    hours: str
    contact: str
    template: ClassVar[str] = "pdf/thanks.html"

    @property
    def headings(self) -> tuple[Heading, ...]:
        return ()

    @property
    def is_empty(self) -> bool:
        return not self.supported

    @property
    def file_name(self) -> str:
        return f"{self.cover.title}.pdf"


def thanks_content(participation: Participation, today: date) -> ThanksContent:
    """What has been held until the day it was sent; a letter fetched again later tells the same."""
    cohort = participation.cohort
    sent_on = participation.thanked_on or today
    load = loads_of([participation])[participation.pk]
    supported = _supported(load, sent_on)
    role = "stödjande mentor" if participation.role == Role.SUPPORTING_MENTOR else "mentor"
    hours = load.estimate.hours if load.meetings == load.held(sent_on) else 0
    return ThanksContent(
        cover=Cover(
            title=f"Tack, {participation.organisation.name}",
            subtitle=f"För ert uppdrag som {role} i {cohort.name}",
            sender=SENDER,
            day=sent_on,
            demonstration=cohort.constructed,
        ),
        cohort=cohort.name,
        when=period(cohort),
        role=role,
        summary=_summary(load, sent_on),
        supported=supported,
        hours=f"Det motsvarar ungefär {hours} timmar, med förberedelser och resor." if hours else "",
        contact=cohort.contact.name if cohort.contact else "",
    )


def thanks_letter(participation: Participation, today: date) -> Letter:
    """The file, where there is something to thank for."""
    content = thanks_content(participation, today)
    if content.is_empty:
        raise ActionRefused(f"{participation} har inte stött någon träff än. Tacka när träffen har varit.")
    return Letter(render_pdf(content.html()), content.file_name, content.summary)


def _supported(load: Load, until: date) -> tuple[Supported, ...]:
    return tuple(
        Supported(
            name=meeting.name,
            theme=meeting.theme,
            when=day(meeting.starts_on),
            groups=enumerated(
                assignment.mentorship.group.name for assignment in load.assignments if meeting in assignment.meetings
            ),
        )
        for meeting in load.held(until)
    )


def _summary(load: Load, until: date) -> str:
    held = load.held(until)
    n_groups = sum(1 for assignment in load.assignments if set(assignment.meetings) & set(held))
    meetings = "en lärandeträff" if len(held) == 1 else f"{in_words(len(held))} lärandeträffar"
    groups = "en grupp" if n_groups == 1 else f"{in_words(n_groups)} grupper"
    return f"Ni stödde {meetings} för {groups}."
