"""The form of a step of the chain: its questions, and the kind advice where another stage may fit better."""

from typing import Any

from django import forms

from decisions.models import PoliticalDecision
from improvements.enums import ForWhom, Stage, StepState
from improvements.models import Effort
from improvements.stages import meanings
from indicators.models import Indicator
from kit.fields import CanonicalField, LineField, LinkField, RowChoice, SometimesChoiceField, TextField
from kit.staleness import Content, SeenForm
from kit.when import When, when
from policy.models import NationalGoal

# Where residents are to notice it, and where a national goal is to be named.
LATE = (Stage.OUTCOME, Stage.SOCIETAL_EFFECT)
NOTICED = (("", "Inte besvarat"), ("ja", "Ja"), ("nej", "Nej, inte än"))
UNREAL = "Skriv ett år, en månad eller en dag från 2000 till 2100, till exempel ”2026”, ”mars 2026” eller ”2026-03-14”."
ANYWAY = "Byt steg, eller kryssa längst ner i att ni vill spara det här steget ändå."
NOT_NOTICED = (
    f"Om det inte märks för invånarna än är steget oftast ”{Stage.PRACTICE.label.lower()}”, eller på väg. {ANYWAY}"
)
NO_GOAL = (
    f"Om ni inte kan säga vilket delmål det bidrar till är steget oftast ”{Stage.OUTCOME.label.lower()}”. {ANYWAY}"
)
WHAT_LED = (
    "Utfall kommer ofta av något som har gjorts tidigare. Skriv gärna en mening om vad som ledde hit, eller kryssa "
    "längst ner i att ni vill spara ändå. De tidigare stegen går att lägga till efteråt."
)


class StageChoice(forms.RadioSelect):
    """The stages with their meanings and examples at the place where one chooses."""

    template_name = "improvements/stage_choice.html"

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().create_option(name, value, *args, **kwargs), "meaning": meanings().get(str(value))}


class WhenField(CanonicalField):
    """A year, a month or a day, as people write it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, error_messages={"required": "Skriv när.", "max_length": UNREAL}, **kwargs)

    def clean(self, value: Any) -> When:
        read = when(super().clean(value))
        if read is None:
            raise forms.ValidationError(UNREAL)
        return read


class DecisionChoice(RowChoice):
    def label_from_instance(self, decision: PoliticalDecision) -> str:
        return decision.in_words


class ChainStepForm(SeenForm):
    """A form for a step of the chain. A stored step does not ask for its stage, which is in the address.

    A question that belongs to other stages is not asked of a stored step, and is left out of what is saved of a new
    one. `anyway` is asked only after advice: the form proposes another stage and never forces one.
    """

    stage = forms.ChoiceField(
        label="Steg i resultatkedjan",
        widget=StageChoice,
        error_messages={"required": "Välj ett steg.", "invalid_choice": "Välj ett av stegen i listan."},
    )
    state = forms.ChoiceField(
        label="Hur långt har ni kommit?",
        choices=StepState.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Välj om steget är nått, nått i delar av verksamheten eller på väg.",
            "invalid_choice": "Välj nått, delar av verksamheten eller på väg.",
        },
    )
    part = LineField(
        "Vilka delar av verksamheten?",
        longest=160,
        required=False,
        help_text="Om det gäller delar: till exempel ”fritidsgårdarna” eller ”två av fem förvaltningar”.",
        sometimes=True,
    )
    when = WhenField(
        label="När?",
        help_text="När steget nåddes, eller när ni räknar med att nå det. Ett år räcker: ”2026”, ”mars 2026” eller "
        "”2026-03-14”.",
    )
    text = TextField(
        rows=5,
        called="Beskrivningen",
        label="Beskrivning",
        help_text="Vad har hänt? Hur vet ni det?",
        missing="Beskriv vad som har hänt eller är på väg.",
    )
    noticed = SometimesChoiceField(
        label="Märks det för invånarna?",
        choices=NOTICED,
        widget=forms.RadioSelect,
        required=False,
        help_text="Frågan gäller den som har nått ett nytt eller ändrat utfall.",
        error_messages={"invalid_choice": "Välj ja eller nej."},
    )
    noticed_how = TextField(rows=3, called="Svaret", label="På vilket sätt märks det?", required=False, sometimes=True)
    goal = RowChoice(
        NationalGoal,
        "Vilket delmål bidrar det till?",
        "Vi kan inte säga det än",
        help_text="Frågan gäller den som har nått en samhällseffekt.",
    )
    led_here = TextField(
        rows=3, called="Svaret", label="Vad ledde hit?", required=False, help_text="En mening om det som gjordes innan."
    )
    whom = forms.MultipleChoiceField(
        label="För vilka?",
        choices=ForWhom.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Välj bland alternativen."},
    )
    group = LineField("Vilken grupp?", longest=160, required=False, help_text="Till exempel ”äldre som bor ensamma”.")
    indicator = RowChoice(Indicator, "Nyckeltal som visar det", "Inget nyckeltal")
    decision = DecisionChoice(PoliticalDecision, "Beslut som visar det", "Inget beslut")
    link = LinkField("Länk till ett dokument som visar det", required=False)
    anyway = forms.BooleanField(label="Spara steget ändå", required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, effort: Effort, stage: str = "", stages: tuple[Stage, ...] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.effort, self.at = effort, stage
        own = effort.participation
        rows = {
            "goal": NationalGoal.objects.exclude(number=None),
            "indicator": own.indicators.all(),
            "decision": own.decisions.all(),
        }
        for name, choices in rows.items():
            self.fields[name].queryset = choices  # type: ignore[attr-defined]
        self.fields["goal"].sometimes = True  # type: ignore[attr-defined]
        self.fields["stage"].choices = [(choice.value, choice.label) for choice in stages]  # type: ignore[attr-defined]
        if stage:
            for name in ("stage", *_not_asked(stage)):
                del self.fields[name]

    @classmethod
    def shown(cls, stored: Content) -> dict[str, Any]:
        if "year" not in stored:
            return dict(stored)
        others = {name: value for name, value in stored.items() if name not in ("state", "year", "month", "day")}
        noticed = {True: "ja", False: "nej", None: ""}[stored["noticed"]]
        written = str(When(stored["year"], stored["month"], stored["day"])) if stored["year"] else ""
        return {"state": stored["state"], "when": written, **others, "noticed": noticed}

    def clean(self) -> dict[str, Any]:
        cleaned = {"part": "", "noticed_how": "", "led_here": "", "goal": None, **self.cleaned_data}
        anyway, written = cleaned.pop("anyway", False), cleaned.pop("when", None)
        stage, state = self.at or cleaned.get("stage", ""), cleaned.get("state", "")
        for name in _not_asked(stage):
            cleaned[name] = None if name == "goal" else ""
        cleaned["noticed"] = {"ja": True, "nej": False}.get(cleaned.get("noticed", ""))
        if not cleaned["noticed"]:
            cleaned["noticed_how"] = ""
        is_got = state in StepState.values and StepState(state).is_got
        self._require_answers(cleaned, stage, is_got=is_got)
        if is_got and not anyway and not self.errors:
            self._advise(cleaned, stage)
        parts = {name: getattr(written, name, None) for name in ("year", "month", "day")}
        return {**cleaned, **parts}

    def _require_answers(self, cleaned: dict[str, Any], stage: str, *, is_got: bool) -> None:
        if cleaned.get("state") != StepState.PARTLY:
            cleaned["part"] = ""
        elif not cleaned["part"] and "part" not in self.errors:
            self.add_error("part", "Skriv vilka delar av verksamheten det gäller.")
        if stage == Stage.OUTCOME and is_got:
            if cleaned["noticed"] is None and "noticed" not in self.errors:
                self.add_error("noticed", "Svara på om det märks för invånarna.")
            elif cleaned["noticed"] and not cleaned["noticed_how"] and "noticed_how" not in self.errors:
                self.add_error("noticed_how", "Skriv på vilket sätt det märks.")

    def _advise(self, cleaned: dict[str, Any], stage: str) -> None:
        """Propose the stage before, or ask what led here; what is stored with the same answer needs no advice."""
        earlier = any(step.order < Stage(stage).order for step in self.effort.steps.all())
        advice = {
            "noticed": NOT_NOTICED if stage == Stage.OUTCOME and not cleaned["noticed"] else "",
            "goal": NO_GOAL if stage == Stage.SOCIETAL_EFFECT and cleaned["goal"] is None else "",
            "led_here": WHAT_LED if stage in LATE and not cleaned["led_here"] and not earlier else "",
        }
        given = {name: words for name, words in advice.items() if words and not self._is_stored(name, cleaned[name])}
        for name, words in given.items():
            self.add_error(name, words)
        if given:
            self.fields["anyway"].widget = forms.CheckboxInput(attrs={"id": "id_anyway"})

    def _is_stored(self, name: str, answer: Any) -> bool:
        return bool(self.stored) and self.stored[name] == answer  # type: ignore[index]


def _not_asked(stage: str) -> tuple[str, ...]:
    if stage == Stage.OUTCOME:
        return ("goal",)
    if stage == Stage.SOCIETAL_EFFECT:
        return ("noticed", "noticed_how")
    return ("noticed", "noticed_how", "goal", "led_here")
