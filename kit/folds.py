"""Fields that a form keeps folded until they are needed."""

from dataclasses import dataclass

from django import forms


@dataclass(frozen=True)
class Fold:
    """Folded fields under a summary; `open` from the start where one is refused or holds something."""

    summary: str
    fields: tuple[forms.BoundField, ...]
    open: bool
