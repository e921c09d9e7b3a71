from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms

from checklist.actions.scores import Content, content_of
from checklist.models import Item, OnScale, Score
from modell.figures import printed
from modell.staleness import digest

TEXTS = ("comment", "since_last", "reasoning", "next_step")


@dataclass(frozen=True)
class Option:
    """A radio on the rating page: `number` is as printed, `words` what the step is called."""

    value: str
    number: str
    words: str
    is_half: bool
    checked: bool


def step_choices(scale: OnScale) -> list[tuple[str, str]]:
    """Each value with its words; a half step is told by the steps it lies between."""
    labels = {Decimal(step.value): step.label for step in scale.steps}
    choices = []
    for value in scale.values:
        below = Decimal(int(value))
        words = labels.get(value) or f"Mellan {int(below)} och {int(below) + 1}"
        choices.append((str(value), words))
    return choices


def _text(label: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "Texten får ha högst 4 000 tecken."},
    )


def _chosen(value: Decimal | None) -> str:
    return "" if value is None else str(value)


class MomentForm(forms.Form):
    """One moment on the rating page. `revision` and `drawn`, a digest, are of what the page was drawn with."""

    value = forms.ChoiceField(
        label="Nivå", required=False, widget=forms.RadioSelect, error_messages={"invalid_choice": "Välj ett av stegen."}
    )
    comment = _text("Kommentar")
    aim = forms.ChoiceField(label="Mål till nästa gång", required=False)
    since_last = _text("Vad har hänt sedan sist?")
    reasoning = _text("Så resonerade vi")
    next_step = _text("Det här krävs för nästa steg")
    why = forms.CharField(label="Varför ändras värdet?", required=False, max_length=500)
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

    def __init__(self, *args: object, item: Item, scale: OnScale, score: Score | None, **kwargs: object) -> None:
        self.item, self.score = item, score
        stored = content_of(score or Score())
        initial = {
            **stored._asdict(),
            "value": _chosen(stored.value),
            "aim": _chosen(stored.aim),
            "shared": "group" if stored.shared else "us",
            "revision": score.revision if score else 0,
        }
        super().__init__(*args, prefix=f"m{item.number}", initial=initial, use_required_attribute=False, **kwargs)  # type: ignore[arg-type, misc]
        choices = step_choices(scale)
        self.fields["value"].choices = choices  # type: ignore[attr-defined]
        self.fields["aim"].choices = [("", "Inget mål"), *choices]  # type: ignore[attr-defined]

    def options(self) -> list[Option]:
        chosen = str(self["value"].value() or "")
        return [
            Option(value, printed(Decimal(value), 1), str(words), "." in value, value == chosen)
            for value, words in self.fields["value"].choices  # type: ignore[attr-defined]
        ]

    def saving(self) -> dict[str, Any]:
        """What `save_score` takes: the content, and whether it is what the page was drawn with."""
        data = self.cleaned_data
        texts = {name: data[name].strip().replace("\r\n", "\n") for name in TEXTS}
        content = Content(
            value=Decimal(data["value"]) if data["value"] else None,
            aim=Decimal(data["aim"]) if data["aim"] else None,
            shared=data["shared"] == "group",
            glad_to_tell=data["glad_to_tell"],
            **texts,
        )
        return {
            "content": content,
            "revision": data["revision"] or 0,
            "untouched": data["drawn"] == digest(content._asdict()),
            "why": data["why"],
        }


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
