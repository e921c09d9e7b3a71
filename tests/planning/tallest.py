"""The fullest tidplan that is promised on one sheet: two years, every kind of meeting, three groups with their own."""

from datetime import date, timedelta

from cohorts.models import Cohort
from meetings.kinds import MeetingKind
from tests.factories import CohortFactory, GroupFactory, MeetingFactory
from tests.process_factories import PeriodFactory

FIRST = date(2026, 9, 1)
THEMES = ("Ledning och styrning", "Systematiskt förbättringsarbete", "Analys och uppföljning", "Spridning")


def tallest_timetable() -> Cohort:
    cohort = CohortFactory(
        name="Modellkommuner och Modellregioner med jämställda livsvillkor 2026–2028",
        starts_on=FIRST,
        ends_on=date(2028, 8, 31),
        constructed=True,
    )
    learning_meeting = MeetingKind.LEARNING_MEETING
    groups = [
        GroupFactory(cohort=cohort, name="Hudiksvall, Kristinehamn och Örnsköldsvik"),
        GroupFactory(cohort=cohort, name="Region Jämtland Härjedalen och Region Gävleborg"),
        GroupFactory(cohort=cohort, name="Upplands Väsby, Österåker och Haninge"),
    ]
    for kind in MeetingKind:
        if kind != learning_meeting:
            for number in range(1, 4):
                _meeting(cohort, kind, number, 40 + 200 * number, about=kind.facts.is_themed)
    learning = [
        _meeting(
            cohort, MeetingKind.LEARNING_MEETING, 10 * number + place, 60 + 150 * number + 12 * place, group, theme
        )
        for number, theme in enumerate(THEMES)
        for place, group in enumerate(groups)
    ]
    for place, meeting in enumerate(learning[:9:3], start=1):
        PeriodFactory(
            cohort=cohort, name=f"Arbete på hemmaplan, del {place}", after=meeting, before=learning[3 * place]
        )
    PeriodFactory(cohort=cohort, name="Rapporten skrivs", is_reporting=True, before=learning[-1], due_before=14)
    return cohort


def _meeting(cohort, kind, number, after, group=None, theme="", *, about=False):  # type: ignore[no-untyped-def]
    starts_on = FIRST + timedelta(days=after)
    return MeetingFactory(
        cohort=cohort,
        kind=kind,
        number=number,
        key=f"{kind.facts.stem}-{number}",
        name=f"{kind.label} {number}",
        theme=theme or ("Jämställdhetsanalys av verksamhetens resultat" if about else ""),
        group=group,
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=1),
    )
