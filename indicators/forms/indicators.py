"""The forms of an indicator, without its values: what it is, and which stand on Läget."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone

from checklist.fields import ItemChoice
from cohorts.fields import ReadersField
from cohorts.models import Delegate, Part, Participation
from decisions.models import PoliticalDecision
from indicators.actions.indicators import TOO_MANY
from indicators.enums import Direction, Frequency, IndicatorKind, ValueSource, Whom
from indicators.fields import NumberField
from indicators.models import MOST_CHOSEN, Indicator
from indicators.numbers import typed
from indicators.periods import NoPeriod, in_words, is_period, read_period
from kit.fields import DayField, LineField, RowChoice, TextField
from kit.folds import Fold
from kit.staleness import Content
from kit.templatetags.swedish import day
from policy.labels import LabelledForm


def radio(label: str, choices: Any, missing: str, **kwargs: Any) -> forms.ChoiceField:
    messages = {"required": missing, "invalid_choice": missing}
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, error_messages=messages, **kwargs)


class IndicatorForm(LabelledForm):
    """Asks for four things; the rest is folded."""

    title = LineField(
        "Rubrik",
        longest=160,
        missing="Skriv en rubrik.",
        help_text="Vad som mäts, till exempel ”Väntetid till första besök i smärtvården”.",
    )
    unit = LineField(
        "Enhet",
        longest=40,
        missing="Skriv enheten, till exempel dagar eller procent.",
        help_text="Till exempel dagar, procent eller kronor.",
    )
    direction = radio("Vilken riktning är bra?", Direction.choices, "Välj vilken riktning som är bra.")
    kind = radio(
        "Vad är det för slags tal?",
        IndicatorKind.choices,
        "Välj vad det är för slags tal.",
        help_text="En andel har täljare och nämnare. Ett index är ett tal på en egen skala.",
    )
    definition = TextField("Definition", rows=4, required=False, help_text="Vad räknas, och vad räknas inte?")
    says = LineField(
        "Så säger ni att värdet är högre",
        longest=60,
        required=False,
        help_text="Till exempel ”väntar längre”. Då blir rubriken ”Kvinnor väntar fyra dagar längre än män”.",
    )
    source = radio(
        "Varifrån kommer värdena?", ValueSource.choices, "Välj varifrån värdena kommer.", initial=ValueSource.OWN
    )
    original_source = LineField(
        "Ursprunglig källa", longest=300, required=False, help_text="Systemet eller enkäten som värdena hämtas ur."
    )
    frequency = radio("Hur ofta finns nya värden?", Frequency.choices, "Välj hur ofta.", initial=Frequency.YEAR)
    whom = radio("Vilka jämförs?", Whom.choices, "Välj vilka som jämförs.", initial=Whom.ADULTS)
    age_group = LineField("Åldersgrupp", longest=60, required=False, help_text="Till exempel 16–24 år.")
    owner = RowChoice(Delegate, "Ansvarig", "Ingen särskild")
    baseline = LineField(
        "Utgångsläge",
        longest=60,
        required=False,
        help_text="Perioden som förändringar räknas från. Lämna tomt för den första som har värden.",
    )
    target_women = NumberField("Mål för kvinnor eller flickor")
    target_men = NumberField("Mål för män eller pojkar")
    target_gap = NumberField(
        "Mål för skillnaden",
        least=0,
        too_small="Målet för skillnaden är en storlek, så det kan inte vara mindre än noll.",
        help_text="Hur stor skillnaden högst får vara, vem den än gäller.",
    )
    target_on = DayField("Målet ska nås", required=False)
    item = ItemChoice()
    part = RowChoice(Part, "Nämnd eller förvaltning", "Hela organisationen")
    decisions = forms.ModelMultipleChoiceField(
        PoliticalDecision.objects.none(),
        label="Beslut som visas på tidslinjen",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Välj bland besluten i listan.", "invalid_pk_value": "Välj bland besluten."},
    )
    readers = ReadersField()
    fewest_people = forms.IntegerField(
        label="Minsta antal personer",
        min_value=3,
        max_value=100,
        initial=5,
        help_text="Värden som bygger på färre personer visas bara för er som redigerar.",
        error_messages={
            "required": "Skriv ett antal.",
            "invalid": "Skriv ett helt tal.",
            "min_value": "Skriv minst 3.",
            "max_value": "Skriv högst 100.",
        },
    )

    FIRST = ("title", "unit", "direction", "kind")
    FOLDS = (
        (
            "Vad det mäter och varifrån det kommer",
            ("definition", "says", "source", "original_source", "frequency", "whom", "age_group", "owner"),
        ),
        ("Utgångsläge och mål", ("baseline", "target_women", "target_men", "target_gap", "target_on")),
        ("Vad det hör till", ("item", "goals", "articles", "tags", "part", "decisions")),
        ("Vem som får läsa", ("readers", "fewest_people")),
    )

    def __init__(self, *args: Any, indicator: Indicator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        participation = indicator.participation
        self.indicator = indicator
        self._choices(participation)
        if indicator.source == ValueSource.KOLADA:
            del self.fields["source"], self.fields["frequency"]
        else:
            own = [choice for choice in ValueSource.choices if choice[0] != ValueSource.KOLADA]
            self.fields["source"].choices = own  # type: ignore[attr-defined]

    def _choices(self, participation: Participation) -> None:
        plan = getattr(participation.cohort, "plan", None)
        if plan:
            self._offer("item", plan.checklist.items.all())
        self._offer("part", Part.objects.filter(organisation=participation.organisation_id))
        seats = participation.delegates.current(timezone.localdate())
        if self.indicator.owner_id:  # offered also after leaving, so that saving changes nothing
            seats |= participation.delegates.filter(pk=self.indicator.owner_id)
        self._offer("owner", seats.select_related("user"))
        self._offer("decisions", participation.decisions.all(), _decision_label)
        if "decisions" in self.fields and self.indicator.pk:
            self.fields["decisions"].initial = list(self.indicator.decisions.all())

    def _offer(self, name: str, rows: Any, label: Any = str) -> None:
        field: Any = self.fields[name]
        field.queryset = rows
        if label is not str:
            field.label_from_instance = label
        if name in ("part", "decisions") and not rows.exists():
            del self.fields[name]

    @classmethod
    def shown(cls, stored: Content) -> dict[str, Any]:
        numbers = {name: typed(value) for name, value in stored.items() if isinstance(value, Decimal)}
        shown = {**super().shown(stored), **numbers}
        if "shared" in stored:
            shown["readers"] = "group" if stored["shared"] else "us"
        if is_period(str(stored.get("baseline") or "")):
            shown["baseline"] = in_words(stored["baseline"])
        return shown

    def clean(self) -> dict[str, Any]:
        cleaned = {
            "source": ValueSource.KOLADA,
            "frequency": Frequency.YEAR,
            "part": None,
            "decisions": (),
            **super().clean(),
        }
        if cleaned.get("baseline"):
            try:
                cleaned["baseline"] = read_period(cleaned["baseline"], cleaned["frequency"])
            except NoPeriod as trouble:
                self.add_error("baseline", str(trouble))
        readers = cleaned.pop("readers", "us")
        return {**cleaned, "shared": readers == "group"}

    @property
    def first(self) -> list[forms.BoundField]:
        return [self[name] for name in self.FIRST]

    @property
    def folds(self) -> Iterator[Fold]:
        for summary, names in self.FOLDS:
            fields = tuple(self[name] for name in names if name in self.fields)
            yield Fold(summary, fields, any(field.errors for field in fields))


def _decision_label(decision: PoliticalDecision) -> str:
    paragraph = f", § {decision.paragraph}" if decision.paragraph else ""
    return f"{decision.get_kind_display()}, {decision.body} {day(decision.decided_on)}{paragraph}"


class ChosenForm(forms.Form):
    """Which indicators stand on Läget."""

    use_required_attribute = False

    chosen = forms.MultipleChoiceField(
        label="Vilka nyckeltal ska stå på Läget?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Välj högst tre. De visas för era politiker och chefer.",
        error_messages={"invalid_choice": "Välj bland nyckeltalen i listan."},
    )

    def __init__(self, *args: Any, indicators: Sequence[Indicator], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["chosen"]
        field.choices = [(str(row.pk), row.title) for row in indicators]
        field.initial = [str(row.pk) for row in indicators if row.chosen]

    def clean_chosen(self) -> list[int]:
        chosen = self.cleaned_data["chosen"]
        if len(chosen) > MOST_CHOSEN:
            raise forms.ValidationError(TOO_MANY)
        return [int(key) for key in chosen]
