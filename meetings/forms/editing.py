"""Forms of the pages where SKR and the host prepare a meeting."""

from collections.abc import Collection, Iterable
from typing import Any

from django import forms

from cohorts.models import Participation
from kit.fields import HourField, LineField, LinkField, TextField
from kit.staleness import Content, SeenForm
from kit.templatetags.swedish import day
from meetings.actions.agenda import LAST
from meetings.agenda import ALONE, Agenda
from meetings.enums import AgendaPart, HostPhase, Whose
from meetings.forms.fields import PUBLIC, FunctionChoice, OrganisationChoice
from meetings.invitees import Invitee
from meetings.models import Meeting


class TimeAndPlaceForm(SeenForm):
    goals = TextField(
        label="Vad träffen ska ge", required=False, help_text="Det deltagarna ska kunna eller ha gjort när de går hem."
    )
    starts_at = HourField("Börjar klockan")
    ends_at = HourField(
        "Slutar klockan", help_text="Ändras tiden får alla som har svarat frågan igen, och de som kommer ett mejl."
    )
    place = LineField(longest=200, label="Plats", required=False, help_text="Lokal och adress, eller ”digitalt”.")
    link = LinkField("Länk till mötet", required=False)


class HostForm(forms.Form):
    host = OrganisationChoice(
        "Värd",
        required=False,
        empty_label="SKR är värd",
        help_text="Värdens strateg kan ändra dagordning, plats, förberedelser och dokumentation.",
    )

    def __init__(self, data: Any = None, *, organisations: Any, host: Participation | None) -> None:
        super().__init__(data, initial={"host": host}, use_required_attribute=False)
        self.fields["host"].queryset = organisations  # type: ignore[attr-defined]


class DocumentationForm(SeenForm):
    documentation = TextField(
        rows=12,
        longest=20_000,
        label="Dokumentation",
        required=False,
        help_text=f"Det ni kom fram till, så att den som inte var med förstår. {PUBLIC}",
    )


class AgendaItemForm(SeenForm):
    title = LineField(longest=200, label="Rubrik", missing="Skriv vad punkten handlar om.")
    minutes = forms.IntegerField(
        label="Minuter",
        min_value=1,
        max_value=1440,
        error_messages={
            "required": "Skriv hur många minuter punkten tar.",
            "invalid": "Skriv minuterna med siffror.",
            "min_value": "En punkt tar minst en minut.",
            "max_value": "En punkt tar högst ett dygn.",
        },
    )
    part = forms.ChoiceField(label="Vilka är med?", choices=AgendaPart.choices, initial=AgendaPart.JOINT)
    whose = forms.ChoiceField(label="Vems tid är det?", choices=Whose.choices, initial=Whose.EXCHANGE)
    beside = forms.ChoiceField(label="Plats i dagordningen", required=False)
    day = forms.TypedChoiceField(label="Dag", coerce=int)
    starts_at = HourField(
        "Börjar klockan",
        help_text="Behövs bara om punkten inte börjar direkt efter den före, till exempel den första på dag två.",
    )
    text = TextField(label="Beskrivning", required=False, rows=3)

    def __init__(self, data: Any = None, *, meeting: Meeting, agenda: Agenda, pk: int | None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        days = (meeting.ends_on - meeting.starts_on).days + 1
        if days == 1:
            del self.fields["day"]
        else:
            self.fields["day"].choices = [(number, f"Dag {number}") for number in range(1, days + 1)]  # type: ignore[attr-defined]
        beside = self._beside(agenda, pk)
        if beside or pk:
            first = ("", "Där den står") if pk else (str(LAST), "För sig, sist")
            alone = [(str(LAST), "För sig, sist")] if pk else []
            self.fields["beside"].choices = [first, *alone, *beside]  # type: ignore[attr-defined]
        else:
            del self.fields["beside"]

    @staticmethod
    def _beside(agenda: Agenda, pk: int | None) -> list[tuple[str, str]]:
        blocks = (block for of_day in agenda.days for block in of_day.blocks)
        return [
            (str(block.position), f"Samtidigt som {block.items[0].get_part_display().lower()}: {block.items[0].title}")
            for block in blocks
            if block.items[0].part not in ALONE and not any(item.pk == pk for item in block.items)
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = {"day": 1, **self.cleaned_data}
        beside = cleaned.get("beside")
        return {**cleaned, "beside": int(beside) if beside else None}


class PreparationForm(SeenForm):
    text = LineField(longest=300, label="Vad ska göras?", missing="Skriv vad som ska förberedas.")
    function = FunctionChoice("För vilka?", empty="Alla")
    days_before = forms.IntegerField(
        label="Klart så här många dagar före träffen",
        initial=7,
        min_value=0,
        max_value=365,
        error_messages={
            "required": "Skriv antalet dagar, till exempel 7.",
            "invalid": "Skriv antalet dagar med siffror.",
            "min_value": "Skriv 0 eller mer.",
            "max_value": "Skriv högst 365 dagar.",
        },
    )
    url = LinkField("Länk", required=False, help_text="Till det som ska läsas eller fyllas i.")
    field_order = ("text", "function", "days_before", "url", "seen")


class HostTaskForm(forms.Form):
    text = LineField(longest=300, label="Vad ska göras?", missing="Skriv vad arrangören ska göra.")
    phase = forms.ChoiceField(label="När?", choices=HostPhase.choices)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, use_required_attribute=False)


TASKS = "tasks"
WHAT = (("agenda", "Dagordningen"), ("preparations", "Förberedelserna"), (TASKS, "Arrangörens checklista"))
CHECKLIST_IS_THE_HOSTS = "Den träffens checklista läser bara SKR och värden. Kopiera de andra delarna i stället."


class AgendaCopyForm(forms.Form):
    """Copies from a meeting that the person reads at, and the organiser's checklist from one in `edited`."""

    source = forms.ModelChoiceField(
        Meeting.objects.none(),
        label="Från vilken träff?",
        empty_label="Välj en träff",
        error_messages={"required": "Välj en träff.", "invalid_choice": "Välj en av träffarna i listan."},
    )
    what = forms.MultipleChoiceField(
        label="Vad ska kopieras?",
        choices=WHAT,
        initial=[key for key, _ in WHAT],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Välj något att kopiera.", "invalid_choice": "Välj bland alternativen."},
    )

    def __init__(self, data: Any = None, *, meetings: Any, edited: Collection[int]) -> None:
        super().__init__(data, use_required_attribute=False)
        self.edited = edited
        if not edited:
            self.fields["what"].choices = [(key, label) for key, label in WHAT if key != TASKS]  # type: ignore[attr-defined]
        self.fields["source"].queryset = meetings  # type: ignore[attr-defined]
        self.fields["source"].label_from_instance = self._label  # type: ignore[attr-defined]

    @staticmethod
    def _label(meeting: Meeting) -> str:
        return f"{meeting.name}, {day(meeting.starts_on)} ({meeting.cohort.name})"

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        source = cleaned.get("source")
        if source and TASKS in cleaned.get("what", ()) and source.pk not in self.edited:
            self.add_error("what", CHECKLIST_IS_THE_HOSTS)
        return cleaned

    def parts(self) -> dict[str, bool]:
        return {key: key in self.cleaned_data["what"] for key, _ in WHAT}


class AttendanceForm(SeenForm):
    """A form with a box for each person; the page draws the boxes in a table."""

    present = forms.MultipleChoiceField(label="Deltog", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Any = None, *, people: Iterable[Invitee], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.names = {str(person.pk): person.name for person in people}
        self.fields["present"].choices = list(self.names.items())  # type: ignore[attr-defined]

    @classmethod
    def shown(cls, stored: Content) -> dict[str, Any]:
        return {"present": sorted(stored["present"])} if "present" in stored else {}

    def _words(self, name: str, value: Any) -> str:
        return ", ".join(self.names.get(pk, "–") for pk in value) or "–"
