from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms

from checklist.actions.scores import Content, content_of
from checklist.enums import Judges
from checklist.models import Item, OnScale, Score
from cohorts.enums import Function
from modell.figures import printed
from modell.staleness import digest

TEXTS = ("comment", "since_last", "reasoning", "next_step")


@dataclass(frozen=True)
class Option:
    """A radio on the rating page: `number` is as printed, `words` what the step is called.

    `stored` says that it is the value saved now, `suggested` that it is last time's and not confirmed.
    """

    value: str
    number: str
    words: str
    is_half: bool
    checked: bool
    stored: bool
    suggested: bool


def step_choices(scale: OnScale) -> list[tuple[str, str]]:
    """Each value with its words; a half step is told by the steps it lies between."""
    labels = {Decimal(step.value): step.label for step in scale.steps}
    choices = []
    for value in scale.values:
        below = Decimal(int(value))
        words = labels.get(value) or f"Mellan {int(below)} och {int(below) + 1}"
        choices.append((str(value), words))
    return choices


def options_of(field: forms.Field, chosen: str, stored: str = "", suggested: str = "") -> list[Option]:
    """The radios of a field whose choices are `step_choices`."""
    return [
        Option(
            value=value,
            number=printed(Decimal(value), 1),
            words=str(words),
            is_half="." in value,
            checked=value == chosen,
            stored=value == stored,
            suggested=value == suggested,
        )
        for value, words in field.choices  # type: ignore[attr-defined]
    ]


def text_field(label: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": "Texten får ha högst 4 000 tecken."},
    )


def _chosen(value: Decimal | None) -> str:
    return "" if value is None else str(value)


class MomentForm(forms.Form):
    """One moment on the rating page. `revision` and `drawn`, a digest, are of what the page was drawn with.

    What a post does not carry stays as it is stored: a page drawn before a field existed wipes nothing.
    """

    value = forms.ChoiceField(
        label="Nivå", required=False, widget=forms.RadioSelect, error_messages={"invalid_choice": "Välj ett av stegen."}
    )
    why = forms.CharField(
        label="Varför ändras värdet?",
        required=False,
        max_length=500,
        error_messages={"max_length": "Skälet får ha högst 500 tecken."},
    )
    comment = text_field("Kommentar")
    since_last = text_field("Vad har hänt sedan sist?")
    shared = forms.ChoiceField(
        label="Vem får läsa det?",
        required=False,
        choices=(("us", "Bara vi"), ("group", "Delas med gruppen")),
        widget=forms.RadioSelect,
        initial="us",
    )
    glad_to_tell = forms.BooleanField(label="Vi delar gärna hur vi gör", required=False)
    aim = forms.ChoiceField(
        label="Mål till nästa gång",
        required=False,
        error_messages={"invalid_choice": "Välj ett av stegen, eller inget mål."},
    )
    reasoning = text_field("Så resonerade vi")
    next_step = text_field("Det här krävs för nästa steg")
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput, required=False)
    drawn = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: object, item: Item, scale: OnScale, score: Score | None, **kwargs: object) -> None:
        self.item, self.score = item, score or Score()
        self.stored = content_of(self.score)
        initial = {
            **self.stored._asdict(),
            "value": _chosen(self.stored.value),
            "aim": _chosen(self.stored.aim),
            "shared": "group" if self.stored.shared else "us",
            "revision": self.score.revision,
        }
        super().__init__(*args, prefix=f"m{item.number}", initial=initial, use_required_attribute=False, **kwargs)  # type: ignore[arg-type, misc]
        choices = step_choices(scale)
        self.fields["value"].choices = choices  # type: ignore[attr-defined]
        self.fields["aim"].choices = [("", "Inget mål"), *((value, _goal(value, words)) for value, words in choices)]  # type: ignore[attr-defined]

    def options(self) -> list[Option]:
        chosen, stored = str(self["value"].value() or ""), _chosen(self.stored.value)
        suggested = "" if stored or self.score.suggested is None else _chosen(self.score.suggested.normalize())
        return options_of(self.fields["value"], chosen, stored, suggested)

    def saving(self) -> dict[str, Any]:
        """What `save_score` takes: the content, and whether it is what the page was drawn with."""
        data = self.cleaned_data
        texts = {name: data[name].strip().replace("\r\n", "\n") for name in TEXTS}
        posted = Content(
            value=Decimal(data["value"]) if data["value"] else None,
            aim=Decimal(data["aim"]) if data["aim"] else None,
            shared=data["shared"] == "group",
            glad_to_tell=data["glad_to_tell"],
            **texts,
        )
        return {
            "content": posted._replace(**{name: getattr(self.stored, name) for name in self._not_posted()}),
            "revision": data["revision"] or 0,
            "untouched": data["drawn"] == digest(posted._asdict()),
            "why": data["why"],
        }

    def _not_posted(self) -> set[str]:
        """What the page did not send. A box that is not ticked is never sent: it stands beside the comment."""
        left_out = {name for name in Content._fields if self.add_prefix(name) not in self.data}
        left_out.discard("glad_to_tell")
        if "comment" in left_out:
            left_out.add("glad_to_tell")
        # No page can take a value away, so an empty one is a page where none was chosen.
        return left_out if self.cleaned_data["value"] else left_out | {"value"}


def _goal(value: str, words: str) -> str:
    return words if "." in value else f"{value} – {words}"


def _number_of(label: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=200,
        error_messages={
            "min_value": "Ett antal kan inte vara mindre än 0.",
            "max_value": "Ange ett antal som är högst 200.",
            "invalid": "Skriv antalet med siffror.",
        },
    )


class SubmitForm(forms.Form):
    """Whose judgement it is, and how many of each function took part."""

    judged_by = forms.ChoiceField(
        label="Vems bedömning är det?",
        choices=Judges,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj vems bedömning det är."},
    )
    politician = _number_of("Politiker")
    manager = _number_of("Chefer")
    strategist = _number_of("Strateger")
    contributor = _number_of("Medverkande")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, use_required_attribute=False, **kwargs)  # type: ignore[misc]

    def numbers(self) -> list[forms.BoundField]:
        return [self[function] for function in Function.values]

    def clean(self) -> dict[str, Any]:
        data = {**self.cleaned_data}
        counts = {function: data.pop(function, None) or 0 for function in Function.values}
        if not sum(counts.values()) and not self.errors.keys() & counts.keys():
            self.add_error(Function.POLITICIAN, "Ange hur många som har varit med: minst en person.")
        return {**data, "raters": counts}
