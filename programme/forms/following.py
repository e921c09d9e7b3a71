from typing import Any

from django import forms

from programme.enums import Matter
from programme.following.overview import Overview


class RemindForm(forms.Form):
    """What is lacking, with how many organisations lack it; `till` are the people the page has shown.

    What has been chosen stays a choice though the last who lacked it has done it since.
    """

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
