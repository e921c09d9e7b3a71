"""Forms that give SKR's own people and evaluators their access."""

from typing import Any

from django import forms

from accounts.enums import SkrRole
from accounts.models import User
from cohorts.fields import NameField, WorkEmailField
from cohorts.models import Evaluator
from kit.fields import DayField
from kit.staleness import SeenForm, content_of
from people.actions.staff import stored_role

ROLE_HELP = (
    "Processledaren lägger upp omgångar, läser det som är inlämnat och ger andra sin roll. Administratören sköter "
    "personer och dagar och läser inga värden."
)
UNTIL_HELP = "Den sista dagen som personen läser. Det kan vara högst ett år efter omgångens sista dag."


class RoleField(forms.ChoiceField):
    def __init__(self) -> None:
        super().__init__(
            label="Roll",
            help_text=ROLE_HELP,
            choices=SkrRole.choices,
            widget=forms.RadioSelect,
            error_messages={"required": "Välj en roll.", "invalid_choice": "Välj en av rollerna."},
        )


class StaffForm(forms.Form):
    use_required_attribute = False

    name = NameField()
    email = WorkEmailField()
    role = RoleField()


class RoleForm(SeenForm):
    role = RoleField()

    def __init__(self, data: Any = None, *, user: User) -> None:
        super().__init__(data, stored=stored_role(user))


class EvaluatorForm(forms.Form):
    use_required_attribute = False

    name = NameField()
    email = WorkEmailField()
    until = DayField("Till och med", missing="Ange den sista dagen.", help_text=UNTIL_HELP)


class LastDayForm(SeenForm):
    until = DayField("Till och med", missing="Ange den sista dagen.", help_text=UNTIL_HELP)

    def __init__(self, data: Any = None, *, evaluator: Evaluator) -> None:
        super().__init__(data, stored=content_of(evaluator, "until"))
