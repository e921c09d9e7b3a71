"""Mail about mentorship."""

from mailings.kinds.base import MailKind

KINDS: tuple[MailKind, ...] = ()
