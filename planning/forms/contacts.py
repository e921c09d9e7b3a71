"""The form for whom an omgång may ask at SKR."""

from typing import Any

from django import forms

from accounts.models import User
from cohorts.models import Cohort
from kit.ordering import by_name
from kit.staleness import SeenForm
from planning.actions.contacts import stored_contacts

NOT_LISTED = "Välj bland personerna i listan."


class StaffField(forms.TypedMultipleChoiceField):
    """A choice of some of SKR's people; its value is their keys in order, so that it can be compared."""

    def __init__(self, label: str) -> None:
        super().__init__(
            label=label,
            required=False,
            coerce=int,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": NOT_LISTED},
        )

    def clean(self, value: Any) -> tuple[int, ...]:
        return tuple(sorted(super().clean(value)))


class ContactsForm(SeenForm):
    contact = forms.ModelChoiceField(
        User.objects.none(),
        label="Projektledare",
        required=False,
        empty_label="Ingen vald än",
        help_text="Kontaktpersonen på SKR: skriver under mejlen från omgången och får svaren.",
        error_messages={"invalid_choice": NOT_LISTED},
    )
    support = StaffField("Administrativt stöd")
    communication = StaffField("Kommunikationsstrateg")

    def __init__(self, data: Any = None, *, cohort: Cohort) -> None:
        super().__init__(data, stored=stored_contacts(cohort))
        staff = User.objects.staff().filter(is_active=True).order_by(by_name("name"))
        self.fields["contact"].queryset = staff  # type: ignore[attr-defined]
        for task in ("support", "communication"):
            self.fields[task].choices = [(person.pk, person.name) for person in staff]  # type: ignore[attr-defined]

    def _words(self, name: str, value: Any) -> str:
        if isinstance(value, tuple):
            names = dict(self.fields[name].choices)  # type: ignore[attr-defined]
            return ", ".join(names[key] for key in value if key in names) or "–"
        return super()._words(name, value)
