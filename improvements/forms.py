from typing import Any

from django import forms
from django.db.models import Q

from checklist.models import Item
from cohorts.models import Organisation, Participation
from cohorts.models.organisation import OrganisationQuerySet
from improvements.enums import Decision, HowFar, Stage
from improvements.step_form import StageChoice
from kit.fields import CanonicalField, TextField
from kit.staleness import Content, SeenForm
from policy.labels import LabelledForm

PUBLIC = "Det ni skriver kan bli allmän handling."


class Title(CanonicalField):
    def __init__(self, **kwargs: Any) -> None:
        messages = {"required": "Skriv en rubrik.", "max_length": "Rubriken får ha högst 160 tecken."}
        super().__init__(label="Rubrik", max_length=160, error_messages=messages, **kwargs)


class ItemChoice(forms.ModelChoiceField):
    def __init__(self) -> None:
        super().__init__(
            Item.objects.none(),
            label="Moment i checklistan",
            required=False,
            empty_label="Inget särskilt moment",
            error_messages={"invalid_choice": "Välj ett av momenten i listan."},
        )

    def label_from_instance(self, item: Item) -> str:
        return f"{item.number}. {item.short}"


class WorkForm(SeenForm):
    """A form for an improvement or an effort: its items are those of the omgång's checklist."""

    def __init__(self, *args: Any, participation: Participation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plan = getattr(participation.cohort, "plan", None)
        if plan:
            self.fields["item"].queryset = plan.checklist.items.all()  # type: ignore[attr-defined]


class ImprovementForm(WorkForm):
    title = Title(help_text="Kort och talande, till exempel ”Könsuppdelad statistik till nämnden”.")
    item = ItemChoice()
    borrowed_from = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="Idén kommer från",
        required=False,
        empty_label="Ingen annan organisation",
        help_text="Organisationer i er grupp och era mentorer.",
        error_messages={"invalid_choice": "Välj en organisation i listan."},
    )
    readers = forms.ChoiceField(
        label="Vem får läsa?",
        choices=(("us", "Bara vi"), ("group", "Delas med gruppen, mentorerna, SKR:s processledare och utvärderaren")),
        widget=forms.RadioSelect,
        initial="us",
        error_messages={"required": "Välj vem som får läsa.", "invalid_choice": "Välj vem som får läsa."},
    )

    def __init__(
        self, *args: Any, participation: Participation, source: Organisation | None = None, **kwargs: Any
    ) -> None:
        """Accept as `source` the organisation that had the idea, which may be of another group."""
        super().__init__(*args, participation=participation, **kwargs)
        near = lenders(participation, {"borrowed_from": source} if source else self.stored)
        if near is None:
            del self.fields["borrowed_from"]
        else:
            self.fields["borrowed_from"].queryset = near  # type: ignore[attr-defined]

    @classmethod
    def shown(cls, stored: Content) -> dict[str, Any]:
        readers = {"readers": "group" if stored["shared"] else "us"} if "shared" in stored else {}
        return {**stored, **readers}

    def clean(self) -> dict[str, Any]:
        cleaned = {"borrowed_from": None, **self.cleaned_data}
        readers = cleaned.pop("readers", "us")
        return {**cleaned, "shared": readers == "group"}


def lenders(participation: Participation, stored: Content | None) -> OrganisationQuerySet | None:
    """Return the organisations an idea may come from: the group, its mentors and the stored one; None if none."""
    already = stored["borrowed_from"] if stored else None
    near = Q(pk=already.pk) if already else Q()
    if participation.group_id:
        group = participation.group_id
        near |= Q(participations__group=group) | Q(participations__mentorships__group=group)
    others = Organisation.objects.exclude(pk=participation.organisation_id)
    return others.filter(near).distinct() if near else None


class CycleForm(SeenForm):
    plan = TextField(
        rows=5,
        label="Planera",
        help_text="Vad vill ni uppnå, vad ska ni pröva och hur ser ni om det blev bättre?",
        missing="Skriv vad ni planerar att pröva.",
    )
    do = TextField(rows=5, label="Göra", help_text="Vad gjorde ni, och vad hände?", required=False)
    study = TextField(rows=5, label="Studera", help_text="Vad visade uppföljningen? Vad lärde ni er?", required=False)
    act = TextField(rows=5, label="Agera", help_text="Vad gör ni av det ni har lärt er?", required=False)
    decision = forms.ChoiceField(
        label="Beslut",
        required=False,
        help_text="Anges när alla fyra stegen är beskrivna.",
        choices=(("", "Inget beslut än"), *Decision.choices),
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Välj ett av besluten i listan."},
    )


class EffortForm(LabelledForm, WorkForm):
    """A form with one question about readers, so that no example can be offered without being shared."""

    title = Title(help_text="Vad ni gör, till exempel ”Simhallens tider”.")
    item = ItemChoice()
    readers = forms.ChoiceField(
        label="Vem får läsa?",
        help_text="Det som delas räknas också i omgångens gemensamma bild, utan ert namn.",
        choices=(
            ("us", "Bara vi"),
            ("group", "Delas med gruppen, mentorerna, SKR:s processledare och utvärderaren"),
            ("everyone", "Erbjuds som lärande exempel till alla som är inloggade i Modell, med ert namn"),
        ),
        widget=forms.RadioSelect,
        initial="us",
        error_messages={"required": "Välj vem som får läsa.", "invalid_choice": "Välj vem som får läsa."},
    )

    @classmethod
    def shown(cls, stored: Content) -> dict[str, Any]:
        shown = super().shown(stored)
        if "shared" not in stored:
            return shown
        return {**shown, "readers": "everyone" if stored["example"] else "group" if stored["shared"] else "us"}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        readers = cleaned.pop("readers", "us")
        return {**cleaned, "shared": readers != "us", "example": readers == "everyone"}


class PlacementForm(SeenForm):
    """Where on the chain the organisation finds that it is, and why."""

    stage = forms.ChoiceField(
        label="Var på kedjan befinner ni er?",
        choices=Stage.choices,
        widget=StageChoice,
        error_messages={"required": "Välj ett steg.", "invalid_choice": "Välj ett av stegen i listan."},
    )
    reason = TextField(
        rows=4,
        called="Motiveringen",
        label="Varför?",
        help_text="Ni behöver inte säga detsamma som antalet insatser visar.",
        missing="Skriv varför ni placerar er där.",
    )


class ResultForm(SeenForm):
    judgement = forms.ChoiceField(
        label="Hur långt har ni kommit?",
        choices=HowFar.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj hur långt ni har kommit.", "invalid_choice": "Välj ett av svaren i listan."},
    )
    text = TextField(
        rows=4,
        called="Texten",
        label="Vad bygger ni det på?",
        help_text="Nämn gärna en insats, ett beslut eller siffror som visar det.",
        required=False,
    )


class NamingForm(forms.Form):
    agrees = forms.TypedChoiceField(
        label="Får ni nämnas?",
        choices=((True, "Ja, vi får nämnas"), (False, "Nej, nämn oss inte")),
        coerce=lambda value: value == "True",
        widget=forms.RadioSelect,
        error_messages={"required": "Välj ja eller nej.", "invalid_choice": "Välj ja eller nej."},
    )
