"""Fields in brackets that SKR may write in a mailing, and what each person reads in their place."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from cohorts.models import Cohort, GroupMentor
from follow_up.mailing.choosing import Addressee
from follow_up.reminders import days_of
from kit.canonical import folded
from kit.filling import refuse_fields
from kit.templatetags.swedish import counted, enumerated, sentence, weekday_and_day
from meetings.models import Meeting
from meetings.whom import functions_asked, mentorships_of

BRACKETS = re.compile(r"\[([^\[\]\n]*)\]")
NAMED = 3  # people who are named where a field is empty


@dataclass(frozen=True)
class Surroundings:
    """What the fields of all the addressees are filled in from; `meetings` are those to come, in order."""

    cohort: Cohort
    meetings: tuple[Meeting, ...]
    mentorships: Mapping[int, list[GroupMentor]]

    def next_for(self, person: Addressee, is_asked: Callable[[Meeting], bool] = lambda _: True) -> Meeting | None:
        return next((row for row in self.meetings if is_asked(row) and self._comes(person, row)), None)

    def _comes(self, person: Addressee, meeting: Meeting) -> bool:
        return any(
            seat.delegate.function
            in functions_asked(seat.participation, meeting, self.mentorships.get(seat.participation.pk, []))
            for seat in person.seats
        )


def read_surroundings(cohort: Cohort, people: Iterable[Addressee], today: date) -> Surroundings:
    coming = cohort.meetings.taking_place().filter(starts_on__gte=today).order_by("starts_on", "pk")
    participations = {seat.participation.pk for person in people for seat in person.seats}
    return Surroundings(cohort, tuple(coming), mentorships_of(list(participations)))


def _each(person: Addressee, value: Callable[..., str]) -> str:
    return enumerated(dict.fromkeys(filter(None, (value(seat) for seat in person.seats))))


def _group(person: Addressee, _: Surroundings) -> str:
    return _each(person, lambda seat: seat.participation.group.name if seat.participation.group else "")


def _meeting(meeting: Meeting | None) -> str:
    return f"{meeting.name}, {days_of(meeting)}" if meeting else ""


def _due_on(person: Addressee, around: Surroundings) -> str:
    meeting = around.next_for(person, lambda row: row.is_assessed)
    return weekday_and_day(meeting.assessment_due_on) if meeting else ""


FIELDS: Mapping[str, Callable[[Addressee, Surroundings], str]] = {
    "förnamn": lambda person, _: next(iter(person.user.name.split()), ""),
    "namn": lambda person, _: person.user.name,
    "organisation": lambda person, _: _each(person, lambda seat: seat.participation.organisation.name),
    "funktion": lambda person, _: _each(person, lambda seat: seat.delegate.get_function_display().lower()),
    "grupp": _group,
    "omgången": lambda _, around: around.cohort.name,
    "nästa träff": lambda person, around: _meeting(around.next_for(person)),
    "nästa lärandeträff": lambda person, around: _meeting(around.next_for(person, lambda row: row.is_learning)),
    "sista dag för självskattningen": _due_on,
}


def refuse_unknown_fields(text: str, field: str) -> None:
    """Refuse anything in brackets that is no field, by its name."""
    unknown = dict.fromkeys(f"[{name}]" for name in BRACKETS.findall(text) if folded(name) not in FIELDS)
    refuse_fields(unknown, usable(), field, instead="Skriv annars vanliga parenteser.")


def usable() -> list[str]:
    return [f"[{name}]" for name in FIELDS]


def fields_in(*texts: str) -> list[str]:
    return list(dict.fromkeys(folded(name) for text in texts for name in BRACKETS.findall(text)))


def filled_in(text: str, person: Addressee, around: Surroundings) -> str:
    return BRACKETS.sub(lambda match: FIELDS[folded(match[1])](person, around), text)


def empty_for(texts: Iterable[str], people: Iterable[Addressee], around: Surroundings) -> list[str]:
    """Return a sentence for each field that is empty for some of the people."""
    people, sentences = list(people), []
    for name in fields_in(*texts):
        without = [person.user.name for person in people if not FIELDS[name](person, around)]
        if without:
            rest = len(without) - NAMED
            named = [*without[:NAMED], counted(rest, "en till", "till")] if rest > 0 else without
            number = sentence(counted(len(without), "en person", "personer"))
            sentences.append(f"{number} har inget värde för [{name}] och läser ingenting där: {enumerated(named)}.")
    return sentences
