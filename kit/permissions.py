"""Permissions: a name and the rule of who holds it, listed in each app's `perms.py`."""

from typing import NewType

import rules
from django.core.exceptions import PermissionDenied
from rules.predicates import Predicate

Perm = NewType("Perm", str)


def permission(name: str, holders: Predicate) -> Perm:
    rules.add_perm(name, holders)
    return Perm(name)


def may(user: object, perm: Perm, target: object = None) -> bool:
    return bool(rules.has_perm(perm, user, target))


def require(user: object, perm: Perm, target: object = None) -> None:
    """Raise `PermissionDenied` (403) for an object in scope; `visible_to` makes an object out of scope a 404."""
    if not may(user, perm, target):
        raise PermissionDenied
