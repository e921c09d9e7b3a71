"""A reader of aggregates, with a good memory and all that they may read, tries to work out another's value."""

from datetime import date
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checklist.actions.releases import renew_release
from checklist.disclosure import may_follow
from checklist.models import Assessment, Release, Score
from checklist.panels import is_enough, read_panel
from cohorts.models import GroupMentor, Participation
from tests.factories import (
    AssessmentFactory,
    CohortFactory,
    GroupFactory,
    MeetingFactory,
    OrganisationFactory,
    ParticipationFactory,
)

MEMBERS, GROUPS, ITEMS = 11, 3, 3
# What may happen to an organisation after the meeting: it answers late, one of its values is corrected, its assessment
# is opened again and later handed in as it was, it turns out to have left before the meeting, or that is taken back.
EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["late", "corrected", "opened", "handed in", "left", "back"]),
        st.integers(0, MEMBERS - 1),
        st.integers(1, ITEMS),
    ),
    max_size=24,
)
PLACES = st.lists(st.none() | st.integers(0, GROUPS - 1), min_size=MEMBERS, max_size=MEMBERS)
MENTORED = st.lists(st.sets(st.integers(0, GROUPS - 1)), max_size=2)


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=st.sets(st.integers(0, MEMBERS - 1), min_size=4), places=PLACES, mentored=MENTORED, events=EVENTS)
def test_no_value_follows_from_all_that_was_ever_shown(first, places, mentored, events):
    """For nobody: not one's own organisation, nor a group, nor a mentor of several; one moment at a time."""
    cohort, members, readers = omgang(places, mentored)
    meeting = MeetingFactory(cohort=cohort, starts_on=date(2026, 10, 1))
    for place in sorted(first):
        answer(members[place], meeting)
    renew_release(meeting=meeting)
    for what, place, number in events:
        happen(what, members[place], meeting, number)
        renew_release(meeting=meeting)
    shown = [read_panel(release) for release in Release.objects.filter(meeting=meeting).order_by("pk")]
    keys = {key for panel in shown for answers in panel.values() for key in answers}
    for known in readers:
        seen = [panel for panel in shown if is_enough(len(panel), len(panel.keys() & known))]
        for key in keys:
            sums = [{(member, answers[key]) for member, answers in panel.items()} for panel in seen]
            assert worked_out(sums, {one for panel in sums for one in panel if one[0] in known}) == set()
    assert all(n_apart(one, other) >= 3 for one, other in pairwise(shown))


def omgang(places, mentored):
    """Its members, and for each who reads its aggregates which members' values they know beforehand."""
    cohort = CohortFactory()
    groups = [GroupFactory(cohort=cohort) for _ in range(GROUPS)]
    members = [
        ParticipationFactory(cohort=cohort, organisation=OrganisationFactory(), group=None if n is None else groups[n])
        for n in places
    ]
    of_group = [{member.pk for member, n in zip(members, places, strict=True) if n == group} for group in range(GROUPS)]
    for number, mentoring in enumerate(mentored):
        mentor = ParticipationFactory(cohort=cohort, role="mentor")
        for n in mentoring:
            GroupMentor.objects.create(group=groups[n], participation=mentor, position=number)
    own = [{member.pk} if n is None else of_group[n] for member, n in zip(members, places, strict=True)]
    mentors = [set().union(*(of_group[n] for n in mentoring)) for mentoring in mentored]
    return cohort, members, [set(), *own, *mentors]


def answer(member, meeting):
    AssessmentFactory(participation=member, meeting=meeting, submitted=True, values=[1] * ITEMS)


def happen(what, member, meeting, number):
    assessment = Assessment.objects.filter(participation=member, meeting=meeting)
    if what == "late" and not assessment.exists():
        answer(member, meeting)
    if what == "corrected":
        score = Score.objects.filter(assessment__in=assessment, item__number=number).first()
        Score.objects.filter(pk=score and score.pk).update(value=1 + (score.value if score else 0) % 3)
    if what == "opened":
        assessment.update(state="draft", submitted_on=None)
    if what == "handed in":
        assessment.update(state="submitted", submitted_on=date(2026, 10, 2))
    if what == "left":
        Participation.objects.filter(pk=member.pk).update(status="withdrawn", withdrawn_on=date(2026, 9, 1))
    if what == "back":
        Participation.objects.filter(pk=member.pk).update(status="active", withdrawn_on=None)


def n_apart(one, other):
    return sum(one.get(member) != other.get(member) for member in one.keys() | other.keys())


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


class TestWhatMayFollow:
    """Three have changed, and yet one of them would be seen: by a moment of its own, or by its group."""

    first = {member: {"a": 1, "b": 2} for member in range(1, 7)}
    three_more = {member: {"a": 3, "b": 3} for member in (7, 8, 9)}

    def test_three_new_ones_do(self):
        assert may_follow([self.first], self.first | self.three_more, [frozenset({7})])

    def test_not_where_two_of_the_three_are_the_readers_own_group(self):
        new = self.first | self.three_more
        assert not may_follow([self.first], new, [frozenset(), frozenset({7, 8})])
        assert may_follow([self.first], new, [frozenset(), frozenset({7, 8, 9})])

    def test_not_where_three_corrected_a_moment_and_only_one_of_them_another(self):
        new = self.first | {1: {"a": 2, "b": 2}, 2: {"a": 2, "b": 2}, 3: {"a": 2, "b": 3}}
        assert not may_follow([self.first], new, [frozenset()])
        assert may_follow([self.first], new | {3: {"a": 2, "b": 2}}, [frozenset()])

    def test_not_where_several_views_together_tell_what_no_two_of_them_do(self):
        """Seven with three more each, crosswise: any two differ in four. With all seven in an eighth all follows."""
        others = {member: {"a": 1} for member in range(20, 30)}
        views = [
            others | {int(member): {"a": 2} for member in more}
            for more in ("124", "235", "346", "457", "561", "672", "713", "1234567")
        ]
        shown = [may_follow(views[:place], view, [frozenset()]) for place, view in enumerate(views)]
        assert shown == [True] * 7 + [False]
