"""The letter that thanks a mentor, on one page that it can show at home."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from cohorts.enums import Role
from cohorts.models import Participation
from kit.pdf import ContentsLine, Cover, render_pdf
from kit.refusals import ActionRefused
from kit.templatetags.swedish import day, enumerated, in_words
from mentoring.actions import ThanksLetter
from mentoring.load import Load
from mentoring.pool import loads_of
from reports.content.base import period
from reports.printers.pdf import PdfContent

SENDER = ("Sveriges Kommuner och Regioner", "Modellkommuner och Modellregioner")


@dataclass(frozen=True)
class Supported:
    """A meeting that has been held, with the groups the mentor supported there."""

    name: str
    theme: str
    when: str
    groups: str


@dataclass(frozen=True)
class ThanksContent(PdfContent):
    cohort: str
    when: str
    role: str
    summary: str
    supported: tuple[Supported, ...]
    hours: str
    contact: str
    template: ClassVar[str] = "mentoring/pdf/thanks.html"

    @property
    def headings(self) -> tuple[ContentsLine, ...]:
        return ()

    @property
    def is_empty(self) -> bool:
        return not self.supported

    @property
    def file_name(self) -> str:
        return f"{self.cover.title}.pdf"


def thanks_content(participation: Participation, today: date) -> ThanksContent:
    """Return the letter as of the day it was sent, so that a later download says the same."""
    cohort = participation.cohort
    sent_on = participation.thanked_on or today
    load = loads_of([participation])[participation.pk]
    supported = _supported(load, sent_on)
    role = "stödjande mentor" if participation.role == Role.SUPPORTING_MENTOR else "mentor"
    # The hours are for all the meetings, so they are left out while any of them remains.
    hours = load.estimate.hours if load.meetings == load.meetings_until(sent_on) else 0
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


def thanks_letter(participation: Participation, today: date) -> ThanksLetter:
    """Return the letter as a file; refuse if no supported meeting has been held."""
    content = thanks_content(participation, today)
    if content.is_empty:
        raise ActionRefused(f"{participation} har inte stött någon träff än. Tacka efter träffen.")
    return ThanksLetter(render_pdf(content.html()), content.file_name, content.summary)


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
        for meeting in load.meetings_until(until)
    )


def _summary(load: Load, until: date) -> str:
    meetings = load.meetings_until(until)
    n_groups = sum(1 for assignment in load.assignments if set(assignment.meetings) & set(meetings))
    n_meetings = len(meetings)
    supported = "en lärandeträff" if n_meetings == 1 else f"{in_words(n_meetings)} lärandeträffar"
    groups = "en grupp" if n_groups == 1 else f"{in_words(n_groups)} grupper"
    return f"Ni stödde {supported} för {groups}."
