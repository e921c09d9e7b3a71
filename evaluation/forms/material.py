from typing import Any

from django import forms

from checklist.fields import ItemChoice
from cohorts.enums import Function
from cohorts.models import Cohort, Participation
from evaluation.enums import InterviewForm
from evaluation.models import Interview
from kit.fields import DayField, LineField, RowChoice, SometimesChoiceField, TextField
from kit.staleness import SeenForm
from meetings.models import Meeting

NO_NAMES = "Skriv ingen persons namn."
MAY_BE_USED = "Får användas i den gemensamma rapporten"
READ_THEN = "SKR:s processledare läser {what} när du har markerat det här."


class MeetingOfCohort(RowChoice):
    """A choice of one of the omgång's meetings."""

    def __init__(self) -> None:
        super().__init__(Meeting, "Träff", "Ingen träff", invalid="Välj en av träffarna i listan.")

    def label_from_instance(self, meeting: Meeting) -> str:
        return f"{meeting.name}: {meeting.theme}" if meeting.theme else meeting.name


class ParticipantOfCohort(RowChoice):
    """A choice of one of the omgång's organisations."""

    def __init__(self) -> None:
        super().__init__(
            Participation,
            "Organisation",
            "Ingen organisation i omgången",
            invalid="Välj en av organisationerna i listan.",
        )


class ObservationForm(SeenForm):
    seen_on = DayField("Vilken dag?", missing="Ange dagen då du såg det.")
    meeting = MeetingOfCohort()
    item = ItemChoice()
    text = TextField("Vad såg du?", rows=6, missing="Skriv vad du såg.", called="Observationen", help_text=NO_NAMES)
    may_be_used = forms.BooleanField(
        label=MAY_BE_USED, required=False, help_text=READ_THEN.format(what="observationen")
    )

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = cohort.meetings.order_by("starts_on", "number")  # type: ignore[attr-defined]
        plan = getattr(cohort, "plan", None)
        if plan:
            self.fields["item"].queryset = plan.checklist.items.all()  # type: ignore[attr-defined]


class InterviewNoteForm(SeenForm):
    """A form for an interview; `with_notes` is False for a colleague's, whose notes nobody else reads."""

    participation = ParticipantOfCohort()
    function = SometimesChoiceField(
        label="Funktion",
        choices=(("", "En annan, som jag skriver nedan"), *Function.choices),
        required=False,
        error_messages={"invalid_choice": "Välj en av funktionerna i listan."},
    )
    title = LineField(
        "Annan funktion",
        longest=60,
        required=False,
        sometimes=True,
        help_text=f"Till exempel regionråd. Behövs om funktionen inte står i listan. {NO_NAMES}",
    )
    people = forms.IntegerField(
        label="Hur många personer?",
        min_value=1,
        max_value=100,
        initial=1,
        error_messages={
            "required": "Skriv hur många du intervjuade.",
            "invalid": "Skriv antalet med siffror.",
            "min_value": "Skriv minst en person.",
            "max_value": "Skriv högst 100 personer.",
        },
    )
    interviewed_on = DayField("Vilken dag?", missing="Ange dagen för intervjun.")
    form = forms.ChoiceField(
        label="Hur?",
        choices=InterviewForm.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj hur intervjun gick till.", "invalid_choice": "Välj ett av alternativen."},
    )
    listed = forms.BooleanField(
        label="Får räknas upp i den gemensamma rapporten",
        required=False,
        help_text="Bilagan räknar upp organisation, funktion och antal. SKR:s processledare läser det genast.",
    )
    notes = TextField(
        "Anteckningar",
        rows=12,
        longest=40000,
        required=False,
        called="Anteckningarna",
        help_text=f"Bara du läser dem, och aldrig SKR. Ta ut det som rapporten får använda som citat. {NO_NAMES}",
    )
    erase_on = DayField(
        "När ska anteckningarna raderas?",
        missing="Ange dagen då anteckningarna ska raderas.",
        help_text="De raderas natten till den dagen. Det står kvar att du gjorde intervjun.",
    )

    def __init__(self, *args: Any, cohort: Cohort, with_notes: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = cohort.participations.select_related("organisation")
        self.fields["participation"].queryset = rows  # type: ignore[attr-defined]
        if not with_notes:
            del self.fields["notes"], self.fields["erase_on"]


class EvaluatorQuoteForm(SeenForm):
    text = TextField("Citatet", rows=4, longest=1000, missing="Skriv citatet.", called="Citatet", help_text=NO_NAMES)
    function = LineField(
        "Vem sa det?",
        longest=60,
        missing="Skriv funktionen.",
        help_text=f"Funktionen, till exempel strateg eller regionråd. {NO_NAMES}",
    )
    may_be_used = forms.BooleanField(label=MAY_BE_USED, required=False, help_text=READ_THEN.format(what="citatet"))


def function_of(interview: Interview | None) -> dict[str, str]:
    return {"function": interview.who} if interview else {}
