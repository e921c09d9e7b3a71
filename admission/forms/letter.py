from typing import Any

from django import forms

from admission.letter import words
from kit.fields import TextField
from kit.staleness import SeenForm
from kit.templatetags.swedish import in_words

ONLY_NEW = "new"
ALL = "all"
CONTACTS_HELP = (
    "De som du har valt på omgångens upplägg står redan i brevet. Skriv bara de som inte har något konto i Modell: en "
    "rad för var och en, med namn, uppgift och e-postadress och ett komma mellan dem."
)


def _words(label: str, ours: str) -> TextField:
    return TextField(label, required=False, rows=6, help_text=f"Om du lämnar fältet tomt skriver vi: ”{ours}”")


class WordsForm(SeenForm):
    introduction = _words("Inledning", words.INTRODUCTION)
    closing = _words("Avslutning", words.CLOSING)
    contacts = TextField("Fler kontaktpersoner på SKR", required=False, rows=3, help_text=CONTACTS_HELP)


class SendForm(forms.Form):
    """Asks who gets a new version: one who joins late must not cost everyone else another letter.

    `seen` is the checksum of the letter that was read. Where nobody, or everybody, lacks the letter there is no choice.
    """

    seen = forms.CharField(widget=forms.HiddenInput)
    to = forms.ChoiceField(label="Vem ska få brevet nu?", required=False, widget=forms.RadioSelect, initial=ONLY_NEW)

    def __init__(self, data: Any = None, *, seen: str, new: int, lacking: int) -> None:
        super().__init__(data, initial={"seen": seen}, use_required_attribute=False)
        field = self.fields["to"]
        field.choices = (  # type: ignore[attr-defined]
            (ONLY_NEW, f"Bara de som aldrig har fått brevet ({_people(new)})"),
            (ALL, f"Alla som inte har den här versionen ({_people(lacking)})"),
        )
        if not 0 < new < lacking:
            field.widget, field.initial = forms.HiddenInput(), ALL

    def clean_to(self) -> str:
        return self.cleaned_data["to"] or ALL


def _people(number: int) -> str:
    return "en person" if number == 1 else f"{in_words(number)} personer"
