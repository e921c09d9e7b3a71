"""A reader of aggregates, with a good memory and their own values, tries to work out one organisation's value."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checklist.actions.releases import renew_release
from checklist.models import Release, Score
from checklist.panels import read_panel
from tests.factories import AssessmentFactory, CohortFactory, MeetingFactory, ParticipationFactory

MEMBERS = 9
# What may happen to an organisation after the meeting: it answers late, its values are corrected, it turns out to
# have left before the meeting, or that is taken back.
EVENTS = st.lists(
    st.tuples(st.sampled_from(["late", "corrected", "left", "back"]), st.integers(0, MEMBERS - 1)), max_size=14
)


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=st.sets(st.integers(0, MEMBERS - 1), min_size=4), events=EVENTS)
def test_no_value_follows_from_all_that_was_ever_shown(first, events):
    cohort = CohortFactory()
    meeting = MeetingFactory(cohort=cohort, starts_on=date(2026, 10, 1))
    members = ParticipationFactory.create_batch(MEMBERS, cohort=cohort)
    for place in sorted(first):
        answer(members[place], meeting)
    renew_release(meeting=meeting)
    for what, place in events:
        happen(what, members[place], meeting)
        renew_release(meeting=meeting)
    shown = [
        frozenset(map(unknown, read_panel(release).items())) for release in Release.objects.filter(meeting=meeting)
    ]
    for observer in members:
        assert worked_out(shown, known={one for panel in shown for one in panel if one[0] == observer.pk}) == set()


def answer(member, meeting):
    AssessmentFactory(participation=member, meeting=meeting, submitted=True, values=[1] * 10)


def happen(what, member, meeting):
    answered = member.assessments.filter(meeting=meeting).exists()
    if what == "late" and not answered:
        answer(member, meeting)
    if what == "corrected" and answered:
        score = Score.objects.filter(assessment__participation=member).first()
        Score.objects.filter(pk=score.pk).update(value=1 + score.value % 3)
    if what == "left":
        type(member).objects.filter(pk=member.pk).update(status="withdrawn", withdrawn_on=date(2026, 9, 1))
    if what == "back":
        type(member).objects.filter(pk=member.pk).update(status="active", withdrawn_on=None)


def unknown(pair):
    """One organisation's values at one time: what a reader would like to know."""
    member, answers = pair
    return member, tuple(sorted(answers.items()))


def worked_out(shown, known):
    """The unknowns that follow by addition and subtraction: lone ones in the reduced system of the sums shown."""
    columns = sorted({one for panel in shown for one in panel} - known, key=str)
    rows = [[Fraction(one in panel) for one in columns] for panel in shown]
    return {columns[row.index(1)] for row in reduced(rows) if sum(map(bool, row)) == 1}


def reduced(rows):
    """Gauss and Jordan: a unit vector is in the rows' span if and only if it stands among the reduced rows."""
    done = []
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((row for row in rows if row[column] and not any(row[:column])), None)
        if pivot is None:
            continue
        rows = [row for row in rows if row is not pivot]
        pivot = [cell / pivot[column] for cell in pivot]
        rows, done = ([minus(row, pivot, column) for row in part] for part in (rows, done))
        done.append(pivot)
    return done


def minus(row, pivot, column):
    return [cell - row[column] * other for cell, other in zip(row, pivot, strict=True)]


def test_the_adversary_is_able():
    a, b, c, d = "abcd"
    assert worked_out([{a, b, c}, {a, b}], known=set()) == {c}
    assert worked_out([{a, b, c}, {a, d}], known={d}) == {a}
    assert worked_out([{a, b, c}, {a, b, d}, {c, d}], known=set()) == {c, d}
    assert worked_out([{a, b, c}], known={a}) == set()
