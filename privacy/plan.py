"""What erasing a person does, before it is done: the preview counts it, and the action carries it out."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.contrib.sessions.models import Session
from django.db import models

from accounts.models import User
from kit.holding import Person
from kit.templatetags.swedish import in_words
from privacy.finding import Place, places_of
from privacy.held import HELD, PRINTED
from privacy.sessions import NamedSession, forget, sessions_naming

Model = type[models.Model]


@dataclass(frozen=True)
class ErasurePlan:
    """`own` are the keys of the person's rows that are deleted or emptied, `places` where else they are named."""

    person: Person
    own: Mapping[Model, list[int]]
    places: list[Place]
    sessions: list[NamedSession]

    @property
    def counts(self) -> Counter[Model]:
        rows: Counter[Model] = Counter({model: len(keys) for model, keys in self.own.items()})
        rows.update(place.model for place in self.places if place.new)
        rows[Session] += len(self.sessions)
        rows[User] += self.person.key is not None
        return +rows

    @property
    def excepted(self) -> Counter[Model]:
        return Counter(place.model for place in self.places if place.excepted)

    @property
    def doubtful(self) -> list[Place]:
        """Return where the name stands and may mean somebody else; a person decides about these."""
        return [place for place in self.places if place.doubtful]

    def lines(self) -> Iterator[str]:
        for model, rows in sorted(self.counts.items(), key=lambda pair: pair[0]._meta.db_table):
            yield f"{model._meta.db_table}: {rows}"


def plan_of(person: Person) -> ErasurePlan:
    own = {
        model: keys
        for model, holding in HELD.items()
        if holding.deletes or holding.erases
        if (keys := list(holding.rows_of(model, person).values_list("pk", flat=True)))
    }
    return ErasurePlan(person, own, list(places_of(person, own)), list(sessions_naming(person)))


def carry_out(plan: ErasurePlan) -> None:
    """Delete, empty and replace what the plan says; the caller is in a transaction."""
    for model, keys in plan.own.items():
        rows = model._base_manager.filter(pk__in=keys)
        erases = HELD[model].erases
        if erases:
            erases(rows)
        else:
            rows.delete()
    for place in plan.places:
        if place.new:
            place.model._base_manager.filter(pk=place.key).update(**place.new)
    for model, printed in PRINTED.items():
        if changed := [place.key for place in plan.places if place.model is model and place.new]:
            printed.after(changed)
    for session in plan.sessions:
        forget(session)


def in_rows(number: int) -> str:
    return "en rad" if number == 1 else f"{in_words(number)} rader"
