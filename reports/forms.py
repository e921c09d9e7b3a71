from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.html import format_html

from assessments.figures.panels import answered_meetings
from cohorts.holders import WORKERS
from cohorts.models import Cohort, Delegate, Participation
from improvements.models import Effort, Improvement
from kit.fields import DayField, LineField, RowChoice, TextField
from kit.rich.fields import RichField
from kit.staleness import SeenForm
from kit.templatetags.swedish import day
from meetings.models import Meeting
from reports.actions.assigning import DUE, WRITER, as_content, assigned_in
from reports.enums import FiguresAs, RowOrder
from reports.isbn import checked_isbn
from reports.models import ChapterText, JointReport, Report, ReportSection
from reports.sections import LONGEST, TextPlace, sections_of

INVALID = "Läs in sidan igen."


class RevisedForm(forms.Form):
    """A form that knows the revision it was drawn with."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput, required=False)

    def clean_revision(self) -> int:
        return self.cleaned_data["revision"] or 0


class ReportSectionForm(RevisedForm):
    """A form for one section; the prefix is the section's key, so that every field name is unique on the page."""

    text = RichField("", required=False, longest=LONGEST, rows=12)
    shared = forms.BooleanField(required=False)

    def __init__(self, data: object = None, *, heading: TextPlace, section: ReportSection | None) -> None:
        initial = {
            "text": section.document if section else "",
            "shared": bool(section and section.shared),
            "revision": section.revision if section else 0,
        }
        super().__init__(data, prefix=f"s-{heading.key}", initial=initial, use_required_attribute=False)  # type: ignore[arg-type]
        self.fields["text"].label = heading.full
        self.fields["shared"].label = f"”{heading.full}” får användas i den gemensamma rapporten"


class WritersForm(SeenForm):
    """Who writes each section, and by when: two fields for each."""

    def __init__(self, data: object = None, *, participation: Participation) -> None:
        self.assigned = assigned_in(participation)
        super().__init__(data, stored=as_content(self.assigned))
        writers = participation.delegates.current(timezone.localdate()).filter(function__in=WORKERS)
        # Whoever has left stays where they were chosen, until somebody else is.
        writers = Delegate.objects.filter(Q(pk__in=writers.values("pk")) | Q(pk__in=self._chosen_before()))
        self.sections = sections_of(participation.cohort)
        for section in self.sections:
            after = format_html('<span class="ds-sr-only">: {}</span>', section.text)
            writer = RowChoice(Delegate, format_html("Skrivs av{}", after), "Ingen särskild")
            writer.queryset = writers.select_related("user")
            self.fields[f"{WRITER}{section.key}"] = writer
            self.fields[f"{DUE}{section.key}"] = DayField(format_html("Klart senast{}", after), required=False)

    def _chosen_before(self) -> list[int]:
        return [row.writer.pk for row in self.assigned.values() if row.writer]

    def rows(self) -> Iterator[tuple[str, Any, Any]]:
        for section in self.sections:
            yield section.text, self[f"{WRITER}{section.key}"], self[f"{DUE}{section.key}"]


class ChapterTextForm(RevisedForm):
    text = RichField("Text", required=False, longest=LONGEST, rows=12)

    def __init__(self, data: object = None, *, text: ChapterText) -> None:
        initial = {"text": text.document, "revision": text.revision}
        super().__init__(data, initial=initial, use_required_attribute=False)  # type: ignore[arg-type]


class FrontForm(SeenForm):
    """What stands on the page after the cover, and the order of the rows in the tables."""

    isbn = LineField(
        "ISBN", longest=20, required=False, help_text="Med eller utan bindestreck. Kontrollsiffran prövas."
    )
    responsible = TextField(
        "Ansvarig utgivare och projektledare",
        required=False,
        longest=1000,
        rows=3,
        help_text="En rad för var och en: uppdrag och organisation, till exempel ”Projektledare: SKR, avdelningen för "
        "demokrati och välfärd”. Skriv inga namn på personer.",
    )
    audience = TextField("Målgrupp", required=False, longest=1000, rows=2)
    information = TextField(
        "Upplysningar",
        required=False,
        longest=2000,
        rows=3,
        help_text="Till exempel var rapporten går att beställa och vem som svarar på frågor.",
    )
    row_order = forms.ChoiceField(
        label="Momentens ordning i tabellen över medelvärden", choices=RowOrder.choices, widget=forms.RadioSelect
    )

    def clean_isbn(self) -> str:
        return checked_isbn(self.cleaned_data["isbn"])


class OrderJointForm(forms.Form):
    """The two meetings that the joint report compares, else the last and the first; figures or words."""

    meeting = forms.ChoiceField(label="Träff", required=False)
    since = forms.ChoiceField(label="Jämförd med", required=False)
    figures_as = forms.ChoiceField(
        label="Omgångens siffror skrivs som",
        required=False,
        choices=FiguresAs.choices,
        widget=forms.RadioSelect,
        help_text="Med ord står det vad som har högst och lägst värde och vad som har flyttat sig, utan tal.",
    )

    interim = forms.BooleanField(
        label="Bygg en delrapport efter träffen",
        required=False,
        help_text="Den kan publiceras medan slutrapporten fortfarande skrivs. Kapitel utan text kommer inte med.",
    )

    def __init__(
        self, data: object = None, *, cohort: Cohort, joint: JointReport, may_be_interim: bool = False
    ) -> None:
        super().__init__(data, initial={"figures_as": joint.figures_as})  # type: ignore[arg-type]
        if not may_be_interim:
            del self.fields["interim"]
        self.meetings = {meeting.key: meeting for meeting in answered_meetings(cohort)}
        choices = [(key, f"{meeting}, {day(meeting.starts_on)}") for key, meeting in self.meetings.items()]
        for name, otherwise in (("meeting", "Den senaste"), ("since", "Den första")):
            field = self.fields[name]
            field.choices = [("", otherwise), *choices]  # type: ignore[attr-defined]
            field.error_messages["invalid_choice"] = "Välj en träff som har självskattningar."

    def clean(self) -> dict[str, Meeting | str | bool | None]:
        chosen = {name: self.meetings.get(self.cleaned_data.get(name, "")) for name in ("meeting", "since")}
        if chosen["meeting"] and chosen["meeting"] == chosen["since"]:
            self.add_error("since", "Välj en annan träff att jämföra med.")
        figures_as, interim = self.cleaned_data.get("figures_as", ""), self.cleaned_data.get("interim", False)
        return {**chosen, "figures_as": figures_as, "interim": interim}


class PublicForm(forms.Form):
    """What may be published with the report. Only what is shared with the group is there to choose."""

    with_values = forms.BooleanField(
        label="Våra värden i självskattningen",
        required=False,
        help_text="Alla inlämnade värden och förflyttningen, med ert namn.",
    )
    with_comments = forms.BooleanField(
        label="Kommentarerna till momenten",
        required=False,
        help_text="De kommentarer i den senaste självskattningen som delas med gruppen. De står vid värdena.",
    )
    with_results = forms.BooleanField(
        label="Förväntade resultat och våra egna mål",
        required=False,
        help_text="Hur långt ni har kommit med vart och ett, och vad ni bygger det på. Insatser nämns om de själva får "
        "publiceras.",
    )
    efforts = forms.ModelMultipleChoiceField(
        Effort.objects.none(),
        label="Insatser",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Det som delas med gruppen. Erbjuds insatsen som exempel får SKR också nämna den i den gemensamma "
        "rapporten.",
        error_messages={"invalid_choice": "Välj bland insatserna i listan.", "invalid_pk_value": INVALID},
    )
    improvements = forms.ModelMultipleChoiceField(
        Improvement.objects.none(),
        label="Förbättringsarbeten",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Det som delas med gruppen. I rapporten står vad ni ville åstadkomma, cyklerna och vad ni lärde er.",
        error_messages={"invalid_choice": "Välj bland förbättringsarbetena i listan.", "invalid_pk_value": INVALID},
    )

    def __init__(self, data: object = None, *, report: Report, about_values: str = "") -> None:
        flags = ("with_values", "with_comments", "with_results")
        initial: dict[str, object] = {name: getattr(report, name) for name in flags}
        shared = {
            "efforts": report.participation.efforts.filter(shared=True),
            "improvements": report.participation.improvements.filter(shared=True),
        }
        initial |= {name: [row.pk for row in rows if row.public] for name, rows in shared.items()}
        super().__init__(data, initial=initial, use_required_attribute=False)  # type: ignore[arg-type]
        values = self.fields["with_values"]
        values.help_text = f"{values.help_text} {about_values}".strip()
        for name, rows in shared.items():
            if rows:
                self.fields[name].queryset = rows  # type: ignore[attr-defined]
            else:
                del self.fields[name]

    def clean(self) -> dict[str, object]:
        chosen = {name: {row.pk for row in self.cleaned_data.get(name, ())} for name in ("efforts", "improvements")}
        return {**self.cleaned_data, **chosen}


class SeenEdition(forms.Form):
    """The edition that the page showed."""

    number = forms.IntegerField(widget=forms.HiddenInput, error_messages={"required": INVALID, "invalid": INVALID})


class CorrectionForm(forms.Form):
    reason = TextField(
        "Varför rättas rapporten?",
        missing="Skriv varför, så att den som läser förstår vad som är nytt.",
        longest=1000,
        help_text="Skälet står i den nya utgåvan, till exempel ”Antalet utbildade var 140, inte 410”.",
    )


class ReasonForm(forms.Form):
    reason = TextField(
        "Varför behöver den öppnas igen?",
        missing="Skriv varför, så att organisationen kan ta ställning.",
        longest=1000,
        help_text="Organisationen läser skälet. Är rapporten publicerad står det också i den nya utgåvan.",
    )


class SectionQueryForm(forms.Form):
    text = TextField(
        "Er fråga",
        missing="Skriv frågan.",
        help_text="Läses bara av organisationen och SKR:s processledare. Det ni skriver kan bli allmän handling.",
    )


class SectionAnswerForm(SeenForm):
    answer = TextField(
        "Ert svar",
        missing="Skriv ett svar.",
        help_text="Läses bara av er och SKR:s processledare. Det ni skriver kan bli allmän handling.",
    )
