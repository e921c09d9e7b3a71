"""The shapes of database constraints the models share, each with its sentence for the user."""

from django.db import models
from django.db.models import F, Q


def in_order(first: str, last: str) -> models.CheckConstraint:
    """The second day is not before the first; either may be missing."""
    return models.CheckConstraint(
        name=f"%(app_label)s_%(class)s_{first}_{last}",
        condition=Q(**{f"{last}__isnull": True}) | Q(**{f"{first}__isnull": True}) | Q(**{f"{last}__gte": F(first)}),
        violation_error_message="Slutdagen kan inte ligga före startdagen.",
    )


def known_choice(field: str, choices: type[models.TextChoices], *, blank: bool = False) -> models.CheckConstraint:
    """The column holds one of the enum's values."""
    allowed = [*choices.values, *([""] if blank else [])]
    return models.CheckConstraint(
        name=f"%(app_label)s_%(class)s_{field}_known",
        condition=Q(**{f"{field}__in": allowed}),
        violation_error_message="Värdet finns inte bland alternativen.",
    )


def both_or_neither(one: str, other: str) -> models.CheckConstraint:
    """A moment and what belongs to it are recorded together or not at all."""
    neither = Q(**{f"{one}__isnull": True, f"{other}__isnull": True})
    both = Q(**{f"{one}__isnull": False, f"{other}__isnull": False})
    return models.CheckConstraint(
        name=f"%(app_label)s_%(class)s_{one}_with_{other}",
        condition=neither | both,
        violation_error_message="Uppgifterna hör ihop och måste anges tillsammans.",
    )
