from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from archive.sheets import Binder
from assessments.models import Assessment
from cohorts.models import Participation
from cohorts.roles import Roles

OUTSIDE = "utanför träffarna"


@dataclass(frozen=True)
class PapersOf:
    """The organisation whose papers they are, and who is to read them: its own strategist, or SKR."""

    participation: Participation
    reader: Roles

    @property
    def is_own(self) -> bool:
        return self.participation.organisation_id in self.reader.organisation_ids

    @property
    def binder(self) -> Binder:
        return Binder(self.participation.cohort, self.participation.organisation.name)


def occasion_name(assessment: Assessment) -> str:
    place = assessment.meeting.name if assessment.meeting else OUTSIDE
    return f"{place}, {assessment.part.name}" if assessment.part else place


def on_day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None


def yes_or_no(consented: bool | None) -> str:
    return "" if consented is None else "Ja" if consented else "Nej"
