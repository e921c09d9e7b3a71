"""Detection of a stale page: it carries a digest of its content, which `kit.editing` compares with the stored content.

If they differ when the page is posted, nothing is stored. The form then shows both, keeps the user's own text and gets
a new digest, so that a second save goes through.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import Model

from kit.refusals import ActionRefused
from kit.templatetags.swedish import day

Content = Mapping[str, Any]


class Stale(ActionRefused):
    """The refusal of a save because someone has saved other content since the page was drawn."""

    def __init__(self, stored: Content) -> None:
        super().__init__(
            "Någon annan har sparat sedan ni öppnade sidan. Inget av ert är sparat än, men det står kvar här. "
            "Jämför med det sparade, ändra det ni vill och spara igen."
        )
        self.stored = stored


def content_of(row: Model, *names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def digest(content: Content) -> str:
    """Return a digest of the content, or "" if there is none; a related row counts as its key."""
    if not content:
        return ""
    plain = {name: str(value.pk if isinstance(value, Model) else value) for name, value in content.items()}
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Theirs:
    """A field as the other user has saved it."""

    label: str
    text: str


class SeenForm(forms.Form):
    """A form over stored content. `stored` is in the action's terms; `shown` translates it for the fields."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, stored: Content | None, **kwargs: Any) -> None:
        initial = {**kwargs.pop("initial", {}), **self.shown(stored or {}), "seen": digest(stored or {})}
        super().__init__(data, initial=initial, use_required_attribute=False, **kwargs)
        self.stored = stored
        self.theirs: list[Theirs] = []

    @classmethod
    def shown(cls, stored: Content) -> dict[str, Any]:
        """Return the content as the fields show it; a form overrides this where they differ."""
        return dict(stored)

    def refuse(self, refusal: ActionRefused) -> None:
        if isinstance(refusal, Stale):
            self._show(refusal.stored)
        self.add_error(refusal.field, refusal.sentence)

    def _show(self, stored: Content) -> None:
        mine = {name: self.cleaned_data.get(name) for name in stored}
        ours, theirs = self.shown(mine), self.shown(stored)
        self.theirs = [
            Theirs(str(self.fields[name].label), self._words(name, theirs[name]))
            for name in theirs
            if name in self.fields and theirs[name] != ours[name]
        ]
        # The new digest says that the user has seen the other's content, so the next save goes through.
        self.data = {**self.data.dict(), self.add_prefix("seen"): digest(stored)}  # type: ignore[attr-defined]

    def _words(self, name: str, value: Any) -> str:
        field = self.fields[name]
        if isinstance(value, Model) and isinstance(field, forms.ModelChoiceField):
            return field.label_from_instance(value)
        if isinstance(field, forms.MultipleChoiceField):
            labels = dict(field.choices)  # type: ignore[arg-type]
            value = "; ".join(str(labels.get(key, key)) for key in value or ())
        elif isinstance(field, forms.ChoiceField):
            value = dict(field.choices).get(value or "", value)  # type: ignore[arg-type]
        if isinstance(value, bool):
            return "Ja" if value else "Nej"
        if isinstance(value, date):
            return day(value)
        return str(value) if value not in (None, "") else "–"
