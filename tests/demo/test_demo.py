"""The demonstration: what it brings, and that it is kept as it is left."""

import json
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.core.management import call_command

from accounts.models import User
from assessments.figures.panels import live_panels
from assessments.models import Assessment, Evidence, Query, Rater, Rating, Score, TitleDecision
from assessments.raters import have_changed
from assessments.title import TitleOutcome, standing
from cohorts.models import Cohort, Delegate, Evaluator, Organisation, Participation
from cohorts.roles import roles_of
from demo.days import CLOSED, NEXT_MEETINGS, NINE, RUNNING, SIX
from demo.people import DEMO_PEOPLE
from indicators.enums import Whom
from indicators.models import Indicator
from indicators.series import Series, series_of
from kolada.models import OfficialValue
from meetings.agenda import agenda_of
from meetings.models import Agreement, Meeting
from tests.demo.loading import TODAY, load
from tests.world import undone

# In one worker, since loading the demonstration takes longer than all tests of it.
pytestmark = [pytest.mark.any_day, pytest.mark.django_db, pytest.mark.xdist_group("demonstration")]


@pytest.fixture(scope="module", autouse=True)
def loaded(django_db_setup, django_db_blocker):
    """The demonstration, loaded once for all tests of the module; what it printed."""
    with django_db_blocker.unblock(), undone():
        yield load(TODAY)


def figures_of(slug: str, email: str, meeting: str) -> dict[str, dict]:
    out = StringIO()
    with time_machine.travel(f"{TODAY}T09:00:00+01:00", tick=False):
        call_command("figures", slug, "--as", email, "--meeting", meeting, "--format", "json", stdout=out)
    return json.loads(out.getvalue())["kinds"]


def test_it_brings_organisations_omgangar_and_people_and_says_so_in_a_line(loaded):
    assert loaded == "demo: 50 organisations, 11 cohorts and 35 people added\n"
    assert Organisation.objects.filter(invented=True).count() == 50
    constructed = set(Cohort.objects.filter(constructed=True).values_list("slug", flat=True))
    assert constructed == {*NEXT_MEETINGS, *CLOSED, "exempelomgang-som-kommer"}


def test_a_second_time_it_keeps_what_was_entered():
    Cohort.objects.filter(slug="demo-kommuner").update(name="Vår egen omgång")
    Delegate.objects.filter(user__email="politiker@demo.invalid").update(ends_on=TODAY)
    assert load(TODAY + timedelta(days=40)) == "demo: 0 organisations, 0 cohorts and 0 people added\n"
    assert Cohort.objects.get(slug="demo-kommuner").name == "Vår egen omgång"
    assert Delegate.objects.get(user__email="politiker@demo.invalid").ends_on == TODAY


def test_the_closed_omgangar_keep_their_days():
    assert Cohort.objects.get(slug="demo-kommuner").starts_on.year < 2020


def test_each_button_has_its_person():
    assert [person.key for person in DEMO_PEOPLE] == [
        "process_leader",
        "administrator",
        "strategist",
        "politician",
        "manager",
        "mentor",
        "evaluator",
        "politician_of_nine",
        "strategist_of_six",
    ]
    with time_machine.travel(f"{TODAY}T09:00:00+01:00", tick=False):
        roles = {person.key: roles_of(User.objects.get(email=person.email)) for person in DEMO_PEOPLE}
    assert roles["process_leader"].is_process_leader
    assert roles["administrator"].is_administrator
    for key in ("strategist", "politician", "manager", "politician_of_nine", "strategist_of_six"):
        assert [seat.function for seat in roles[key].seats] == [key.partition("_of_")[0]]
    assert roles["mentor"].mentored_group_ids
    assert len(roles["evaluator"].evaluated_cohort_ids) == Evaluator.objects.count() == 5


def test_the_strategists_draft_is_six_of_ten():
    seat = Delegate.objects.get(user__email="strateg@demo.invalid")
    draft = Assessment.objects.get(participation=seat.participation, state="draft", part=None)
    assert (draft.meeting.key, draft.scores.filter(value__isnull=False).count()) == ("learning-2", 6)


def stored() -> dict[str, list]:
    """Every row there is, as it stands."""
    ours = [model for model in apps.get_models() if model.__module__.split(".")[0] in settings.INSTALLED_APPS]
    return {model._meta.label: list(model.objects.order_by("pk").values()) for model in ours}


def test_a_second_time_it_changes_nothing():
    before = stored()
    load(TODAY + timedelta(days=3))
    assert stored() == before


class TestWork:
    """What the packages cannot carry, entered as people enter it."""

    @pytest.fixture
    def solbygden(self):
        return Participation.objects.get(cohort__slug="demo-pagaende", code="99")

    def test_a_board_beside_its_region(self, solbygden):
        part = solbygden.organisation.parts.get()
        handed_in, draft = part.assessments.order_by("-state")
        assert (handed_in.state, handed_in.submitted_on) == ("submitted", handed_in.meeting.assessment_due_on)
        assert (draft.state, draft.meeting, draft.scores.count()) == ("draft", None, 0)

    def test_two_of_four_have_rated_alone(self, solbygden):
        raters = Rater.objects.filter(round__assessment__participation=solbygden)
        assert {rater.round.is_open for rater in raters} == {True}
        assert [raters.filter(done_at=None).count(), raters.exclude(done_at=None).count()] == [2, 2]
        assert Rating.objects.filter(rater__in=raters).count() == 20

    def test_it_says_who_rated_and_how_it_was_reasoned(self, solbygden):
        past = solbygden.assessments.get(meeting__key="learning-1", part=None)
        assert sum(past.raters.values()) == past.assessors
        said = past.scores.exclude(reasoning="")
        assert said.count() == 5
        for score in said:
            assert score.spread_low <= score.value <= score.spread_high
            assert sum(score.raters.values()) == past.assessors
            assert score.aim is None or score.aim > score.value

    def test_underlag_of_which_one_is_shared(self, solbygden):
        underlag = Evidence.objects.filter(assessment__participation=solbygden)
        assert sorted(underlag.values_list("shared", flat=True)) == [False, True]
        assert all(evidence.url.startswith("https://exempel.invalid/") for evidence in underlag)

    def test_a_question_that_waits_and_one_that_is_answered(self, solbygden):
        assert sorted(query.is_answered for query in Query.objects.all()) == [False, True]

    def test_a_title_that_a_person_had_to_decide(self, solbygden):
        decision = TitleDecision.objects.select_related("participation__cohort__plan").get()
        participation = decision.participation
        assert (decision.given, decision.decided_on) == (True, participation.cohort.ends_on)
        assert standing(participation, participation.cohort.plan, TODAY).outcome == TitleOutcome.UNDECIDED

    def test_somebody_gladly_tells_and_says_something(self, solbygden):
        scores = Score.objects.filter(assessment__participation__cohort=solbygden.cohort, glad_to_tell=True)
        assert scores.filter(shared=True).exclude(comment="").count() >= 3

    def test_it_counts_for_nothing_in_the_figures(self, solbygden):
        meeting = solbygden.cohort.meetings.get(key="learning-1")
        members = {pk for panel in live_panels(meeting, solbygden.cohort.plan).values() for pk in panel.answers}
        whole = Assessment.objects.filter(meeting=meeting, part=None, state="submitted")
        assert members == set(whole.values_list("participation", flat=True))


class TestMeetings:
    def test_the_next_one_is_made_ready_and_the_participants_speak_most(self):
        meeting = Meeting.objects.get(cohort__slug=RUNNING, key=NEXT_MEETINGS[RUNNING])
        agenda = agenda_of(meeting, meeting.agenda.all())
        assert len(agenda.days) == 2
        assert agenda.exchange > agenda.skr * 4
        assert all(block.clock for day in agenda.days for block in day.blocks)
        assert meeting.preparations.exists()
        assert meeting.host_tasks.filter(done_on__isnull=False).exists()

    def test_the_one_before_has_something_left_to_do_and_nothing_done_ahead_of_its_day(self):
        agreements = Agreement.objects.filter(meeting__key="learning-1", meeting__cohort__slug=RUNNING)
        assert agreements.filter(done_on=None).exists()
        assert not agreements.filter(done_on__gt=TODAY).exists()


class TestIndicators:
    """Invented values, among them a gap that shrank since those ahead fell back, and one of few people."""

    def series(self, title: str) -> Series:
        rows = Indicator.objects.filter(participation__cohort__slug=RUNNING, title__startswith=title)
        return series_of(rows.select_related("participation__organisation").first(), editor=False)

    def test_a_gap_shrank_over_eight_years(self):
        points = self.series("Väntetid").points
        assert [len(points), points[0].gap, points[-1].gap, points[-1].women] == [8, 9, 4, 51]
        assert points[-1].period == str(TODAY.year - 1)

    def test_one_is_of_few_people_one_is_late_and_one_is_of_girls_and_boys(self):
        assert self.series("Deltagare").points[-1].hidden
        assert self.series("Patienter").points[-1].period == str(TODAY.year - 2)
        assert self.series("Ungdomar").indicator.whom == Whom.CHILDREN

    def test_official_values_are_invented_and_say_so(self):
        assert self.series("Sjukfrånvaro").invented
        assert all(row.invented for row in OfficialValue.objects.filter(place="0099"))

    def test_some_are_chosen_and_most_are_shared(self):
        followed = Indicator.objects.filter(participation__cohort__slug=RUNNING, participation__code="99")
        assert [row.title for row in followed.filter(chosen=True)] == ["Väntetid till första besök i smärtvården"]
        assert followed.filter(shared=True).count() == 4


class TestFigures:
    """The two omgångar that are large enough for figures to be shown to someone of one organisation."""

    @pytest.mark.parametrize(
        ("slug", "email", "kind", "answered", "unread"),
        [
            (NINE, "politiker.larkasa@demo.invalid", "kommun", (9, 8), (6, 5)),
            (SIX, "strateg.havslatten@demo.invalid", "region", (6, 6), (3, 3)),
        ],
    )
    def test_a_reader_of_one_organisation_sees_them_at_both_meetings(self, slug, email, kind, answered, unread):
        for meeting, n, of_others in zip(("learning-1", "learning-2"), answered, unread, strict=True):
            seen = figures_of(slug, email, meeting)[kind]
            assert (seen["n"], seen["unread"], seen["shown"]) == (n, of_others, "figures")
            assert len(seen["items"]) == 10
            assert all(item["mean"] for item in seen["items"])

    def test_movement_stands_where_the_same_have_answered(self):
        assert figures_of(SIX, "strateg.havslatten@demo.invalid", "learning-2")["region"]["movement"]["n_matched"] == 6
        assert figures_of(NINE, "politiker.larkasa@demo.invalid", "learning-2")["kommun"]["movement"] is None

    @pytest.mark.parametrize(("slug", "sizes"), [(NINE, [3, 3, 3]), (SIX, [3, 3])])
    def test_they_are_in_groups_of_three_with_a_mentor_from_an_earlier_omgang(self, slug, sizes):
        groups = Cohort.objects.get(slug=slug).groups.all()
        assert [group.participations.count() for group in groups] == sizes
        earlier = set(Participation.objects.filter(cohort__slug__in=CLOSED).values_list("organisation", flat=True))
        mentors = Participation.objects.filter(cohort__slug=slug).exclude(role="participant")
        assert {mentor.organisation_id for mentor in mentors} <= earlier

    def test_one_of_the_nine_has_begun_and_not_handed_in_to_the_second(self):
        second = Assessment.objects.filter(participation__cohort__slug=NINE, meeting__key="learning-2")
        [late] = second.filter(state="draft")
        assert late.participation.code == "9003"
        assert late.scores.filter(value__isnull=False).count() == 6

    def test_it_says_who_rated_and_some_raters_have_changed(self):
        for slug in (NINE, SIX):
            handed_in = Assessment.objects.filter(participation__cohort__slug=slug, state="submitted")
            first, second = (
                {row.participation_id: row for row in handed_in.filter(meeting__key=key)}
                for key in ("learning-1", "learning-2")
            )
            assert all(sum(row.raters.values()) == row.assessors for row in (*first.values(), *second.values()))
            assert {have_changed(now, first[pk]) for pk, now in second.items()} == {True, False}
