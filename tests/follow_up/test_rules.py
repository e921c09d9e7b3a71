"""From which day until which each reminder is due, one day before and after; and what the mails say of it."""

import runpy
from datetime import date, timedelta

import pytest

from follow_up import mails, schedule
from follow_up.rules import AGREEMENT_RULES, MEETING_RULES, REPORT_RULES, WRAP_UP
from meetings.models import Meeting

DAY = date(2026, 12, 15)


def due_days(is_due):
    """Return the first and the last of the days that a rule holds, counted from the day itself; it has no gaps."""
    days = [number for number in range(-100, 100) if is_due(DAY + timedelta(days=number))]
    assert days == list(range(days[0], days[-1] + 1))
    return days[0], days[-1]


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("invitation", (-14, -1)),
        ("assessment_late", (-6, -1)),
        ("present_late", (-4, -1)),
        ("soon", (-10, -1)),
        ("assessment_due", (-14, -7)),
        ("assessment_opens", (-42, -15)),
    ],
)
def test_before_a_meeting(name, days):
    meeting = Meeting(starts_on=DAY, opens_before=42, due_before=7, present_before=5, invite_before=14)
    [rule] = [rule for rule in MEETING_RULES if rule.name == name]
    assert due_days(lambda today: rule.is_due(meeting, today)) == days


@pytest.mark.parametrize(
    ("span", "days"),
    [
        (WRAP_UP, (1, 7)),
        *zip(AGREEMENT_RULES, [(-7, 0), (1, 7)], strict=True),
        *zip(REPORT_RULES, [(-30, -8), (-7, 0), (1, 14)], strict=True),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_around_the_day_that_something_is_due(span, days):
    assert due_days(lambda today: span.is_due(DAY, today)) == days


@pytest.mark.parametrize(
    ("kind", "when"),
    [
        ("MEETING_INVITATION", "14 dagar före träffen"),
        ("MEETING_REMINDER", "Tio dagar före träffen, och en vecka innan självskattningen"),
        ("MEETING_LATE", "Dagen efter sista dagen för självskattningen eller presentationen"),
        ("MEETING_WRAP_UP", "Dagen efter träffen"),
        ("AGREEMENT_REMINDER", "En vecka innan en överenskommelse ska vara klar, och dagen efter om"),
        ("REPORT_REMINDER", "30 dagar och en vecka innan resultatrapporten"),
        ("REPORT_LATE", "Dagen efter sista dagen för resultatrapporten"),
    ],
)
def test_the_mails_tell_when(kind, when):
    assert when in getattr(mails, kind).when


@pytest.mark.parametrize(
    ("number", "kind", "when"),
    [
        ("MEETING_NEARS", "MEETING_REMINDER", "Tre dagar före träffen, och en vecka innan"),
        ("ASSESSMENT_NEARS", "MEETING_REMINDER", "Tio dagar före träffen, och tre dagar innan"),
        ("LATE_AFTER", "MEETING_LATE", "Tre dagar efter sista dagen för självskattningen"),
        ("LATE_AFTER", "AGREEMENT_REMINDER", "och tre dagar efter om den inte är det"),
        ("LATE_AFTER", "REPORT_LATE", "Tre dagar efter sista dagen för resultatrapporten"),
        ("WRAP_UP_AFTER", "MEETING_WRAP_UP", "Tre dagar efter träffen"),
        ("AGREEMENT_NEARS", "AGREEMENT_REMINDER", "Tre dagar innan en överenskommelse"),
        ("REPORT_COMES", "REPORT_REMINDER", "Tre dagar och en vecka innan"),
        ("REPORT_NEARS", "REPORT_REMINDER", "30 dagar och tre dagar innan"),
    ],
)
def test_another_number_changes_the_words(monkeypatch, number, kind, when):
    monkeypatch.setattr(schedule, number, 3)
    assert when in runpy.run_path(mails.__file__)[kind].when
