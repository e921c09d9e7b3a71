"""The tidplan on one A4 across, to put on a wall or beside a decision."""

from dataclasses import dataclass
from typing import ClassVar

from cohorts.models import Cohort
from kit.pdf import ContentsLine, Cover
from kit.pictures import Timetable
from meetings.timetable import timetable_of
from reports.content.base import period
from reports.printers.pdf import PdfContent

SENDER = ("Modellkommuner och Modellregioner",)


@dataclass(frozen=True)
class TimetablePaper(PdfContent):
    timetable: Timetable
    template: ClassVar[str] = "planning/pdf/timetable.html"

    @property
    def headings(self) -> tuple[ContentsLine, ...]:
        return ()

    @property
    def file_name(self) -> str:
        return f"{self.cover.title}.pdf"


def paper_of(cohort: Cohort) -> TimetablePaper | None:
    """Return None if there is nothing to draw; the paper shows no day as passed, since it hangs for long."""
    timetable = timetable_of(cohort)
    if timetable is None:
        return None
    cover = Cover(
        title=timetable.title, subtitle=period(cohort), sender=SENDER, day=None, demonstration=cohort.constructed
    )
    return TimetablePaper(cover=cover, timetable=timetable)
