"""Forms for a new omgång and for the facts of an omgång."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.html import format_html

from cohorts.enums import CohortKind
from cohorts.models import Cohort
from kit.days import BACKWARDS, is_backwards
from kit.fields import DayField, LineField
from kit.staleness import SeenForm, content_of
from planning.actions.cohort_facts import INTEREST, is_rated, stored_facts
from planning.forms.fields import a_number, one_of
from planning.forms.running import RUNNING, RunningForm
from planning.models import Edition
from planning.setup import blueprint
from planning.setup.blueprint import Blueprint
from planning.setup.dating import usual_start
from planning.setup.plan import Plan, outside

EDITION, COPY = "koncept", "omgang"


class NewCohortForm(forms.Form):
    """`source` names a concept or an earlier omgång, and `blueprint` is made from it."""

    name = LineField(
        "Namn",
        longest=120,
        missing="Skriv vad omgången ska heta.",
        help_text="Som ni själva kallar den, till exempel med år.",
    )
    kind = one_of("För", CohortKind.choices, widget=forms.RadioSelect, initial=CohortKind.MIXED)
    source = one_of("Upplägg", (), help_text="Av en tidigare omgång följer upplägget med, aldrig personer eller svar.")
    begins_on = DayField(
        "Uppstartens första dag",
        help_text="De andra dagarna räknas ut. Ni ändrar dem på nästa sida om något inte passar.",
    )

    rehearsal = forms.BooleanField(
        label="Det här är en provomgång",
        required=False,
        help_text="Den fungerar som andra omgångar, med påhittade organisationer. Inga mejl skickas, inget i den "
        "räknas i andra omgångar, och ni tar bort den med en knapp. Valet går inte att ändra när omgången är upplagd.",
    )

    def __init__(self, data: Any = None, *, source: str = "") -> None:
        super().__init__(data, use_required_attribute=False, initial={"begins_on": usual_start(), "source": source})
        editions = [(f"{EDITION}:{edition.key}", edition.name) for edition in Edition.objects.filter(retired=False)]
        cohorts = Cohort.objects.filter(meetings__isnull=False).distinct()
        earlier = [(f"{COPY}:{cohort.slug}", cohort.name) for cohort in cohorts]
        groups = [("Från ett koncept", editions), ("Som kopia av en tidigare omgång", earlier)]
        self.fields["source"].choices = [(label, rows) for label, rows in groups if rows]  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    @property
    def blueprint(self) -> Blueprint:
        kind, _, key = self.cleaned_data["source"].partition(":")
        if kind == EDITION:
            return blueprint.of_edition(Edition.objects.select_related("checklist").get(key=key))
        return blueprint.of_cohort(Cohort.objects.select_related("plan__checklist").get(slug=key))


class RehearsalDeleteForm(forms.Form):
    """Asks for the address, since all that people have written goes."""

    slug = LineField("Skriv provomgångens adress", longest=80, missing="Skriv adressen.")

    def __init__(self, data: Any = None, *, cohort: Cohort) -> None:
        super().__init__(data, use_required_attribute=False)
        self.fields["slug"].help_text = f"Adressen är {cohort.slug}."


class PlanForm(forms.Form):
    """The days that the blueprint gives; each can be changed."""

    ends_on = DayField("Omgångens sista dag")

    def __init__(self, data: Any = None, *, plan: Plan) -> None:
        self.plan = plan
        initial = {f"day_{meeting.ref}": meeting.starts_on for meeting in plan.meetings} | {"ends_on": plan.ends_on}
        super().__init__(data, initial=initial, use_required_attribute=False)
        for meeting in plan.in_order():
            label = format_html('Första dag<span class="ds-sr-only"> för {}</span>', meeting.name)
            self.fields[f"day_{meeting.ref}"] = DayField(label)

    def clean(self) -> dict[str, Any]:
        """Refuse a last day before the meetings: it would be dropped for the day of the last one."""
        last = self.cleaned_data.get("ends_on")
        meetings = [meeting.on(self.days.get(meeting.ref, meeting.starts_on)) for meeting in self.plan.in_order()]
        if last and (sentence := outside(((meeting.name, meeting) for meeting in meetings), None, last)):
            self.add_error("ends_on", sentence)
        return self.cleaned_data

    @property
    def days(self) -> Mapping[str, date]:
        """Return the chosen first days by step; a day that is wrong is left out, and the blueprint's day stands."""
        data = self.cleaned_data
        return {name.removeprefix("day_"): value for name, value in data.items() if name.startswith("day_") and value}


class FactsForm(RunningForm):
    name = LineField(
        "Namn", longest=120, missing="Skriv vad omgången heter.", help_text="Adressen till omgången ändras inte."
    )
    kind = one_of("För", CohortKind.choices)
    starts_on = DayField("Omgången börjar")
    ends_on = DayField("Omgången slutar", help_text="Efter den dagen ändras inget i omgången.")

    field_order = ("name", "kind", "starts_on", "ends_on", *RUNNING)

    def __init__(self, data: Any = None, *, cohort: Cohort) -> None:
        stored = stored_facts(cohort)
        self.rated = is_rated(cohort)
        # Every value is based on the checklist, so it cannot be changed once something is rated.
        if self.rated:
            stored = {name: value for name, value in stored.items() if name not in ("checklist", "half_steps")}
        super().__init__(data, stored=stored)
        if self.rated:
            del self.fields["checklist"], self.fields["half_steps"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if is_backwards(data.get("starts_on"), data.get("ends_on")):
            self.add_error("ends_on", BACKWARDS)
        return data


class InterestDaysForm(SeenForm):
    interest_opens_on = DayField("Intresseanmälan öppnar", required=False, help_text="Utan dag är den stängd.")
    interest_closes_on = DayField("Sista dag för intresseanmälan", required=False)
    board_meets_on = DayField("Styrgruppen beslutar", required=False)
    fee = a_number("Avgift i kronor", 0, 10_000_000, required=False)

    def __init__(self, data: Any = None, *, cohort: Cohort) -> None:
        super().__init__(data, stored=content_of(cohort, *INTEREST))

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        opens = data.get("interest_opens_on")
        if is_backwards(opens, data.get("interest_closes_on")):
            self.add_error("interest_closes_on", BACKWARDS)
        if is_backwards(opens, data.get("board_meets_on")):
            self.add_error("board_meets_on", "Styrgruppen kan inte besluta innan anmälan öppnar.")
        return data
