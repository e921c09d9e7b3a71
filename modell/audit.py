"""The trail: every action calls `record` once. Nothing in the product reads the trail to decide anything."""

from collections.abc import Mapping

from accounts.models import User
from modell.enums import EventKind as Kind
from modell.models import AuditEvent

__all__ = ("COMMAND_LINE", "Kind", "record", "record_for_one_without_account")

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


def record_for_one_without_account(kind: Kind, *, who: str, target: object, data: Mapping[str, object]) -> AuditEvent:
    """In SKR's trail: someone who has a mailed key and no account, told by what they are and never by name."""
    return AuditEvent.objects.create(kind=kind, target=str(target)[:200], actor=who, data=dict(data))
