"""What the `personal.py` of an app says of each of its models: whose the rows are, and what erasing does to them."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from django.db import models
from django.db.models import Q, QuerySet

Rows = QuerySet[models.Model]


@dataclass(frozen=True)
class Person:
    """Whom rows are about. `key` is None for someone who stands in forms and mail only, without an account.

    `instead` is what stands in the name's place when the person is erased: "en politiker". `is_alone` is False where
    the name may mean somebody else: then it is looked for in the person's own rows only.
    """

    key: int | None
    names: tuple[str, ...]
    addresses: tuple[str, ...]
    instead: str
    is_alone: bool


@dataclass(frozen=True)
class Held:
    """A model that holds something about a person: the columns that the person reads, and how their rows are found.

    `by` and `by_address` are columns, or ways to columns, that say whose the row is; erasing deletes these rows where
    `deletes` says so, or hands them to `erases`. `made` are columns of who wrote or did something, and `by_name` those
    that begin with a name: those rows stay. Names and addresses in texts are replaced in every row by itself.
    """

    shows: tuple[str, ...]
    # Where the model's own name, or a column's, does not say to the person what it is.
    called: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    by: tuple[str, ...] = ()
    by_address: tuple[str, ...] = ()
    made: tuple[str, ...] = ()
    by_name: tuple[str, ...] = ()
    deletes: bool = False
    erases: Callable[[Rows], None] | None = None

    def rows_of(self, model: type[models.Model], person: Person) -> Rows:
        return model._base_manager.filter(self._own(person))

    def rows_about(self, model: type[models.Model], person: Person) -> Rows:
        """Return the person's own rows, and those of what the person has done."""
        about = self._own(person) | _any(self.made, person.key)
        for name in person.names if person.is_alone else ():
            for column in self.by_name:
                about |= Q(**{f"{column}__startswith": name})
        return model._base_manager.filter(about)

    def _own(self, person: Person) -> Q:
        own = _any(self.by, person.key)
        for way in self.by_address:
            own |= Q(**{f"{way}__in": person.addresses})
        return own


def _any(ways: tuple[str, ...], key: int | None) -> Q:
    rows = Q(pk__in=())
    for way in ways if key is not None else ():
        rows |= Q(**{way: key})
    return rows


@dataclass(frozen=True)
class Printed:
    """What follows where a name is replaced in rows that something is made of, such as a checksum or a file."""

    after: Callable[[Collection[int]], None]
    # Columns that name whoever decided; they are emptied, since the function stands beside them.
    empties: tuple[str, ...] = ()


@dataclass(frozen=True)
class NamedException:
    """Where a name may stay after the person is erased: in which rows, until when, and why."""

    model: type[models.Model]
    columns: tuple[str, ...]
    until: str
    why: str
    rows: Callable[[], Q]
