"""Forms of the individual rating and of the working meeting."""

from decimal import Decimal
from typing import Any, NamedTuple

from django import forms

from assessments.forms.rating import Option, options_of, step_choices
from assessments.models import Assessment, Rater, Score
from assessments.together.rounds import RoundProgress
from checklist.guidance import ItemGuidance, guidance_for
from checklist.models import Item, OnScale
from cohorts.models import Delegate
from kit.fields import CanonicalField, TextField


class InviteForm(forms.Form):
    """A choice of people to ask. Those asked already are not offered, but a second click may post them again."""

    people = forms.MultipleChoiceField(
        label="Vilka ska skatta enskilt?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Välj minst en person."},
    )

    def __init__(self, *args: Any, delegates: list[Delegate], standing: RoundProgress | None, **kwargs: Any) -> None:
        super().__init__(*args, use_required_attribute=False, **kwargs)  # type: ignore[misc]
        self.delegates = {str(delegate.user_id): delegate for delegate in delegates}
        asked = {str(rater.user_id) for rater in standing.invited} if standing else set()
        choices = [(key, _called(delegate)) for key, delegate in self.delegates.items()]
        field = self.fields["people"]
        field.choices = choices  # type: ignore[attr-defined]
        self.offered = [choice for choice in choices if choice[0] not in asked]
        field.widget.choices = self.offered

    def chosen(self) -> list[Delegate]:
        return [self.delegates[key] for key in self.cleaned_data["people"]]


def _called(delegate: Delegate) -> str:
    deputy = ", ersättare" if delegate.deputy else ""
    return f"{delegate.user.name}, {delegate.get_function_display().lower()}{deputy}"


class _OnTheScale(forms.Form):
    """A form with a value on the assessment's scale, drawn as the rating page draws it."""

    value = forms.ChoiceField(
        label="Nivå", required=False, widget=forms.RadioSelect, error_messages={"invalid_choice": "Välj ett av stegen."}
    )

    def __init__(self, *args: Any, item: Item, scale: OnScale, value: Decimal | None, **kwargs: Any) -> None:
        self.item = item
        initial = {**kwargs.pop("initial", {}), "value": _posted(value)}
        super().__init__(*args, prefix=f"m{item.number}", initial=initial, use_required_attribute=False, **kwargs)  # type: ignore[misc]
        self.fields["value"].choices = step_choices(scale)  # type: ignore[attr-defined]

    def options(self) -> list[Option]:
        return options_of(self.fields["value"], str(self["value"].value() or ""))

    @property
    def value_chosen(self) -> Decimal | None:
        value = self.cleaned_data["value"]
        return Decimal(value) if value else None


def _posted(value: Decimal | None) -> str:
    return "" if value is None else str(value.normalize())


class AloneForm(_OnTheScale):
    """One moment, rated by one person."""


class OwnRatingRow(NamedTuple):
    item: Item
    form: AloneForm
    is_rated: bool
    guidance: ItemGuidance | None = None


def alone_with(assessment: Assessment, rater: Rater, data: object) -> list[OwnRatingRow]:
    values = {rating.item_id: rating.value for rating in rater.ratings.all()}
    guidance = guidance_for(assessment.checklist)
    return [
        OwnRatingRow(
            item,
            AloneForm(data, item=item, scale=assessment, value=values.get(item.pk)),
            item.pk in values,
            guidance.get(item.pk),
        )
        for item in assessment.items
    ]


class AgreeForm(_OnTheScale):
    """One moment in the working meeting. `score` is the one the page knows of; after a conflict it is the other's."""

    reasoning = TextField("Så resonerade vi", required=False, rows=2)
    next_step = TextField("Det här krävs för nästa steg", required=False, rows=2)
    why = CanonicalField(
        label="Varför ändras värdet?",
        help_text="Ni har enats om värdet förut. Skälet behövs bara om ni ändrar det, och sparas bland era händelser.",
        required=False,
        sometimes=True,
        max_length=500,
        error_messages={"max_length": "Skälet får ha högst 500 tecken."},
    )
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, item: Item, scale: OnScale, score: Score, **kwargs: Any) -> None:
        initial = {"reasoning": score.reasoning, "next_step": score.next_step, "revision": score.revision}
        super().__init__(*args, item=item, scale=scale, value=score.value, initial=initial, **kwargs)
        field = self.fields["value"]
        field.label, field.required = "Det här enas vi om", True
        field.error_messages["required"] = "Välj det steg som ni har enats om."
        if not score.agreed and self.add_prefix("why") not in self.data:
            del self.fields["why"]

    def has_seen(self, score: Score) -> None:
        """Let the form that is drawn again carry the revision of what the other saved."""
        self.data = {**self.data.dict(), self.add_prefix("revision"): score.revision}  # type: ignore[attr-defined]

    def agreeing(self) -> dict[str, Any]:
        data = self.cleaned_data
        texts = {name: data[name] for name in ("reasoning", "next_step")}
        return {
            "value": self.value_chosen,
            **texts,
            "revision": data["revision"] or 0,
            "why": data.get("why", ""),
        }
