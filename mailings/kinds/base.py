"""What a kind of mail is: its name on screen, our words for it, and what may stand in braces.

SKR may replace subject and body in the browser (`Wording`). A text is plain paragraphs; `{namn}` and the like are
filled in when the mail is made. Greeting, button, why one gets it and foot are the frame (templates/mail).
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class MailKind:
    """`fields` are the names that subject and body may use; `waits` is whether it may stand in a digest.

    A `secret` kind's link opens something by itself, so nobody but the one who got the mail reads it.
    """

    key: str
    name: str
    when: str
    subject: str
    body: str
    fields: tuple[str, ...] = ()
    button: str = "Öppna sidan"
    waits: bool = True
    secret: bool = False

    def fills(self) -> tuple[str, ...]:
        """Beside its own fields, every kind has these."""
        return ("namn", "omgang", *self.fields)
