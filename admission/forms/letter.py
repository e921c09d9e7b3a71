from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.html import format_html

from admission.letter.words import PARAGRAPHS, SECTIONS, LetterParagraph
from admission.models import Letter
from kit.fields import TextField
from kit.filling import refuse_unknown
from kit.refusals import ActionRefused
from kit.staleness import SeenForm
from kit.templatetags.swedish import enumerated, in_words

ONLY_NEW = "new"
ALL = "all"
SIGNS_ON_A_LINE = 55
CONTACTS_HELP = (
    "De som du har valt på omgångens upplägg står redan i brevet. Skriv bara de som inte har något konto i Modell: en "
    "rad för var och en, med namn, uppgift och e-postadress och ett komma mellan dem."
)


@dataclass(frozen=True)
class WordsPart:
    """A paragraph on the page of the texts; `back` is the box that brings the built-in text back, or None."""

    paragraph: LetterParagraph
    field: forms.BoundField
    back: forms.BoundField | None


class WordsForm(SeenForm):
    """Has a field for each paragraph, filled with the text in use; an emptied one is left out of the letter."""

    contacts = TextField("Fler kontaktpersoner på SKR", required=False, rows=3, help_text=CONTACTS_HELP)

    def __init__(self, data: Any = None, *, letter: Letter) -> None:
        super().__init__(data, stored={**letter.texts, "contacts": letter.contacts})
        for paragraph in PARAGRAPHS.values():
            self.fields[paragraph.key] = _text_of(paragraph)
            if letter.text_of(paragraph) != paragraph.text:
                self.fields[_back(paragraph)] = _box_of(paragraph)

    def clean(self) -> dict[str, Any]:
        for key, paragraph in PARAGRAPHS.items():
            if self.cleaned_data.get(_back(paragraph)):
                self.cleaned_data[key] = paragraph.text
            elif key in self.cleaned_data:
                self._refuse_unknown(paragraph)
        return self.cleaned_data

    def _refuse_unknown(self, paragraph: LetterParagraph) -> None:
        try:
            refuse_unknown(self.cleaned_data[paragraph.key], paragraph.fields, paragraph.key)
        except ActionRefused as refusal:
            self.add_error(refusal.field, refusal.sentence)

    @property
    def content(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in (*PARAGRAPHS, "contacts")}

    @property
    def sections(self) -> list[tuple[str, list[WordsPart]]]:
        return [(heading, [self._part(paragraph) for paragraph in paragraphs]) for heading, paragraphs in SECTIONS]

    def _part(self, paragraph: LetterParagraph) -> WordsPart:
        back = _back(paragraph)
        return WordsPart(paragraph, self[paragraph.key], self[back] if back in self.fields else None)


def _back(paragraph: LetterParagraph) -> str:
    return f"back_{paragraph.key}"


def _text_of(paragraph: LetterParagraph) -> TextField:
    fields = enumerated(f"{{{name}}}" for name in paragraph.own)
    hints = (paragraph.when, fields and f"Modell fyller i {fields}.")
    rows = max(2, len(paragraph.text) // SIGNS_ON_A_LINE + 1)
    return TextField(paragraph.name, required=False, sometimes=True, rows=rows, help_text=" ".join(filter(None, hints)))


def _box_of(paragraph: LetterParagraph) -> forms.BooleanField:
    ours = f"Modells text: ”{paragraph.text}”" if paragraph.text else "Modell skriver inget här."
    label = format_html('Ta tillbaka Modells text<span class="ds-sr-only"> för {}</span>', paragraph.name.lower())
    return forms.BooleanField(label=label, required=False, help_text=ours)


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
