"""What sessions hold about a person: each is packed, so every one is opened and read."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from kit.holding import Person
from privacy.finding import addresses_wanted, is_in, names_wanted


@dataclass(frozen=True)
class NamedSession:
    """`left` is what the session holds without what names the person; None if it is the person's own and ends."""

    session: Session
    left: dict[str, Any] | None


def sessions_naming(person: Person) -> Iterator[NamedSession]:
    names, addresses = names_wanted(person) if person.is_alone else None, addresses_wanted(person)
    rows: QuerySet[Session] = Session.objects.order_by("pk")
    for row in rows.iterator():
        decoded = row.get_decoded()
        if person.key is not None and decoded.get(SESSION_KEY) == str(person.key):
            yield NamedSession(row, None)
            continue
        left = {
            key: value
            for key, value in decoded.items()
            if not is_in(text := json.dumps(value, ensure_ascii=False, default=str), names)
            and not is_in(text, addresses)
        }
        if left != decoded:
            yield NamedSession(row, left)


def forget(named: NamedSession) -> None:
    if named.left is None:
        named.session.delete()
    else:
        packed = SessionStore().encode(named.left)
        Session.objects.filter(pk=named.session.pk).update(session_data=packed)
