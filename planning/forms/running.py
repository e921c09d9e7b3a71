"""The form fields for how an omgång is run, shared by concepts and omgångar."""

from typing import Any

from django import forms

from checklist.models import Checklist
from cohorts.enums import MentorModel
from kit.staleness import SeenForm
from planning.forms.fields import a_number, one_of

RUNNING = ("mentor_model", "mentor_hours", "group_min", "group_max", "checklist", "half_steps")


class RunningForm(SeenForm):
    mentor_model = one_of("Mentorskap", MentorModel.choices, widget=forms.RadioSelect)
    mentor_hours = a_number(
        "Timmar för mentorn per träff", 0, 200, help_text="En uppskattning, med förberedelser och resor."
    )
    group_min = a_number("Minst i en grupp", 1, 20)
    group_max = a_number("Högst i en grupp", 1, 20)
    checklist = forms.ModelChoiceField(
        Checklist.objects.all(),
        label="Checklista",
        empty_label="Välj checklista",
        error_messages={"required": "Välj en checklista.", "invalid_choice": "Välj en checklista i listan."},
    )
    half_steps = forms.BooleanField(label="Halva steg används", required=False)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("group_min") and data.get("group_max") and data["group_min"] > data["group_max"]:
            self.add_error("group_max", "Gruppens största antal kan inte vara mindre än det minsta.")
        return data

    def _words(self, name: str, value: Any) -> str:
        return ("Ja" if value else "Nej") if isinstance(value, bool) else super()._words(name, value)
