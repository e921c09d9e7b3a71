"""What the page says before the letter is sent: who gets it, what happens, and why it cannot be sent."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from admission.actions.letter import READ_AGAIN, Next, next_issue
from admission.letter.letter import issues_of, letter_content
from admission.letter.material import LetterMaterial
from admission.letter.recipients import Recipient, recipients
from kit.templatetags.swedish import in_words, sentence


@dataclass(frozen=True)
class Sending:
    """A letter that is about to be sent; `is_read` is False if it has changed since it was read."""

    coming: Next
    people: tuple[Recipient, ...]
    is_read: bool

    @cached_property
    def to_send(self) -> list[Recipient]:
        return [recipient for recipient in self.people if not recipient.has_it]

    @property
    def n_new(self) -> int:
        return sum(not recipient.has for recipient in self.to_send)

    @property
    def lead(self) -> str:
        number, new = len(self.to_send), self.n_new
        if 0 < new < number:
            return f"{'En' if new == 1 else sentence(in_words(new))} av {in_words(number)} har aldrig fått brevet."
        if not number:
            return ""
        return f"{'En person' if number == 1 else f'{sentence(in_words(number))} personer'} får brevet."

    @property
    def refusal(self) -> str:
        if not self.people:
            return "Brevet har ingen mottagare än."
        if not self.is_read:
            return READ_AGAIN
        return "" if self.to_send else "Alla har redan fått brevet."

    @property
    def happens(self) -> Iterator[str]:
        number = self.coming.number
        yield "Var och en får brevet som PDF i ett mejl. Ett brev som är skickat går inte att ta tillbaka."
        if not self.coming.is_new:
            yield f"Version {number} är redan skickad. De som har fått den får den inte igen."
        elif number > 1:
            yield f"Det blir version {number}. Ändrat sedan version {number - 1}: {self.coming.changed}."
        waiting = sum(recipient.waits for recipient in self.to_send)
        if waiting:
            who = "en person" if waiting == 1 else f"{in_words(waiting)} personer"
            yield f"Brevet är också inbjudan till Modell för {who}."


def sending_of(material: LetterMaterial, seen: str) -> Sending:
    """Return the sending of the letter as it stands; `seen` is the checksum of the one that was read."""
    content = letter_content(material)
    coming = next_issue(content, next(iter(issues_of(material.cohort)), None))
    people = recipients(material.cohort, coming.number)
    return Sending(coming, tuple(people), is_read=content.checksum == seen)
