from django import forms

from kit.fields import LineField
from kolada.search import goal_choices


class StarterForm(forms.Form):
    """A form that proposes a key figure under a goal."""

    code = LineField(
        "Nyckeltalets id",
        longest=10,
        missing="Skriv nyckeltalets id.",
        help_text="Det står vid nyckeltalet i katalogen, till exempel N00905.",
    )
    goal = forms.ChoiceField(
        label="Delmål",
        error_messages={"required": "Välj ett delmål.", "invalid_choice": "Välj ett av alternativen."},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices = [(choice.value, choice.label) for choice in goal_choices()]
        self.fields["goal"].choices = [("", "Välj"), *choices]  # type: ignore[attr-defined]
