from typing import Any

from django import forms

from cohorts.fields import FunctionField, NameField, WorkEmailField
from kit.fields import CanonicalField, DayField
from kit.staleness import SeenForm
from kit.workbook.refusing import TOO_BIG, WorkbookRefused
from kit.workbook.safety import MAX_BYTES
from people.actions.addresses import ELSEWHERE
from people.listing.entries import MAX_IN_COHORT, MAX_PEOPLE, too_many
from people.listing.files import ENDINGS, LONGEST_TEXT, text_of_file

RENAMED = "Namnet ändras överallt där personen finns."
NEW_ADDRESS = (
    "Personen loggar in med den. Ändras den går en ny inbjudan dit, och med den gamla går det inte längre att logga in."
)
ASKED = (
    "Personen har loggat in. Ändras adressen får den gamla ett mejl, och bytet gäller när personen har bekräftat det."
)


class PersonForm(forms.Form):
    name = NameField()
    email = WorkEmailField()
    function = FunctionField()
    deputy = forms.BooleanField(label="Är ersättare", required=False)
    starts_on = DayField("Från och med", required=False, help_text="Lämna tomt om det gäller från i dag.")
    ends_on = DayField("Till och med", required=False, help_text="Lämna tomt om det gäller tills vidare.")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, use_required_attribute=False, **kwargs)  # type: ignore[arg-type, misc]


class ChangePersonForm(SeenForm):
    name = NameField(help_text=RENAMED)
    email = WorkEmailField()
    function = FunctionField()
    deputy = forms.BooleanField(label="Är ersättare", required=False)
    starts_on = DayField("Från och med")
    ends_on = DayField("Till och med", required=False, help_text="Lämna tomt om det gäller tills vidare.")

    def __init__(self, *args: Any, is_ours: bool, needs_a_yes: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = ASKED if needs_a_yes else NEW_ADDRESS
        if not is_ours:
            # The name stands elsewhere too, and the address may open the person's work there.
            for name, said in (("name", ""), ("email", ELSEWHERE)):
                self.fields[name].disabled, self.fields[name].help_text = True, said


class ListForm(forms.Form):
    """Takes pasted text or an Excel file, whose rows are then shown as text."""

    use_required_attribute = False
    most = MAX_PEOPLE

    people = CanonicalField(
        label="Klistra in listan här",
        max_length=LONGEST_TEXT,
        # An empty first cell, or an empty first line, is part of the list.
        strip=False,
        help_text="En person på varje rad: namn, e-postadress, funktion eller titel, och ordet ersättare om det gäller."
        " Kolumner från Excel går bra, liksom mottagarna ur ett mejl, och semikolon eller komma emellan.",
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "autocomplete": "off", "class": "list-paste"}),
        error_messages={"required": "Klistra in listan, eller välj en fil.", "max_length": "Listan är för lång."},
    )
    file = forms.FileField(
        label="Eller välj en fil",
        required=False,
        allow_empty_file=True,
        help_text="En .xlsx, .csv eller .txt med samma kolumner, högst 5 MB.",
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
    )
    # A list is stored only if this is the digest of its text, so it must have been previewed first.
    looked_at = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if file := data.get("file"):
            self.errors.pop("people", None)
            data["people"] = self._read(file)
        text = data.get("people", "")
        if self.fields["people"].required and not (text.strip() or self.errors):
            self.add_error("people", self.fields["people"].error_messages["required"])
        if refusal := too_many(text, self.most):
            self.add_error("people", refusal)
        return data

    def _read(self, file: Any) -> str:
        try:
            if file.size > MAX_BYTES:
                raise WorkbookRefused(TOO_BIG)
            return text_of_file(file.name, file.read())
        except WorkbookRefused as refusal:
            self.add_error("file", str(refusal))
            return ""


class PeopleListForm(ListForm):
    """The list of a page that seats people, whose invitations may wait."""

    later = forms.BooleanField(
        label="Bjud in dem senare",
        required=False,
        help_text="Annars får var och en en inbjudan nu. Senare bjuder du in från sidan med personer, eller så blir "
        "antagningsbrevet inbjudan. Den som redan är med i Modell för en annan organisation får ändå en fråga nu.",
    )


class CohortListForm(PeopleListForm):
    most = MAX_IN_COHORT

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].help_text = (
            "En person på varje rad: organisation, namn, e-postadress, funktion eller titel, och ordet ersättare om "
            "det gäller. "
            "Du kan skriva organisationen som du brukar, till exempel Region Skåne, Borgholm eller kommunens kod. "
            "Kolumner från Excel går bra, liksom semikolon eller komma emellan."
        )
