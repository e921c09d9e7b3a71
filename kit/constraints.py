"""Database constraints that several models use, each with its sentence for the user."""

from django.db import models
from django.db.models import F, Q

from kit.days import BACKWARDS

NOT_ON_THE_WEB = "Länken ska börja med https:// eller http://."


def in_order(first: str, last: str) -> models.CheckConstraint:
    """Return the constraint that `last` is not before `first`; either may be missing."""
    return models.CheckConstraint(
        name=f"%(app_label)s_%(class)s_{first}_{last}",
        condition=Q(**{f"{last}__isnull": True}) | Q(**{f"{first}__isnull": True}) | Q(**{f"{last}__gte": F(first)}),
        violation_error_message=BACKWARDS,
    )


def known_choice(field: str, choices: type[models.TextChoices], *, blank: bool = False) -> models.CheckConstraint:
    allowed = [*choices.values, *([""] if blank else [])]
    return models.CheckConstraint(
        name=f"%(app_label)s_%(class)s_{field}_known",
        condition=Q(**{f"{field}__in": allowed}),
        violation_error_message="Värdet finns inte bland alternativen.",
    )


def on_the_web(field: str) -> models.CheckConstraint:
    """Return the constraint that a link is http or https, or empty: a page draws it as it stands."""
    schemes = Q(**{f"{field}__istartswith": "http://"}) | Q(**{f"{field}__istartswith": "https://"})
    return models.CheckConstraint(
        name=f"%(app_label)s_%(class)s_{field}_on_the_web",
        condition=Q(**{field: ""}) | schemes,
        violation_error_message=NOT_ON_THE_WEB,
    )
