"""The trail: every action calls `record` once. Nothing in the product reads the trail to decide anything."""

from accounts.models import User
from modell.enums import EventKind as Kind
from modell.models import AuditEvent

__all__ = ("COMMAND_LINE", "Kind", "record")

COMMAND_LINE = "Kommandoraden"


def record(kind: Kind, *, target: object, by: User | None, organisation: str = "", **data: object) -> AuditEvent:
    """Write one row. `by=None` means the command line or the worker; `organisation` is whose trail it enters."""
    return AuditEvent.objects.create(
        kind=kind,
        target=str(target)[:200],
        organisation=organisation,
        actor_id=by.pk if by else None,
        actor=by.name if by else COMMAND_LINE,
        data=data,
    )
