"""Mail about the digest."""

from mailings.kinds.base import MailKind

KINDS: tuple[MailKind, ...] = ()
