"""Fields that several forms about people and organisations share."""

from typing import Any

from django import forms

from accounts.naming import LONGEST_NAME, said_of_dropped, validate_name, without_party
from cohorts.enums import Function
from kit.fields import AddressField, LineField

FUNCTION_HELP = (
    "Strategen leder arbetet, lämnar in och lägger till personer. Medverkande fyller i tillsammans med strategen. "
    "Politiker och chefer läser det ni gör."
)
READERS = (("us", "Bara vi"), ("group", "Delas med gruppen, mentorerna, SKR:s processledare och utvärderaren"))
YES_NO = (("", "Inte angivet"), ("ja", "Ja"), ("nej", "Nej"))


class PartylessField(LineField):
    """A line about a person; after cleaning, `dropped` has the party that was left out of it."""

    dropped: tuple[str, ...] = ()

    def to_python(self, value: Any) -> str:
        text, self.dropped = without_party(super().to_python(value))
        return text


class NameField(PartylessField):
    default_validators = [validate_name]  # noqa: RUF012

    def __init__(self, label: str = "Namn", **kwargs: Any) -> None:
        super().__init__(label, longest=LONGEST_NAME, missing="Skriv personens namn.", **kwargs)
        self.error_messages["max_length"] = f"Namnet får ha högst {LONGEST_NAME} tecken."


def with_dropped(message: str, form: forms.Form) -> str:
    """Return a message about a person, with the parties that were left out of what the form was given."""
    fields = [field for field in form.fields.values() if isinstance(field, PartylessField)]
    return f"{message} {said_of_dropped([party for field in fields for party in field.dropped])}".strip()


class WorkEmailField(AddressField):
    def __init__(self, **kwargs: Any) -> None:
        options: dict[str, Any] = {
            "help_text": "Hit skickas koden när personen loggar in.",
            "widget": forms.EmailInput(attrs={"autocomplete": "off"}),
            "missing": "Skriv personens e-postadress.",
        }
        super().__init__("E-postadress i tjänsten", **options | kwargs)


class FunctionField(forms.ChoiceField):
    def __init__(self) -> None:
        super().__init__(
            label="Funktion",
            help_text=FUNCTION_HELP,
            choices=Function.choices,
            widget=forms.RadioSelect,
            error_messages={"required": "Välj en funktion.", "invalid_choice": "Välj en av funktionerna."},
        )


class ReadersField(forms.ChoiceField):
    """Who reads what an organisation writes: itself, or all who read its work (`cohorts.rules.reads_work`).

    `more` are choices after these.
    """

    def __init__(self, *more: tuple[str, str], **kwargs: Any) -> None:
        super().__init__(
            label="Vem får läsa?",
            choices=(*READERS, *more),
            widget=forms.RadioSelect,
            initial="us",
            error_messages={"required": "Välj vem som får läsa.", "invalid_choice": "Välj vem som får läsa."},
            **kwargs,
        )


class YesNoField(forms.TypedChoiceField):
    """A choice of yes, no or not stated; the last has the value None."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(
            label=label,
            choices=YES_NO,
            required=False,
            coerce=lambda value: value == "ja",
            empty_value=None,
            widget=forms.RadioSelect,
            **kwargs,
        )


def as_choice(value: bool | None) -> str:
    return "" if value is None else "ja" if value else "nej"
