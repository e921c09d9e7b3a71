"""One of everything, seen from one organisation: made once for all tests of a module that ask for `world`."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from types import SimpleNamespace

import time_machine
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.utils import timezone

from accounts.enums import SkrRole
from accounts.models import User
from assessments.models import Evidence, Query, Reopening
from cohorts.enums import Function
from improvements.models import PastStep, Placement
from kit.enums import BuildState
from reports.models import Build
from tests.factories import (
    AssessmentFactory,
    CohortFactory,
    CycleFactory,
    DelegateFactory,
    EffortFactory,
    EffortStepFactory,
    EvaluatorFactory,
    GroupFactory,
    GroupMentorFactory,
    ImprovementFactory,
    JointReportFactory,
    MeetingFactory,
    ParticipationFactory,
    RaterFactory,
    ReportFactory,
    UserFactory,
    frozen,
)
from tests.pages import APPS

TODAY = date(2026, 9, 20)


@contextmanager
def undone() -> Iterator[None]:
    """What is written meanwhile is gone afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def make_world() -> SimpleNamespace:
    """Own organisation with a groupmate, a mentor, another group, another omgång; drafts and submitted work."""
    with time_machine.travel(TODAY):
        return _made()


def _made() -> SimpleNamespace:
    cohort = CohortFactory()
    group = GroupFactory(cohort=cohort)
    own = ParticipationFactory(cohort=cohort, group=group)
    mentoring = GroupMentorFactory(group=group).participation
    elsewhere = ParticipationFactory()
    later, earlier, untouched = (MeetingFactory(cohort=cohort, starts_on=date(2026, 11, day)) for day in (1, 5, 9))
    effort, improvement = (
        EffortFactory(participation=own, shared=True),
        ImprovementFactory(participation=own, shared=True),
    )
    CycleFactory(improvement=improvement)
    EffortStepFactory(effort=effort)
    PastStep.objects.create(
        effort=effort, stage="activity", state="under_way", year=2026, text="Planerad.", replaced_on=TODAY
    )
    Placement.objects.create(
        participation=own, occasion="start", stage="activity", reason="Vi har börjat.", placed_on=TODAY
    )
    users = {
        "process_leader": UserFactory(skr_role=SkrRole.PROCESS_LEADER),
        "administrator": UserFactory(skr_role=SkrRole.ADMINISTRATOR),
        "evaluator": EvaluatorFactory(cohort=cohort).user,
        "groupmate": DelegateFactory(participation=ParticipationFactory(cohort=cohort, group=group)).user,
        "mentor": DelegateFactory(participation=mentoring, function=Function.POLITICIAN).user,
        "other": DelegateFactory(
            participation=ParticipationFactory(cohort=cohort, group=GroupFactory(cohort=cohort))
        ).user,
        "outsider": DelegateFactory(participation=elsewhere).user,
    }
    for function in Function:
        users[function.value] = DelegateFactory(participation=own, function=function).user
    DelegateFactory(participation=own, function=Function.STRATEGIST)
    report = ReportFactory(participation=own)
    begun = MeetingFactory(cohort=cohort, starts_on=date(2026, 9, 1))
    locked = AssessmentFactory(participation=own, meeting=begun, submitted=True, values=[2] * 10)
    asked = {"assessment": locked, "item": locked.items[0], "text": "Vad gör nämnden?"}
    world = SimpleNamespace(
        locked=locked,
        query=Query.objects.create(**asked),
        reopening=Reopening.objects.create(assessment=locked, reason="Ofullständig."),
        shared_evidence=evidence(locked, shared=True),
        users=users,
        sessions={role: _session_of(user) for role, user in users.items()},
        cohort=cohort,
        own=own,
        untouched=untouched,
        part=own.organisation.parts.create(name="Socialnämnden"),
        draft=AssessmentFactory(participation=own, meeting=later, values=[2] * 10),
        submitted=AssessmentFactory(participation=own, meeting=earlier, submitted=True, values=[2] * 10),
        effort=effort,
        improvement=improvement,
        private_effort=EffortFactory(participation=own),
        private_improvement=ImprovementFactory(participation=own),
        example=EffortFactory(participation=own, shared=True, example=True),
        report=report,
        build=build(report=report),
        ready=build(report=report, state=BuildState.READY, file=ContentFile(b"%PDF", "r.pdf")),
        joint_build=build(joint=JointReportFactory(cohort=cohort)),
        delegate=own.delegates.filter(function=Function.CONTRIBUTOR).get(),
    )
    world.draft_evidence = evidence(world.draft, shared=True)
    alone = MeetingFactory(cohort=cohort, starts_on=date(2026, 11, 13))
    world.alone = AssessmentFactory(participation=own, meeting=alone)
    RaterFactory(round__assessment=world.alone, user=users["politician"])
    return world


def _session_of(user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def be(client: Client, world: SimpleNamespace, role: str) -> None:
    """Let the client be someone of the world, by the session that it has: a new one costs half a page."""
    client.cookies.clear()
    client.cookies[settings.SESSION_COOKIE_NAME] = world.sessions[role]


def evidence(assessment, **fields):
    file = ContentFile(b"%PDF", "plan.pdf")
    return Evidence.objects.create(
        assessment=assessment, item=assessment.items[0], title="Plan", file=file, media_type="application/pdf", **fields
    )


def build(**fields):
    return Build.objects.create(lease_until=timezone.now() + timedelta(minutes=1), **fields)


def place(world, where):
    if where == "submitted_report":
        frozen(world.report)
    slug, code = world.cohort.slug, world.own.code
    places = {
        "-": (),
        "cohort": (slug,),
        "organisation": (slug, code),
        "organisation_file": (slug, code),
        "meeting": (slug, code, world.untouched.key),
        "draft": (world.draft.pk,),
        "draft_moment": (world.draft.pk, 1),
        "submitted": (world.submitted.pk,),
        "submitted_moment": (world.submitted.pk, 1),
        "locked": (world.locked.pk,),
        "query": (world.query.pk,),
        "reopening": (world.reopening.pk,),
        "draft_evidence": (world.draft_evidence.pk,),
        "shared_evidence": (world.shared_evidence.pk,),
        "part": (slug, code, world.part.pk),
        "draft_file": (world.draft.pk,),
        "draft_redirect": (world.draft.pk,),
        "alone": (world.alone.pk,),
        "alone_moment": (world.alone.pk, 1),
        "submitted_file": (world.submitted.pk,),
        "version": ("skr-2017",),
        "version_moment": ("skr-2017", 1),
        "effort": (world.effort.pk,),
        "private_effort": (world.private_effort.pk,),
        "example": (world.example.pk,),
        "step": (world.effort.pk, "activity"),
        "improvement": (world.improvement.pk,),
        "private_improvement": (world.private_improvement.pk,),
        "cycle": (world.improvement.pk, 1),
        "submitted_report": (slug, code),
        "section": (slug, code, "purpose"),
        "build": (world.build.pk,),
        "ready_build": (world.ready.pk,),
        "joint_build": (world.joint_build.pk,),
        "delegate": (slug, code, world.delegate.pk),
    }
    for app in APPS:
        places |= app.PLACES
    address_args = places[where]
    return address_args(world) if callable(address_args) else address_args
