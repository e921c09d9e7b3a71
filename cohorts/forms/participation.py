from typing import Any

from django import forms

from cohorts.enums import OrganisationKind, Role
from cohorts.forms.fields import DayField, LineField, YesNoField, as_choice
from cohorts.models import Cohort, Organisation
from modell.staleness import Content, SeenForm

SIDES_HELP = "En uppgift om organisationen. Vem som hör till vilken sida sparas aldrig."
THROUGH_HELP = "Till exempel ett kommunalförbund som företräder kommunen i omgången."
JOINED_HELP = "Tomt betyder från början. Det som var före dagen räknas inte mot organisationen."


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
    """The facts of an organisation in an omgång, as SKR keeps them."""

    role = role_field()
    through = LineField("Genom", longest=120, required=False, help_text=THROUGH_HELP)
    joined_on = DayField("Kom med i omgången", required=False, help_text=JOINED_HELP)
    both_sides = YesNoField("Är både majoritet och opposition företrädda?", help_text=SIDES_HELP)
    capacity = capacity_field()

    @classmethod
    def shown(cls, stored: Content) -> dict[str, Any]:
        return {**stored, "both_sides": as_choice(stored.get("both_sides"))} if stored else {}


class AddParticipationForm(ParticipationForm):
    """One more organisation, from the register; those that are with already are not among them."""

    field_order = ("code", "role", "through", "joined_on", "both_sides", "capacity", "seen")

    def __init__(self, data: Any = None, *, cohort: Cohort, role: Role = Role.PARTICIPANT) -> None:
        super().__init__(data, stored=None, initial={"role": role})
        self.fields["code"] = forms.ChoiceField(
            label="Organisation",
            choices=[("", "Välj organisation"), *organisations_beside(cohort)],
            error_messages={"required": "Välj en organisation.", "invalid_choice": "Välj en organisation i listan."},
        )
        self.order_fields(self.field_order)


def organisations_beside(cohort: Cohort) -> list[tuple[str, list[tuple[str, str]]]]:
    """By kind. One with two codes stands under both kinds, since it counts as the one it is chosen by."""
    there = cohort.participations.values("organisation")
    rows = Organisation.objects.filter(invented=cohort.constructed).exclude(pk__in=there)
    groups: dict[str, list[tuple[str, str]]] = {kind.label: [] for kind in OrganisationKind}
    for row in rows:
        groups[row.get_kind_display()].append((row.code, row.name))
        if row.second_code:
            groups[OrganisationKind.KOMMUN.label].append((row.second_code, f"{row.name} (som kommun)"))
    return [(label, options) for label, options in groups.items() if options]


class WithdrawForm(forms.Form):
    use_required_attribute = False

    on = DayField("Sista dagen i omgången", missing="Ange den sista dagen.")
    reason = forms.CharField(
        label="Skäl",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Läses bara av SKR. Andra ser att organisationen har lämnat omgången, och vilken dag. Det ni skriver "
        "kan bli allmän handling.",
        error_messages={"max_length": "Texten får ha högst 2 000 tecken."},
    )

    def clean_reason(self) -> str:
        return str(self.cleaned_data["reason"]).replace("\r\n", "\n")


class ExtendForm(forms.Form):
    use_required_attribute = False

    ends_on = DayField("Ny sista dag", missing="Ange den nya sista dagen.")
    # That what is said of the day has been read; posted by the second of two clicks.
    understood = forms.CharField(required=False, widget=forms.HiddenInput)
