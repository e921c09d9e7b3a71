from typing import Any

from django import forms

from cohorts.actions.addressing import ELSEWHERE
from cohorts.forms.fields import DayField, FunctionField, NameField, WorkEmailField
from cohorts.listing import MAX_IN_COHORT, MAX_PEOPLE, text_of_workbook
from modell.staleness import SeenForm
from modell.workbook.refusing import WorkbookRefused
from modell.workbook.safety import EMPTY, MAX_BYTES, TOO_BIG

NEW_ADDRESS = (
    "Personen loggar in med den. Ändras den går en ny inbjudan dit, och med den gamla går det inte längre att logga in."
)


class PersonForm(forms.Form):
    """A person to give a seat. Name, work e-mail and function are all that is asked."""

    name = NameField()
    email = WorkEmailField()
    function = FunctionField()
    deputy = forms.BooleanField(label="Är ersättare", required=False)
    starts_on = DayField("Från och med", required=False, help_text="Tomt betyder från i dag.")
    ends_on = DayField("Till och med", required=False, help_text="Tomt betyder tills vidare.")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, use_required_attribute=False, **kwargs)  # type: ignore[arg-type, misc]


class ChangePersonForm(SeenForm):
    """A seat as it is, to be corrected. The address is what one signs in with; where it opens others' work it stays."""

    name = NameField(help_text="Namnet rättas överallt där personen står.")
    email = WorkEmailField()
    function = FunctionField()
    deputy = forms.BooleanField(label="Är ersättare", required=False)
    starts_on = DayField("Från och med")
    ends_on = DayField("Till och med", required=False, help_text="Tomt betyder tills vidare.")

    def __init__(self, *args: Any, may_change_address: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["email"]
        field.disabled = not may_change_address
        field.help_text = NEW_ADDRESS if may_change_address else ELSEWHERE


class ListForm(forms.Form):
    """People from a list: pasted, or the first sheet of an Excel file, which then stands here as text."""

    use_required_attribute = False
    most = MAX_PEOPLE

    people = forms.CharField(
        label="Klistra in listan här",
        max_length=150_000,
        help_text="En person på varje rad: namn, e-postadress, funktion, och ordet ersättare om det gäller. Kolumner "
        "från Excel går bra, liksom semikolon eller komma emellan.",
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "autocomplete": "off", "class": "list-paste"}),
        error_messages={"required": "Klistra in listan, eller välj en fil.", "max_length": "Listan är för lång."},
    )
    file = forms.FileField(
        label="Eller välj en Excelfil",
        required=False,
        allow_empty_file=True,
        help_text="En .xlsx med samma kolumner, högst 5 MB.",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )
    # What the preview was drawn from: only what has been looked at is stored.
    looked_at = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if file := data.get("file"):
            self.errors.pop("people", None)
            data["people"] = self._read(file)
        if len(data.get("people", "").splitlines()) > self.most:
            self.add_error("people", f"Högst {self.most} rader läses in på en gång.")
        return data

    def _read(self, file: Any) -> str:
        try:
            if file.size > MAX_BYTES:
                raise WorkbookRefused(TOO_BIG)
            if not file.size:
                raise WorkbookRefused(EMPTY)
            return text_of_workbook(file.read())
        except WorkbookRefused as refusal:
            self.add_error("file", str(refusal))
            return ""


class CohortListForm(ListForm):
    """The same for a whole omgång: each row says whose person it is."""

    most = MAX_IN_COHORT

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].help_text = (
            "En person på varje rad: organisation, namn, e-postadress, funktion, och ordet ersättare om det gäller. "
            "Organisationen kan ni skriva som ni brukar, till exempel Region Skåne, Borgholm eller kommunens kod. "
            "Kolumner från Excel går bra, liksom semikolon eller komma emellan."
        )
