"""The trail: every action calls `record` once, and nothing reads the trail to decide anything.

The kinds of rows are in each app's `trail.py`.
"""

from collections.abc import Mapping
from typing import Protocol

from django.db.models import TextChoices

from kit.models import AuditEvent

__all__ = ("COMMAND_LINE", "record", "record_without_account")

COMMAND_LINE = "Kommandoraden"


class Actor(Protocol):
    """The user who acts; this app may not import the site's user model."""

    @property
    def pk(self) -> int: ...
    @property
    def name(self) -> str: ...


def record(
    kind: TextChoices, *, target: object, by: Actor | None, organisation: str = "", **data: object
) -> AuditEvent:
    """Write a row. `by=None` means the command line or the worker; `organisation` is the owner of the trail."""
    return AuditEvent.objects.create(
        kind=kind,
        target=str(target)[:200],
        organisation=organisation,
        actor_id=by.pk if by else None,
        actor=by.name if by else COMMAND_LINE,
        data=data,
    )


def record_without_account(kind: TextChoices, *, who: str, target: object, data: Mapping[str, object]) -> AuditEvent:
    """Write a row in SKR's trail for a person without an account; `who` names their part and never the person."""
    return AuditEvent.objects.create(kind=kind, target=str(target)[:200], actor=who, data=dict(data))
