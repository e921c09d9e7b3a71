from typing import Any

from django import forms

from cohorts.duty import Matter
from follow_up.overview import Overview


class RemindForm(forms.Form):
    """The form of a reminder: `sak` are the matters, and `till` the keys of the people that the page has shown."""

    sak = forms.MultipleChoiceField(
        label="Vad vill du påminna om?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Välj minst en sak att påminna om."},
    )
    till = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, overview: Overview) -> None:
        super().__init__(data, use_required_attribute=False)
        field = self.fields["sak"]
        assert isinstance(field, forms.MultipleChoiceField)
        # A chosen matter stays a choice even if the last organisation that lacked it has done it since.
        chosen = data.getlist("sak") if data else []
        field.choices = [
            (matter.value, f"{matter.label} (saknas hos {number} av {len(overview.rows)})")
            for matter in overview.matters
            if (number := overview.n_lacking(matter)) or matter.value in chosen
        ]

    def clean_sak(self) -> list[Matter]:
        return [Matter(value) for value in self.cleaned_data["sak"]]

    def clean_till(self) -> frozenset[int]:
        return frozenset(int(pk) for pk in self.cleaned_data["till"].split(",") if pk.isdecimal())
