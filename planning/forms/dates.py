"""Forms for an omgång's meetings and periods."""

from datetime import timedelta
from typing import Any

from django import forms

from cohorts.models import Cohort, Group
from kit.fields import DayField, HourField, LineField, LinkField, TextField
from kit.staleness import SeenForm, content_of
from kit.templatetags.swedish import day
from meetings.enums import MeetingForm
from meetings.kinds import MeetingKind
from meetings.models import Meeting, Period
from planning.actions.dates import DAYS, FACTS, PERIOD
from planning.forms.fields import a_number, one_of, theme_line
from planning.setup.blueprint import COUNTED

DAYS_MOST = 14


class MeetingChoice(forms.ModelChoiceField):
    def __init__(self, label: str, empty: str, **kwargs: Any) -> None:
        messages = {"invalid_choice": "Välj en av träffarna i listan."}
        super().__init__(
            Meeting.objects.none(),
            label=label,
            required=False,
            empty_label=empty,
            error_messages=messages,
            **kwargs,
        )

    def label_from_instance(self, meeting: Meeting) -> str:
        group = f", {meeting.group.name}" if meeting.group else ""
        return f"{meeting.name}{group}, {day(meeting.starts_on)}"


class MeetingFacts(SeenForm):
    """The facts of a meeting except its days."""

    name = LineField("Namn", longest=120, missing="Skriv vad träffen heter.")
    theme = theme_line()
    form = one_of("Form", MeetingForm.choices)
    starts_at = HourField("Börjar klockan")
    ends_at = HourField("Slutar klockan")
    place = LineField("Plats", longest=200, required=False)
    link = LinkField("Länk till mötet", required=False)
    goals = TextField("Vad träffen ska ge", required=False, help_text="Skriv ett mål på varje rad.")
    hangs_on = MeetingChoice("Förbereder", "Ingen träff", help_text="Träffen flyttas med den som den förbereder.")
    has_presentations = forms.BooleanField(label="Organisationerna presenterar", required=False)
    opens_before = a_number("Självskattningen öppnar, dagar före", 0, 365)
    due_before = a_number("Självskattningen lämnas in, dagar före", 0, 365)
    present_before = a_number("Presentationen lämnas, dagar före", 0, 365)
    invite_before = a_number("Inbjudan skickas, dagar före", 0, 365)

    def _choose(self, cohort: Cohort, *, but: Meeting | None = None) -> None:
        others = cohort.meetings.select_related("group")
        field = self.fields["hangs_on"]
        field.queryset = others.exclude(pk=but.pk) if but else others  # type: ignore[attr-defined]

    def _words(self, name: str, value: Any) -> str:
        return ("Ja" if value else "Nej") if isinstance(value, bool) else super()._words(name, value)


class EditMeetingForm(MeetingFacts):
    ends_at = HourField("Slutar klockan", help_text="Ändras tiden får de som har svarat att de kommer ett mejl.")

    def __init__(self, data: Any = None, *, meeting: Meeting) -> None:
        super().__init__(data, stored=content_of(meeting, *FACTS))
        self._choose(meeting.cohort, but=meeting)


class NewMeetingForm(MeetingFacts):
    kind = one_of("Slag", MeetingKind.choices)
    group = forms.ModelChoiceField(
        Group.objects.none(),
        label="För",
        required=False,
        empty_label="Hela omgången",
        error_messages={"invalid_choice": "Välj en av grupperna i listan."},
    )
    starts_on = DayField("Första dag")
    days = a_number("Antal dagar", 1, DAYS_MOST, initial=1)
    field_order = ("kind", "name", "theme", "group", "starts_on", "days")

    def __init__(self, data: Any = None, *, cohort: Cohort) -> None:
        super().__init__(data, stored=None, initial=content_of(Meeting(), *COUNTED))
        del self.fields["seen"]
        self.fields["group"].queryset = cohort.groups.all()  # type: ignore[attr-defined]
        self._choose(cohort)


class MeetingMoveForm(SeenForm):
    """The new day and the reason; the page shows the consequences before anything is moved."""

    starts_on = DayField("Ny första dag")
    days = a_number("Antal dagar", 1, DAYS_MOST)
    why = LineField(
        "Varför flyttas träffen?",
        longest=300,
        required=False,
        sometimes=True,
        help_text=(
            "Står i mejlet till dem det gäller. Behövs när flytten öppnar eller låser självskattningar, eller ändrar "
            "en dag som har varit."
        ),
    )

    def __init__(self, data: Any = None, *, meeting: Meeting) -> None:
        super().__init__(data, stored=content_of(meeting, *DAYS))

    @classmethod
    def shown(cls, stored: Any) -> dict[str, Any]:
        first, last = stored.get("starts_on"), stored.get("ends_on")
        return {"starts_on": first, "days": (last - first).days + 1 if first and last else None}

    @property
    def last(self) -> Any:
        return self.cleaned_data["starts_on"] + timedelta(days=self.cleaned_data["days"] - 1)


class CancelForm(forms.Form):
    why = LineField(
        "Varför ställs träffen in?", longest=300, required=False, help_text="Står i mejlet till dem det gäller."
    )


class PeriodForm(SeenForm):
    name = LineField("Namn", longest=120, missing="Skriv vad perioden heter.")
    goals = TextField("Mål", required=False, help_text="Skriv ett mål på varje rad. Deltagarna bockar av dem.")
    after = MeetingChoice("Börjar efter", "När omgången börjar")
    before = MeetingChoice("Slutar före", "När omgången slutar")
    is_reporting = forms.BooleanField(label="Deltagarna skriver resultatrapporten under perioden", required=False)
    due_before = a_number(
        "Hur många dagar i förväg ska rapporten lämnas in?",
        0,
        365,
        initial=0,
        help_text="Dagarna räknas från träffen efter perioden, eller från omgångens sista dag.",
    )

    def __init__(self, data: Any = None, *, cohort: Cohort, period: Period | None) -> None:
        super().__init__(data, stored=content_of(period, *PERIOD) if period else None)
        for name in ("after", "before"):
            self.fields[name].queryset = cohort.meetings.select_related("group")  # type: ignore[attr-defined]

    def _words(self, name: str, value: Any) -> str:
        return ("Ja" if value else "Nej") if isinstance(value, bool) else super()._words(name, value)
