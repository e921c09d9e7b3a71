from typing import Any

from django import forms

from checklist.dialogue import right_meetings
from checklist.models import Assessment
from meetings.models import Meeting
from modell.staleness import SeenForm
from modell.templatetags.swedish import day

LONGEST = 4000


class Words(forms.CharField):
    """Running text; its line breaks are counted and kept as one sign each, whatever the browser sends."""

    def __init__(self, label: str, *, missing: str, **kwargs: Any) -> None:
        super().__init__(
            label=label,
            max_length=LONGEST,
            widget=forms.Textarea(attrs={"rows": 4}),
            error_messages={"required": missing, "max_length": "Texten får ha högst 4 000 tecken."},
            **kwargs,
        )

    def to_python(self, value: Any) -> str:
        return super().to_python((value or "").replace("\r\n", "\n")) or ""


class QueryForm(forms.Form):
    """`number` makes the label and the ids of each moment's form its own on a page with all of them."""

    def __init__(self, data: Any = None, *, number: int) -> None:
        super().__init__(data, auto_id=f"query_{number}_%s", use_required_attribute=False)
        self.fields["text"] = Words(
            f"Er fråga om moment {number}",
            missing="Skriv frågan.",
            help_text="Läses bara av organisationen och SKR:s processledare. Det ni skriver kan bli allmän handling.",
        )


class AnswerForm(SeenForm):
    answer = Words(
        "Ert svar",
        missing="Skriv ett svar.",
        help_text="Läses bara av er och SKR:s processledare. Det ni skriver kan bli allmän handling.",
    )


class MeetingChoice(forms.ModelChoiceField):
    def label_from_instance(self, meeting: Meeting) -> str:
        return f"{meeting.name}, {day(meeting.starts_on)}"


class ReopeningForm(forms.Form):
    reason = Words(
        "Varför behöver den öppnas igen?",
        missing="Skriv varför, så att organisationen kan ta ställning.",
        help_text="Organisationen läser skälet, och det sparas i dess händelselogg.",
    )
    move_to = MeetingChoice(
        Meeting.objects.none(),
        label="Hör den till en annan träff?",
        required=False,
        empty_label="Nej, den hör till rätt träff",
        help_text="Välj träffen om självskattningen är inlämnad till fel träff.",
        error_messages={"invalid_choice": "Välj en av träffarna i listan."},
    )

    def __init__(self, data: Any = None, *, assessment: Assessment) -> None:
        super().__init__(data, use_required_attribute=False)
        self.fields["move_to"].queryset = right_meetings(assessment)  # type: ignore[attr-defined]


class ConsentForm(forms.Form):
    """The two buttons under a request."""

    consented = forms.TypedChoiceField(choices=(("ja", "Ja"), ("nej", "Nej")), coerce=lambda value: value == "ja")
