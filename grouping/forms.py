import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cohorts.enums import Role, Status
from cohorts.models import Cohort, Group, Participation
from grouping.enums import RuleKind
from grouping.measuring import REASONS
from grouping.membership import NAME_LENGTH, GroupWanted, taking_part
from grouping.reasons import HINTS, LABELS
from kit.fields import CanonicalField
from meetings.models import Meeting
from meetings.whom import label_of, learning_of

LEAST, MOST = 0, 5
LEAST_KM, MOST_KM = 10, 2000
NOT_A_PROPOSAL = "Förslaget kom inte fram helt. Gör ett nytt förslag."


class Slider(forms.NumberInput):
    input_type = "range"


class ShortChoice(forms.ModelChoiceField):
    """A choice of organisations that shows their short names."""

    def label_from_instance(self, obj: Any) -> str:
        return obj.organisation.short_name if isinstance(obj, Participation) else str(obj)


class PlainForm(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"use_required_attribute": False, **kwargs})


class WeightsForm(PlainForm):
    """A slider for each reason, whose hint says what it looks at, and the longest way in a group."""

    most_km = forms.IntegerField(
        label="Högst så många km mellan två i samma grupp",
        help_text="Fågelvägen. Tomt betyder att förslaget bara väger in avståndet.",
        required=False,
        min_value=LEAST_KM,
        max_value=MOST_KM,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), f"Skriv ett tal från {LEAST_KM} till {MOST_KM}, eller inget alls."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key in REASONS:
            self.fields[key] = forms.IntegerField(
                label=LABELS[key],
                help_text=HINTS[key],
                min_value=LEAST,
                max_value=MOST,
                widget=Slider(attrs={"list": "weight-steps", "class": "slider"}),
                error_messages=dict.fromkeys(
                    ("required", "invalid", "min_value", "max_value"), f"Välj ett tal från {LEAST} till {MOST}."
                ),
            )

    @property
    def sliders(self) -> list[forms.BoundField]:
        return [self[key] for key in REASONS]


class GroupForm(PlainForm):
    name = CanonicalField(
        label="Gruppens namn",
        help_text="En grupp som heter som sina organisationer byter namn när de byts.",
        max_length=NAME_LENGTH,
        error_messages={"required": "Skriv vad gruppen heter.", "max_length": f"Högst {NAME_LENGTH} tecken."},
    )
    track = CanonicalField(
        label="Spår",
        help_text="Det gruppen arbetar med, om grupperna har olika spår.",
        max_length=120,
        required=False,
        error_messages={"max_length": "Högst 120 tecken."},
    )

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean_track(self) -> str:
        return " ".join(self.cleaned_data["track"].split())


class MentorForm(PlainForm):
    """The choice of a mentor, of the lärandeträffar it supports (by theme) and of its part in the group."""

    mentor = ShortChoice(
        Participation.objects.none(),
        label="Mentor",
        empty_label="Välj en mentor",
        error_messages={"required": "Välj en mentor.", "invalid_choice": "Välj en av omgångens mentorer."},
    )
    theme = forms.ChoiceField(
        label="Tema",
        help_text="Välj ett tema när flera delar på uppdraget och tar en lärandeträff var.",
        required=False,
        error_messages={"invalid_choice": "Välj ett av lärandeträffarnas teman."},
    )
    supporting = forms.BooleanField(label="Är stödjande mentor", required=False)

    def __init__(self, *args: Any, cohort: Cohort, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mentors = cohort.participations.exclude(role=Role.PARTICIPANT).exclude(status=Status.WITHDRAWN)
        _field(self, "mentor").queryset = mentors.select_related("organisation")
        self.meetings = learning_of(group)
        themes = dict.fromkeys(map(label_of, self.meetings))
        choices = [("", "Hela omgången"), *((theme, theme) for theme in themes)]
        self.fields["theme"].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen(self) -> list[Meeting]:
        theme = self.cleaned_data["theme"]
        return [meeting for meeting in self.meetings if theme and label_of(meeting) == theme]


class GroupMoveForm(PlainForm):
    """`sure` is posted by the page that shows who can read what after the move."""

    to = forms.ModelChoiceField(
        Group.objects.none(),
        label="Flytta till",
        empty_label="Ingen grupp",
        required=False,
        error_messages={"invalid_choice": "Gruppen finns inte längre. Välj en annan."},
    )
    reason = CanonicalField(
        label="Skäl",
        help_text="Skälet står i organisationens egna händelser.",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "Högst 1 000 tecken."},
    )
    sure = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _field(self, "to").queryset = cohort.groups.all()


class RuleForm(PlainForm):
    participation = ShortChoice(
        Participation.objects.none(),
        label="Organisation",
        empty_label="Välj en organisation",
        error_messages={"required": "Välj en organisation.", "invalid_choice": "Välj en av dem som deltar."},
    )
    kind = forms.ChoiceField(
        label="Regel",
        choices=RuleKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj en regel.", "invalid_choice": "Välj en av reglerna."},
    )
    other = ShortChoice(
        Participation.objects.none(),
        label="Den andra organisationen",
        help_text="För den som ska hållas ihop med, eller isär från, en annan.",
        empty_label="Ingen",
        required=False,
        error_messages={"invalid_choice": "Välj en av dem som deltar."},
    )

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("participation", "other"):
            _field(self, name).queryset = taking_part(cohort).select_related("organisation")


class TakeForm(PlainForm):
    """A proposal as its page posts it; `seen` is a digest of the groups that it was made for."""

    groups = forms.CharField(widget=forms.HiddenInput, error_messages={"required": NOT_A_PROPOSAL})
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    reason = CanonicalField(
        label="Skäl",
        help_text="Står vid varje byte, till exempel ”grupper inför uppstarten”.",
        required=False,
        max_length=200,
        error_messages={"max_length": "Högst 200 tecken."},
    )

    def clean_groups(self) -> list[GroupWanted]:
        try:
            return [_wanted(row) for row in json.loads(self.cleaned_data["groups"])]
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise ValidationError(NOT_A_PROPOSAL) from error


def _wanted(row: dict[str, Any]) -> GroupWanted:
    group = row["group"]
    return GroupWanted(
        group=None if group is None else int(group),
        name=str(row["name"])[:NAME_LENGTH],
        members=tuple(int(pk) for pk in row["members"]),
        mentors=tuple(int(pk) for pk in row["mentors"]),
    )


def _field(form: forms.Form, name: str) -> Any:
    return form.fields[name]
