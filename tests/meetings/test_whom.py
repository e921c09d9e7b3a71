"""Whom a meeting is for: one rule, told twice (for rows and for the database), and once more to the person."""

import re
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest
import time_machine

from assessments.actions.assessments import start_assessment
from assessments.figures.panels import expected_at
from assessments.turns import turns_of
from assessments.workbook.exporting import assessed_meetings
from cohorts.enums import Function, MentorModel, Role, Status
from cohorts.models import GroupMentor
from cohorts.roles import roles_of
from kit.refusals import ActionRefused
from kit.staleness import content_of, digest
from meetings.actions.editing import save_meeting
from meetings.kinds import MeetingKind
from meetings.models import Meeting
from meetings.whom import (
    delegates_at,
    functions_asked,
    is_expected,
    meetings_for,
    meetings_of,
    meetings_on,
    mentorships_of,
    organisations_at,
    participants_at,
    seats_asked_to,
    supports,
    theme_of,
)
from planning.actions.dates import FACTS, add_meeting, one_for_each_group, remove_meeting
from tests.factories import (
    CohortFactory,
    DelegateFactory,
    GroupFactory,
    GroupMentorFactory,
    MeetingFactory,
    ParticipationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 1)
STEERING, ANALYSIS = "Ledning och styrning", "Analys och uppföljning"


@pytest.fixture(params=MentorModel)
def cohort(request):
    """Every kind of organisation there is in an omgång, and every kind of meeting, of all and of one group."""
    cohort = CohortFactory(mentor_model=request.param)
    groups = [GroupFactory(cohort=cohort) for _ in range(2)]
    for group in (*groups, None):
        ParticipationFactory(cohort=cohort, group=group)
    ParticipationFactory(cohort=cohort, group=groups[0], status=Status.WITHDRAWN)
    for days in (-1, 0):
        day = DAY + timedelta(days=days)
        ParticipationFactory(cohort=cohort, group=groups[0], status=Status.WITHDRAWN, withdrawn_on=day)
        ParticipationFactory(cohort=cohort, group=groups[0], joined_on=day + timedelta(days=1))
    for kind, group in product(MeetingKind, (None, groups[0])):
        MeetingFactory(
            cohort=cohort, kind=kind, group=group, theme=STEERING, starts_on=DAY, key=f"{kind}-{bool(group)}"
        )
    MeetingFactory(cohort=cohort, group=groups[1], theme=ANALYSIS, starts_on=DAY, number=2)
    ParticipationFactory(cohort=cohort, role=Role.MENTOR)
    for theme, group in product(("", STEERING, ANALYSIS, "Spridning"), groups):
        GroupMentorFactory(group=group, theme=theme)
    both = ParticipationFactory(cohort=cohort, role=Role.SUPPORTING_MENTOR)
    for theme, group in zip((STEERING, ANALYSIS), groups, strict=True):
        GroupMentorFactory(group=group, participation=both, theme=theme)
    for theme in (STEERING, "Spridning"):
        later = ParticipationFactory(cohort=cohort, role=Role.MENTOR, joined_on=DAY + timedelta(days=1))
        GroupMentorFactory(group=groups[0], participation=later, theme=theme)
    return cohort


def by_rows(meeting):
    rows = meeting.cohort.participations.select_related("cohort")
    mentorships = mentorships_of([row.pk for row in rows])
    return {row for row in rows if is_expected(row, meeting, mentorships[row.pk])}


def test_the_rule_for_rows_and_the_one_for_the_database_say_the_same(cohort):
    for meeting in cohort.meetings.select_related("cohort"):
        assert set(organisations_at(meeting)) == by_rows(meeting), meeting.key
        assert by_rows(meeting), meeting.key


def test_an_organisations_meetings_are_those_it_is_expected_at(cohort):
    meetings = cohort.meetings.select_related("cohort")
    expected = {meeting: set(organisations_at(meeting)) for meeting in meetings}
    for participation in cohort.participations.all():
        assert meetings_for(participation, meetings) == [
            meeting for meeting in meetings if participation in expected[meeting]
        ]
    for meeting in meetings:
        participants = [row for row in cohort.participations.all() if row.is_participant]
        assert participants_at(meeting, cohort.participations.all()) == [
            row for row in participants if row in expected[meeting]
        ]


@time_machine.travel(DAY)
def test_a_person_is_asked_to_what_their_organisation_is_expected_at(cohort):
    for participation in cohort.participations.all():
        strategist = DelegateFactory(participation=participation).user
        roles = roles_of(strategist)
        asked = {meeting for meeting in Meeting.objects.select_related("cohort") if seats_asked_to(roles, meeting)}
        expected = {meeting for meeting in cohort.meetings.all() if participation in organisations_at(meeting)}
        if not participation.has_left_by(DAY):
            assert asked == expected == set(meetings_of(roles)), participation


def test_a_mentors_strategists_come_to_all_and_the_others_to_what_it_supports(cohort):
    """The same rule where hours are reckoned and where people are asked, whatever the omgång's mentor model."""
    mentors = cohort.participations.exclude(role=Role.PARTICIPANT).filter(joined_on=None)
    for meeting in cohort.meetings.filter(kind=MeetingKind.LEARNING_MEETING):
        for mentor in mentors:
            own = mentorships_of([mentor.pk])[mentor.pk]
            if own:
                asked = functions_asked(mentor, meeting, own)
                assert (Function.STRATEGIST in asked) == is_expected(mentor, meeting, own)
                assert (Function.POLITICIAN in asked) == any(supports(each, meeting) for each in own)


def test_the_rule_of_functions_says_the_same_of_rows_of_the_database_and_of_a_person(cohort):
    seats = [
        DelegateFactory(participation=row, function=function)
        for row in cohort.participations.all()
        for function in (Function.STRATEGIST, Function.POLITICIAN)
    ]
    with time_machine.travel(DAY):
        for meeting in cohort.meetings.select_related("cohort"):
            asked = {seat for seat in seats if seat.function in _asked(seat.participation, meeting)}
            assert set(delegates_at(meeting, DAY)) == asked, meeting.key
            stay = [seat for seat in asked if not seat.participation.has_left_by(DAY)]
            assert {seat for seat in seats if seats_asked_to(roles_of(seat.user), meeting)} == set(stay), meeting.key


def _asked(participation, meeting):
    return functions_asked(participation, meeting, mentorships_of([participation.pk])[participation.pk])


class TestByTheme:
    @pytest.fixture
    def cohort(self):
        return CohortFactory(mentor_model=MentorModel.BY_THEME)

    @pytest.fixture
    def group(self, cohort):
        return GroupFactory(cohort=cohort)

    @pytest.fixture
    def meetings(self, group):
        return {
            theme: MeetingFactory(cohort=group.cohort, group=group, theme=theme, number=number, starts_on=DAY)
            for number, theme in enumerate((STEERING, ANALYSIS), 1)
        }

    @pytest.fixture
    def mentors(self, group, meetings):
        return {theme: GroupMentorFactory(group=group, theme=theme).participation for theme in (STEERING, ANALYSIS)}

    def politicians_of(self, meeting):
        """The organisations whose politicians are asked."""
        rows = meeting.cohort.participations.all()
        return {row for row in rows if Function.POLITICIAN in _asked(row, meeting)}

    def test_the_politicians_of_the_mentor_who_has_chosen_it_come_and_all_strategists(self, mentors, meetings):
        assert self.politicians_of(meetings[ANALYSIS]) == {mentors[ANALYSIS]}
        assert set(organisations_at(meetings[ANALYSIS])) == set(mentors.values())

    @pytest.mark.parametrize("theme", ["Ledning & styrning", "ledning och styrning", ANALYSIS])
    def test_another_theme_of_the_meeting_changes_nothing(self, mentors, meetings, theme):
        meeting = meetings[STEERING]
        Meeting.objects.filter(pk=meeting.pk).update(theme=theme)
        meeting.refresh_from_db()
        assert self.politicians_of(meeting) == {mentors[STEERING]}
        [mentorship] = mentorships_of([mentors[STEERING].pk])[mentors[STEERING].pk]
        assert (supports(mentorship, meeting), theme_of(mentorship)) == (True, theme)

    def test_all_mentors_come_to_what_is_not_shared_out(self, group, mentors):
        meeting = MeetingFactory(cohort=group.cohort, kind=MeetingKind.KICKOFF, theme="")
        assert set(organisations_at(meeting)) == set(mentors.values())

    def test_who_has_chosen_none_comes_to_all(self, group, meetings):
        mentor = GroupMentorFactory(group=group).participation
        for meeting in meetings.values():
            assert self.politicians_of(meeting) == {mentor}

    def test_of_who_waits_for_a_theme_only_the_strategists_come(self, group, meetings):
        mentor = GroupMentorFactory(group=group, theme="Spridning").participation
        for meeting in meetings.values():
            assert self.politicians_of(meeting) == set()
            assert list(organisations_at(meeting)) == [mentor]

    def test_two_meetings_on_a_theme_are_both_chosen(self, group, meetings):
        joint = MeetingFactory(cohort=group.cohort, theme=STEERING)
        mentorship = GroupMentorFactory(group=group, theme=STEERING)
        assert set(mentorship.meetings.all()) == {joint, meetings[STEERING]}

    def test_a_meeting_that_goes_leaves_its_theme_as_a_wish(self, mentors, meetings):
        remove_meeting(meeting=meetings[STEERING], by=UserFactory())
        mentorship = GroupMentor.objects.get(participation=mentors[STEERING])
        assert mentorship.wished_theme == theme_of(mentorship) == STEERING
        assert not supports(mentorship, meetings[ANALYSIS])

    def test_a_wish_is_met_by_a_meeting_that_gets_the_theme(self, group, meetings):
        mentorship = GroupMentorFactory(group=group, theme="Spridning")
        assert mentorship.wished_theme == "Spridning"
        other = GroupFactory(cohort=group.cohort)
        elsewhere = MeetingFactory(cohort=group.cohort, group=other, theme="Annat", number=7)
        leader = UserFactory()
        for meeting, met in ((elsewhere, False), (meetings[ANALYSIS], True)):
            seen = digest(content_of(meeting, "theme"))
            save_meeting(meeting=meeting, theme="Spridning", seen=seen, by=leader)
            mentorship.refresh_from_db()
            assert (meeting in mentorship.meetings.all(), mentorship.wished_theme == "") == (met, met)

    def test_a_wish_is_met_by_a_meeting_that_is_added(self, group, meetings):
        mentorship = GroupMentorFactory(group=group, theme="Spridning")
        facts = {**content_of(meetings[ANALYSIS], *FACTS), "name": "Extra", "theme": "Spridning", "hangs_on": None}
        added = add_meeting(
            cohort=group.cohort,
            kind=MeetingKind.LEARNING_MEETING,
            starts_on=meetings[ANALYSIS].starts_on,
            days=1,
            by=UserFactory(),
            group=group,
            **facts,
        )
        assert list(mentorship.meetings.all()) == [added]

    def test_a_joint_meeting_made_one_for_each_group_stays_chosen(self, group):
        joint = MeetingFactory(cohort=group.cohort, theme=STEERING, number=5)
        other = GroupMentorFactory(group=GroupFactory(cohort=group.cohort), theme=STEERING)
        mentorship = GroupMentorFactory(group=group, theme=STEERING)
        for made in one_for_each_group(meeting=joint, by=UserFactory()):
            assert list(made.chosen_by.all()) == [mentorship if made.group == group else other]


class TestTheThemeInWords:
    """As a package carries it: written from the meetings chosen, read as the same ones."""

    def meetings(self, *themes):
        return [
            Meeting(pk=pk, kind=MeetingKind.LEARNING_MEETING, theme=theme, name=f"Träff {pk}")
            for pk, theme in enumerate(themes, 1)
        ]

    @pytest.mark.parametrize(
        ("text", "chosen"),
        [
            (STEERING, [1]),
            (f" {STEERING.upper()} ", [1]),
            (f"{STEERING}; {ANALYSIS}", [1, 2]),
            ("Hälsa; vård", [3]),
            ("Träff 4", [4]),
            (f"{STEERING}; Spridning", []),
            ("Spridning", []),
            ("", []),
        ],
    )
    def test_it_is_read_by_the_meetings_themes(self, text, chosen):
        meetings = self.meetings(STEERING, ANALYSIS, "Hälsa; vård", "")
        assert [meeting.pk for meeting in meetings_on(text, 1, meetings)] == chosen

    def test_only_the_groups_own_learning_meetings(self):
        [mine, other, joint, kickoff] = self.meetings(*[STEERING] * 4)
        mine.group_id, other.group_id, kickoff.kind = 1, 2, MeetingKind.KICKOFF
        assert meetings_on(STEERING, 1, [mine, other, joint, kickoff]) == [mine, joint]

    def test_several_are_written_so_that_they_are_read_back(self):
        group = GroupFactory()
        meetings = [
            MeetingFactory(cohort=group.cohort, number=number, theme=theme)
            for number, theme in enumerate((STEERING, ANALYSIS, "Spridning"), 1)
        ]
        mentorship = GroupMentorFactory(group=group)
        mentorship.meetings.set(meetings[:2])
        assert set(meetings_on(theme_of(mentorship), group.pk, meetings)) == set(meetings[:2])


class TestAnOrganisationsMeetings:
    @pytest.fixture
    def cohort(self):
        return CohortFactory()

    @pytest.fixture
    def group(self, cohort):
        """With three mentors, as the programme's regions have shared it."""
        group = GroupFactory(cohort=cohort)
        GroupMentorFactory.create_batch(3, group=group)
        return group

    def test_the_whole_omgangs_and_ones_own_groups_each_once(self, cohort, group):
        everyone = MeetingFactory(cohort=cohort, starts_on=date(2026, 3, 1))
        own = MeetingFactory(cohort=cohort, group=group, starts_on=date(2026, 4, 1))
        MeetingFactory(cohort=cohort, group=GroupFactory(cohort=cohort))
        MeetingFactory()
        member = ParticipationFactory(cohort=cohort, group=group)
        assert meetings_for(member, Meeting.objects.all()) == [everyone, own]

    def test_a_mentor_comes_to_its_groups_meetings(self, cohort, group):
        own = MeetingFactory(cohort=cohort, group=group)
        MeetingFactory(cohort=cohort, group=GroupFactory(cohort=cohort))
        assert meetings_for(group.mentorships.first().participation, Meeting.objects.all()) == [own]

    def test_a_mentortraff_is_the_mentors_own(self, cohort, group):
        participant = ParticipationFactory(cohort=cohort, group=group)
        meeting = MeetingFactory(cohort=cohort, kind=MeetingKind.MENTOR_MEETING)
        assert meetings_for(group.mentorships.first().participation, Meeting.objects.all()) == [meeting]
        assert meetings_for(participant, Meeting.objects.all()) == []

    def test_with_functions_only_what_one_of_them_comes_to(self, cohort, group):
        participant = ParticipationFactory(cohort=cohort, group=group)
        joint = MeetingFactory(cohort=cohort)
        strategists = MeetingFactory(cohort=cohort, kind=MeetingKind.STRATEGIST_MEETING)
        for functions, expected in (
            ((Function.CONTRIBUTOR,), [joint]),
            ((Function.CONTRIBUTOR, Function.STRATEGIST), [joint, strategists]),
        ):
            assert set(meetings_for(participant, Meeting.objects.all(), functions)) == set(expected)


def test_a_strategtraff_is_for_strategists():
    participation = ParticipationFactory()
    MeetingFactory(cohort=participation.cohort, kind=MeetingKind.STRATEGIST_MEETING, theme="")
    people = {function: DelegateFactory(participation=participation, function=function).user for function in Function}
    asked = {function for function, user in people.items() if meetings_of(roles_of(user))}
    assert asked == {Function.STRATEGIST}


@time_machine.travel(DAY)
@pytest.mark.parametrize(("left", "asked"), [(-1, False), (0, True)])
@pytest.mark.parametrize("meeting_on", [-30, 0])
def test_who_has_left_is_not_asked_to_what_was_in_its_time_either(left, asked, meeting_on):
    participation = ParticipationFactory(status=Status.WITHDRAWN, withdrawn_on=DAY + timedelta(days=left))
    meeting = MeetingFactory(
        cohort=participation.cohort, starts_on=min(DAY + timedelta(days=meeting_on), participation.withdrawn_on)
    )
    roles = roles_of(DelegateFactory(participation=participation).user)
    assert participation in organisations_at(meeting)
    assert bool(seats_asked_to(roles, meeting)) == asked
    assert meetings_of(roles) == ([meeting] if asked else [])


class TestALatecomer:
    """Asked nothing about the time before it joined: the day it joins counts, the day before does not."""

    @pytest.fixture(params=[(0, True), (1, False)], ids=["joined on the day", "joined the day after"])
    def case(self, request):
        days, expected = request.param
        cohort = CohortFactory()
        participation = ParticipationFactory(cohort=cohort, joined_on=DAY + timedelta(days=days))
        meeting = MeetingFactory(cohort=cohort, starts_on=DAY, name="Lärandeträff 1")
        later = MeetingFactory(cohort=cohort, starts_on=DAY + timedelta(days=60), number=2)
        return participation, meeting, [meeting, later] if expected else [later]

    @time_machine.travel(DAY - timedelta(days=30))
    def test_on_no_page(self, case):
        participation, meeting, expected = case
        roles = roles_of(DelegateFactory(participation=participation).user)
        assert meetings_of(roles) == expected
        assert [turn.meeting for turn in turns_of(participation, roles, [])] == expected
        assert assessed_meetings(participation) == expected
        assert (participation in expected_at(meeting)) == (meeting in expected)

    @time_machine.travel(DAY - timedelta(days=30))
    def test_it_cannot_rate_itself_for_it(self, case):
        participation, meeting, expected = case
        if meeting in expected:
            assert start_assessment(participation=participation, meeting=meeting, by=None).meeting == meeting
        else:
            with pytest.raises(ActionRefused, match="utanför organisationens tid i omgången"):
                start_assessment(participation=participation, meeting=meeting, by=None)


def test_a_mentors_choices_are_read_once_a_request(django_assert_num_queries):
    mentorship = GroupMentorFactory(theme=STEERING)
    meetings = [MeetingFactory(cohort=mentorship.group.cohort, number=number) for number in (1, 2, 3)]
    roles = roles_of(DelegateFactory(participation=mentorship.participation).user)
    with django_assert_num_queries(1):
        for meeting in meetings:
            seats_asked_to(roles, meeting)


# What only `meetings.whom` may say: whose a meeting is, by its group, kind and theme and the day one joined.
COPIES = (
    r"group(_id)? (not )?in \(None,",
    r"Q\(group=None\) \| Q\(group__in=\w+\)",
    r"(\.kind [!=]=|\bkind=)\s*MeetingKind\.MENTOR_MEETING",
    r"is_active_on\(\w*meeting\.starts_on\)",
    r"joined_on\w*=\w*meeting\.",
    r"meeting\.theme(\.\w+\(\))* (in|==) ",
)
ROOT = Path(__file__).parents[2]


def copies_in(text):
    return [hit.group() for copy in COPIES for hit in re.finditer(copy, text)]


def test_only_whom_says_whom_a_meeting_is_for():
    apps = [path.parent for path in ROOT.glob("*/apps.py")]
    assert len(apps) > 15
    files = [file for app in apps for file in app.rglob("*.py") if "migrations" not in file.parts]
    hits = {str(file.relative_to(ROOT)): copies_in(file.read_text()) for file in files}
    assert {name for name, copies in hits.items() if copies} == {"meetings/whom.py"}


@pytest.mark.parametrize(
    "copy",
    [
        "own = Q(group=None) | Q(group__in=groups) | Q(group__in=mentored)",
        "return found.exclude(kind=MeetingKind.MENTOR_MEETING) if participation.is_participant else found",
        "if participation.is_active_on(meeting.starts_on) and meeting.group_id in (None, participation.group_id)",
        "if meeting.group_id not in (None, participation.group_id):",
        "if meeting.is_assessed and participation.is_active_on(meeting.starts_on)",
        "theirs = meeting.group_id in (None, mentorship.group_id)",
        "return theirs and (not theme or meeting.theme.strip().casefold() == theme)",
        "return not themes or meeting.theme in themes",
        "coming = cohort.meetings.filter(ends_on__gte=today).exclude(kind=MeetingKind.MENTOR_MEETING)",
    ],
)
def test_the_copies_there_were_would_be_seen(copy):
    assert copies_in(copy)
