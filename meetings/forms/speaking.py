"""Forms for what people at a meeting write: answers, material, agreements, impressions and ideas."""

from collections.abc import Iterable
from typing import Any

from django import forms

from cohorts.models import Participation
from kit.fields import DayField, LinkField, TextField
from kit.link_or_file import ShownForm, UploadField
from kit.staleness import SeenForm
from meetings.enums import ImpressionKind, MaterialKind, Rsvp
from meetings.forms.fields import PUBLIC, FunctionChoice, OrganisationChoice, PersonChoice


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(
        label="Kommer du?",
        choices=Rsvp.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj om du kommer eller inte.", "invalid_choice": "Välj ett av svaren."},
    )

    # The meeting's sequence when the page was drawn: nobody answers for a date that they have not seen.
    to = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, to: int, answer: str = "") -> None:
        super().__init__(data, initial={"answer": answer, "to": to}, use_required_attribute=False)
        self.drawn_with = to

    def clean_to(self) -> int:
        given: int | None = self.cleaned_data["to"]
        return self.drawn_with if given is None else given


class MaterialForm(ShownForm):
    """The fields that a link and a file at a meeting share."""

    kind = forms.ChoiceField(label="Vad är det?")
    participation = OrganisationChoice("För vilken organisation?")

    def __init__(self, data: Any = None, files: Any = None, *, kinds: list[MaterialKind], own: Any) -> None:
        super().__init__(data, files)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]
        self.fields["participation"].queryset = own  # type: ignore[attr-defined]
        if len(kinds) == 1:
            del self.fields["kind"]
        if len(own) < 2:
            del self.fields["participation"]


class MaterialLinkForm(MaterialForm):
    url = LinkField("Länk")
    name = "link"
    labels = {  # noqa: RUF012
        "title": "Länkens benämning",
        "kind": "Vad är länken?",
        "participation": "Vilken organisations länk?",
    }
    field_order = ("url", "title", "kind", "participation", "what")


class MaterialFileForm(MaterialForm):
    file = UploadField()
    name = "file"
    labels = {  # noqa: RUF012
        "title": "Filens benämning",
        "kind": "Vad är filen?",
        "participation": "Vilken organisations fil?",
    }
    field_order = ("file", "title", "kind", "participation", "what")


class AgreementForm(SeenForm):
    text = TextField(
        rows=3,
        longest=300,
        label="Vad kom ni överens om?",
        missing="Skriv vad ni kom överens om.",
        help_text=f"En sak att göra till nästa gång. {PUBLIC}",
    )
    participation = OrganisationChoice("Vem gör det?", required=False, empty_label="Alla på träffen")
    function = FunctionChoice("Vilka i organisationen?", empty="Alla funktioner")
    owner = PersonChoice("Ansvarig", empty_label="Ingen är utsedd än")
    due_on = DayField("Klart senast", required=False)
    field_order = ("text", "participation", "function", "owner", "due_on", "seen")

    def __init__(self, data: Any = None, *, organisations: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["participation"].queryset = organisations  # type: ignore[attr-defined]
        self.fields["owner"].queryset = people  # type: ignore[attr-defined]


class ForOwn(forms.Form):
    """A form for one's own organisation; only a person with seats for several chooses which."""

    own: list[Participation]

    def choose_from(self, own: Iterable[Participation]) -> None:
        self.own = list(own)
        self.fields["participation"].queryset = own  # type: ignore[attr-defined]
        if len(self.own) < 2:
            del self.fields["participation"]

    def clean(self) -> dict[str, Any]:
        if not self.own:
            raise forms.ValidationError("Er organisation var inte med i omgången den dagen, så ni skriver inget här.")
        return {"participation": self.own[0], **self.cleaned_data}


class ImpressionForm(ForOwn, SeenForm):
    kind = forms.ChoiceField(
        label="Vad är det?",
        choices=ImpressionKind.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Välj plus, minus eller intressant.",
            "invalid_choice": "Välj ett av alternativen.",
        },
    )
    text = TextField(
        rows=3,
        longest=500,
        label="Vad tänker du?",
        missing="Skriv vad du tänker.",
        help_text=f"Visas med din organisations namn, aldrig med ditt. {PUBLIC}",
    )
    participation = OrganisationChoice("För vilken organisation?")
    field_order = ("kind", "text", "participation", "seen")

    def __init__(self, data: Any = None, *, own: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.choose_from(own)


class IdeaForm(ForOwn):
    text = TextField(
        rows=3,
        longest=500,
        label="Vilken idé tar ni med er?",
        missing="Skriv vilken idé ni tar med er.",
        help_text=f"Organisationen som idén kommer från ser den också. {PUBLIC}",
    )
    source = OrganisationChoice("Vem kommer idén från?", empty_label="Välj en organisation")
    participation = OrganisationChoice("För vilken organisation antecknar du?")

    def __init__(self, data: Any = None, *, sources: Any, own: Any) -> None:
        super().__init__(data, use_required_attribute=False)
        self.fields["source"].queryset = sources  # type: ignore[attr-defined]
        self.choose_from(own)
