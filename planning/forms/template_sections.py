"""The form of one section of the result report, in a concept or an omgång."""

from typing import Any

from django import forms

from kit.fields import LineField, TextField
from kit.staleness import SeenForm, content_of
from planning.actions.template_sections import FIELDS
from planning.forms.fields import a_number, one_of
from planning.models import EditionSection
from reports.enums import SectionKind
from reports.models import Section


class TemplateSectionForm(SeenForm):
    heading = LineField("Rubrik", longest=160, missing="Skriv avsnittets rubrik.")
    kind = one_of(
        "Slag",
        SectionKind.choices,
        help_text=(
            "Ett avsnitt med ett stycke för varje moment eller steg har en ruta för vart och ett. Förväntade resultat, "
            "egna mål och plats i resultatkedjan trycks ur det som organisationen har fört in, med dess text bredvid."
        ),
    )
    asks = TextField(
        "Vad avsnittet svarar på",
        required=False,
        longest=500,
        rows=3,
        help_text="Står ovanför rutan, till exempel ”Vad har ni gjort, och vad har det lett till?”.",
    )
    example = TextField(
        "Exempel",
        required=False,
        longest=2000,
        rows=5,
        help_text="Står hopfällt vid rutan. Skriv ett påhittat exempel.",
    )
    wanted_words = a_number(
        "Ungefär så många ord", 1, 5000, required=False, help_text="För varje del, om avsnittet har delar."
    )
    required = forms.BooleanField(label="Ska vara skrivet när rapporten lämnas in", required=False)

    def __init__(self, data: Any = None, *, section: Section | EditionSection) -> None:
        super().__init__(data, stored=content_of(section, *FIELDS))
