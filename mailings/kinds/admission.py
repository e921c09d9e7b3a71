"""Mail about interest and admission."""

from mailings.kinds.base import MailKind

KINDS: tuple[MailKind, ...] = ()
