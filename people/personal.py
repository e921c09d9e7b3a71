"""What is held about a person here (kit/holding.py)."""

from kit.holding import Held
from people.models import ErasureRequest, SeatOffer

HELD = {
    SeatOffer: Held(
        shows=("participation", "name", "function", "starts_on", "ends_on", "asked_by"),
        by=("user",),
        made=("asked_by",),
        deletes=True,
    ),
    ErasureRequest: Held(shows=("asked_on", "message"), by=("user",), deletes=True),
}
