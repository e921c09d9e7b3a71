"""Test data with explicit, unsurprising defaults. An omgång here has kommuner, two groups' worth at most."""

from datetime import date, timedelta
from decimal import Decimal

import factory
from django.contrib.auth.hashers import make_password
from django.utils import timezone
from django.utils.text import slugify
from factory.django import DjangoModelFactory

from accounts.models import User
from assessments.enums import AssessmentState
from assessments.models import Assessment, AssessmentPlan, Rater, RatingRound, Score
from checklist.models import Checklist
from cohorts.enums import CohortKind, Function, OrganisationKind, Role
from cohorts.models import Cohort, Delegate, Evaluator, Group, GroupMentor, Organisation, Participation
from improvements.models import Cycle, Effort, EffortStep, Improvement
from indicators.models import Indicator, Value
from kit.rich import document_of, stored
from meetings.enums import MeetingForm
from meetings.kinds import MeetingKind
from meetings.models import Meeting
from meetings.whom import meetings_on
from reports.actions.editions import frozen_edition
from reports.models import ChapterText, JointReport, Report

TODAY = date(2026, 11, 22)


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    name = factory.Sequence(lambda n: f"Person {n}")
    email = factory.Sequence(lambda n: f"person{n}@exempel.invalid")
    password = factory.LazyFunction(lambda: make_password(None))  # an empty one counts as usable


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    code = factory.Sequence(lambda n: f"{2600 + n % 6300}")  # between the register's codes and the invented ones
    kind = OrganisationKind.KOMMUN
    short_name = factory.Sequence(lambda n: f"Provby {n}")
    name = factory.LazyAttribute(lambda o: f"{o.short_name}s kommun")
    invented = True


class CohortFactory(DjangoModelFactory):
    """A running omgång with the three-step checklist of 2018."""

    class Meta:
        model = Cohort
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"omgang-{n}")
    name = factory.Sequence(lambda n: f"Provomgång {n}")
    kind = CohortKind.KOMMUNER
    starts_on = date(2026, 2, 1)
    # A test without a day of its own may be run years from now, and its omgång is a running one all the same.
    ends_on = factory.LazyFunction(lambda: max(date(2027, 8, 31), timezone.localdate() + timedelta(days=200)))
    constructed = True

    @factory.post_generation
    def plan(self, create, extracted, half_steps=False, checklist="skr-2018"):
        AssessmentPlan.objects.create(
            cohort=self, checklist=Checklist.objects.get(key=checklist), half_steps=half_steps
        )


class GroupFactory(DjangoModelFactory):
    class Meta:
        model = Group

    cohort = factory.SubFactory(CohortFactory)
    key = factory.Sequence(lambda n: f"grupp-{n}")
    name = factory.Sequence(lambda n: f"Grupp {n}")
    position = factory.Sequence(lambda n: n)


class ParticipationFactory(DjangoModelFactory):
    class Meta:
        model = Participation

    cohort = factory.SubFactory(CohortFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    code = factory.LazyAttribute(lambda o: o.organisation.code)
    role = Role.PARTICIPANT
    position = factory.Sequence(lambda n: n)


def share_by_theme(mentorship, theme):
    """Choose the group's lärandeträffar on the theme; where there are none yet it is a wish."""
    mentorship.meetings.set(meetings_on(theme, mentorship.group_id, mentorship.group.cohort.meetings.all()))
    mentorship.wished_theme = "" if mentorship.meetings.exists() else theme
    mentorship.save()


class GroupMentorFactory(DjangoModelFactory):
    class Meta:
        model = GroupMentor
        skip_postgeneration_save = True

    group = factory.SubFactory(GroupFactory)
    participation = factory.SubFactory(
        ParticipationFactory, role=Role.MENTOR, cohort=factory.SelfAttribute("..group.cohort")
    )
    position = factory.Sequence(lambda n: n)

    @factory.post_generation
    def theme(self, create, theme, **kwargs):
        if theme:
            share_by_theme(self, theme)


class DelegateFactory(DjangoModelFactory):
    class Meta:
        model = Delegate

    participation = factory.SubFactory(ParticipationFactory)
    user = factory.SubFactory(UserFactory)
    function = Function.STRATEGIST
    starts_on = date(2026, 1, 1)


class EvaluatorFactory(DjangoModelFactory):
    class Meta:
        model = Evaluator

    cohort = factory.SubFactory(CohortFactory)
    user = factory.SubFactory(UserFactory)
    until = date(2030, 1, 1)


class MeetingFactory(DjangoModelFactory):
    class Meta:
        model = Meeting

    cohort = factory.SubFactory(CohortFactory)
    number = factory.Sequence(lambda n: n + 1)
    key = factory.LazyAttribute(lambda o: f"learning-{o.number}")
    name = factory.LazyAttribute(lambda o: f"Lärandeträff {o.number}")
    kind = MeetingKind.LEARNING_MEETING
    theme = "Ledning och styrning"
    starts_on = date(2026, 10, 1)
    ends_on = factory.LazyAttribute(lambda o: o.starts_on)
    form = MeetingForm.DIGITAL


class AssessmentFactory(DjangoModelFactory):
    """A draft; `values=[…]` rates the moment from the first on, `submitted=True` hands it in."""

    class Meta:
        model = Assessment
        skip_postgeneration_save = True

    class Params:
        submitted = factory.Trait(state=AssessmentState.SUBMITTED, submitted_on=date(2026, 9, 20), assessors=4)

    participation = factory.SubFactory(ParticipationFactory)
    meeting = factory.SubFactory(MeetingFactory, cohort=factory.SelfAttribute("..participation.cohort"))
    checklist = factory.LazyAttribute(lambda o: o.participation.cohort.plan.checklist)
    half_steps = factory.LazyAttribute(lambda o: o.participation.cohort.plan.half_steps)

    @factory.post_generation
    def values(self, create, extracted, **kwargs):
        Score.objects.bulk_create(
            Score(assessment=self, item=item, value=Decimal(str(value)), revision=1, agreed=not self.is_draft)
            for item, value in zip(self.items, extracted or [], strict=False)
            if value is not None
        )


class RoundFactory(DjangoModelFactory):
    """An open one; `closed_at` closes it."""

    class Meta:
        model = RatingRound

    assessment = factory.SubFactory(AssessmentFactory)


class RaterFactory(DjangoModelFactory):
    class Meta:
        model = Rater

    round = factory.SubFactory(RoundFactory)
    user = factory.SubFactory(UserFactory)
    function = Function.POLITICIAN


class IndicatorFactory(DjangoModelFactory):
    """Waiting days of the organisation's own, where fewer are better."""

    class Meta:
        model = Indicator

    participation = factory.SubFactory(ParticipationFactory)
    title = factory.Sequence(lambda n: f"Väntetid {n}")
    key = factory.LazyAttribute(lambda o: slugify(o.title))
    unit = "dagar"
    direction = "lower"
    kind = "mean"
    source = "own"


class ValueFactory(DjangoModelFactory):
    class Meta:
        model = Value

    indicator = factory.SubFactory(IndicatorFactory)
    period = factory.Sequence(lambda n: str(1990 + n % 110))
    unit = factory.LazyAttribute(lambda o: o.indicator.unit)
    women = Decimal(51)
    men = Decimal(42)


class ImprovementFactory(DjangoModelFactory):
    class Meta:
        model = Improvement

    participation = factory.SubFactory(ParticipationFactory)
    title = factory.Sequence(lambda n: f"Förbättring {n}")
    aim = "Att kvinnor och män väntar lika länge."


class CycleFactory(DjangoModelFactory):
    class Meta:
        model = Cycle

    improvement = factory.SubFactory(ImprovementFactory)
    number = 1
    plan = "Pröva i en nämnd."


class EffortFactory(DjangoModelFactory):
    class Meta:
        model = Effort

    participation = factory.SubFactory(ParticipationFactory)
    title = factory.Sequence(lambda n: f"Insats {n}")


class EffortStepFactory(DjangoModelFactory):
    class Meta:
        model = EffortStep

    effort = factory.SubFactory(EffortFactory)
    stage = "activity"
    state = "reached"
    year = 2026
    text = "Handläggare har gått en utbildning."


class ReportFactory(DjangoModelFactory):
    class Meta:
        model = Report

    participation = factory.SubFactory(ParticipationFactory)


def frozen(report, state="submitted", approved_on=None):
    """Hand in the report as it stands, approved by a politician and published if so said; return its new edition."""
    edition = frozen_edition(report)
    edition.approved_on, edition.approved_as = approved_on, "politician" if approved_on else ""
    edition.approved_by = "Per, politiker" if approved_on else ""
    edition.published_on = approved_on if state == "published" else None
    edition.save()
    report.state = state
    report.save()
    return edition


class JointReportFactory(DjangoModelFactory):
    """Give `texts` by key: `JointReportFactory(texts={"preface": "Hej"})`, as typed in the editor."""

    class Meta:
        model = JointReport
        skip_postgeneration_save = True

    cohort = factory.SubFactory(CohortFactory)

    @factory.post_generation
    def texts(self, create, extracted, **values):
        for key, typed in (extracted or {}).items():
            text, structure = stored(document_of(typed))
            ChapterText.objects.create(joint=self, key=key, text=text, structure=structure, revision=1)
