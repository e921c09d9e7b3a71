from collections.abc import Sequence

from django import forms
from django.utils.text import Truncator

from kit.fields import SometimesChoiceField, TextField
from reports.comments import CommentedParagraph

LONGEST = 2000
# So much of a paragraph stands in the list; its value is all that is stored of it.
SHOWN = 70


class ReportCommentForm(forms.Form):
    paragraph = SometimesChoiceField(
        label="Vad gäller det?",
        required=False,
        error_messages={
            "invalid_choice": "Stycket är ändrat sedan du öppnade sidan. Välj ett stycke i listan.",
        },
    )
    text = TextField(
        "Din kommentar",
        longest=LONGEST,
        called="Kommentaren",
        missing="Skriv din kommentar.",
        help_text="Den skrivs aldrig ut i rapporten, men kan bli allmän handling. Nämn ingen enskild person.",
    )
    use_required_attribute = False

    def __init__(
        self,
        data: object = None,
        *,
        paragraphs: Sequence[str] = (),
        changed: Sequence[CommentedParagraph] = (),
        about: str = "",
    ) -> None:
        # The page has other forms, with a field for a text of their own.
        super().__init__(data, auto_id="kommentar_%s", initial={"paragraph": about})  # type: ignore[arg-type]
        self.fields["paragraph"].choices = [  # type: ignore[attr-defined]
            ("", "Hela texten"),
            *((words, Truncator(words).chars(SHOWN)) for words in paragraphs),
            *((each.words, f"Ändrat sedan dess: {Truncator(each.words).chars(SHOWN)}") for each in changed),
        ]
