"""The kinds of mail: name on screen, built-in text and the fields that may stand in braces.

SKR may replace subject and body in the browser (`Wording`). A text is plain paragraphs; `{namn}` and the like are
filled in when the mail is made. Greeting, button, reason and footer come from templates/mailings.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from django.conf import settings
from django.utils.module_loading import import_string


class Reader(Enum):
    """Whom a kind of mail is for. A writer of an interest form is an address, whose person nobody knows the name of."""

    PERSON = auto()
    WRITER = auto()
    SKR = auto()


@dataclass(frozen=True)
class MailKind:
    """A kind of mail. `fields` are the names that subject and body may use; `waits` lets it stand in a digest.

    The link of a `secret` kind opens something without a sign-in, so only the recipient may read the mail. SKR cannot
    change the words of a `fixed` kind, since a fault in them would lock everybody out. All words of an `own` kind
    are SKR's, written anew each time.
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
    fixed: bool = False
    own: bool = False
    reader: Reader = Reader.PERSON

    def fills(self) -> tuple[str, ...]:
        return ("omgang", *self.fields) if self.reader is Reader.WRITER else ("namn", "omgang", *self.fields)


@dataclass(frozen=True)
class MailOccasion:
    """An occasion for mail, under the name that the process leader looks for."""

    name: str
    kinds: tuple[MailKind, ...]


def occasions() -> tuple[MailOccasion, ...]:
    # The apps above this one bring the kinds, so the setting names where they are collected.
    return import_string(settings.MAIL_OCCASIONS)


def is_rehearsal(slug: str) -> bool:
    # Omgångar lie above this app too.
    rehearses: Callable[[str], bool] = import_string(settings.MAIL_IS_REHEARSED)
    return bool(slug) and rehearses(slug)


def all_kinds() -> tuple[MailKind, ...]:
    return tuple(kind for occasion in occasions() for kind in occasion.kinds)


def find_kind(key: str) -> MailKind | None:
    # A stored mail may be older than today's kinds.
    return next((kind for kind in all_kinds() if kind.key == key), None)
