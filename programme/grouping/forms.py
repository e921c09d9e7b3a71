import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cohorts.enums import Role, Status
from cohorts.grouping import NAME_LENGTH, GroupWanted, taking_part
from cohorts.models import Cohort, Group, Participation
from meetings.enums import MeetingKind
from programme.enums import RuleKind
from programme.grouping.measuring import REASONS
from programme.grouping.reasons import FORMULAS, LABELS

LEAST, MOST = 0, 5
NOT_A_PROPOSAL = "Förslaget kom inte fram helt. Gör ett nytt förslag."


class Slider(forms.NumberInput):
    input_type = "range"


class ShortChoice(forms.ModelChoiceField):
    """Organisations by their short names."""

    def label_from_instance(self, obj: Any) -> str:
        return obj.organisation.short_name if isinstance(obj, Participation) else str(obj)


class PlainForm(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"use_required_attribute": False, **kwargs})


class WeightsForm(PlainForm):
    """How much each reason counts: a slider each, with how its number is worked out as the hint."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key in REASONS:
            self.fields[key] = forms.IntegerField(
                label=LABELS[key],
                help_text=f"Poängen är {FORMULAS[key]}.",
                min_value=LEAST,
                max_value=MOST,
                widget=Slider(attrs={"list": "weight-steps", "class": "slider"}),
                error_messages=dict.fromkeys(
                    ("required", "invalid", "min_value", "max_value"), f"Välj ett tal från {LEAST} till {MOST}."
                ),
            )


class GroupForm(PlainForm):
    name = forms.CharField(
        label="Gruppens namn",
        help_text="En grupp som heter som sina organisationer byter namn när de byts.",
        max_length=NAME_LENGTH,
        error_messages={"required": "Skriv vad gruppen heter.", "max_length": f"Högst {NAME_LENGTH} tecken."},
    )
    track = forms.CharField(
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
    """Which mentor, for which of the lärandeträffar' themes, and whether beside another."""

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
        meetings = cohort.meetings.filter(kind=MeetingKind.LEARNING_MEETING).exclude(theme="")
        kept = group.mentorships.exclude(theme="").values_list("theme", flat=True)
        themes = dict.fromkeys([*meetings.values_list("theme", flat=True), *kept])
        choices = [("", "Hela omgången"), *((theme[:120], theme) for theme in themes)]
        self.fields["theme"].choices = choices  # type: ignore[attr-defined]


class MoveForm(PlainForm):
    """To which group, and why. `sure` comes from the page that tells who reads what after the move."""

    to = forms.ModelChoiceField(
        Group.objects.none(),
        label="Flytta till",
        empty_label="Ingen grupp",
        required=False,
        error_messages={"invalid_choice": "Gruppen finns inte längre. Välj en annan."},
    )
    reason = forms.CharField(
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
    one = ShortChoice(
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
        for name in ("one", "other"):
            _field(self, name).queryset = taking_part(cohort).select_related("organisation")


class TakeForm(PlainForm):
    """A proposal as its page posts it: what it wants, and which groups it was made from."""

    groups = forms.CharField(widget=forms.HiddenInput, error_messages={"required": NOT_A_PROPOSAL})
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
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
