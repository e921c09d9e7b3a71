"""What is held about a person here, and for how long (kit/holding.py)."""

from kit.holding import Held
from mailings.erasing import MAIL, erase
from mailings.models import Attachment, Mail, MailChoice, MailHold, Wording

__all__ = ("HELD", "MAIL", "NOTHING")

HELD = {
    Mail: Held(
        shows=("made_at", "sent_at", "address", "subject", "text", "state"),
        by=("recipient",),
        by_address=("address",),
        erases=erase,
    ),
    Wording: Held(shows=("subject", "changed_at"), made=("changed_by",)),
    MailChoice: Held(shows=("rhythm",), by=("user",), deletes=True),
}
NOTHING = {
    MailHold: "that mail is held after a restore",
    Attachment: "a file that mails carry, which goes with the last of them",
}
