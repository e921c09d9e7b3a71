"""An omgång made by mistake is deleted while it is empty, and never when anyone has begun to work in it."""

from datetime import date

import pytest
from django.apps import apps
from django.urls import reverse

from accounts.enums import SkrRole
from admission.models import InterestAsk
from cohorts.models import Cohort
from kit.models import AuditEvent
from planning.actions.cohorts import delete_cohort, set_up_cohort
from planning.models import Edition
from planning.setup.blueprint import of_edition
from planning.setup.dating import dated
from planning.setup.resting import rests_on_cohort
from tests.factories import (
    EvaluatorFactory,
    GroupFactory,
    JointReportFactory,
    OrganisationFactory,
    ParticipationFactory,
    UserFactory,
)
from tests.process_factories import InterestFactory, MailFactory, MaterialFactory, MentorQuestionFactory
from tests.refusing import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader():
    return UserFactory(skr_role=SkrRole.PROCESS_LEADER)


@pytest.fixture
def cohort(leader):
    blueprint = of_edition(Edition.objects.get(key="koncept-2021"))
    plan = dated(blueprint, date(2027, 1, 15))
    return set_up_cohort(name="Test slut", kind="kommuner", blueprint=blueprint, plan=plan, by=leader)


def counts():
    return {model.__name__: model._base_manager.count() for model in apps.get_models()}


def test_it_goes_with_all_that_was_set_up(client, leader):
    before = counts()
    blueprint = of_edition(Edition.objects.get(key="koncept-2021"))
    made = set_up_cohort(
        name="Test", kind="kommuner", blueprint=blueprint, plan=dated(blueprint, date(2027, 1, 15)), by=leader
    )
    client.force_login(leader)
    address = reverse("planning:setup_delete", args=[made.slug])
    assert address in client.get(reverse("planning:setup", args=[made.slug])).text
    page = client.get(address).text
    assert "Omgången tas bort med sina" in page
    assert Cohort.objects.filter(pk=made.pk).exists()
    answer = client.post(address)
    assert (answer.status_code, answer.url) == (302, reverse("overview:cohorts"))
    left = counts()
    assert {name for name in left if left[name] != before[name]} == {"AuditEvent", "Session"}
    assert AuditEvent.objects.filter(kind="cohort_deleted", target="Test").count() == 1
    delete_cohort(cohort=made, by=leader)  # a second click


def organisation(cohort):
    ParticipationFactory(cohort=cohort)


def group(cohort):
    GroupFactory(cohort=cohort)


def interest(cohort):
    InterestFactory(cohort=cohort)


def ask(cohort):
    day = date(2026, 11, 1)
    InterestAsk.objects.create(
        cohort=cohort, organisation=OrganisationFactory(), email="ny@kommun.invalid", asked_on=day
    )


def question(cohort):
    MentorQuestionFactory(cohort=cohort)


def evaluator(cohort):
    EvaluatorFactory(cohort=cohort)


def mail(cohort):
    MailFactory(about=cohort.slug)


def report(cohort):
    JointReportFactory(cohort=cohort, texts={"preface": "Hej"})


def meeting(cohort):
    MaterialFactory(meeting=cohort.meetings.first(), participation=None)


def goal(cohort):
    cohort.programme_goals.create(text="Fler analyserar.", position=1)


WORK = {
    organisation: "organisationer",
    group: "grupper",
    interest: "intresseanmälningar",
    ask: "frågor om att skriva en intresseanmälan",
    question: "frågor om mentorskap",
    evaluator: "lärande utvärderare",
    goal: "bedömda mål",
    mail: "skickade brev eller mejl",
    report: "en gemensam rapport",
    meeting: "träffar som har hållits eller svarats på",
}


@pytest.mark.parametrize("work", WORK, ids=lambda work: work.__name__)
def test_not_when_anyone_has_begun(client, leader, cohort, work):
    assert rests_on_cohort(cohort) == ""
    work(cohort)
    assert WORK[work] in rests_on_cohort(cohort)
    with refused(f"Omgången har {rests_on_cohort(cohort)}. Den kan bara tas bort medan den är tom."):
        delete_cohort(cohort=cohort, by=leader)
    client.force_login(leader)
    answer = client.post(reverse("planning:setup_delete", args=[cohort.slug]))
    assert (answer.status_code, "Det går inte" in answer.text) == (422, True)
    assert Cohort.objects.filter(pk=cohort.pk).exists()


def test_every_kind_of_row_of_an_omgang_is_known():
    """A new one is made when the omgång is set up, or of what it holds, or keeps it from being deleted."""
    made_by_set_up = {
        "Setup",
        "Section",
        "Chapter",
        "AssessmentPlan",
        "Meeting",
        "Period",
        "ExpectedResult",
        "Organisation",
    }
    settings_of_it = {"CohortContact", "GroupingRule", "GroupingWeights", "Letter", "Mailing"}
    asked_about = {
        "Participation",
        "Group",
        "Interest",
        "InterestAsk",
        "LetterIssue",
        "MentorQuestion",
        "Evaluator",
        "Release",
        "JointReport",
    }
    made_of_it = {"Bundle"}
    # Written by an evaluator, or about organisations' advice.
    evaluated = {"Observation", "Interview", "EvaluatorQuote", "ProgrammeGoal", "GoalJudgement", "AdviceAnswer"}
    related = {row.related_model.__name__ for row in Cohort._meta.related_objects if not row.hidden}
    assert related == made_by_set_up | settings_of_it | asked_about | made_of_it | evaluated
