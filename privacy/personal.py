"""What is held about a person here (kit/holding.py)."""

from kit.holding import Held
from privacy.models import ErasureRequest

HELD = {ErasureRequest: Held(shows=("asked_on", "message"), by=("user",), deletes=True)}
