"""The side list on the page of an omgång: SKR's ways on, in the order of the omgång's menu."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from accounts.models import User
from admission import nav as admission
from archive.perms import TAKE_OUT_OF_SKR
from assessments.perms import EDIT_TITLE_RULE, SEE_FIGURES
from cohorts.models import Cohort
from evaluation import nav as evaluation
from evaluation.perms import READ_EVALUATION
from follow_up import nav as follow_up
from grouping import nav as grouping
from improvements import nav as improvements
from improvements.perms import READ_SHARED_WORK
from kit.nav import MenuEntry
from kit.permissions import may
from kit.templatetags.swedish import in_words, short_day
from meetings import nav as meetings
from meetings.models import Meeting
from mentoring import nav as mentoring
from overview import nav as overview
from overview.line_up import LineUp
from overview.perms import SEE_OVERVIEW
from people import nav as people
from planning import nav as planning


@dataclass(frozen=True)
class WayOn:
    """A link with what there is behind it, in words; `figure` may be empty."""

    label: str
    url: str
    figure: str = ""


@dataclass(frozen=True)
class WayGroup:
    title: str
    ways: tuple[WayOn, ...]


def ways_of(
    cohort: Cohort, user: User, line_up: LineUp, not_cancelled: list[Meeting], today: date
) -> tuple[WayGroup, ...]:
    def way(entry: MenuEntry, figure: str = "") -> WayOn:
        return WayOn(entry.label, reverse(entry.name, args=[cohort.slug]), figure)

    coming = sum(meeting.ends_on >= today for meeting in not_cancelled)
    programme = (
        *([way(overview.OVERVIEW)] if may(user, SEE_OVERVIEW, cohort) else []),
        way(follow_up.READINESS),
        way(planning.SETUP),
        way(planning.TIMETABLE),
        way(meetings.MEETINGS, _counted(coming, "kommande", "kommande") if coming else ""),
    )
    participants = (
        way(admission.INTEREST, _interest(cohort, today)),
        way(grouping.GROUPS, _counted(len(line_up.groups), "grupp", "grupper")),
        way(mentoring.MENTORS, _counted(line_up.n_mentors, "mentor", "mentorer")),
        *([way(improvements.SHARED_WORK)] if may(user, READ_SHARED_WORK, cohort) else []),
        *([way(evaluation.EVALUATION)] if may(user, READ_EVALUATION, cohort) else []),
        way(people.PEOPLE),
    )
    rest = (way(follow_up.MAIL), *_results(cohort, user))
    return (
        WayGroup("Programmet", programme),
        WayGroup("Deltagarna", participants),
        WayGroup("Mejl och resultat", rest),
    )


def _results(cohort: Cohort, user: User) -> Iterator[WayOn]:
    slug = [cohort.slug]
    if may(user, SEE_FIGURES, cohort):
        yield WayOn("Omgångens siffror", reverse("reports:figures", args=slug))
        yield WayOn("Exempel", reverse("improvements:examples", args=slug))
    yield WayOn("Gemensam rapport", reverse("reports:joint", args=slug))
    yield WayOn("Karta", f"{reverse('overview:map')}?omgang={cohort.slug}")
    if may(user, EDIT_TITLE_RULE, cohort):
        yield WayOn("Titeln", reverse("assessments:title_rule", args=slug))
    if may(user, TAKE_OUT_OF_SKR, cohort):
        yield WayOn("Handlingar", reverse("archive:skr", args=slug))


def _interest(cohort: Cohort, today: date) -> str:
    if not cohort.takes_interest(today):
        return "stängd"
    return f"öppen till {short_day(cohort.interest_closes_on)}" if cohort.interest_closes_on else "öppen"


def _counted(number: int, singular: str, plural: str) -> str:
    if not number:
        return ""
    return f"en {singular}" if number == 1 else f"{in_words(number)} {plural}"
