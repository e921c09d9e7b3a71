"""What is worth a second thought in an omgång's days: sentences, never refusals. Pure: a plan in, warnings out.

The numbers below are ours. After an election the new assemblies take their seats on 15 October and the nämnder as a
rule on 1 January; the programme itself has begun in February after both elections it has lived through (2019, 2023).
So a start is warned for from election day to the end of January.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from cohorts.elections import election_in
from meetings.enums import MeetingKind
from modell.templatetags.swedish import day, in_words
from programme.setup.days import holiday_on, is_weekend
from programme.setup.plan import Plan, PlannedMeeting

SEATED = (10, 15)
SETTLED = (1, 31)
# Between two meetings with self-assessment: six weeks that it is open, and two to do something at home.
HOME_WORK = 8
# After the uppstart there is only the self-assessment to do.
FIRST = 6
# A strategträff closer than this leaves no time to do at home what was agreed there; much earlier it is forgotten.
PREPARES = timedelta(weeks=1), timedelta(weeks=16)
TOGETHER = {MeetingKind.MENTOR_MEETING, MeetingKind.STRATEGIST_MEETING}
NEXT_IN_TIME = timedelta(days=92)


@dataclass(frozen=True)
class Warned:
    """A sentence; `ref` is the meeting it stands beside, or empty for the whole omgång. After `until` it is history."""

    ref: str
    sentence: str
    until: date | None = None


def warnings(plan: Plan) -> list[Warned]:
    found = [*_elections(plan), *_span(plan), *_report(plan), *_next(plan)]
    for meeting in plan.in_order():
        found += _day(meeting, plan)
    return [*found, *_strategists(plan), *_home_work(plan), *_same_day(plan)]


def _elections(plan: Plan) -> Iterator[Warned]:
    first = plan.begins
    begins = first.starts_on if first else plan.starts_on
    for year in range(plan.starts_on.year - 1, plan.ends_on.year + 1):
        held = election_in(year)
        if held is None:
            continue
        if held <= begins <= date(year + 1, *SETTLED):
            yield Warned(
                first.ref if first else "",
                f"Omgången börjar strax efter valet den {day(held)}. Nya fullmäktige tillträder den "
                f"{day(date(year, *SEATED))} och nämnderna som regel vid årsskiftet, så alla politiker är kanske inte "
                f"utsedda. Från februari {year + 1} brukar de vara på plats.",
            )
        elif begins < held <= plan.ends_on:
            yield Warned(
                "",
                f"Valet den {day(held)} kommer under omgången. Räkna med nya politiker från den "
                f"{day(date(year, *SEATED))}, och med att beslutet kan behöva bekräftas.",
                date(year, *SEATED),
            )


def _span(plan: Plan) -> Iterator[Warned]:
    for meeting in plan.in_order():
        if meeting.starts_on < plan.starts_on:
            yield Warned(meeting.ref, f"{meeting.name} ligger före omgångens första dag, {day(plan.starts_on)}.")
        if meeting.ends_on > plan.ends_on:
            yield Warned(meeting.ref, f"{meeting.name} ligger efter omgångens sista dag, {day(plan.ends_on)}.")


def _report(plan: Plan) -> Iterator[Warned]:
    due, last = plan.report_due_on, _conference(plan)
    if due and last and due > last.starts_on:
        yield Warned(last.ref, f"Resultatrapporten ska lämnas in {day(due)}, efter {last.name}.")
    if due and due > plan.ends_on:
        yield Warned("", f"Resultatrapporten ska lämnas in {day(due)}, när omgången är slut och inget längre ändras.")
    if last is None and plan.meetings:
        yield Warned("", "Omgången har ingen resultatkonferens.")


def _conference(plan: Plan) -> PlannedMeeting | None:
    found = [meeting for meeting in plan.in_order() if meeting.kind == MeetingKind.RESULTS_CONFERENCE]
    return found[-1] if found else None


def _next(plan: Plan) -> Iterator[Warned]:
    if plan.next_starts_on and plan.next_starts_on - plan.ends_on > NEXT_IN_TIME:
        yield Warned(
            "",
            f"Nästa omgång börjar {day(plan.next_starts_on)}, långt efter att den här är slut. De som vill bli "
            "mentorer får vänta.",
        )


def _day(meeting: PlannedMeeting, plan: Plan) -> Iterator[Warned]:
    days = [meeting.starts_on + timedelta(days=at) for at in range((meeting.ends_on - meeting.starts_on).days + 1)]
    for one in days:
        name = holiday_on(one)
        if name:
            yield Warned(meeting.ref, f"{day(one)} är {name}.")
        elif is_weekend(one):
            yield Warned(meeting.ref, f"{day(one)} är en {'lördag' if one.weekday() == 5 else 'söndag'}.")
    if any(one.month == 7 for one in days):
        yield Warned(meeting.ref, f"{meeting.name} ligger i juli, då de flesta har semester.")
    if any((one.month, one.day) >= (12, 24) or (one.month, one.day) <= (1, 6) for one in days):
        yield Warned(meeting.ref, f"{meeting.name} ligger mellan jul och trettonhelgen, då många är lediga.")
    if meeting.is_assessed and meeting.opens_before <= meeting.due_before:
        yield Warned(meeting.ref, "Självskattningen ska lämnas in innan den har öppnat.")


def _strategists(plan: Plan) -> Iterator[Warned]:
    """A strategträff before every lärandeträff, neither on its heels nor forgotten by then."""
    meetings = plan.by_ref()
    prepared: dict[str, PlannedMeeting] = {}
    for meeting in plan.in_order():
        target = meetings.get(meeting.prepares) or _next_after(meeting, plan)
        if target is None:
            continue
        prepared[target.ref] = meeting
        ahead = target.starts_on - meeting.starts_on
        if ahead <= timedelta(0):
            yield Warned(meeting.ref, f"{meeting.name} förbereder {target.name} men ligger inte före den.")
        elif ahead < PREPARES[0]:
            yield Warned(meeting.ref, f"{meeting.name} ligger mindre än en vecka före {target.name}.")
        elif ahead > PREPARES[1]:
            yield Warned(meeting.ref, f"{meeting.name} ligger mer än fyra månader före {target.name}.")
    for meeting in plan.in_order():
        if meeting.kind == MeetingKind.LEARNING_MEETING and not _is_prepared(meeting, prepared, plan):
            yield Warned(meeting.ref, f"Ingen strategträff förbereder {meeting.name}.")


def _next_after(meeting: PlannedMeeting, plan: Plan) -> PlannedMeeting | None:
    """What a strategträff prepares where nobody has said: the next of the omgång's main meetings."""
    if meeting.kind != MeetingKind.STRATEGIST_MEETING:
        return None
    coming = (one for one in plan.in_order() if one.starts_on > meeting.starts_on)
    return next((one for one in coming if one.is_assessed or one.kind == MeetingKind.KICKOFF), None)


def _is_prepared(meeting: PlannedMeeting, prepared: dict[str, PlannedMeeting], plan: Plan) -> bool:
    """By a strategträff of its own, or by the one that prepares another group's meeting on the same theme."""
    return any(
        other.ref in prepared
        for other in plan.meetings
        if other.ref == meeting.ref or (other.group and meeting.group and other.theme == meeting.theme)
    )


def _home_work(plan: Plan) -> Iterator[Warned]:
    """Between uppstart and the meetings with self-assessment; two groups' meetings are not one after the other."""
    chain = [meeting for meeting in plan.in_order() if meeting.is_assessed or meeting.kind == MeetingKind.KICKOFF]
    groups = {meeting.group for meeting in chain if meeting.group} or {""}
    told = set()
    for group in sorted(groups):
        for one, other in pairwise([meeting for meeting in chain if meeting.group in ("", group)]):
            weeks = max((other.starts_on - one.ends_on).days // 7, 0)
            least = FIRST if one.kind == MeetingKind.KICKOFF else HOME_WORK
            if weeks < least and (one.ref, other.ref) not in told:
                told.add((one.ref, other.ref))
                yield Warned(
                    other.ref,
                    f"Det är {_weeks(weeks)} mellan {one.name} och {other.name}. Arbetet på hemmaplan och "
                    f"självskattningen behöver minst {in_words(least)}.",
                )


def _weeks(count: int) -> str:
    return "mindre än en vecka" if count == 0 else "en vecka" if count == 1 else f"{count} veckor"


def _same_day(plan: Plan) -> Iterator[Warned]:
    """Mentors and strategists may well meet on the same day; two groups do."""
    for one, other in pairwise(plan.in_order()):
        both = {one.kind, other.kind}
        apart = bool(one.group and other.group and one.group != other.group)
        if other.starts_on <= one.ends_on and not both <= TOGETHER and not apart:
            yield Warned(other.ref, f"{one.name} och {other.name} ligger på samma dag.")


def still_ahead(found: list[Warned], plan: Plan, today: date) -> list[Warned]:
    """Without what has been: of that there is nothing left to think."""
    past = {meeting.ref for meeting in plan.meetings if meeting.ends_on < today}
    return [one for one in found if one.ref not in past and (one.until is None or today <= one.until)]


def by_meeting(found: list[Warned]) -> dict[str, list[str]]:
    """The sentences at each meeting; those of the whole omgång under the empty name."""
    sentences: dict[str, list[str]] = {}
    for warned in found:
        sentences.setdefault(warned.ref, []).append(warned.sentence)
    return sentences
