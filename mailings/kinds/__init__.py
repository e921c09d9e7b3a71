"""Every kind of mail there is, an area a file."""

from mailings.kinds import admission, following, mailing, meeting, mentoring, people, setup
from mailings.kinds.base import MailKind

KINDS: tuple[MailKind, ...] = (
    *people.KINDS,
    *admission.KINDS,
    *setup.KINDS,
    *meeting.KINDS,
    *mentoring.KINDS,
    *following.KINDS,
    *mailing.KINDS,
)


def kind_of(key: str) -> MailKind:
    return next(kind for kind in KINDS if kind.key == key)


def find_kind(key: str) -> MailKind | None:
    """None where a mail is older than today's kinds."""
    return next((kind for kind in KINDS if kind.key == key), None)


__all__ = ("KINDS", "MailKind", "find_kind", "kind_of")
