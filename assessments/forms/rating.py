from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms

from assessments.actions.scores import ScoreContent, content_of
from assessments.enums import Judges
from assessments.models import Score
from checklist.models import Item, OnScale
from cohorts.enums import Function
from kit.fields import CanonicalField, TextField
from kit.figures import printed
from kit.staleness import digest

TEXTS = ("comment", "since_last", "reasoning", "next_step")


@dataclass(frozen=True)
class Option:
    """A radio on the rating page: `number` is as printed, `words` is the name of the step.

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
    labels = {Decimal(step.value): step.label for step in scale.steps}
    choices = []
    for value in scale.values:
        below = Decimal(int(value))
        # A half step is described by the steps it lies between.
        words = labels.get(value) or f"Mellan {int(below)} och {int(below) + 1}"
        choices.append((str(value), words))
    return choices


def options_of(field: forms.Field, chosen: str, stored: str = "", suggested: str = "") -> list[Option]:
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


def _chosen(value: Decimal | None) -> str:
    return "" if value is None else str(value)


class ScoreForm(forms.Form):
    """One moment on the rating page. `revision` and `drawn`, a digest, are of what the page was drawn with.

    A field that a post does not carry stays as stored, so a page drawn before the field existed deletes nothing.
    """

    value = forms.ChoiceField(
        label="Nivå", required=False, widget=forms.RadioSelect, error_messages={"invalid_choice": "Välj ett av stegen."}
    )
    why = CanonicalField(
        label="Varför ändras värdet?",
        required=False,
        max_length=500,
        error_messages={"max_length": "Skälet får ha högst 500 tecken."},
    )
    comment = TextField("Kommentar", required=False, rows=2)
    since_last = TextField("Vad har hänt sedan sist?", required=False, rows=2)
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
    reasoning = TextField("Så resonerade vi", required=False, rows=2)
    next_step = TextField("Det här krävs för nästa steg", required=False, rows=2)
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
        """Return what `save_score` takes: the content, and whether it is what the page was drawn with."""
        data = self.cleaned_data
        texts = {name: data[name] for name in TEXTS}
        posted = ScoreContent(
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
        left_out = {name for name in ScoreContent._fields if self.add_prefix(name) not in self.data}
        # A box that is not ticked is never sent, so the comment beside it tells whether the page had the box.
        left_out.discard("glad_to_tell")
        if "comment" in left_out:
            left_out.add("glad_to_tell")
        # No page can take a value away, so an empty value means that none was chosen.
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
