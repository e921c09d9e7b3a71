from django import forms

from checklist.panels import answered_meetings
from cohorts.models import Cohort
from meetings.models import Meeting
from modell.templatetags.swedish import day
from reports.models import JointReport, ReportSection
from reports.sections import Heading

LONGEST = 20_000
TOO_LONG = "Texten får ha högst 20 000 tecken."


def text_field(label: str, rows: int) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"max_length": TOO_LONG},
    )


class RevisedForm(forms.Form):
    """A form that knows which save it was drawn after; line ends are stored in one way."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput, required=False)

    def clean_revision(self) -> int:
        return self.cleaned_data["revision"] or 0

    def cleaned_text(self, name: str) -> str:
        return self.cleaned_data[name].strip().replace("\r\n", "\n")


class SectionForm(RevisedForm):
    """One section of the result report; its fields carry the section's name, so that each has a name of its own."""

    text = text_field("", 6)
    shared = forms.BooleanField(required=False)

    def __init__(self, data: object = None, *, heading: Heading, section: ReportSection | None) -> None:
        initial = {
            "text": section.text if section else "",
            "shared": bool(section and section.shared),
            "revision": section.revision if section else 0,
        }
        super().__init__(data, prefix=f"s-{heading.key}", initial=initial, use_required_attribute=False)  # type: ignore[arg-type]
        self.fields["text"].label = heading.text
        self.fields["shared"].label = f"”{heading.text}” får användas i den gemensamma rapporten"

    def clean_text(self) -> str:
        return self.cleaned_text("text")


class JointForm(RevisedForm):
    introduction = text_field("Inledning", 8)
    conclusions = text_field("Slutsatser", 10)

    def __init__(self, data: object = None, *, joint: JointReport) -> None:
        names = ("introduction", "conclusions", "revision")
        super().__init__(data, initial={name: getattr(joint, name) for name in names}, use_required_attribute=False)  # type: ignore[arg-type]

    def clean_introduction(self) -> str:
        return self.cleaned_text("introduction")

    def clean_conclusions(self) -> str:
        return self.cleaned_text("conclusions")


class OrderJointForm(forms.Form):
    """Which two occasions the joint report sets side by side; left empty, the last of each of the last two years."""

    meeting = forms.ChoiceField(label="Träff", required=False)
    since = forms.ChoiceField(label="Jämförd med", required=False)

    def __init__(self, data: object = None, *, cohort: Cohort) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.meetings = {meeting.key: meeting for meeting in answered_meetings(cohort)}
        told = [(key, f"{meeting}, {day(meeting.starts_on)}") for key, meeting in self.meetings.items()]
        for name, otherwise in (("meeting", "Den senaste"), ("since", "Den sista träffen året före")):
            field = self.fields[name]
            field.choices = [("", otherwise), *told]  # type: ignore[attr-defined]
            field.error_messages["invalid_choice"] = "Välj en träff som har självskattningar."

    def clean(self) -> dict[str, Meeting | None]:
        chosen = {name: self.meetings.get(self.cleaned_data.get(name, "")) for name in self.fields}
        if chosen["meeting"] and chosen["meeting"] == chosen["since"]:
            self.add_error("since", "Välj en annan träff att jämföra med.")
        return chosen
