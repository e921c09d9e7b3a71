"""The demonstration with what it lacks: an empty omgång, a mixed one, PDFs in every state, people in every seat."""

from datetime import date, timedelta
from types import SimpleNamespace

from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.models import User
from cohorts.enums import CohortKind, Function, OrganisationKind, Role
from cohorts.models import Cohort, Delegate, Participation
from demo.people import DEMO_PEOPLE
from kit.enums import BuildState
from reports.content import joint_content
from reports.content.frozen import checksum_of, freeze
from reports.enums import JointState
from reports.models import Build, JointReport, Report, ReportEdition
from tests.factories import (
    AssessmentFactory,
    CohortFactory,
    CycleFactory,
    DelegateFactory,
    EffortFactory,
    EffortStepFactory,
    EvaluatorFactory,
    MeetingFactory,
    OrganisationFactory,
    ParticipationFactory,
    UserFactory,
)


def set_up() -> SimpleNamespace:
    cohorts = {slug: Cohort.objects.get(slug=slug) for slug in ("demo-pagaende", "demo-kommuner", "demo-regioner")}
    running, regions = cohorts["demo-pagaende"], cohorts["demo-regioner"]
    own, other = (running.participations.get(code=code) for code in ("99", "90"))
    reported, drafting = regions.participations.get(code="97"), cohorts["demo-kommuner"].participations.get(code="9302")
    empty = CohortFactory(name="Provomgång utan innehåll")
    newcomer, alone = ParticipationFactory(cohort=empty), ParticipationFactory(cohort=empty, role=Role.MENTOR)
    scene = SimpleNamespace(
        cohorts=cohorts,
        running=running,
        own=own,
        other=other,
        regions=regions,
        reported=reported,
        drafting=drafting,
        empty=empty,
        newcomer=newcomer,
        mixed=_mixed(),
        users={person.key: User.objects.get(email=person.email) for person in DEMO_PEOPLE},
        draft=own.assessments.get(meeting__key="learning-2"),
        submitted=other.assessments.get(meeting__key="learning-2"),
        effort=own.efforts.filter(steps__isnull=False).first(),
        improvement=own.improvements.filter(cycles__isnull=False).first(),
        builds=_builds(reported, drafting, cohorts),
    )
    seats = {"newcomer": newcomer, "alone": alone, "reporter": reported, "writer": drafting}
    for who, participation in seats.items():
        scene.users[who] = _seat(participation, Function.STRATEGIST)
    scene.users["approver"] = _seat(reported, Function.POLITICIAN)
    scene.users["own_politician"] = _seat(own, Function.POLITICIAN)
    scene.users["contributor"] = own.delegates.get(function=Function.CONTRIBUTOR).user
    scene.users["new_politician"] = _seat(newcomer, Function.POLITICIAN)
    scene.users["stranger"] = UserFactory(name="Utan uppdrag")
    EvaluatorFactory(cohort=scene.mixed, user=scene.users["evaluator"])
    return scene


def give_work(participation: Participation) -> None:
    """One effort with a step and one improvement with a cycle, whatever was there."""
    EffortStepFactory(effort=EffortFactory(participation=participation, shared=True))
    CycleFactory(improvement__participation=participation)


def _seat(participation: Participation, function: Function) -> User:
    there = Delegate.objects.filter(participation=participation, function=function).first()
    return there.user if there else DelegateFactory(participation=participation, function=function).user


def _mixed() -> Cohort:
    """Five kommuner and five regioner that have handed in twice: every figure stands per kind."""
    cohort = CohortFactory(name="Blandad provomgång", slug="blandad", kind=CohortKind.MIXED, starts_on=date(2020, 1, 1))
    days = (date(2021, 3, 1), date(2022, 3, 1))
    meetings = [MeetingFactory(cohort=cohort, number=number, starts_on=day) for number, day in enumerate(days, 1)]
    for kind in (OrganisationKind.KOMMUN, OrganisationKind.REGION):
        for place in range(5):
            participation = ParticipationFactory(cohort=cohort, organisation=OrganisationFactory(kind=kind))
            give_work(participation)
            EffortStepFactory(effort=EffortFactory(participation=participation, shared=True, example=True))
            for meeting in meetings:
                value = 1 + (place + meeting.number) % 3
                AssessmentFactory(participation=participation, meeting=meeting, submitted=True, values=[value] * 10)
    return cohort


def _builds(reported: Participation, drafting: Participation, cohorts: dict[str, Cohort]) -> dict[str, Build]:
    published = JointReport.objects.update_or_create(
        cohort=cohorts["demo-regioner"], defaults={"state": JointState.PUBLISHED}
    )[0]
    content, today = freeze(joint_content(published, None, None)), timezone.localdate()
    edition = ReportEdition.objects.create(
        joint=published, number=1, frozen_on=today, published_on=today, content=content, checksum=checksum_of(content)
    )
    joints = {
        slug: JointReport.objects.get_or_create(cohort=cohorts[slug])[0] for slug in ("demo-kommuner", "demo-pagaende")
    }
    file = ContentFile(b"%PDF-1.7", "rapport.pdf")
    now = timezone.now()
    return {
        "queued": _build(joint=joints["demo-pagaende"]),
        "working": _build(joint=joints["demo-kommuner"], state=BuildState.WORKING, step=2, steps=4),
        "failed": _build(
            report=Report.objects.get(participation=drafting),
            state=BuildState.FAILED,
            error="Bygget avbröts. Beställ PDF:en igen.",
        ),
        "ready": _build(
            report=Report.objects.get(participation=reported), state=BuildState.READY, file=file, ready_at=now
        ),
        "joint_ready": _build(joint=published, edition=edition, state=BuildState.READY, file=file, ready_at=now),
    }


def _build(**fields: object) -> Build:
    return Build.objects.create(lease_until=timezone.now() + timedelta(hours=1), **fields)
