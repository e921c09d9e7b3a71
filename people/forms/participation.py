from typing import Any

from django import forms

from cohorts.enums import OrganisationKind, Role
from cohorts.fields import YesNoField, as_choice
from cohorts.kinds import is_counted_in
from cohorts.models import Cohort, Organisation
from kit.fields import DayField, LineField, SometimesChoiceField, TextField
from kit.staleness import Content, SeenForm
from people.organisation_list import MOST_LINES

SIDES_HELP = "En uppgift om organisationen. Vem som hör till vilken sida sparas aldrig."
THROUGH_HELP = "Till exempel ett kommunalförbund som företräder kommunen i omgången."
OTHER_HELP = "För ett kommunalförbund, en stadsdel eller en förvaltning som deltar i eget namn och inte står i listan."
OTHER_KINDS = [(kind.value, kind.label) for kind in OrganisationKind if is_counted_in(kind)]
WHICH_KIND = "Välj vad organisationen är."
JOINED_HELP = "Lämna tomt om organisationen är med från början. Det som var före dagen räknas inte."


def role_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Roll i omgången",
        choices=Role.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj en roll.", "invalid_choice": "Välj en av rollerna."},
    )


def capacity_field() -> forms.IntegerField:
    return forms.IntegerField(
        label="Kan vara mentor för så många grupper",
        required=False,
        min_value=0,
        max_value=50,
        help_text="Bara för mentorer.",
        error_messages={
            "invalid": "Skriv ett tal.",
            "min_value": "Skriv 0 eller ett större tal.",
            "max_value": "Skriv högst 50.",
        },
    )


class ParticipationForm(SeenForm):
    role = role_field()
    through = LineField("Genom", longest=120, required=False, help_text=THROUGH_HELP)
    joined_on = DayField("Kom med i omgången", required=False, help_text=JOINED_HELP)
    both_sides = YesNoField("Är både majoritet och opposition företrädda?", help_text=SIDES_HELP)
    capacity = capacity_field()

    @classmethod
    def shown(cls, stored: Content) -> dict[str, Any]:
        return {**stored, "both_sides": as_choice(stored.get("both_sides"))} if stored else {}


class AddParticipationForm(ParticipationForm):
    other_name = LineField("Eller skriv namnet", longest=120, required=False, sometimes=True, help_text=OTHER_HELP)
    other_kind = SometimesChoiceField(
        label="Vad är det för organisation?",
        choices=[("", "Bara om du har skrivit ett namn"), *OTHER_KINDS],
        required=False,
        error_messages={"invalid_choice": WHICH_KIND},
    )
    field_order = (
        *("code", "other_name", "other_kind", "role", "through", "joined_on", "both_sides", "capacity", "seen"),
    )

    def __init__(self, data: Any = None, *, cohort: Cohort, role: Role = Role.PARTICIPANT) -> None:
        super().__init__(data, stored=None, initial={"role": role})
        self.fields["code"] = SometimesChoiceField(
            label="Organisation",
            choices=[("", "Välj organisation"), *organisations_beside(cohort)],
            required=False,
            error_messages={"invalid_choice": "Välj en organisation i listan."},
        )
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        code, name, kind = (data.get(field, "") for field in ("code", "other_name", "other_kind"))
        if not code and not name and "code" not in self.errors:
            self.add_error("code", "Välj en organisation.")
        if code and name:
            self.add_error("other_name", "Välj i listan eller skriv ett namn, inte båda.")
        elif name and not kind and "other_kind" not in self.errors:
            self.add_error("other_kind", WHICH_KIND)
        return data


class OrganisationListForm(forms.Form):
    use_required_attribute = False

    organisations = TextField(
        "Klistra in organisationerna",
        rows=12,
        longest=40_000,
        missing="Klistra in listan.",
        called="Listan",
        help_text="En på varje rad, med namn eller kod: Region Värmland, Borgholm eller 0885. Skriv mentor i en egen "
        "kolumn eller efter ett komma för den som är mentor.",
    )
    role = role_field()
    # A list is stored only if this is the digest of its text and role, so it must have been previewed first.
    looked_at = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role = self.fields["role"]
        role.label, role.initial = "Roll för dem som det inte står något om", Role.PARTICIPANT

    def clean_organisations(self) -> str:
        text: str = self.cleaned_data["organisations"]
        if len(text.splitlines()) > MOST_LINES:
            raise forms.ValidationError(f"Klistra in högst {MOST_LINES} rader åt gången.")
        return text


def organisations_beside(cohort: Cohort) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return choices by kind; an organisation with two codes counts as the one it is chosen by."""
    there = cohort.participations.values("organisation")
    rows = Organisation.objects.known_in(cohort).filter(invented=cohort.constructed).exclude(pk__in=there)
    groups: dict[str, list[tuple[str, str]]] = {kind.label: [] for kind in OrganisationKind}
    for row in rows:
        groups[row.get_kind_display()].append((row.code, row.name))
        if row.second_code:
            groups[OrganisationKind.KOMMUN.label].append((row.second_code, f"{row.name} (som kommun)"))
    return [(label, options) for label, options in groups.items() if options]


class WithdrawForm(forms.Form):
    use_required_attribute = False

    on = DayField("Sista dagen i omgången", missing="Ange den sista dagen.")
    reason = TextField(
        "Skäl",
        required=False,
        longest=2000,
        rows=3,
        help_text="Bara SKR läser skälet. Andra ser att organisationen har lämnat omgången, och vilken dag. Det du "
        "skriver kan bli allmän handling.",
    )


class ExtendForm(forms.Form):
    use_required_attribute = False

    ends_on = DayField("Ny sista dag", missing="Ange den nya sista dagen.")
    # The second click posts the day whose consequences the first one showed.
    understood = forms.CharField(required=False, widget=forms.HiddenInput)
