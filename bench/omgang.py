"""A whole invented omgång of any size: groups with mentors, meetings, values, opened figures, work and reports.

The rows are written in bulk, since 310 participants need about ten thousand.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Model
from django.utils import timezone

from accounts.enums import SkrRole
from accounts.models import User
from assessments.enums import AssessmentState
from assessments.figures.releases import renew_releases
from assessments.models import Assessment, AssessmentPlan, Score
from checklist.models import Checklist
from cohorts.enums import CohortKind, Function, OrganisationKind, Role
from cohorts.models import Cohort, Delegate, Evaluator, Group, GroupMentor, Organisation, Participation
from improvements.models import Cycle, Effort, EffortStep, Improvement
from meetings.enums import MeetingForm
from meetings.kinds import MeetingKind
from meetings.models import Meeting
from reports.actions.editions import frozen_edition
from reports.enums import ReportState
from reports.joint_chapters import places_of
from reports.models import ChapterText, JointReport, Report, ReportSection
from reports.sections import DEFAULT as HEADINGS

CHECKLIST = "skr-2018"
IN_A_GROUP = 3
# Two past meetings, and a coming one that a draft is written for.
DAYS_FROM_NOW = (-200, -30, 21)
COMMENT = "Vi har gått igenom underlagen tillsammans och är överens om värdet."
STAGES = (("activity", "reached"), ("product", "reached"), ("practice", "under_way"))


@dataclass(frozen=True)
class Omgang:
    """The omgång with one person in each role; every other participant has a strategist."""

    cohort: Cohort
    first: Participation
    draft: Assessment
    people: dict[str, User]


def make_omgang(size: int, slug: str) -> Omgang:
    """Make an omgång with `size` participants in the database."""
    today = timezone.localdate()
    cohort = _cohort(size, slug, today)
    members, mentors = _participants(cohort, size)
    draft = _assessments(members, _meetings(cohort, today))
    _efforts(members)
    _improvements(members)
    _reports(cohort, members)
    return Omgang(cohort, members[0], draft, _people(cohort, members, mentors, today))


def _cohort(size: int, slug: str, today: date) -> Cohort:
    cohort = Cohort.objects.create(
        slug=slug,
        name=f"Omgång med {size}",
        kind=CohortKind.KOMMUNER,
        starts_on=today - timedelta(days=300),
        ends_on=today + timedelta(days=300),
        constructed=True,
    )
    AssessmentPlan.objects.create(cohort=cohort, checklist=Checklist.objects.get(key=CHECKLIST))
    return cohort


def _participants(cohort: Cohort, size: int) -> tuple[list[Participation], list[Participation]]:
    n_groups = -(-size // IN_A_GROUP)
    groups = _made(Group(cohort=cohort, key=f"g{n}", name=f"Grupp {n + 1}", position=n) for n in range(n_groups))
    organisations = _made(
        Organisation(
            code=f"{cohort.pk + 10}{n:05}",
            kind=OrganisationKind.KOMMUN,
            name=f"Provby {n + 1} kommun",
            short_name=f"Provby {n + 1}",
            invented=True,
        )
        for n in range(size + n_groups)
    )
    rows = _made(
        Participation(
            cohort=cohort,
            organisation=organisation,
            code=organisation.code,
            role=Role.PARTICIPANT if n < size else Role.MENTOR,
            group=groups[n // IN_A_GROUP] if n < size else None,
            position=n,
        )
        for n, organisation in enumerate(organisations)
    )
    members, mentors = rows[:size], rows[size:]
    pairs = zip(groups, mentors, strict=True)
    _made(GroupMentor(group=group, participation=mentor, position=0) for group, mentor in pairs)
    return members, mentors


def _meetings(cohort: Cohort, today: date) -> list[Meeting]:
    return _made(
        Meeting(
            cohort=cohort,
            key=f"learning-{number}",
            name=f"Lärandeträff {number}",
            kind=MeetingKind.LEARNING_MEETING,
            number=number,
            theme="Ledning och styrning",
            starts_on=today + timedelta(days=days),
            ends_on=today + timedelta(days=days),
            form=MeetingForm.DIGITAL,
        )
        for number, days in enumerate(DAYS_FROM_NOW, start=1)
    )


def _assessments(members: list[Participation], meetings: list[Meeting]) -> Assessment:
    """Return the draft that the first participant has begun; all have handed in to the earlier meetings."""
    *past, coming = meetings
    handed_in = _made(
        Assessment(
            participation=member,
            meeting=meeting,
            checklist=member.cohort.plan.checklist,
            state=AssessmentState.SUBMITTED,
            submitted_on=meeting.assessment_due_on,
            assessors=5,
        )
        for meeting in past
        for member in members
    )
    [draft] = _made([Assessment(participation=members[0], meeting=coming, checklist=members[0].cohort.plan.checklist)])
    for assessment in handed_in:
        later = assessment.meeting == past[-1]
        _rate(assessment, lambda number, later=later, of=assessment: 1 + (of.participation_id + number + later) % 3)
    _rate(draft, lambda number: 2)
    renew_releases(cohort=members[0].cohort)
    return draft


def _rate(assessment: Assessment, value: Any) -> None:
    items = assessment.participation.cohort.plan.items
    _made(
        Score(
            assessment=assessment,
            item=item,
            value=Decimal(value(item.number)),
            comment=COMMENT,
            shared=item.number == 1,
            revision=1,
        )
        for item in items
    )


def _efforts(members: list[Participation]) -> None:
    # Every effort numbered 1 is shared, and every third organisation offers it as an example.
    efforts = _made(
        Effort(
            participation=member,
            title=f"Insats {n + 1}",
            item=member.cohort.plan.items[(place + n) % 10],
            shared=n == 0,
            example=n == 0 and place % 3 == 0,
            position=n,
        )
        for place, member in enumerate(members)
        for n in range(2)
    )
    _made(
        EffortStep(effort=effort, stage=stage, state=state, year=2026, text="Handläggare har gått en utbildning.")
        for effort in efforts
        for stage, state in STAGES
    )


def _improvements(members: list[Participation]) -> None:
    improvements = _made(
        Improvement(participation=member, title="Jämställda remisser", shared=True, state="tried") for member in members
    )
    _made(Cycle(improvement=improvement, number=1, plan="Pröva i en nämnd.") for improvement in improvements)


def _reports(cohort: Cohort, members: list[Participation]) -> None:
    # The first participant is still writing its report.
    reports = _made(
        Report(participation=member)
        if member == members[0]
        else Report(participation=member, state=ReportState.SUBMITTED, with_values=True)
        for member in members
    )
    _made(
        ReportSection(report=report, key=heading.key, text=COMMENT, shared=True, revision=1)
        for report in reports
        for heading in HEADINGS
    )
    for report in reports[1:]:
        frozen_edition(report).save()
    joint = JointReport.objects.create(cohort=cohort)
    joint.texts.bulk_create(ChapterText(joint=joint, key=place.key, text=COMMENT) for place in places_of(cohort))


def _people(cohort: Cohort, members: list[Participation], mentors: list[Participation], today: date) -> dict[str, User]:
    strategists = _seats([*members, *mentors], Function.STRATEGIST, today)
    [politician] = _seats(members[:1], Function.POLITICIAN, today)
    leader, evaluator = _made(_user(f"{name}-{cohort.slug}") for name in ("leader", "evaluator"))
    leader.skr_role = SkrRole.PROCESS_LEADER
    leader.save()
    # Every page of a running omgång says whom one may ask.
    cohort.contact = leader
    cohort.save()
    Evaluator.objects.create(cohort=cohort, user=evaluator, until=cohort.ends_on)
    return {
        "process_leader": leader,
        "evaluator": evaluator,
        "strategist": strategists[0],
        "politician": politician,
        "mentor": strategists[len(members)],
    }


def _seats(members: list[Participation], function: Function, today: date) -> list[User]:
    users = _made(_user(f"{function}-{member.code}") for member in members)
    _made(
        Delegate(participation=member, user=user, function=function, starts_on=today - timedelta(days=200))
        for member, user in zip(members, users, strict=True)
    )
    return users


def _user(name: str) -> User:
    return User(email=f"{name}@exempel.invalid", name=name)


def _made(rows: Iterable[Model]) -> list[Any]:
    rows = list(rows)
    return type(rows[0])._default_manager.bulk_create(rows, batch_size=500) if rows else []
