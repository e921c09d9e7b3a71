from collections.abc import Collection
from typing import Any

from django import forms

from cohorts.duty import Matter
from follow_up.overview import Overview


class RemindForm(forms.Form):
    """The form of a reminder: `sak` are the matters, and `till` the keys of the people that the page has shown.

    `av` is the code of the one organisation that is reminded, if it is not all that lack something.
    """

    sak = forms.MultipleChoiceField(
        label="Vad vill du påminna om?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Välj minst en sak att påminna om."},
    )
    till = forms.CharField(required=False, widget=forms.HiddenInput)
    av = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, overview: Overview) -> None:
        super().__init__(data, use_required_attribute=False)
        field = self.fields["sak"]
        assert isinstance(field, forms.MultipleChoiceField)
        code = data.get("av", "") if data else ""
        asked = [row for row in overview.rows if code in ("", row.participation.code)]
        self.overview = Overview(overview.meeting, tuple(asked))
        # A code of nobody here is kept as it is, so that nobody is reminded instead of all.
        self.organisation = asked[0].participation.organisation.name if code and asked else code
        # A chosen matter stays a choice even if the last organisation that lacked it has done it since.
        chosen = data.getlist("sak") if data else []
        field.choices = [
            (matter.value, self._label(matter, number))
            for matter in self.overview.matters
            if (number := self.overview.n_lacking(matter)) or matter.value in chosen
        ]

    def _label(self, matter: Matter, number: int) -> str:
        if self.organisation:
            return str(matter.label)
        return f"{matter.label}, saknas hos {number} av {len(self.overview.rows)}"

    def that_lack(self, matters: Collection[Matter]) -> list[str]:
        return self.overview.that_lack(matters)

    def clean_sak(self) -> list[Matter]:
        return [Matter(value) for value in self.cleaned_data["sak"]]

    def clean_till(self) -> frozenset[int]:
        return frozenset(int(pk) for pk in self.cleaned_data["till"].split(",") if pk.isdecimal())
