"""What is held about a person here (kit/holding.py)."""

from archive.models import Bundle
from kit.holding import Held

HELD = {
    Bundle: Held(
        shows=("cohort", "participation", "ordered_at"),
        called="filer med handlingar som du har beställt",
        made=("ordered_by",),
    )
}
