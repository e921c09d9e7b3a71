"""How many days, hours and months the forms of planning take: the number itself and the number beside it."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from kit.days import BACKWARDS, FAR
from meetings.kinds import MeetingKind
from planning.forms.dates import MeetingFacts, MeetingMoveForm, NewMeetingForm, PeriodForm
from planning.forms.editions import EditionForm, EditionStepForm
from planning.forms.rows import COLUMNS
from planning.forms.running import RunningForm
from planning.forms.setup import InterestDaysForm, NewCohortForm, PlanForm
from planning.setup.plan import Plan, PlannedMeeting
from tests.factories import CohortFactory

ROWS = {row.name: row.field("") for part in ("preparations", "agenda") for row in COLUMNS[part]}
DAYS_BEFORE = ("opens_before", "due_before", "present_before", "invite_before")
LIMITS = [
    *((form.base_fields[name], 0, 365) for form in (MeetingFacts, EditionStepForm) for name in DAYS_BEFORE),
    (PeriodForm.base_fields["due_before"], 0, 365),
    (ROWS["days_before"], 0, 365),
    (ROWS["minutes"], 1, 1440),
    *((form.base_fields["days"], 1, 14) for form in (NewMeetingForm, MeetingMoveForm, EditionStepForm)),
    (EditionStepForm.base_fields["start_day"], 0, 1500),
    (EditionForm.base_fields["duration_months"], 1, 60),
    (RunningForm.base_fields["mentor_hours"], 0, 200),
]


@pytest.mark.parametrize(("field", "least", "most"), LIMITS, ids=lambda value: getattr(value, "label", None))
def test_the_least_and_the_most(field, least, most):
    assert [field.clean(str(number)) for number in (least, most)] == [least, most]
    for number, sentence in ((least - 1, f"Talet är minst {least}."), (most + 1, f"Talet är högst {most}.")):
        with pytest.raises(ValidationError, match=sentence):
            field.clean(str(number))


DAYS = [
    (date(1999, 12, 31), [FAR]),
    (date(2000, 1, 1), []),
    (date(2100, 12, 31), []),
    (date(2101, 1, 1), [FAR]),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("day", "refusals"), DAYS)
def test_the_first_and_last_day_of_an_uppstart(day, refusals):
    assert NewCohortForm({"begins_on": day.isoformat()}).errors.get("begins_on", []) == refusals


@pytest.mark.parametrize(
    ("ends_on", "refusals"),
    [
        ("2027-04-19", ["Lärandeträff 1 är 20 april 2027. Flytta träffen först, eller låt omgången sluta senare."]),
        ("2027-04-20", []),
    ],
)
def test_a_last_day_before_a_meeting_is_told_and_not_dropped(ends_on, refusals):
    day = date(2027, 4, 20)
    meeting = PlannedMeeting("l1", "Lärandeträff 1", MeetingKind.LEARNING_MEETING, day, day)
    form = PlanForm({"ends_on": ends_on, "day_l1": "2027-04-20"}, plan=Plan(day, day, (meeting,)))
    assert form.errors.get("ends_on", []) == refusals


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "day", "sentence"),
    [
        ("interest_closes_on", "2027-01-09", BACKWARDS),
        ("interest_closes_on", "2027-01-10", None),
        ("board_meets_on", "2027-01-09", "Styrgruppen kan inte besluta innan anmälan öppnar."),
        ("board_meets_on", "2027-01-10", None),
    ],
)
def test_interest_neither_closes_nor_is_decided_before_it_opens(field, day, sentence):
    form = InterestDaysForm({"interest_opens_on": "2027-01-10", field: day}, cohort=CohortFactory())
    assert form.errors.get(field, [None]) == [sentence]


@pytest.mark.parametrize(("day", "refusals"), DAYS)
def test_the_first_and_last_day_of_a_plan(day, refusals):
    form = PlanForm({"ends_on": day.isoformat()}, plan=Plan(day, day, ()))
    assert form.errors.get("ends_on", []) == refusals
