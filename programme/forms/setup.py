"""The forms of a new omgång: where it comes from, its days, its facts."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.html import format_html

from accounts.models import User
from cohorts.enums import CohortKind
from cohorts.models import Cohort
from modell.staleness import SeenForm, content_of
from programme.actions.facts import INTEREST, is_rated, stored_facts
from programme.forms.fields import a_day, a_number, line, one_of
from programme.forms.running import RUNNING, RunningForm
from programme.models import Edition
from programme.setup import blueprint
from programme.setup.blueprint import Blueprint
from programme.setup.dating import usual_start
from programme.setup.plan import Plan

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)
FAR = "Ange en dag mellan 2000 och 2100."
EDITION, COPY = "koncept", "omgang"


class NewCohortForm(forms.Form):
    """`source` names a concept or an earlier omgång; `blueprint` is what it gives."""

    name = line("Namn", 120, "Skriv vad omgången ska heta.", help_text="Som ni själva kallar den, till exempel med år.")
    kind = one_of("För", CohortKind.choices, widget=forms.RadioSelect, initial=CohortKind.MIXED)
    source = one_of("Upplägg", (), help_text="Av en tidigare omgång följer upplägget med, aldrig personer eller svar.")
    begins_on = a_day(
        "Uppstartens första dag",
        help_text="De andra dagarna räknas ut. Ni ändrar dem på nästa sida om något inte passar.",
    )

    def __init__(self, data: Any = None, *, source: str = "") -> None:
        super().__init__(data, use_required_attribute=False, initial={"begins_on": usual_start(), "source": source})
        editions = [(f"{EDITION}:{one.key}", one.name) for one in Edition.objects.filter(retired=False)]
        earlier = [(f"{COPY}:{one.slug}", one.name) for one in Cohort.objects.filter(meetings__isnull=False).distinct()]
        groups = [("Från ett koncept", editions), ("Som kopia av en tidigare omgång", earlier)]
        self.fields["source"].choices = [(label, rows) for label, rows in groups if rows]  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean_begins_on(self) -> date:
        return _near(self.cleaned_data["begins_on"])

    @property
    def blueprint(self) -> Blueprint:
        kind, _, key = self.cleaned_data["source"].partition(":")
        if kind == EDITION:
            return blueprint.of_edition(Edition.objects.select_related("checklist").get(key=key))
        return blueprint.of_cohort(Cohort.objects.select_related("plan__checklist").get(slug=key))


def _near(day: date) -> date:
    if not EARLIEST <= day <= LATEST:
        raise forms.ValidationError(FAR)
    return day


class PlanForm(forms.Form):
    """The days as the rule gave them, each to be changed by hand."""

    ends_on = a_day("Omgångens sista dag")

    def __init__(self, data: Any = None, *, plan: Plan) -> None:
        initial = {f"day_{meeting.ref}": meeting.starts_on for meeting in plan.meetings} | {"ends_on": plan.ends_on}
        super().__init__(data, initial=initial, use_required_attribute=False)
        for meeting in plan.in_order():
            label = format_html('Första dag<span class="ds-sr-only"> för {}</span>', meeting.name)
            self.fields[f"day_{meeting.ref}"] = a_day(label)

    def clean(self) -> dict[str, Any]:
        for name, value in list(self.cleaned_data.items()):
            if isinstance(value, date) and not EARLIEST <= value <= LATEST:
                self.add_error(name, FAR)
        return self.cleaned_data

    @property
    def days(self) -> Mapping[str, date]:
        """The first days as chosen; where a day is wrong, the rule's own."""
        data = self.cleaned_data
        return {name.removeprefix("day_"): value for name, value in data.items() if name.startswith("day_") and value}


class FactsForm(RunningForm):
    name = line("Namn", 120, "Skriv vad omgången heter.", help_text="Adressen till omgången ändras inte.")
    kind = one_of("För", CohortKind.choices)
    starts_on = a_day("Omgången börjar")
    ends_on = a_day("Omgången slutar", help_text="Efter den dagen ändras inget i omgången.")
    contact = forms.ModelChoiceField(
        User.objects.none(),
        label="Kontaktperson på SKR",
        required=False,
        empty_label="Ingen vald än",
        help_text="Svar på mejl från omgången går hit.",
        error_messages={"invalid_choice": "Välj en av personerna i listan."},
    )

    field_order = ("name", "kind", "starts_on", "ends_on", "contact", *RUNNING)

    def __init__(self, data: Any = None, *, cohort: Cohort) -> None:
        """What is rated already rests on the checklist: then it is not asked for."""
        stored = stored_facts(cohort)
        self.rated = is_rated(cohort)
        if self.rated:
            stored = {name: value for name, value in stored.items() if name not in ("checklist", "half_steps")}
        super().__init__(data, stored=stored)
        if self.rated:
            del self.fields["checklist"], self.fields["half_steps"]
        staff = User.objects.exclude(skr_role="").filter(is_active=True).order_by("name")
        self.fields["contact"].queryset = staff  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", "Slutdagen kan inte ligga före startdagen.")
        return data


class InterestDaysForm(SeenForm):
    interest_opens_on = a_day("Intresseanmälan öppnar", required=False, help_text="Utan dag är den stängd.")
    interest_closes_on = a_day("Sista dag för intresseanmälan", required=False)
    board_meets_on = a_day("Styrgruppen beslutar", required=False)
    fee = a_number("Avgift i kronor", 0, 10_000_000, required=False)

    def __init__(self, data: Any = None, *, cohort: Cohort) -> None:
        super().__init__(data, stored=content_of(cohort, *INTEREST))

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        opens, closes = data.get("interest_opens_on"), data.get("interest_closes_on")
        if opens and closes and closes < opens:
            self.add_error("interest_closes_on", "Sista dagen kan inte ligga före den dag då anmälan öppnar.")
        return data
