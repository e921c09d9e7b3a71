"""Mail about what is due."""

from mailings.kinds.base import MailKind

KINDS: tuple[MailKind, ...] = ()
