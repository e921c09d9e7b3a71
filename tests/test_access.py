"""Who may see and do what: docs/architecture.md, "Access", as one table over every URL name and role.

ok: allowed (200, a redirect, or 422 for an empty form) · 403: in scope but not allowed · 404: out of scope.
Signed out always means the sign-in page, except for what is public.
"""

from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace

import pytest
import time_machine
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.enums import SkrRole
from cohorts.enums import Function
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
    ReportFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

ROLES = (
    "process_leader",
    "administrator",
    "evaluator",
    "strategist",
    "contributor",
    "politician",
    "manager",
    "mentor",
    "groupmate",  # a strategist in the same group
    "other",  # a strategist in another group of the omgång
    "outsider",  # a strategist in another omgång
)
SKR = ("process_leader", "administrator")
OWN = ("strategist", "contributor", "politician", "manager")
WORKERS = ("strategist", "contributor")
LEADERS = ("politician", "manager")
NEAR = ("mentor", "groupmate")
IN_COHORT = (*OWN, *NEAR, "other")
READERS = ("process_leader", "evaluator", *OWN, *NEAR)


@dataclass(frozen=True)
class Row:
    """`ok` may; `forbidden` are in scope and may not (403); the rest do not find it (404)."""

    name: str
    where: str
    ok: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    post: bool = False

    @property
    def id(self) -> str:
        return f"{self.name}-{self.where}" + ("-post" if self.post else "")

    def expected(self) -> dict[str, str]:
        return {role: "ok" if role in self.ok else "403" if role in self.forbidden else "404" for role in ROLES}


def rest(*roles: str) -> tuple[str, ...]:
    """Everyone in scope of the omgång but these."""
    return tuple(role for role in (*SKR, "evaluator", *IN_COHORT) if role not in roles)


TABLE = [
    Row("home", "-", ok=ROLES),
    Row("programme:cohorts", "-", ok=ROLES),
    Row("programme:cohort", "cohort", ok=(*SKR, "evaluator", *IN_COHORT)),
    Row("programme:trail", "organisation", ok=("strategist",), forbidden=rest("strategist")),
    Row("programme:skr_trail", "-", ok=("process_leader",), forbidden=tuple(r for r in ROLES if r != "process_leader")),
    Row("cohorts:people", "organisation", ok=(*SKR, *OWN, "mentor"), forbidden=("evaluator", "groupmate", "other")),
    Row("cohorts:person_add", "organisation", ok=(*SKR, "strategist"), forbidden=rest(*SKR, "strategist")),
    Row("checklist:own", "organisation", ok=READERS, forbidden=("administrator", "other")),
    Row("checklist:start", "meeting", ok=WORKERS, forbidden=rest(*WORKERS), post=True),
    Row("checklist:assessment", "draft", ok=OWN),
    Row("checklist:assessment", "draft", ok=WORKERS, forbidden=LEADERS, post=True),
    Row("checklist:assessment", "submitted", ok=READERS),
    Row("checklist:save_moment", "draft_moment", ok=WORKERS, forbidden=LEADERS, post=True),
    Row("checklist:submit", "draft", ok=("strategist",), forbidden=("contributor", *LEADERS)),
    Row("checklist:retract", "submitted", ok=("strategist",), forbidden=tuple(r for r in READERS if r != "strategist"), post=True),
    Row("checklist:versions", "-", ok=ROLES),
    Row("checklist:version", "version", ok=ROLES),
    Row("checklist:reword", "version_moment", ok=("process_leader",), forbidden=tuple(r for r in ROLES if r != "process_leader")),
]


@pytest.fixture
def world():
    """Own organisation with a groupmate, a mentor, another group, another omgång; drafts and submitted work."""
    with time_machine.travel(date(2026, 9, 20)):
        yield _world()


def _world():
    cohort = CohortFactory()
    group = GroupFactory(cohort=cohort)
    own = ParticipationFactory(cohort=cohort, group=group)
    mentoring = GroupMentorFactory(group=group).participation
    elsewhere = ParticipationFactory()
    later, earlier, untouched = (MeetingFactory(cohort=cohort, starts_on=date(2026, 11, day)) for day in (1, 5, 9))
    effort, improvement = EffortFactory(participation=own, shared=True), ImprovementFactory(participation=own, shared=True)
    CycleFactory(improvement=improvement)
    EffortStepFactory(effort=effort)
    users = {
        "process_leader": UserFactory(skr_role=SkrRole.PROCESS_LEADER),
        "administrator": UserFactory(skr_role=SkrRole.ADMINISTRATOR),
        "evaluator": EvaluatorFactory(cohort=cohort).user,
        "groupmate": DelegateFactory(participation=ParticipationFactory(cohort=cohort, group=group)).user,
        "mentor": DelegateFactory(participation=mentoring, function=Function.POLITICIAN).user,
        "other": DelegateFactory(participation=ParticipationFactory(cohort=cohort, group=GroupFactory(cohort=cohort))).user,
        "outsider": DelegateFactory(participation=elsewhere).user,
    }
    for function in Function:
        users[function.value] = DelegateFactory(participation=own, function=function).user
    DelegateFactory(participation=own, function=Function.STRATEGIST)
    return SimpleNamespace(
        users=users,
        cohort=cohort,
        own=own,
        untouched=untouched,
        draft=AssessmentFactory(participation=own, meeting=later, values=[2] * 10),
        submitted=AssessmentFactory(participation=own, meeting=earlier, submitted=True, values=[2] * 10),
        effort=effort,
        improvement=improvement,
        private_effort=EffortFactory(participation=own),
        private_improvement=ImprovementFactory(participation=own),
        example=EffortFactory(participation=own, shared=True, example=True),
        report=ReportFactory(participation=own),
        joint=JointReportFactory(cohort=cohort),
        delegate=own.delegates.filter(function=Function.CONTRIBUTOR).get(),
    )


def place(world, where):
    slug, code = world.cohort.slug, world.own.code
    places = {
        "-": (),
        "cohort": (slug,),
        "organisation": (slug, code),
        "meeting": (slug, code, world.untouched.key),
        "draft": (world.draft.pk,),
        "draft_moment": (world.draft.pk, 1),
        "submitted": (world.submitted.pk,),
        "version": ("skr-2017",),
        "version_moment": ("skr-2017", 1),
        "effort": (world.effort.pk,),
        "private_effort": (world.private_effort.pk,),
        "example": (world.example.pk,),
        "step": (world.effort.pk, "activity"),
        "improvement": (world.improvement.pk,),
        "private_improvement": (world.private_improvement.pk,),
        "cycle": (world.improvement.pk, 1),
        "delegate": (slug, code, world.delegate.pk),
    }
    return places[where]


def outcome(response):
    if response.status_code in (403, 404):
        return str(response.status_code)
    if response.status_code == 302 and response.url.startswith("/logga-in/"):
        return "sign-in"
    assert response.status_code in (200, 204, 302, 422), response.status_code
    return "ok"


def ask(client, row, url):
    """What happens, undone again: the next role meets the same world."""
    with transaction.atomic():
        response = client.post(url) if row.post else client.get(url)
        transaction.set_rollback(True)
    return response


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.id)
def test_access(client, world, row):
    url = reverse(row.name, args=place(world, row.where))
    found = {}
    for role in ROLES:
        client.force_login(world.users[role])
        found[role] = outcome(ask(client, row, url))
    assert found == row.expected()
    client.logout()
    assert outcome(ask(client, row, url)) == "sign-in"
