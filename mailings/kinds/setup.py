"""Mail about the omgång's dates."""

from mailings.kinds.base import MailKind

KINDS: tuple[MailKind, ...] = ()
