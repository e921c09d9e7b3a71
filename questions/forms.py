from typing import Any

from checklist.fields import ItemChoice
from cohorts.models import Participation
from kit.fields import DayField, LineField, TextField
from kit.staleness import SeenForm


class AskedForm(SeenForm):
    """A form for a question that was asked; its moments are those of the omgång's checklist."""

    text = TextField("Frågan", rows=3, longest=1000, missing="Skriv frågan.", called="Frågan")
    item = ItemChoice()
    place = LineField(
        "Var ställde ni den?",
        longest=160,
        missing="Skriv var ni ställde frågan.",
        help_text="Till exempel kommunstyrelsen eller ledningsgruppen. Skriv ingen persons namn.",
    )
    asked_on = DayField("Vilken dag?", missing="Ange dagen då ni ställde frågan.")
    answer = TextField(
        "Svaret",
        required=False,
        called="Svaret",
        help_text="Du kan fylla i svaret senare. Det du skriver kan bli allmän handling.",
    )

    def __init__(self, *args: Any, participation: Participation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plan = getattr(participation.cohort, "plan", None)
        if plan:
            self.fields["item"].queryset = plan.checklist.items.all()  # type: ignore[attr-defined]
