from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from accounts.models import User
from cohorts.enums import Function, Role
from cohorts.models import Cohort
from follow_up.actions.mailing import MOST_FILES, MOST_MB
from follow_up.mailing.choosing import AT_ANY_TIME, LACKS, ORDINARY
from follow_up.mailing.fields import refuse_unknown_fields, usable
from kit.fields import CanonicalField, LineField, TextField
from kit.link_or_file import UploadField
from kit.ordering import by_name
from kit.refusals import ActionRefused
from kit.staleness import SeenForm
from kit.templatetags.swedish import enumerated
from kit.uploads import KNOWN
from meetings.models import Meeting

LONGEST = 6000
LONGEST_SEARCH = 80
ANY = ("", "Alla")
LACKING_OF_MEETING = [matter for matter in LACKS if matter not in AT_ANY_TIME]


class MailingChoiceForm(forms.Form):
    """The choice of people, asked by the address; a value that is not a choice is an error, and nobody is chosen."""

    roll = forms.ChoiceField(label="Roll i omgången", required=False, choices=[ANY, *Role.choices])
    grupp = forms.ChoiceField(label="Grupp", required=False)
    funktion = forms.MultipleChoiceField(
        label="Funktion",
        required=False,
        choices=Function.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="Kryssar du inte i någon gäller det alla.",
    )
    ersattare = forms.ChoiceField(
        label="Ersättare", required=False, choices=[("", "Tas med"), (ORDINARY, "Tas inte med")]
    )
    saknar = forms.ChoiceField(
        label="Bara de som saknar",
        required=False,
        help_text=(
            "Svar och förberedelser gäller personen själv. Annat gäller alla som du har valt i de organisationer som "
            "saknar det."
        ),
    )
    traff = forms.ChoiceField(label="Inför träffen", required=False)
    inloggning = forms.ChoiceField(
        label="Inloggning", required=False, choices=[ANY, ("nej", "Bara de som inte har loggat in än")]
    )
    organisation = forms.MultipleChoiceField(
        label="Organisationer",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Kryssar du inte i någon gäller det alla.",
    )
    sok = CanonicalField(label="Namn eller organisation", required=False, max_length=LONGEST_SEARCH)

    def __init__(self, data: Any, *, cohort: Cohort, meetings: Iterable[Meeting]) -> None:
        super().__init__(data, use_required_attribute=False)
        coming = [(meeting.key, _called(meeting)) for meeting in meetings]
        asked = data.get("traff", "")
        if asked and asked not in dict(coming):  # a draft may have been chosen before a meeting that has been since
            others = cohort.meetings.select_related("group")
            coming += [(row.key, _called(row)) for row in others if row.key == asked]
        lacks = [matter for matter in LACKS if coming or matter in AT_ANY_TIME]
        rows = cohort.participations.with_organisation().order_by(by_name("organisation__name"))
        for field in self.fields.values():
            field.sometimes = True  # type: ignore[attr-defined]
        self._choose("grupp", [ANY, *((group.key, group.name) for group in cohort.groups.all())])
        self._choose("saknar", [("", "–"), *((matter.value, str(matter.label)) for matter in lacks)])
        self._choose("traff", coming or [("", "Ingen träff")])
        self._choose("organisation", [(row.code, row.organisation.name) for row in rows])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        chosen = self.cleaned_data
        if chosen.get("saknar") in LACKING_OF_MEETING and not chosen.get("traff"):
            self.add_error("traff", "Välj en träff.")
        return chosen


def _called(meeting: Meeting) -> str:
    return f"{meeting.name}, {meeting.group.name}" if meeting.group else meeting.name


class MailingForm(SeenForm):
    """The words of a mailing; an unknown field in brackets is an error at its place."""

    subject = LineField("Ämne", longest=200, missing="Skriv ett ämne.")
    body = TextField("Text", longest=LONGEST, rows=14, missing="Skriv en text.")
    answers_to = forms.ModelChoiceField(
        User.objects.none(),
        label="Vem skriver under och får svaren?",
        empty_label=None,
        error_messages={"required": "Välj vem som får svaren.", "invalid_choice": "Välj någon i listan."},
    )
    field_order = ("subject", "body", "answers_to", "seen")

    def __init__(self, data: Any = None, *, contacts: Mapping[User, str], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["body"].help_text = (
            "En tom rad börjar ett nytt stycke, och rader som börjar med ett streck blir en lista. En adress som "
            f"börjar med https:// blir en länk. Modell fyller i {enumerated(usable())} för var och en, och lägger till "
            "hälsning, underskrift och sidfot."
        )
        field = self.fields["answers_to"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = User.objects.filter(pk__in=[user.pk for user in contacts])
        field.label_from_instance = lambda user: f"{user.name}, {contacts[user]}"  # type: ignore[method-assign,assignment]

    def clean_subject(self) -> str:
        return _known("subject", self.cleaned_data["subject"])

    def clean_body(self) -> str:
        return _known("body", self.cleaned_data["body"])


def _known(field: str, text: str) -> str:
    try:
        refuse_unknown_fields(text, field)
    except ActionRefused as refusal:
        raise forms.ValidationError(refusal.sentence) from refusal
    return text


class MailingFileForm(forms.Form):
    file = UploadField()

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, use_required_attribute=False)
        self.fields[
            "file"
        ].help_text = f"{KNOWN}, utan makron. Högst {MOST_FILES} bilagor, tillsammans {MOST_MB}\N{NO-BREAK SPACE}MB."


class SendMailingForm(forms.Form):
    """The form that sends: `till` are the keys of the people that the page has shown."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    till = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_till(self) -> frozenset[int]:
        return frozenset(int(pk) for pk in self.cleaned_data["till"].split(",") if pk.isdecimal())
