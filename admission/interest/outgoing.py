"""The mails that an answer sends, counted and shown before anything is saved."""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass

from admission.actions.admission import BoardAnswer
from admission.enums import InterestState as State
from admission.interest import mail
from admission.models import Interest
from kit.templatetags.swedish import in_words, sentence
from mailings.actions import Envelope
from mailings.writing import WrittenMail, write
from people.mails import INVITATION


@dataclass(frozen=True)
class Outgoing:
    answers: int
    invitations: int

    @property
    def number(self) -> int:
        return self.answers + self.invitations

    @property
    def in_words(self) -> str:
        invited = "en inbjudan" if self.invitations == 1 else f"{in_words(self.invitations)} inbjudningar"
        parts = f": {in_words(self.answers)} svar och {invited}" if self.invitations else ""
        return f"{sentence(in_words(self.number))} mejl{parts}"


def outgoing(interests: Iterable[Interest], answer: BoardAnswer) -> Outgoing:
    changed = [interest for interest in interests if not answer.stands_in(interest)]
    invited = [interest for interest in changed if _invites(interest, answer)]
    return Outgoing(
        sum(interest.writers.count() for interest in changed), sum(interest.people.count() for interest in invited)
    )


def _invites(interest: Interest, answer: BoardAnswer) -> bool:
    return answer.invites and answer.state == State.ADMITTED and interest.participation_id is None


def previews(interest: Interest, answer: BoardAnswer, changed: str) -> list[WrittenMail]:
    """Return the answer's mail, and the invitation if one goes too; the form itself is left as it was."""
    answered = copy(interest)
    answered.state, answered.answered_on, answered.answered_by = answer.state, answer.answered_on, answer.answered_by
    answered.answer = answer.answer
    values = mail.answer_values(answered, changed)
    reason = f"Du får mejlet för att du skriver intresseanmälan för {interest}."
    to = Envelope("", "", reason, contact=interest.cohort.contact)
    written = [write(mail.ANSWER_KINDS[State(answer.state)], values, to.frame())]
    if _invites(interest, answer) and (person := interest.people.first()):
        written.append(_invitation(interest, person.name, person.get_function_display().lower()))
    return written


def _invitation(interest: Interest, name: str, function: str) -> WrittenMail:
    values = {
        "namn": name,
        "omgang": interest.cohort.name,
        "organisation": interest.organisation.name,
        "funktion": function,
    }
    reason = f"Du får mejlet för att du är {function} för {interest}."
    return write(INVITATION, values, Envelope("", name, reason, contact=interest.cohort.contact).frame())
