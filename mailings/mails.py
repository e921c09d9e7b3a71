"""Mail about the digest."""

from mailings.kinds import MailKind

DIGEST = MailKind(
    key="digest",
    name="Sammandrag",
    when="Klockan sju på morgonen, till den som har valt sammandrag och har något att få veta.",
    subject="Sammandrag från Modell: {antal}",
    body="Här är det som har hänt sedan förra sammandraget.",
    fields=("antal",),
    button="Öppna Modell",
    waits=False,
)

KINDS: tuple[MailKind, ...] = (DIGEST,)
