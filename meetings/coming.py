"""Who comes, on a meeting's page: the reader's own answer, and how many others have answered."""

from dataclasses import dataclass
from itertools import groupby

from kit.templatetags.swedish import enumerated, sentence, some
from mailings.models import Mail
from meetings.actions.answering import deputy_key
from meetings.composition import AttendingComposition, composition_of
from meetings.enums import Rsvp
from meetings.invitees import AnswerCount, Invitee, counts_of, deputies_for
from meetings.models import Meeting
from meetings.whom import organisations_at


@dataclass(frozen=True)
class Deputy:
    person: Invitee
    asked: bool


@dataclass(frozen=True)
class Mine:
    """The reader's own answer; a page has None if the meeting is not for the reader."""

    person: Invitee
    answer: str
    moved: bool
    deputies: tuple[Deputy, ...]

    @property
    def is_answered(self) -> bool:
        return bool(self.answer) and not self.moved

    @property
    def is_mentor(self) -> bool:
        return not self.person.participation.is_participant

    @property
    def label(self) -> str:
        return str(Rsvp(self.answer).label) if self.answer else ""

    @property
    def said(self) -> str:
        return f"Du {self.label.lower()}"

    @property
    def says_no(self) -> bool:
        return self.answer == Rsvp.NO and not self.moved


@dataclass(frozen=True)
class Coming:
    """The number who come by function, and by name those of one's own group; SKR sees all names."""

    counts: tuple[AnswerCount, ...]
    near: tuple[tuple[str, tuple[Invitee, ...]], ...]
    composition: AttendingComposition | None

    @property
    def silent(self) -> int:
        return sum(count.silent for count in self.counts)

    @property
    def words(self) -> str:
        yes, no = sum(count.yes for count in self.counts), sum(count.no for count in self.counts)
        if not yes and not no:
            return ""
        said = [f"{some(number)} {what}" for number, what in ((yes, "kommer"), (no, "kommer inte")) if number]
        silent = f"{some(self.silent)} har inte svarat än" if self.silent else "alla har svarat"
        return sentence(f"{enumerated([*said, silent])}.")


def mine_of(meeting: Meeting, own: list[Invitee], people: list[Invitee]) -> Mine | None:
    if not own:
        return None
    person = own[0]
    moved = bool(person.answer) and person.answered_to != meeting.sequence
    deputies: tuple[Deputy, ...] = ()
    if person.has_said(Rsvp.NO, meeting):
        invitees = deputies_for(person, people)
        keys = [deputy_key(meeting, person.pk, deputy.pk) for deputy in invitees]
        asked = set(Mail.objects.filter(key__in=keys).values_list("key", flat=True)) if keys else set()
        deputies = tuple(Deputy(deputy, key in asked) for deputy, key in zip(invitees, keys, strict=True))
    return Mine(person, person.answer, moved, deputies)


def coming_of(meeting: Meeting, people: list[Invitee], *, has_begun: bool) -> Coming:
    near = groupby((person for person in people if person.near), key=lambda person: person.participation.pk)
    named = []
    for _, members in near:
        rows = tuple(members)
        named.append((rows[0].participation.organisation.name, rows))
    there = composition_of(meeting, organisations_at(meeting), people) if has_begun else None
    return Coming(tuple(counts_of(people, meeting)), tuple(named), there)
