"""Forms for the sections of an interest form. Fields required to send it in may still be saved empty."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from admission.enums import Wish
from admission.interest import sections
from admission.interest.lookups import Choices
from admission.interest.sections import InterestSection
from cohorts.enums import Function
from cohorts.fields import NameField, PartylessField, WorkEmailField
from improvements.models.judged import LONGEST_GOAL
from kit.fields import AddressField, CanonicalField, DayField, TextField
from kit.staleness import Content, SeenForm

PUBLIC = "Det ni skriver kan bli allmän handling."
YES_NO = (("yes", "Ja"), ("no", "Nej"))
MOST_PARTNERS = 3
MOST_GOALS = 5
GOALS = tuple(f"goal_{number}" for number in range(1, MOST_GOALS + 1))
PARTNERS = tuple(f"partner_{number}" for number in range(1, MOST_PARTNERS + 1))


class Later:
    """Keeps the mark "optional" off a field that may be saved empty until the form is sent in."""

    def validate(self, value: Any) -> None:
        if value not in (None, "", [], ()):
            super().validate(value)  # type: ignore[misc]


class InterestLine(CanonicalField):
    def __init__(self, label: str, limit: int, **kwargs: Any) -> None:
        messages = {"max_length": f"Skriv högst {limit} tecken.", **kwargs.pop("error_messages", {})}
        super().__init__(label=label, max_length=limit, error_messages=messages, **kwargs)


class LaterLine(Later, InterestLine):
    pass


class LaterText(Later, TextField):
    pass


class LaterDay(Later, DayField):
    pass


class YesOrNo(forms.TypedChoiceField):
    """Gives None until someone has answered."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(
            label=label,
            choices=YES_NO,
            coerce=lambda value: value == "yes",
            empty_value=None,
            widget=forms.RadioSelect,
            error_messages={"invalid_choice": "Välj ja eller nej."},
            **kwargs,
        )


class LaterYesOrNo(Later, YesOrNo):
    pass


class LaterChoice(Later, forms.ChoiceField):
    pass


class InterestSectionForm(SeenForm):
    @classmethod
    def shown(cls, stored: Content) -> dict[str, Any]:
        words = {True: "yes", False: "no"}
        return {name: words[value] if isinstance(value, bool) else value for name, value in stored.items()}


class InterestDecisionForm(InterestSectionForm):
    body = LaterLine(
        "Vilket organ har beslutat?", 160, help_text="Till exempel kommunfullmäktige eller regionstyrelsen."
    )
    decided_on = LaterDay("Dag för beslutet")
    paragraph = InterestLine(
        "Paragraf", 20, required=False, help_text="Till exempel § 45. Fyll i paragraf, diarienummer eller båda."
    )
    diary_number = InterestLine("Diarienummer", 60, required=False)
    decision_text = InterestLine(
        "Vad beslutades, i korthet", 300, required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text=PUBLIC
    )
    cemr = LaterYesOrNo(
        "Har ni undertecknat CEMR-deklarationen?",
        help_text="Den europeiska deklarationen för jämställdhet mellan kvinnor och män på lokal och regional nivå.",
    )

    def clean_decided_on(self) -> date | None:
        decided: date | None = self.cleaned_data["decided_on"]
        if decided and decided > timezone.localdate():
            raise forms.ValidationError("Datumet ligger i framtiden. Fyll i dagen när beslutet är fattat.")
        return decided


class PeopleForm(InterestSectionForm):
    both_sides = YesOrNo(
        "Är båda sidor, majoritet och opposition, företrädda bland dem som deltar?",
        required=False,
        help_text="En uppgift om organisationen. Vilken sida en person tillhör sparas aldrig.",
    )


class FocusForm(InterestSectionForm):
    focus = LaterText(
        "Varför vill ni delta, och vad vill ni arbeta med?",
        rows=8,
        help_text=f"Skriv gärna vilka verksamheter det gäller. {PUBLIC}",
    )


class GoalsForm(InterestSectionForm):
    """Up to five goals, a line each; they are stored as lines of one text."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, name in enumerate(GOALS, start=1):
            self.fields[name] = InterestLine(f"Mål {number}", LONGEST_GOAL, required=False)
        self.fields[
            GOALS[0]
        ].help_text = "Till exempel: alla nämnder har statistik uppdelad på kön i sina uppföljningar."

    @classmethod
    def shown(cls, stored: Content) -> dict[str, Any]:
        lines = [*(stored.get("goals") or "").splitlines(), *[""] * MOST_GOALS]
        return dict(zip(GOALS, lines, strict=False))

    def clean(self) -> dict[str, Any]:
        cleaned = dict(self.cleaned_data)
        lines = [cleaned.pop(name, "") for name in GOALS]
        return {**cleaned, "goals": "\n".join(dict.fromkeys(filter(None, lines)))}


class WishForm(InterestSectionForm):
    wish = LaterChoice(label="Vad är viktigast för er när grupper bildas?", choices=Wish, widget=forms.RadioSelect)
    theme = InterestLine("Tema ni gärna arbetar med", 160, required=False)
    mentor_later = forms.ChoiceField(
        label="Kan ni tänka er att bli mentor i en senare omgång?",
        required=False,
        choices=(("yes", "Ja"), ("maybe", "Kanske"), ("no", "Nej")),
        widget=forms.RadioSelect,
        help_text="Svaret binder er inte.",
    )

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The field is taken out and put back so that it stands after the partners.
        later = self.fields.pop("mentor_later")
        for number, name in enumerate(PARTNERS, start=1):
            self.fields[name] = forms.ChoiceField(
                label=f"Organisation ni gärna samarbetar med, {number}",
                required=False,
                choices=[("", "Ingen vald"), *choices],
                error_messages={"invalid_choice": "Välj en organisation i listan."},
            )
        self.fields["mentor_later"] = later
        self.names = {code: label for _, group in choices for code, label in group}

    @classmethod
    def shown(cls, stored: Content) -> dict[str, Any]:
        plain = dict(stored)
        codes = [*(plain.pop("partners", None) or ()), *[""] * MOST_PARTNERS]
        return {**super().shown(plain), **dict(zip(PARTNERS, codes, strict=False))}

    def clean(self) -> dict[str, Any]:
        cleaned = dict(self.cleaned_data)
        codes = {cleaned.pop(name, "") for name in PARTNERS} - {""}
        return {**cleaned, "partners": tuple(sorted(codes))}

    def _words(self, name: str, value: Any) -> str:
        return self.names.get(value, "–") if name in PARTNERS else super()._words(name, value)


class PracticalForm(InterestSectionForm):
    invoice_reference = InterestLine(
        "Fakturareferens", 120, required=False, help_text="Den referens ni vill ha på fakturan."
    )
    through = InterestLine(
        "Deltar ni genom ett kommunalförbund?",
        120,
        required=False,
        help_text="Skriv förbundets namn om flera kommuner deltar tillsammans genom det. Lämna annars tomt.",
    )


FORMS: dict[InterestSection, type[InterestSectionForm]] = {
    sections.DECISION: InterestDecisionForm,
    sections.PEOPLE: PeopleForm,
    sections.FOCUS: FocusForm,
    sections.GOALS: GoalsForm,
    sections.WISHES: WishForm,
    sections.PRACTICAL: PracticalForm,
}


class NamedForm(SeenForm):
    name = NameField()
    title = PartylessField("Titel", longest=120, required=False, help_text="Till exempel kommundirektör.")
    email = WorkEmailField(help_text="Personen loggar in med adressen när ni är antagna.", widget=forms.EmailInput)
    function = forms.ChoiceField(
        label="Funktion",
        help_text="Strategen leder arbetet. Medverkande är till exempel ekonom eller analytiker.",
        choices=Function.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj en funktion.", "invalid_choice": "Välj en av funktionerna."},
    )
    deputy = forms.BooleanField(label="Är ersättare", required=False)


class AddressForm(forms.Form):
    email = AddressField(
        "E-postadress i tjänsten",
        help_text="Hit skickar vi en länk till anmälan.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, use_required_attribute=False, **kwargs)


class StartForm(AddressForm):
    organisation = forms.ChoiceField(
        label="Organisation",
        help_text="Regionerna står först, sedan kommunerna länsvis. Skriv första bokstäverna i listan för att hitta.",
        error_messages={
            "required": "Välj er organisation i listan.",
            "invalid_choice": "Välj er organisation i listan.",
        },
    )
    field_order = ("organisation", "email")

    def __init__(self, data: Any = None, *, choices: Choices, initial: dict[str, str] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["organisation"].choices = [("", "Välj organisation"), *choices]  # type: ignore[attr-defined]
        self.fields["email"].label = "Din e-postadress i tjänsten"


class CowriterForm(AddressForm):
    field_order = ("email",)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["email"].help_text = "Personen får en egen länk som öppnar anmälan utan lösenord."
        self.fields["email"].widget.attrs["autocomplete"] = "off"
