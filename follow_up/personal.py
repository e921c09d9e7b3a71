"""What is held about a person here (kit/holding.py)."""

from follow_up.models import Mailing
from kit.holding import Held

HELD = {
    Mailing: Held(
        shows=("cohort", "subject", "body", "changed_at", "sent_at"),
        called="utskick som du har skrivit",
        made=("made_by", "sent_by", "answers_to"),
    )
}
