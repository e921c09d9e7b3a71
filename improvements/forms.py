from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from checklist.fields import ItemChoice
from cohorts.enums import Function
from cohorts.fields import ReadersField
from cohorts.models import Delegate, Organisation, Part, Participation
from cohorts.models.organisation import OrganisationQuerySet
from improvements.enums import MOVES, CycleWord, Decision, Stage, State
from improvements.models import ChangeIdea, Improvement
from improvements.step_form import StageChoice
from indicators.models import Analysis, Indicator
from kit.fields import CanonicalField, DayField, LineField, RowChoice, TextField
from kit.folds import Fold
from kit.staleness import Content, SeenForm
from policy.labels import LabelledForm

PUBLIC = "Det ni skriver kan bli allmän handling."


class Title(CanonicalField):
    def __init__(self, **kwargs: Any) -> None:
        messages = {"required": "Skriv en rubrik.", "max_length": "Rubriken får ha högst 160 tecken."}
        super().__init__(label="Rubrik", max_length=160, error_messages=messages, **kwargs)


class WorkForm(SeenForm):
    """A form for an improvement or an effort: its items are those of the omgång's checklist."""

    def __init__(self, *args: Any, participation: Participation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plan = getattr(participation.cohort, "plan", None)
        if plan:
            self.fields["item"].queryset = plan.checklist.items.all()  # type: ignore[attr-defined]


class FoldedForm(SeenForm):
    """A form that asks for little at once: what stands in `FOLDS` is folded, by summary and names."""

    FOLDS: Sequence[tuple[str, tuple[str, ...]]] = ()
    LAST: tuple[str, ...] = ()

    @property
    def always(self) -> list[forms.BoundField]:
        folded = {name for _, names in self.FOLDS for name in names}
        return [field for field in self.visible_fields() if field.name not in folded | set(self.LAST)]

    @property
    def at_last(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name in self.LAST]

    @property
    def folds(self) -> Iterator[Fold]:
        for summary, names in self.FOLDS:
            fields = tuple(self[name] for name in names if name in self.fields)
            if fields:
                yield Fold(summary, fields, any(field.errors or field.value() for field in fields))

    def _words(self, name: str, value: Any) -> str:
        if isinstance(value, list | tuple):
            labels = {str(key): str(label) for key, label in self.fields[name].choices}  # type: ignore[attr-defined]
            return ", ".join(labels.get(str(choice), "") for choice in value) or "–"
        return super()._words(name, value)


class DelegateChoice(RowChoice):
    def __init__(self, label: str = "Ansvarig", **kwargs: Any) -> None:
        super().__init__(Delegate, label, "Ingen vald", **kwargs)

    def label_from_instance(self, delegate: Delegate) -> str:
        return f"{delegate.user.name}, {delegate.get_function_display().lower()}"


def people_of(participation: Participation, stored: Delegate | None) -> QuerySet[Delegate]:
    current = participation.delegates.current(timezone.localdate()).values("pk")
    rows = Delegate.objects.filter(Q(pk__in=current) | Q(pk=stored.pk if stored else None))
    return rows.select_related("user")


PEOPLE = (("women", "Kvinnor"), ("men", "Män"), ("girls", "Flickor"), ("boys", "Pojkar"))
LONGEST_IDEA = 300


class ImprovementForm(LabelledForm, FoldedForm, WorkForm):
    """A form that asks for a title and a sentence; the three questions and the rest are answered when it matters."""

    FOLDS = (
        ("Från vad, till vad och för vem", ("problem", "starting_point", "target", "aim_on", "people", "whom")),
        ("Hur vet ni att en förändring är en förbättring?", ("indicators", "measure")),
        ("Vilka förändringar kan leda dit?", ("ideas",)),
        ("Vem och när", ("responsible", "manager", "part", "begins_on", "ends_on")),
        ("Vad det hör ihop med", ("item", "goals", "articles", "tags", "analysis", "borrowed_from")),
    )
    LAST = ("readers",)

    title = Title(help_text="Kort och talande, till exempel ”Könsuppdelad statistik till nämnden”.")
    aim = TextField(
        rows=2,
        label="Vad vill ni åstadkomma?",
        help_text="En mening räcker: vad ska bli annorlunda, och för vem?",
        missing="Skriv med en mening vad ni vill åstadkomma.",
    )
    problem = TextField(rows=3, label="Vad är problemet i dag?", required=False)
    starting_point = LineField(
        "Hur är det i dag?", longest=300, required=False, help_text="Till exempel: kvinnor väntar fyra dagar längre."
    )
    target = LineField(
        "Hur ska det bli?", longest=300, required=False, help_text="Till exempel: högst en dags skillnad."
    )
    aim_on = DayField("När ska ni vara framme?", required=False)
    people = forms.MultipleChoiceField(
        label="Vilka gäller det?",
        choices=PEOPLE,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Välj bland rutorna."},
    )
    whom = LineField("Vilka av dem?", longest=200, required=False, help_text="Till exempel: över 18 år, i smärtvården.")
    indicators = forms.ModelMultipleChoiceField(
        Indicator.objects.none(),
        label="Vilka nyckeltal visar det?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Välj bland era nyckeltal.", "invalid_pk_value": "Välj bland era nyckeltal."},
    )
    measure = LineField(
        "Vad tittar ni på, om det inte finns något nyckeltal än?",
        longest=300,
        required=False,
        help_text="Till exempel: hur många av fem remisser som bedöms lika.",
    )
    ideas = TextField(
        rows=4,
        label="Idéer",
        called="Idéerna",
        required=False,
        help_text="Skriv en idé på varje rad, den ni tror mest på först.",
    )
    responsible = DelegateChoice()
    manager = DelegateChoice("Ansvarig chef")
    part = RowChoice(Part, "Nämnd eller förvaltning", "Hela organisationen")
    begins_on = DayField("Första dagen", required=False)
    ends_on = DayField("Sista dagen", required=False)
    item = ItemChoice()
    analysis = RowChoice(Analysis, "Jämställdhetsanalys", "Ingen analys")
    borrowed_from = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="Idén kommer från",
        required=False,
        empty_label="Ingen annan organisation",
        help_text="Organisationer i er grupp och era mentorer.",
        error_messages={"invalid_choice": "Välj en organisation i listan."},
    )
    readers = ReadersField()

    def __init__(
        self, *args: Any, participation: Participation, source: Organisation | None = None, **kwargs: Any
    ) -> None:
        """Accept as `source` the organisation that had the idea, which may be of another group."""
        super().__init__(*args, participation=participation, **kwargs)
        stored = self.stored or {}
        self._offer("responsible", people_of(participation, stored.get("responsible")))
        managers = people_of(participation, stored.get("manager"))
        chosen = stored["manager"].pk if stored.get("manager") else None
        self._offer("manager", managers.filter(Q(function=Function.MANAGER) | Q(pk=chosen)))
        for name, rows in (
            ("part", participation.organisation.parts.all()),
            ("analysis", participation.analyses.all()),
            ("indicators", participation.indicators.all()),
            ("borrowed_from", lenders(participation, {"borrowed_from": source} if source else self.stored)),
        ):
            if rows:
                self._offer(name, rows)
            else:
                del self.fields[name]

    def _offer(self, name: str, rows: QuerySet[Any]) -> None:
        self.fields[name].queryset = rows  # type: ignore[attr-defined]

    @classmethod
    def shown(cls, stored: Content) -> dict[str, Any]:
        shown = super().shown(stored)
        if "shared" not in stored:
            return shown
        people = [name for name, _ in PEOPLE if stored[name]]
        return {**shown, "people": people, "readers": "group" if stored["shared"] else "us"}

    def clean_ideas(self) -> str:
        ideas: str = self.cleaned_data["ideas"]
        if any(len(line) > LONGEST_IDEA for line in ideas.splitlines()):
            raise forms.ValidationError("En idé får ha högst 300 tecken. Dela den på två rader.")
        return "\n".join(dict.fromkeys(line.strip() for line in ideas.splitlines() if line.strip()))

    def clean(self) -> dict[str, Any]:
        cleaned = {"borrowed_from": None, "part": None, "analysis": None, **super().clean()}
        readers, people = cleaned.pop("readers", "us"), cleaned.pop("people", ())
        boxes = {name: name in people for name, _ in PEOPLE}
        indicators = tuple(sorted(row.pk for row in cleaned.get("indicators", ())))
        return {**cleaned, **boxes, "indicators": indicators, "shared": readers == "group"}


def lenders(participation: Participation, stored: Content | None) -> OrganisationQuerySet | None:
    """Return the organisations an idea may come from: the group, its mentors and the stored one; None if none."""
    already = stored["borrowed_from"] if stored else None
    near = Q(pk=already.pk) if already else Q()
    if participation.group_id:
        group = participation.group_id
        near |= Q(participations__group=group) | Q(participations__mentorships__group=group)
    others = Organisation.objects.exclude(pk=participation.organisation_id)
    return others.filter(near).distinct() if near else None


class CycleForm(FoldedForm):
    """A form for a cycle: first what is planned, and the rest when something has been tried."""

    FOLDS: Sequence[tuple[str, tuple[str, ...]]] = (
        ("När, vem och vad ni mäter", ("begins_on", "ends_on", "responsible", "measured", "idea")),
        ("Göra, studera och agera", ("do", "study", "act", "decision")),
    )

    plan = TextField(
        rows=3,
        label="Planera: vad ska ni pröva?",
        help_text="Något litet, och hur ni ser om det blev bättre.",
        missing="Skriv vad ni planerar att pröva.",
    )
    scale = LineField(
        "I hur liten skala?",
        longest=200,
        required=False,
        help_text="Så litet att det går att göra nästa vecka, till exempel en bedömare och fem remisser.",
    )
    prediction = TextField(
        rows=2,
        label="Vad tror ni händer?",
        required=False,
        help_text="Då ser ni efteråt om det blev som ni trodde.",
    )
    begins_on = DayField("Första dagen", required=False)
    ends_on = DayField("Sista dagen", required=False)
    idea = RowChoice(ChangeIdea, "Vilken idé prövar ni?", "Ingen av idéerna")
    responsible = DelegateChoice()
    measured = TextField(rows=2, label="Vad mäter eller frågar ni?", called="Texten", required=False)
    do = TextField(rows=4, label="Göra", help_text="Vad gjorde ni, och vad hände?", required=False)
    study = TextField(rows=4, label="Studera", help_text="Vad blev det? Vad lärde ni er?", required=False)
    act = TextField(rows=4, label="Agera", help_text="Vad gör ni av det ni har lärt er?", required=False)
    decision = forms.ChoiceField(
        label="Beslut",
        required=False,
        help_text="Anges när alla fyra stegen är beskrivna.",
        choices=(("", "Inget beslut än"), *Decision.choices),
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Välj ett av besluten i listan."},
    )

    def __init__(self, *args: Any, improvement: Improvement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stored = self.stored or {}
        ideas = improvement.ideas.all()
        if ideas:
            self.fields["idea"].queryset = ideas  # type: ignore[attr-defined]
        else:
            del self.fields["idea"]
        people = people_of(improvement.participation, stored.get("responsible"))
        self.fields["responsible"].queryset = people  # type: ignore[attr-defined]
        if stored:
            # What is to be written now is unfolded.
            self.FOLDS = self.FOLDS[:1]
        if stored.get("prediction"):
            self.fields["study"].help_text = f"Ni trodde: {stored['prediction']} Vad blev det, och vad lärde ni er?"

    def clean(self) -> dict[str, Any]:
        return {"idea": None, **self.cleaned_data}


class MoveForm(SeenForm):
    """A form that moves an improvement, over its state, what was learnt and who reads."""

    to = forms.ChoiceField(
        label="Vart ska det flyttas?",
        widget=forms.RadioSelect,
        error_messages={"required": "Välj vart det ska flyttas.", "invalid_choice": "Välj ett av lägena i listan."},
    )
    learnt = TextField(
        rows=4,
        label="Vad lärde ni er?",
        required=False,
        sometimes=True,
        help_text="Det behövs när något avslutas utan resultat. Det är lika värt att veta som det som lyckades.",
    )
    shared = forms.BooleanField(label="Dela det med gruppen, så att andra slipper göra om det", required=False)

    def __init__(self, *args: Any, state: State, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(to.value, to.label) for to in MOVES[state]]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]
        if (self.stored or {}).get("shared"):
            del self.fields["shared"]

    @classmethod
    def shown(cls, stored: Content) -> dict[str, Any]:
        return {name: value for name, value in stored.items() if name != "state"}


class CopyForm(forms.Form):
    source = forms.ModelChoiceField(
        Improvement.objects.none(),
        label="Vilket vill ni kopiera?",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj ett i listan.", "invalid_choice": "Välj ett i listan."},
    )

    def __init__(self, *args: Any, earlier: QuerySet[Improvement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = earlier  # type: ignore[attr-defined]
        self.fields["source"].label_from_instance = lambda row: f"{row.title}, {row.participation.cohort}"  # type: ignore[attr-defined]


class CycleNameForm(forms.Form):
    word = forms.ChoiceField(
        label="Vad kallar ni cykeln?",
        choices=CycleWord.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj ett av orden.", "invalid_choice": "Välj ett av orden."},
    )


class LayForm(forms.Form):
    """A form for the first step on the chain, filled in from an improvement."""

    stage = forms.ChoiceField(
        label="Hur långt har det kommit?",
        choices=Stage.choices,
        initial=Stage.PRACTICE,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj ett steg.", "invalid_choice": "Välj ett av stegen i listan."},
    )
    year = forms.IntegerField(
        label="År",
        min_value=2000,
        max_value=2100,
        error_messages={
            "required": "Ange ett år.",
            "invalid": "Skriv året med fyra siffror.",
            "min_value": "Ange ett år från 2000 till 2100.",
            "max_value": "Ange ett år från 2000 till 2100.",
        },
    )
    text = TextField(
        rows=6,
        called="Beskrivningen",
        label="Beskrivning",
        help_text="Hämtad från förbättringsarbetet. Ändra den om den ska läsas av andra.",
        missing="Beskriv vad som har hänt eller är på väg.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"year": timezone.localdate().year, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)


class EffortForm(LabelledForm, WorkForm):
    """A form with one question about readers, so that no example can be offered without being shared."""

    title = Title(help_text="Vad ni gör, till exempel ”Simhallens tider”.")
    item = ItemChoice()
    readers = ReadersField(
        ("everyone", "Erbjuds som lärande exempel till alla som är inloggade i Modell, med ert namn"),
        help_text="Det som delas räknas också i omgångens gemensamma bild, utan ert namn.",
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


class NamingForm(forms.Form):
    agrees = forms.TypedChoiceField(
        label="Får ni nämnas?",
        choices=((True, "Ja, vi får nämnas"), (False, "Nej, nämn oss inte")),
        coerce=lambda value: value == "True",
        widget=forms.RadioSelect,
        error_messages={"required": "Välj ja eller nej.", "invalid_choice": "Välj ja eller nej."},
    )
