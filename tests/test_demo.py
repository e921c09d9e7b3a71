"""The demonstration: loaded once, moved in time, and kept as it is left."""

from datetime import date, timedelta
from io import StringIO

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command

from accounts.models import User
from checklist.models import Assessment, Evidence, Query, Rater, Rating, Score, TitleDecision
from checklist.panels import live_panels
from checklist.title import Outcome, standing
from cohorts.models import Cohort, Delegate, Evaluator, Organisation, Participation
from cohorts.roles import roles_of
from improvements.models import EffortStep
from meetings.agenda import agenda_of
from meetings.models import Agreement, Meeting
from programme.demo.days import NEXT_MEETING, RUNNING
from programme.demo.people import DEMO_PEOPLE

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


def load(today: date = TODAY) -> str:
    out = StringIO()
    with time_machine.travel(f"{today}T09:00:00+01:00", tick=False):
        call_command("load_demo", stdout=out)
    return out.getvalue()


def test_it_brings_organisations_omgangar_and_people_and_says_so_in_a_line():
    assert load() == "demo: 37 organisations, 9 cohorts and 14 people added\n"
    assert Organisation.objects.filter(invented=True).count() == 37
    constructed = set(Cohort.objects.filter(constructed=True).values_list("slug", flat=True))
    assert constructed == {"demo-kommuner", "demo-regioner", "demo-pagaende", "exempelomgang-som-kommer"}


def test_a_second_time_it_keeps_what_was_entered():
    load()
    Cohort.objects.filter(slug="demo-kommuner").update(name="Vår egen omgång")
    Delegate.objects.filter(user__email="politiker@demo.invalid").update(ends_on=TODAY)
    assert load(TODAY + timedelta(days=40)) == "demo: 0 organisations, 0 cohorts and 0 people added\n"
    assert Cohort.objects.get(slug="demo-kommuner").name == "Vår egen omgång"
    assert Delegate.objects.get(user__email="politiker@demo.invalid").ends_on == TODAY


@pytest.mark.parametrize("today", [date(2026, 9, 8), date(2026, 11, 22), date(2027, 1, 2), date(2028, 2, 29)])
def test_the_next_meeting_lies_about_three_weeks_ahead_on_the_same_weekday(today):
    load(today)
    meeting = Meeting.objects.get(cohort__slug="demo-pagaende", key="learning-2")
    assert timedelta(days=17) <= meeting.starts_on - today <= timedelta(days=25)
    assert meeting.starts_on.weekday() == date(2026, 9, 29).weekday()
    assert Meeting.objects.get(cohort__slug="demo-pagaende", key="learning-1").ends_on < today
    assert meeting.cohort.starts_on <= today <= meeting.cohort.ends_on


@pytest.mark.parametrize("today", [date(2026, 9, 8), date(2026, 12, 20), date(2027, 1, 2)])
def test_nothing_in_the_running_omgang_has_happened_in_the_future(today):
    load(today)
    submitted = Assessment.objects.filter(participation__cohort__slug="demo-pagaende", submitted_on__isnull=False)
    assert all(assessment.submitted_on <= today for assessment in submitted)
    steps = EffortStep.objects.filter(effort__participation__cohort__slug="demo-pagaende", state="reached")
    assert max(step.year for step in steps) == today.year


def test_the_closed_omgangar_keep_their_days():
    load()
    assert Cohort.objects.get(slug="demo-kommuner").starts_on.year < 2020


def test_each_button_has_its_person():
    load()
    assert [person.key for person in DEMO_PEOPLE] == [
        "process_leader",
        "administrator",
        "strategist",
        "politician",
        "manager",
        "mentor",
        "evaluator",
    ]
    with time_machine.travel(f"{TODAY}T09:00:00+01:00", tick=False):
        roles = {person.key: roles_of(User.objects.get(email=person.email)) for person in DEMO_PEOPLE}
    assert roles["process_leader"].is_process_leader
    assert roles["administrator"].is_administrator
    for key in ("strategist", "politician", "manager"):
        assert [seat.function for seat in roles[key].seats] == [key]
    assert roles["mentor"].mentored_group_ids
    assert len(roles["evaluator"].evaluated_cohort_ids) == Evaluator.objects.count() == 3


def test_the_strategists_draft_is_six_of_ten():
    load()
    seat = Delegate.objects.get(user__email="strateg@demo.invalid")
    draft = Assessment.objects.get(participation=seat.participation, state="draft", part=None)
    assert (draft.meeting.key, draft.scores.filter(value__isnull=False).count()) == ("learning-2", 6)


def stored() -> dict[str, list]:
    """Every row there is, as it stands."""
    ours = [model for model in apps.get_models() if model.__module__.split(".")[0] in settings.INSTALLED_APPS]
    return {model._meta.label: list(model.objects.order_by("pk").values()) for model in ours}


def test_a_second_time_it_changes_nothing():
    load()
    before = stored()
    load(TODAY + timedelta(days=3))
    assert stored() == before


class TestWork:
    """What the packages cannot carry, entered as people enter it."""

    @pytest.fixture
    def solbygden(self):
        load()
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
        assert all(one.url.startswith("https://exempel.invalid/") for one in underlag)

    def test_a_question_that_waits_and_one_that_is_answered(self, solbygden):
        assert sorted(query.is_answered for query in Query.objects.all()) == [False, True]

    def test_a_title_that_a_person_had_to_decide(self, solbygden):
        decision = TitleDecision.objects.select_related("participation__cohort__plan").get()
        participation = decision.participation
        assert (decision.given, decision.decided_on) == (True, participation.cohort.ends_on)
        assert standing(participation, participation.cohort.plan, TODAY).outcome == Outcome.UNDECIDED

    def test_somebody_gladly_tells_and_says_something(self, solbygden):
        told = Score.objects.filter(assessment__participation__cohort=solbygden.cohort, glad_to_tell=True)
        assert told.filter(shared=True).exclude(comment="").count() >= 3

    def test_it_counts_for_nothing_in_the_figures(self, solbygden):
        meeting = solbygden.cohort.meetings.get(key="learning-1")
        members = {pk for panel in live_panels(meeting, solbygden.cohort.plan).values() for pk in panel.answers}
        whole = Assessment.objects.filter(meeting=meeting, part=None, state="submitted")
        assert members == set(whole.values_list("participation", flat=True))


def test_production_refuses_it(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="MODELL_ENV is production"):
        load()
    assert not Organisation.objects.filter(invented=True).exists()


class TestMeetings:
    @pytest.fixture(autouse=True)
    def loaded(self):
        load()

    def test_the_next_one_is_made_ready_and_the_participants_speak_most(self):
        meeting = Meeting.objects.get(cohort__slug=RUNNING, key=NEXT_MEETING)
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
