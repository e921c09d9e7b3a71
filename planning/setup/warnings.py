"""Warnings about an omgång's days: sentences that refuse nothing, made from a plan alone.

We chose the numbers below. After an election the new assemblies take their seats on 15 October and the nämnder as a
rule on 1 January; the programme itself began in February after both elections so far (2019, 2023). So the warning
about a start lasts from election day to the end of January.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from decisions.elections import election_in
from kit.days import months_after
from kit.templatetags.swedish import day, in_words
from planning.setup.days import AT_CHRISTMAS, IN_JULY, holiday_on, is_christmas, is_weekend, why_off
from planning.setup.plan import Plan, PlannedMeeting

SEATED = (10, 15)
SETTLED = (1, 31)
# Weeks between two meetings with self-assessment: it is open for six, and two are for work at home.
HOME_WORK = 8
# Weeks after the uppstart, when there is only the self-assessment to do.
FIRST = 6
# A strategträff closer than this leaves no time to do what was agreed there; one much earlier is forgotten.
PREPARES = timedelta(weeks=1)
PREPARES_MONTHS = 4
NEXT_IN_TIME = timedelta(days=92)


@dataclass(frozen=True)
class Warned:
    """`ref` is the meeting that it stands beside, or empty for the whole omgång; the warning ends after `until`."""

    ref: str
    sentence: str
    until: date | None = None


def warnings(plan: Plan) -> list[Warned]:
    warned = [*_elections(plan), *_span(plan), *_report(plan), *_next(plan)]
    for meeting in plan.in_order():
        warned += _day(meeting, plan)
    return [*warned, *_order(plan), *_strategists(plan), *_home_work(plan), *_same_day(plan)]


def _elections(plan: Plan) -> Iterator[Warned]:
    first = plan.begins
    begins = first.starts_on if first else plan.starts_on
    for year in range(plan.starts_on.year - 1, plan.ends_on.year + 1):
        election_day = election_in(year)
        if election_day is None:
            continue
        if election_day <= begins <= date(year + 1, *SETTLED):
            yield Warned(
                first.ref if first else "",
                f"Omgången börjar strax efter valet den {day(election_day)}. Nya fullmäktige tillträder den "
                f"{day(date(year, *SEATED))} och nämnderna som regel vid årsskiftet, så alla politiker är kanske inte "
                f"utsedda. Från februari {year + 1} brukar de vara på plats.",
            )
        elif begins < election_day <= plan.ends_on:
            yield Warned(
                "",
                f"Valet den {day(election_day)} kommer under omgången. Räkna med nya politiker från den "
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
    if due and (why := why_off(due)):
        yield Warned("", f"Resultatrapporten ska lämnas in {day(due)}, som {why}.", due)
    if due and last and due > last.starts_on:
        yield Warned(last.ref, f"Resultatrapporten ska lämnas in {day(due)}, efter {last.name}.")
    if due and due > plan.ends_on:
        yield Warned("", f"Resultatrapporten ska lämnas in {day(due)}, när omgången är slut och inget längre ändras.")
    if last is None and plan.meetings:
        yield Warned("", "Omgången har ingen resultatkonferens.")


def _conference(plan: Plan) -> PlannedMeeting | None:
    conferences = [meeting for meeting in plan.in_order() if meeting.kind.facts.is_closing]
    return conferences[-1] if conferences else None


def _next(plan: Plan) -> Iterator[Warned]:
    if plan.next_starts_on and plan.next_starts_on - plan.ends_on > NEXT_IN_TIME:
        yield Warned(
            "",
            f"Nästa omgång börjar {day(plan.next_starts_on)}, långt efter att den här är slut. De som vill bli "
            "mentorer får vänta.",
        )


def _day(meeting: PlannedMeeting, plan: Plan) -> Iterator[Warned]:
    days = [meeting.starts_on + timedelta(days=at) for at in range((meeting.ends_on - meeting.starts_on).days + 1)]
    for each_day in days:
        if holiday_on(each_day) or is_weekend(each_day):
            yield Warned(meeting.ref, f"{day(each_day)} {why_off(each_day)}.")
    if any(each_day.month == 7 for each_day in days):
        yield Warned(meeting.ref, f"{meeting.name} {IN_JULY}.")
    if any(map(is_christmas, days)):
        yield Warned(meeting.ref, f"{meeting.name} {AT_CHRISTMAS}.")
    yield from _handing_in(meeting)
    if meeting.is_assessed and meeting.opens_before <= meeting.due_before:
        yield Warned(meeting.ref, "Självskattningen ska lämnas in innan den har öppnat.")


def _handing_in(meeting: PlannedMeeting) -> Iterator[Warned]:
    """Warn of days on which something is handed in before the meeting and few are at work."""
    if meeting.is_assessed and (why := why_off(meeting.due_on)):
        yield Warned(meeting.ref, f"Självskattningen ska lämnas in {day(meeting.due_on)}, som {why}.")
    if meeting.presents_on and (why := why_off(meeting.presents_on)):
        yield Warned(meeting.ref, f"Presentationerna ska lämnas {day(meeting.presents_on)}, som {why}.")


def _order(plan: Plan) -> Iterator[Warned]:
    """Warn of a meeting for all that lies after one that its kind or its number says that it comes before."""
    chain = [meeting for meeting in plan.in_order() if meeting.kind.facts.is_main]
    for at, meeting in enumerate(chain):
        for other in chain[:at]:
            apart = meeting.group and other.group and meeting.group != other.group
            if not apart and _comes_before(meeting, other):
                yield Warned(meeting.ref, f"{meeting.name} ligger efter {other.name}.")
                break


def _comes_before(meeting: PlannedMeeting, other: PlannedMeeting) -> bool:
    mine, others = (each.kind.facts for each in (meeting, other))
    if mine.is_opening != others.is_opening:
        return mine.is_opening
    if mine.is_closing != others.is_closing:
        return others.is_closing
    (stem, number), (others_stem, others_number) = _numbered(meeting.name), _numbered(other.name)
    return stem == others_stem and number < others_number


def _numbered(name: str) -> tuple[str, int]:
    stem, _, number = name.rpartition(" ")
    return (stem, int(number)) if number.isdecimal() else (name, 0)


def _strategists(plan: Plan) -> Iterator[Warned]:
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
        elif ahead < PREPARES:
            yield Warned(meeting.ref, f"{meeting.name} ligger mindre än en vecka före {target.name}.")
        elif target.starts_on > months_after(meeting.starts_on, PREPARES_MONTHS):
            yield Warned(meeting.ref, f"{meeting.name} ligger mer än fyra månader före {target.name}.")
    for meeting in plan.in_order():
        if meeting.kind.facts.needs_preparing and not _is_prepared(meeting, prepared, plan):
            yield Warned(meeting.ref, f"Ingen strategträff förbereder {meeting.name}.")


def _next_after(meeting: PlannedMeeting, plan: Plan) -> PlannedMeeting | None:
    # A strategträff that names no meeting prepares the next main one.
    if not meeting.kind.facts.is_preparing:
        return None
    coming = (other for other in plan.in_order() if other.starts_on > meeting.starts_on)
    return next((other for other in coming if other.kind.facts.is_main), None)


def _is_prepared(meeting: PlannedMeeting, prepared: dict[str, PlannedMeeting], plan: Plan) -> bool:
    # A strategträff before another group's meeting on the same theme also counts.
    return any(
        other.ref in prepared
        for other in plan.meetings
        if other.ref == meeting.ref or (other.group and meeting.group and other.theme == meeting.theme)
    )


def _home_work(plan: Plan) -> Iterator[Warned]:
    chain = [meeting for meeting in plan.in_order() if meeting.kind.facts.is_main]
    # Each group has a chain of its own, since meetings of two groups do not follow on each other.
    groups = {meeting.group for meeting in chain if meeting.group} or {""}
    warned = set()
    for group in sorted(groups):
        for before, after in pairwise([meeting for meeting in chain if meeting.group in ("", group)]):
            weeks = max((after.starts_on - before.ends_on).days // 7, 0)
            least = FIRST if before.kind.facts.is_opening else HOME_WORK
            if weeks < least and (before.ref, after.ref) not in warned:
                warned.add((before.ref, after.ref))
                yield Warned(
                    after.ref,
                    f"Det är {_weeks(weeks)} mellan {before.name} och {after.name}. Arbetet på hemmaplan och "
                    f"självskattningen behöver minst {in_words(least)}.",
                )


def _weeks(count: int) -> str:
    return "mindre än en vecka" if count == 0 else "en vecka" if count == 1 else f"{count} veckor"


def _same_day(plan: Plan) -> Iterator[Warned]:
    for before, after in pairwise(plan.in_order()):
        # Mentors and strategists may meet on the same day, and so may two groups.
        may_share = before.kind.facts.may_share_day and after.kind.facts.may_share_day
        apart = bool(before.group and after.group and before.group != after.group)
        if after.starts_on <= before.ends_on and not may_share and not apart:
            yield Warned(after.ref, f"{before.name} och {after.name} ligger på samma dag.")


def still_ahead(warned: list[Warned], plan: Plan, today: date) -> list[Warned]:
    """Return the warnings that are not about something in the past; a finished omgång has none."""
    if plan.ends_on < today:
        return []
    past = {meeting.ref for meeting in plan.meetings if meeting.ends_on < today}
    return [
        warning for warning in warned if warning.ref not in past and (warning.until is None or today <= warning.until)
    ]


def by_meeting(warned: list[Warned]) -> dict[str, list[str]]:
    """Return the sentences by the meeting's ref; those about the whole omgång have an empty ref."""
    sentences: dict[str, list[str]] = {}
    for warning in warned:
        sentences.setdefault(warning.ref, []).append(warning.sentence)
    return sentences
