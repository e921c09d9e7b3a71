"""What is held about a person here, and for how long (kit/holding.py)."""

from kit.holding import Held
from kit.models import AuditEvent, KeptForm, PeriodicRun, Retention, SentForm
from kit.retention import Keeping

HELD = {
    AuditEvent: Held(shows=("happened_at", "kind", "target"), called="vad du har gjort", made=("actor_id",)),
    KeptForm: Held(
        shows=("kept_at", "page", "typed"), called="text som inte blev sparad", by=("person",), deletes=True
    ),
}
NOTHING = {
    SentForm: "the number of a form and the address that it led to",
    PeriodicRun: "what the worker has done",
    Retention: "a number of days",
}
TRAIL = Keeping("trail", "Händelser: vem som gjorde vad och när", "från den dag det hände", 1825, 365, 3650)
