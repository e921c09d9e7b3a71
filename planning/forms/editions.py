"""Forms for a concept and its steps."""

from typing import Any

from django import forms

from cohorts.enums import CohortKind
from kit.fields import HourField, LineField, TextField
from kit.staleness import SeenForm, content_of
from meetings.enums import MeetingForm
from planning.actions.editions import FACTS, STEP
from planning.enums import PeriodKind, step_kinds
from planning.forms.fields import a_number, one_of, theme_line
from planning.forms.running import RUNNING, RunningForm
from planning.models import Edition, EditionStep

LATEST_DAY = 1500


class EditionCopyForm(forms.Form):
    name = LineField("Namn på det nya konceptet", longest=60, missing="Skriv vad konceptet ska heta.")


class EditionForm(RunningForm):
    name = LineField("Namn", longest=120, missing="Skriv vad konceptet heter.")
    description = TextField("Beskrivning", required=False, longest=1000)
    source = TextField(
        "Källa",
        required=False,
        longest=2000,
        help_text="Vad som är programmets eget och vad som är en arbetsformulering.",
    )
    kind = one_of("För", CohortKind.choices)
    duration_months = a_number("Månader från uppstarten till omgångens slut", 1, 60)
    fee = a_number("Avgift i kronor", 0, 10_000_000, required=False)
    retired = forms.BooleanField(
        label="Används inte längre", required=False, help_text="Då föreslås det inte för nya omgångar."
    )

    field_order = ("name", "description", "source", "kind", "duration_months", *RUNNING)

    def __init__(self, data: Any = None, *, edition: Edition) -> None:
        super().__init__(data, stored=content_of(edition, *FACTS))

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("half_steps") and data.get("checklist") and not data["checklist"].half_steps:
            self.add_error("half_steps", "Checklistan tillåter inte halva steg.")
        return data


class EditionStepForm(SeenForm):
    name = LineField("Namn", longest=120, missing="Skriv vad steget heter.")
    kind = one_of("Slag", step_kinds)
    number = a_number(
        "Stegets nummer",
        1,
        99,
        required=False,
        help_text="Konceptets egen numrering. Strategträffar har som regel inget.",
    )
    theme = theme_line()
    goals = TextField("Mål", required=False, help_text="Skriv ett mål på varje rad.")
    start_day = a_number(
        "Dagar efter omgångens första dag",
        0,
        LATEST_DAY,
        help_text="Omgångens första träff har 0. En period tar sina dagar från träffarna omkring den.",
    )
    days = a_number("Antal dagar", 1, 14)
    form = one_of("Form", MeetingForm.choices)
    starts_at = HourField("Börjar klockan", help_text="Den vanliga tiden. Varje omgång kan ändra sin egen.")
    ends_at = HourField("Slutar klockan")
    prepares = forms.ModelChoiceField(
        EditionStep.objects.none(),
        label="Förbereder",
        required=False,
        empty_label="Ingen träff",
        help_text="En strategträff flyttas med den träff som den förbereder.",
        error_messages={"invalid_choice": "Välj ett av stegen i listan."},
    )
    per_group = forms.BooleanField(label="Varje grupp har sin egen träff", required=False)
    has_presentations = forms.BooleanField(label="Organisationerna presenterar", required=False)
    opens_before = a_number("Självskattningen öppnar, dagar före", 0, 365)
    due_before = a_number("Självskattning eller rapport lämnas in, dagar före", 0, 365)
    present_before = a_number("Presentationen lämnas, dagar före", 0, 365)
    invite_before = a_number("Inbjudan skickas, dagar före", 0, 365)

    def __init__(self, data: Any = None, *, edition: Edition, step: EditionStep | None) -> None:
        usual = content_of(EditionStep(), *(name for name in STEP if name != "prepares"))
        super().__init__(data, stored=content_of(step, *STEP) if step else None, initial={} if step else usual)
        steps = edition.steps.exclude(pk=step.pk) if step else edition.steps.all()
        self.fields["prepares"].queryset = steps.exclude(kind__in=PeriodKind.values)  # type: ignore[attr-defined]

    def _words(self, name: str, value: Any) -> str:
        return ("Ja" if value else "Nej") if isinstance(value, bool) else super()._words(name, value)
