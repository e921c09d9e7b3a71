"""The process leader's forms for a version's texts and shape, and for the next edition."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms

from checklist.actions.shape import ITEM_PROPERTIES, PROPERTIES
from checklist.actions.wording import why_fixed
from checklist.enums import Block, Level, LinkKind, Owner, WordingStatus
from checklist.guidance import ItemGuidance, StepGuidance, item_texts, label_texts
from checklist.models import Checklist, Item, Step
from kit.fields import CanonicalField, TextField
from kit.staleness import SeenForm, content_of, digest

LONGEST = 400
TICK = "I en version som används blir texten då låst."


def _reason() -> CanonicalField:
    return CanonicalField(
        label="Varför ändras texten?",
        help_text="Skälet sparas i historiken, som alla i programmet kan läsa.",
        max_length=500,
        error_messages={
            "required": "Skriv varför texten ändras.",
            "max_length": "Skälet får ha högst 500 tecken.",
        },
    )


def _tick(label: str) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False, help_text=TICK)


def _line(label: str, longest: int, missing: str, **kwargs: Any) -> CanonicalField:
    messages = {"max_length": f"Skriv högst {longest} tecken.", "required": missing}
    return CanonicalField(label=label, max_length=longest, error_messages=messages, **kwargs)


def _number(label: str, most: int, **kwargs: Any) -> forms.IntegerField:
    messages = {"required": "Ange ett tal.", "invalid": "Skriv talet med siffror."}
    messages |= {"min_value": "Talet är för litet.", "max_value": "Talet är för stort."}
    return forms.IntegerField(label=label, max_value=most, error_messages=messages, **kwargs)


@dataclass(frozen=True)
class ItemPreview:
    """An item as it will look on the rating page."""

    number: int
    text: str
    steps: list[Step]
    guidance: ItemGuidance | None


class TextsForm(SeenForm):
    """A form of texts with a reason for the change.

    Fixed texts are left out, except when posted: the action then rejects them.
    """

    def _leave_out(self, fixed: str, names: Iterable[str], data: Any) -> None:
        # A fixed text that was posted stays in the form, so that the action refuses it instead of losing it silently.
        if fixed and not any(name in (data or ()) for name in names):
            for name in names:
                self.fields.pop(name, None)

    def _ask_why(self) -> None:
        names = [name for name in self.fields if name != "seen"]
        if names and self.stored:
            self.fields["reason"] = _reason()
            self.initial["seen"] = digest({name: self.stored[name] for name in names})

    def _words(self, name: str, value: Any) -> str:
        return ("Ja" if value else "Nej") if isinstance(value, bool) else super()._words(name, value)

    def is_valid_to_preview(self) -> bool:
        """True if the texts are valid; a preview stores nothing and needs no reason."""
        self.fields["reason"].required = False
        is_valid = self.is_valid()
        self.fields["reason"].required = True
        return is_valid

    @property
    def texts(self) -> dict[str, Any]:
        return {**(self.stored or {}), **self.cleaned_data}


class ItemTextsForm(TextsForm):
    """An item's wording, its description and the guidance of each step."""

    def __init__(self, data: Any = None, *, item: Item) -> None:
        self.item, self.steps = item, list(item.checklist.steps.all())
        everything = item_texts(item)
        self.used, published = item.checklist.is_used(), not item.checklist.is_working_wording
        self.text_fixed = why_fixed(used=self.used, official=everything["text_official"])
        self.guidance_fixed = why_fixed(used=self.used, official=everything["guidance_official"])
        super().__init__(data, stored=everything)
        self.fields |= dict(self._ask())
        of_text = ("text", "text_official")
        self._leave_out(self.text_fixed, of_text, data)
        self._leave_out(self.guidance_fixed, [name for name in everything if name not in of_text], data)
        if published:
            self.fields.pop("text_official", None)
        self._ask_why()

    @property
    def fixed(self) -> str:
        return self.text_fixed if self.text_fixed and self.guidance_fixed else ""

    def _ask(self) -> Iterator[tuple[str, forms.Field]]:
        yield "text", TextField("Momentets formulering", missing="Skriv momentets formulering.", longest=LONGEST)
        yield "text_official", _tick("Formuleringen är SKR:s egen")
        yield "about", TextField("Vad momentet handlar om", required=False, longest=LONGEST)
        for step in self.steps:
            # Nothing is too little for the lowest step.
            says = "så ser det ut" if step == self.steps[0] else "det här räcker"
            yield (
                f"enough_{step.value}",
                TextField(f"Steg {step.value}, {step.label}: {says}", required=False, longest=LONGEST),
            )
            if step != self.steps[0]:
                label = f"Steg {step.value}: det här räcker inte än"
                yield f"not_yet_{step.value}", TextField(label, required=False, longest=LONGEST)
        yield "guidance_official", _tick("Vägledningen till momentet är SKR:s egen")

    def clean(self) -> dict[str, Any]:
        for step in self.steps:
            names = f"enough_{step.value}", f"not_yet_{step.value}"
            enough, not_yet = (self.cleaned_data.get(name) for name in names)
            if not_yet and not enough and names[0] in self.fields and names[0] not in self.errors:
                self.add_error(names[0], "Skriv också vad som räcker för steget.")
        return self.cleaned_data

    def preview(self) -> ItemPreview:
        texts = self.texts
        rows = [
            StepGuidance(step.value, step.label, texts[f"enough_{step.value}"], texts[f"not_yet_{step.value}"])
            for step in self.steps
            if texts[f"enough_{step.value}"]
        ]
        guidance = ItemGuidance(texts["about"], rows, texts["guidance_official"])
        return ItemPreview(self.item.number, texts["text"], self.steps, guidance if guidance.about or rows else None)


class LabelsForm(TextsForm):
    """The labels of the scale's steps."""

    def __init__(self, data: Any = None, *, checklist: Checklist) -> None:
        self.checklist, self.steps = checklist, list(checklist.steps.all())
        everything = label_texts(checklist)
        self.used = checklist.is_used()
        self.fixed = why_fixed(used=self.used, official=everything["labels_official"])
        super().__init__(data, stored=everything)
        for step in self.steps:
            field = _line(f"Steg {step.value}", 120, f"Skriv vad steg {step.value} heter.")
            self.fields[f"label_{step.value}"] = field
        self.fields["labels_official"] = _tick("Benämningarna är SKR:s egna")
        self._leave_out(self.fixed, everything, data)
        if not checklist.is_working_wording:
            self.fields.pop("labels_official", None)
        self._ask_why()

    def preview(self) -> ItemPreview | None:
        item = self.checklist.items.first()
        if item is None:
            return None
        steps = [Step(value=step.value, label=self.texts[f"label_{step.value}"]) for step in self.steps]
        return ItemPreview(item.number, item.text, steps, None)


class VersionCopyForm(forms.Form):
    key = forms.SlugField(
        label="Nyckel",
        max_length=60,
        help_text="Namnet i adresser och filer, till exempel skr-2027. Det ändras inte senare.",
        error_messages={
            "required": "Ange en nyckel.",
            "invalid": "Använd bara bokstäverna a till z, siffror, bindestreck och understreck.",
            "max_length": "Nyckeln får ha högst 60 tecken.",
        },
    )
    name = _line("Namn", 160, "Skriv vad versionen ska heta.")
    year = _number("År", 2100, min_value=2000)


class PropertiesForm(SeenForm):
    name = _line("Namn", 160, "Skriv vad versionen heter.")
    year = _number("År", 2100, min_value=2000)
    level = forms.ChoiceField(label="Nivå", required=False, choices=[("", "Hela organisationen"), *Level.choices])
    half_steps = forms.BooleanField(
        label="Halva steg är tillåtna", required=False, help_text="Varje omgång väljer om den använder dem."
    )
    wording_status = forms.ChoiceField(
        label="Formuleringarna och stegens benämningar är",
        choices=((WordingStatus.WORKING, "Arbetsformuleringar"), (WordingStatus.PUBLISHED, "SKR:s egna")),
        help_text="När versionen används går SKR:s egna inte att ändra.",
        widget=forms.RadioSelect,
        error_messages={"required": "Välj vems formuleringarna är."},
    )
    note = TextField(
        "Anmärkning", required=False, longest=2000, called="Anmärkningen", help_text="Visas överst på versionens sida."
    )

    def __init__(self, data: Any = None, *, checklist: Checklist) -> None:
        super().__init__(data, stored=content_of(checklist, *PROPERTIES))


class ItemForm(SeenForm):
    """An item's number and properties; a new one is also asked for its wording."""

    text = TextField("Momentets formulering", missing="Skriv momentets formulering.", longest=LONGEST)
    number = _number("Nummer", 99, min_value=1, help_text="De andra momenten flyttar sig.")
    short = _line("Kort benämning", 34, "Skriv en kort benämning.", help_text="Används i bilder. Högst 34 tecken.")
    block = forms.ChoiceField(label="Block", required=False, choices=[("", "Inget block"), *Block.choices])
    owner = forms.ChoiceField(label="Ägs av", required=False, choices=[("", "Ingen särskild"), *Owner.choices])

    def __init__(self, data: Any = None, *, item: Item) -> None:
        stored = content_of(item, *ITEM_PROPERTIES) if item.pk else None
        super().__init__(data, stored=stored, initial={"number": item.number})
        del self.fields["text" if item.pk else "seen"]


class ItemLinkForm(forms.Form):
    old = forms.ModelChoiceField(
        Item.objects.none(),
        label="Äldre moment",
        empty_label="Välj moment",
        error_messages={"required": "Välj ett moment.", "invalid_choice": "Välj ett av momenten i listan."},
    )
    kind = forms.ChoiceField(
        label="Hur hänger de ihop?",
        choices=LinkKind.choices,
        error_messages={"required": "Välj hur de hänger ihop.", "invalid_choice": "Välj ett av alternativen."},
    )

    def __init__(self, data: Any = None, *, item: Item) -> None:
        super().__init__(data, use_required_attribute=False)
        older = Item.objects.filter(checklist__year__lte=item.checklist.year).exclude(checklist=item.checklist)
        field = self.fields["old"]
        field.queryset = older.select_related("checklist").order_by("-checklist__year", "checklist__key", "number")  # type: ignore[attr-defined]
        field.label_from_instance = lambda old: f"{old.checklist.name}: {old.number}. {old.short}"  # type: ignore[attr-defined]
