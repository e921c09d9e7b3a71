"""Mentors by theme: one table for all groups, a group's own exception, and a theme without a mentor is told."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.enums import SkrRole
from cohorts.enums import MentorModel, Role, Status
from cohorts.models import GroupMentor, Organisation
from grouping.actions.by_theme import assign_by_theme, stored_shares
from grouping.actions.groups import assign_mentor
from kit.models import AuditEvent
from kit.refusals import ActionRefused
from kit.staleness import Stale, digest
from meetings.whom import theme_of
from mentoring.themes import bare_themes, theme_shares
from planning.setup.standing import standing
from tests.factories import CohortFactory, GroupFactory, MeetingFactory, ParticipationFactory, UserFactory

pytestmark = pytest.mark.django_db
THEMES = ("Ledning och styrning", "Förbättringsarbete", "Analys och uppföljning")
FIRST, SECOND, THIRD = THEMES
TODAY = date(2026, 3, 1)


@pytest.fixture
def leader():
    return UserFactory(skr_role=SkrRole.PROCESS_LEADER)


@pytest.fixture
def cohort():
    cohort = CohortFactory(mentor_model=MentorModel.BY_THEME)
    for number, theme in enumerate(THEMES, start=1):
        MeetingFactory(cohort=cohort, number=number, theme=theme, starts_on=date(2026, 10, number))
    return cohort


@pytest.fixture
def mentors(cohort):
    return [ParticipationFactory(cohort=cohort, role=Role.MENTOR) for _ in THEMES]


@pytest.fixture
def groups(cohort):
    return [GroupFactory(cohort=cohort, name=name) for name in ("Växjö och Kalmar", "Lund och Malmö")]


def share(cohort, leader, *pairs, also=(), seen=None):
    seen = seen or digest(stored_shares(theme_shares(cohort)))
    shares = frozenset((theme, mentor.pk) for theme, mentor in pairs)
    return assign_by_theme(cohort=cohort, shares=shares, also=also, seen=seen, by=leader)


def shared(group):
    rows = GroupMentor.objects.filter(group=group).prefetch_related("meetings")
    return {row.participation: theme_of(row) for row in rows}


def test_every_group_gets_the_mentors_of_the_table(cohort, mentors, groups, leader):
    assert share(cohort, leader, *zip(THEMES, mentors, strict=True)) == 2
    for group in groups:
        assert shared(group) == dict(zip(mentors, THEMES, strict=True))
    assert bare_themes(cohort, TODAY) == []


def test_saved_again_it_changes_and_records_nothing(cohort, mentors, groups, leader):
    pairs = list(zip(THEMES, mentors, strict=True))
    share(cohort, leader, *pairs)
    events = AuditEvent.objects.count()
    assert share(cohort, leader, *pairs, seen="an old page") == 0
    assert AuditEvent.objects.count() == events


def test_a_theme_may_change_hands_and_a_mentor_without_one_goes(cohort, mentors, groups, leader):
    first, second, third = mentors
    share(cohort, leader, *zip(THEMES, mentors, strict=True))
    share(cohort, leader, (FIRST, first), (SECOND, first), (THIRD, third))
    assert shared(groups[0]) == {first: f"{FIRST}; {SECOND}", third: THIRD}
    assert not second.mentorships.exists()


def test_a_group_with_mentors_of_its_own_keeps_them_until_it_is_ticked(cohort, mentors, groups, leader):
    first, second, third = mentors
    more = GroupFactory(cohort=cohort, name="Boden och Luleå")
    share(cohort, leader, *zip(THEMES, mentors, strict=True))
    [first_meeting, *_] = cohort.meetings.order_by("starts_on")
    assign_mentor(group=more, participation=second, meetings=[first_meeting], by=leader)
    for mentor in (first, third):
        GroupMentor.objects.filter(group=more, participation=mentor).delete()
    assert [group.group for group in theme_shares(cohort).exceptions] == [more]
    pairs = ((FIRST, third), (SECOND, second), (THIRD, first))
    assert share(cohort, leader, *pairs) == 2
    assert shared(more) == {second: FIRST}
    assert share(cohort, leader, *pairs, also=[more.pk]) == 1
    assert shared(more) == {third: FIRST, second: SECOND, first: THIRD}


def test_a_theme_without_a_mentor_is_told_also_per_group(cohort, mentors, groups, leader):
    first, second, _ = mentors
    assert bare_themes(cohort, TODAY) == [f"Ingen är mentor för {theme}." for theme in THEMES]
    share(cohort, leader, (FIRST, first), (SECOND, second))
    assert bare_themes(cohort, TODAY) == [f"Ingen är mentor för {THIRD}."]
    GroupMentor.objects.filter(group=groups[1], participation=second).delete()
    assert bare_themes(cohort, TODAY) == [
        f"Ingen är mentor för {THIRD}.",
        f"Lund och Malmö saknar mentor för ”{SECOND}”.",
    ]


def test_a_mentor_that_has_left_mentors_nothing(cohort, mentors, groups, leader):
    share(cohort, leader, *zip(THEMES, mentors, strict=True))
    mentors[0].status, mentors[0].withdrawn_on = Status.WITHDRAWN, date(2026, 6, 1)
    mentors[0].save()
    assert bare_themes(cohort, TODAY) == [f"Ingen är mentor för {FIRST}."]


def test_a_theme_whose_meeting_has_been_is_not_asked_for(cohort, mentors, groups):
    assert bare_themes(cohort, date(2026, 10, 2)) == [f"Ingen är mentor för {theme}." for theme in (SECOND, THIRD)]


@pytest.mark.parametrize("model", [MentorModel.PER_GROUP, MentorModel.NONE])
def test_where_mentors_do_not_share_by_theme_nothing_is_told(cohort, groups, model):
    cohort.mentor_model = model
    assert bare_themes(cohort, TODAY) == []


def test_the_set_up_page_says_which_theme_lacks_a_mentor(cohort, mentors, groups, leader):
    share(cohort, leader, (FIRST, mentors[0]), (SECOND, mentors[1]))
    lines = {line.title: line for line in standing(cohort, [], 0, TODAY).lines}
    assert lines["Mentorer"].sentence == f"Tre mentorer. Ingen är mentor för {THIRD}."
    assert lines["Mentorer"].is_done is False
    share(cohort, leader, *zip(THEMES, mentors, strict=True))
    lines = {line.title: line for line in standing(cohort, [], 0, TODAY).lines}
    assert lines["Mentorer"].is_done is True


def test_someone_else_has_changed_the_mentors_meanwhile(cohort, mentors, groups, leader):
    seen = digest(stored_shares(theme_shares(cohort)))
    share(cohort, leader, (FIRST, mentors[0]))
    with pytest.raises(Stale):
        share(cohort, leader, (SECOND, mentors[0]), seen=seen)
    assert shared(groups[0]) == {mentors[0]: FIRST}


def test_a_mentor_that_takes_fewer_groups_stops_the_whole_table(cohort, mentors, groups, leader):
    mentors[1].capacity = 1
    mentors[1].save()
    with pytest.raises(ActionRefused, match="Lund och Malmö: "):
        share(cohort, leader, *zip(THEMES, mentors, strict=True))
    assert not GroupMentor.objects.exists()


# The page


def test_the_table_is_ticked_and_saved(client, cohort, mentors, groups, leader):
    client.force_login(leader)
    page = reverse("grouping:mentors_by_theme", args=[cohort.slug])
    seen = client.get(page).context["form"]["seen"].value()
    typed = {f"theme_{at}": str(mentor.pk) for at, mentor in enumerate(mentors)}
    answer = client.post(page, {**typed, "seen": seen}, follow=True)
    assert "Två grupper har fått sina mentorer." in answer.content.decode()
    assert shared(groups[1]) == dict(zip(mentors, THEMES, strict=True))
    answer = client.post(page, {**typed, "seen": seen}, follow=True)
    assert "Inget var ändrat." in answer.content.decode()


def test_what_was_ticked_stands_when_it_is_refused(client, cohort, mentors, groups, leader):
    mentors[0].capacity = 1
    mentors[0].save()
    client.force_login(leader)
    page = reverse("grouping:mentors_by_theme", args=[cohort.slug])
    seen = client.get(page).context["form"]["seen"].value()
    answer = client.post(page, {"theme_1": str(mentors[0].pk), "seen": seen})
    assert answer.status_code == 422
    assert answer.context["form"]["theme_1"].value() == [str(mentors[0].pk)]


def test_the_other_savers_choice_is_shown_by_name(client, cohort, mentors, groups, leader):
    client.force_login(leader)
    page = reverse("grouping:mentors_by_theme", args=[cohort.slug])
    seen = client.get(page).context["form"]["seen"].value()
    share(cohort, leader, (FIRST, mentors[0]))
    answer = client.post(page, {"theme_1": str(mentors[1].pk), "seen": seen})
    name = Organisation.objects.get(pk=mentors[0].organisation_id).short_name
    assert [(theirs.label, theirs.text) for theirs in answer.context["form"].theirs] == [
        (FIRST, name),
        (SECOND, "Ingen"),
    ]


@pytest.mark.parametrize(
    ("model", "says"),
    [
        (MentorModel.PER_GROUP, "delas mentorerna inte efter tema"),
        (MentorModel.BY_THEME, "Omgången har ingen mentor än."),
    ],
)
def test_without_anything_to_share_the_page_says_why(client, cohort, leader, model, says):
    cohort.mentor_model = model
    cohort.save()
    client.force_login(leader)
    assert says in client.get(reverse("grouping:mentors_by_theme", args=[cohort.slug])).content.decode()
