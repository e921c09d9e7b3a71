from typing import Any

from django import forms

from assessments.dialogue import right_meetings
from assessments.models import Assessment
from kit.fields import TextField
from kit.staleness import SeenForm
from kit.templatetags.swedish import day
from meetings.models import Meeting


class QueryForm(forms.Form):
    """A question about one moment; `number` keeps its label and ids apart on a page with several."""

    def __init__(self, data: Any = None, *, number: int) -> None:
        super().__init__(data, auto_id=f"query_{number}_%s", use_required_attribute=False)
        self.fields["text"] = TextField(
            f"Er fråga om moment {number}",
            missing="Skriv frågan.",
            help_text="Läses bara av organisationen och SKR:s processledare. Det ni skriver kan bli allmän handling.",
        )


class QueryAnswerForm(SeenForm):
    answer = TextField(
        "Ert svar",
        missing="Skriv ett svar.",
        help_text="Läses bara av er och SKR:s processledare. Det ni skriver kan bli allmän handling.",
    )


class MeetingToAskAbout(forms.ModelChoiceField):
    def label_from_instance(self, meeting: Meeting) -> str:
        return f"{meeting.name}, {day(meeting.starts_on)}"


class ReopeningForm(forms.Form):
    reason = TextField(
        "Varför behöver den öppnas igen?",
        missing="Skriv varför, så att organisationen kan ta ställning.",
        help_text="Organisationen läser skälet, och det sparas bland organisationens händelser.",
    )
    move_to = MeetingToAskAbout(
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
