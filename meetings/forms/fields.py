"""Fields that the pages of a meeting share."""

from typing import Any

from django import forms

from cohorts.enums import Function
from cohorts.models import Delegate, Participation

PUBLIC = "Det du skriver kan bli allmän handling."


class FunctionChoice(forms.ChoiceField):
    def __init__(self, label: str, *, empty: str, **kwargs: Any) -> None:
        super().__init__(
            label=label,
            required=False,
            choices=(("", empty), *Function.choices),
            error_messages={"invalid_choice": "Välj en av funktionerna i listan."},
            **kwargs,
        )


class OrganisationChoice(forms.ModelChoiceField):
    """A choice of one organisation; the form sets the organisations to choose among."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(
            Participation.objects.none(),
            label=label,
            error_messages={
                "invalid_choice": "Välj en organisation i listan.",
                "required": "Välj en organisation.",
            },
            **kwargs,
        )

    def label_from_instance(self, participation: Participation) -> str:
        return participation.organisation.name


class PersonChoice(forms.ModelChoiceField):
    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(
            Delegate.objects.none(),
            label=label,
            required=False,
            error_messages={"invalid_choice": "Välj en person i listan."},
            **kwargs,
        )

    def label_from_instance(self, delegate: Delegate) -> str:
        return f"{delegate.user.name}, {delegate.participation.organisation.name}"
