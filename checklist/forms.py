from dataclasses import dataclass
from decimal import Decimal

from django import forms

from checklist.models import AssessmentPlan, Item, Score
from modell.figures import printed
from modell.staleness import digest


@dataclass(frozen=True)
class Option:
    """A radio on the rating page: `number` is as printed, `words` what the step is called."""

    value: str
    number: str
    words: str
    is_half: bool
    checked: bool


def step_choices(plan: AssessmentPlan) -> list[tuple[str, str]]:
    """Each value with its words; a half step is told by the steps it lies between."""
    labels = {Decimal(step.value): step.label for step in plan.steps}
    choices = []
    for value in plan.values:
        below = Decimal(int(value))
        words = labels.get(value) or f"Mellan {int(below)} och {int(below) + 1}"
        choices.append((str(value), words))
    return choices


class MomentForm(forms.Form):
    """One moment on the rating page. `revision` and `drawn`, a digest, are of what the page was drawn with."""

    value = forms.ChoiceField(
        label="Nivå", required=False, widget=forms.RadioSelect, error_messages={"invalid_choice": "Välj ett av stegen."}
    )
    comment = forms.CharField(
        label="Kommentar",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "Kommentaren får ha högst 4 000 tecken."},
    )
    shared = forms.ChoiceField(
        label="Vem får läsa kommentaren?",
        required=False,
        choices=(("us", "Bara vi"), ("group", "Delas med gruppen")),
        widget=forms.RadioSelect,
        initial="us",
    )
    glad_to_tell = forms.BooleanField(label="Vi delar gärna hur vi gör", required=False)
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput, required=False)
    drawn = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: object, item: Item, plan: AssessmentPlan, score: Score | None, **kwargs: object) -> None:
        self.item, self.score = item, score
        initial = {
            "value": "" if score is None or score.value is None else str(score.value.normalize()),
            "comment": score.comment if score else "",
            "shared": "group" if score and score.shared else "us",
            "glad_to_tell": bool(score and score.glad_to_tell),
            "revision": score.revision if score else 0,
        }
        super().__init__(*args, prefix=f"m{item.number}", initial=initial, use_required_attribute=False, **kwargs)  # type: ignore[arg-type, misc]
        self.fields["value"].choices = step_choices(plan)  # type: ignore[attr-defined]

    def options(self) -> list[Option]:
        chosen = str(self["value"].value() or "")
        return [
            Option(value, printed(Decimal(value), 1), str(words), "." in value, value == chosen)
            for value, words in self.fields["value"].choices  # type: ignore[attr-defined]
        ]

    def clean_value(self) -> Decimal | None:
        value = self.cleaned_data["value"]
        return Decimal(value) if value else None

    def clean_shared(self) -> bool:
        return bool(self.cleaned_data["shared"] == "group")

    def clean_comment(self) -> str:
        return self.cleaned_data["comment"].strip().replace("\r\n", "\n")

    def clean(self) -> dict[str, object]:
        """What `actions.save_score` takes: whether it is what the page was drawn with, in place of the digest."""
        content = {name: value for name, value in self.cleaned_data.items() if name not in ("revision", "drawn")}
        drawn = self.cleaned_data.pop("drawn", "")
        return {**self.cleaned_data, "untouched": drawn == digest(content)}

    def clean_revision(self) -> int:
        return self.cleaned_data["revision"] or 0


class SubmitForm(forms.Form):
    assessors = forms.IntegerField(
        label="Hur många har varit med och skattat?",
        help_text="Antalet visas bredvid värdena, så att ni och andra kan se om bedömarna har växlat.",
        min_value=1,
        max_value=200,
        error_messages={
            "required": "Ange hur många som har varit med.",
            "min_value": "Minst en person har varit med.",
            "max_value": "Ange ett antal som är högst 200.",
            "invalid": "Skriv antalet med siffror.",
        },
    )


class RewordForm(forms.Form):
    text = forms.CharField(label="Formulering", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    reason = forms.CharField(
        label="Varför ändras den?",
        help_text="Skälet sparas i händelseloggen.",
        max_length=500,
        error_messages={"required": "Skriv varför formuleringen ändras."},
    )
