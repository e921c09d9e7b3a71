"""Whom SKR writes to: people of an omgång by function, role, group and organisation, and by what is lacking.

What someone lacks is said by the same rules as the page of readiness and "Mina uppgifter".
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.models import User
from cohorts.duty import Matter
from cohorts.holders import Holder
from cohorts.models import Cohort, Participation
from follow_up.models import Mailing
from follow_up.overview import WEIGHT, lacking_at
from follow_up.records import read_followed
from kit.templatetags.swedish import enumerated
from meetings import duties
from meetings.models import Meeting
from meetings.records import MeetingRecords
from mentoring.duties import read_mentoring
from people.directory import directory_of

# These are lacking in a person; what else is lacking is so in the whole organisation.
PERSONAL = (Matter.ANSWER, Matter.PREPARATION)
# These hang on no meeting.
AT_ANY_TIME = (Matter.REPORT, Matter.COMPOSITION, Matter.MENTOR)
LACKS = (*dict.fromkeys(matter for matter, _ in WEIGHT), Matter.MENTOR)
ORDINARY = "nej"


@dataclass(frozen=True)
class Addressee:
    """A person who gets the mail once, with the seats by which they were chosen."""

    seats: tuple[Holder, ...]

    @property
    def user(self) -> User:
        return self.seats[0].delegate.user

    @property
    def whose(self) -> str:
        return enumerated(dict.fromkeys(seat.whose for seat in self.seats))


def addressees_of(mailing: Mailing, today: date) -> list[Addressee]:
    left_out = set(mailing.left_out.values_list("pk", flat=True))
    chosen = chosen_by(mailing.cohort, mailing.choice, today)
    return [person for person in chosen if person.user.pk not in left_out]


def chosen_by(cohort: Cohort, choice: Mapping[str, Any], today: date) -> list[Addressee]:
    """Return the people of a choice, as `MailingChoiceForm` cleans it, by organisation and function."""
    asked = {"search": choice["sok"], "group": choice["grupp"], "silent": bool(choice["inloggning"])}
    directory = directory_of(cohort, today, **asked)
    lacks = _lacks(cohort, choice, today) if choice["saknar"] else None
    by_user: dict[int, list[Holder]] = defaultdict(list)
    for row in directory.rows:
        if not _is_asked(row.participation, choice):
            continue
        row.participation.cohort = cohort
        for delegate in row.people:
            seat = Holder(today, row.participation, delegate, row.people)
            if _has_seat(seat, choice) and (lacks is None or lacks.covers(seat)):
                by_user[delegate.user_id].append(seat)
    return [Addressee(tuple(seats)) for seats in by_user.values()]


def _is_asked(participation: Participation, choice: Mapping[str, Any]) -> bool:
    return (choice["roll"] in ("", participation.role)) and (
        not choice["organisation"] or participation.code in choice["organisation"]
    )


def _has_seat(seat: Holder, choice: Mapping[str, Any]) -> bool:
    delegate = seat.delegate
    is_in_turn = choice["ersattare"] != ORDINARY or not delegate.deputy
    return (
        delegate.user.is_active and is_in_turn and (not choice["funktion"] or delegate.function in choice["funktion"])
    )


@dataclass(frozen=True)
class Lacks:
    """Those who lack the chosen thing: whole organisations, or persons by their seats."""

    participations: frozenset[int] = frozenset()
    delegates: frozenset[int] = frozenset()

    def covers(self, seat: Holder) -> bool:
        return seat.participation.pk in self.participations or seat.delegate.pk in self.delegates


def _lacks(cohort: Cohort, choice: Mapping[str, Any], today: date) -> Lacks:
    matter = Matter(choice["saknar"])
    rows = tuple(cohort.participations.select_related("cohort", "organisation").order_by("position", "pk"))
    if matter == Matter.MENTOR:
        mentoring = read_mentoring(rows, today)
        return Lacks(frozenset(row.pk for row in rows if mentoring.is_to_agree(row)))
    meeting = cohort.meetings.select_related("group", "cohort").filter(key=choice["traff"]).first()
    if meeting is None and matter not in AT_ANY_TIME:
        return Lacks()
    records = read_followed(rows, today, only=meeting)
    if matter in PERSONAL and meeting:
        holders = (
            Holder(today, row, delegate, records.delegates[row.pk])
            for row in rows
            for delegate in records.delegates.get(row.pk, ())
        )
        open_ = (holder for holder in holders if _has_left_to_do(holder, matter, meeting, records.meetings))
        return Lacks(delegates=frozenset(holder.delegate.pk for holder in open_))
    return Lacks(lacking_at(meeting, matter, records))


def _has_left_to_do(holder: Holder, matter: Matter, meeting: Meeting, records: MeetingRecords) -> bool:
    tasks = duties.duties(holder, records)
    return any(task.matter == matter and task.meeting_id == meeting.pk and not task.done for task in tasks)
