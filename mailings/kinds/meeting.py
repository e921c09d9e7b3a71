"""Mail about a meeting."""

from mailings.kinds.base import MailKind

KINDS: tuple[MailKind, ...] = ()
