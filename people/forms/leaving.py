"""Forms for handing over a seat and for changing politicians after an election."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils import timezone

from cohorts.fields import NameField, WorkEmailField
from cohorts.models import Delegate
from kit.fields import CanonicalField, DayField
from people.forms.people import ListForm
from people.invitations import called
from people.newcomers import Newcomer

NEW, NOBODY = "ny", "ingen"


class HandOverForm(forms.Form):
    use_required_attribute = False

    successor = forms.ChoiceField(
        label="Vem tar över?",
        widget=forms.RadioSelect,
        error_messages={"required": "Välj vem som tar över.", "invalid_choice": "Välj ett av alternativen."},
    )
    name = NameField(
        "Namn på den nya personen", required=False, sometimes=True, help_text="Fyll i om en ny person tar över."
    )
    email = WorkEmailField(required=False, sometimes=True)
    from_day = DayField(
        "Från och med",
        missing="Ange från vilken dag.",
        help_text="Uppdraget slutar dagen före. Om du väljer i dag slutar det nu.",
    )

    def __init__(self, data: Any = None, *, leaving: Delegate, colleagues: Sequence[Delegate]) -> None:
        super().__init__(data, initial={"from_day": timezone.localdate()})
        self.leaving = leaving
        self.colleagues = {str(row.pk): row for row in colleagues}
        known = [(key, f"{row.user.name}, {called(row)}") for key, row in self.colleagues.items()]
        choices = [(NEW, "En ny person"), *known, (NOBODY, "Ingen just nu")]
        self.fields["successor"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("successor") == NEW:
            for name in ("name", "email"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, self.fields[name].error_messages["required"])
        return data

    @property
    def to(self) -> Delegate | Newcomer | None:
        data = self.cleaned_data
        if data["successor"] == NEW:
            return Newcomer(data["name"], data["email"], self.leaving.function, self.leaving.deputy)
        return self.colleagues.get(data["successor"])


class Politicians(forms.ModelMultipleChoiceField):
    sometimes = True

    def label_from_instance(self, delegate: Delegate) -> str:
        return f"{delegate.user.name}{', ersättare' if delegate.deputy else ''}"


class ElectionForm(ListForm):
    """Asks who leaves and who is new; a row needs no function, since all are politicians."""

    leaving = Politicians(
        Delegate.objects.none(),
        label="Vilka lämnar?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Kryssa för dem som inte fortsätter. De andra är kvar som förut.",
        error_messages={"invalid_choice": "Någon i listan har redan lämnat. Ladda om sidan."},
    )
    from_day = DayField(
        "Från och med",
        missing="Ange från vilken dag.",
        help_text="De som lämnar är med till och med dagen före.",
    )
    field_order = ("leaving", "from_day", "people", "file", "looked_at")

    def __init__(self, data: Any = None, files: Any = None, *, politicians: Any) -> None:
        super().__init__(data, files, initial={"from_day": timezone.localdate()})
        self.fields["leaving"].queryset = politicians  # type: ignore[attr-defined]
        people = cast(CanonicalField, self.fields["people"])
        people.label, people.required, people.sometimes = "Vilka är nya?", False, True
        people.help_text = (
            "En person på varje rad: namn och e-postadress, och ordet ersättare om det gäller. Klistra gärna in."
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors and not data["people"].strip() and not data["leaving"]:
            self.add_error("people", "Kryssa för vilka som lämnar, eller skriv vilka som är nya.")
        return data
