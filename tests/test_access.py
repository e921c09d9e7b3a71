"""Who may see and do what: docs/architecture.md, "Access", as one table over every URL name and role.

ok: allowed (200, a redirect, or 422 for an empty form) · 403: in scope but not allowed · 404: out of scope.
Signed out always means the sign-in page, except for what is public.
"""

import re
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from accounts.enums import SkrRole
from checklist.models import Evidence, Query, Reopening
from cohorts.enums import Function
from reports.enums import BuildState, ReportState
from reports.models import Build, Report
from tests.access import IN_COHORT, LEADERS, OWN, READERS, ROLES, SKR, WORKERS, Row, rest, without
from tests.areas import AREAS
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
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

TABLE = [
    Row("home", "-", ok=ROLES),
    Row("programme:cohorts", "-", ok=ROLES),
    Row("programme:cohort", "cohort", ok=(*SKR, "evaluator", *IN_COHORT)),
    Row("programme:trail", "organisation", ok=("strategist",), forbidden=rest("strategist")),
    Row("programme:skr_trail", "-", ok=("process_leader",), forbidden=without(ROLES, "process_leader")),
    Row("cohorts:people", "organisation", ok=(*SKR, *OWN, "mentor"), forbidden=("evaluator", "groupmate", "other")),
    Row("cohorts:person_add", "organisation", ok=(*SKR, "strategist"), forbidden=rest(*SKR, "strategist")),
    Row("checklist:own", "organisation", ok=READERS, forbidden=("administrator", "other")),
    Row("checklist:history", "organisation", ok=READERS, forbidden=("administrator", "other")),
    Row("checklist:group", "organisation", ok=READERS, forbidden=("administrator", "other")),
    Row(
        "checklist:learn",
        "organisation",
        ok=(*OWN, "process_leader", "mentor"),
        forbidden=("administrator", "evaluator", "groupmate", "other"),
    ),
    Row("checklist:start_outside", "organisation", ok=WORKERS, forbidden=rest(*WORKERS), post=True),
    Row("checklist:beside", "organisation", ok=READERS, forbidden=("administrator", "other")),
    Row("checklist:parts", "organisation", ok=READERS, forbidden=("administrator", "other")),
    Row("checklist:parts", "organisation", ok=("strategist",), forbidden=rest("strategist"), post=True),
    Row("checklist:part", "part", ok=("strategist",), forbidden=rest("strategist")),
    Row("checklist:part_remove", "part", ok=("strategist",), forbidden=rest("strategist"), post=True),
    Row("checklist:start_part", "part", ok=WORKERS, forbidden=rest(*WORKERS), post=True),
    Row("reports:empty_form", "version", ok=ROLES),
    Row("reports:paper", "draft_file", ok=OWN),
    Row("reports:paper", "submitted_file", ok=READERS),
    Row("checklist:workbook", "organisation_file", ok=READERS, forbidden=("administrator", "other")),
    Row("checklist:import_workbook", "organisation", ok=("strategist",), forbidden=rest("strategist")),
    Row("checklist:import_workbook", "organisation", ok=("strategist",), forbidden=rest("strategist"), post=True),
    Row("checklist:start", "meeting", ok=WORKERS, forbidden=rest(*WORKERS), post=True),
    Row("checklist:assessment", "draft", ok=OWN),
    Row("checklist:assessment", "draft", ok=WORKERS, forbidden=LEADERS, post=True),
    Row("checklist:assessment", "submitted", ok=READERS),
    Row("checklist:save_moment", "draft_moment", ok=WORKERS, forbidden=LEADERS, post=True),
    Row("checklist:carry_over", "draft", ok=WORKERS, forbidden=LEADERS, post=True),
    Row("checklist:round", "draft", ok=("strategist",), forbidden=("contributor", *LEADERS)),
    Row("checklist:round", "submitted", ok=("strategist",), forbidden=without(READERS, "strategist"), post=True),
    Row("checklist:round_close", "alone", ok=("strategist",), forbidden=("contributor", *LEADERS), post=True),
    Row("checklist:round_withdraw", "alone", ok=("strategist",), forbidden=("contributor", *LEADERS), post=True),
    Row("checklist:rate_alone", "alone", ok=("politician",)),
    Row("checklist:rate_alone", "alone", ok=("politician",), post=True),
    Row("checklist:rate_alone_moment", "alone_moment", ok=("politician",), post=True),
    Row("checklist:meet", "draft_redirect", ok=WORKERS, forbidden=LEADERS),
    Row("checklist:working_meeting", "draft_moment", ok=WORKERS, forbidden=LEADERS),
    Row("checklist:working_meeting", "draft_moment", ok=WORKERS, forbidden=LEADERS, post=True),
    Row("checklist:minutes", "draft", ok=OWN),
    Row("checklist:minutes", "submitted", ok=OWN, forbidden=without(READERS, *OWN)),
    Row("checklist:minutes_word", "draft_file", ok=OWN),
    Row("checklist:minutes_word", "submitted_file", ok=OWN, forbidden=without(READERS, *OWN)),
    Row("checklist:submit", "draft", ok=("strategist",), forbidden=("contributor", *LEADERS)),
    Row("checklist:retract", "submitted", ok=("strategist",), forbidden=without(READERS, "strategist"), post=True),
    Row("checklist:evidence", "draft_moment", ok=WORKERS, forbidden=LEADERS),
    Row("checklist:evidence_file", "draft_evidence", ok=OWN),
    Row("checklist:evidence_file", "shared_evidence", ok=READERS),
    Row("checklist:evidence_remove", "draft_evidence", ok=WORKERS, forbidden=LEADERS, post=True),
    Row(
        "checklist:evidence_remove",
        "shared_evidence",
        ok=WORKERS,
        forbidden=without(READERS, *WORKERS),
        post=True,
    ),
    Row(
        "checklist:ask_query", "submitted_moment", ok=("process_leader",), forbidden=without(READERS, "process_leader")
    ),
    Row("checklist:answer_query", "query", ok=WORKERS, forbidden=("process_leader", *LEADERS)),
    Row("checklist:ask_reopening", "locked", ok=("process_leader",), forbidden=without(READERS, "process_leader")),
    Row(
        "checklist:answer_reopening",
        "reopening",
        ok=("strategist",),
        forbidden=("process_leader", "contributor", *LEADERS),
        post=True,
    ),
    Row("checklist:withdraw_reopening", "reopening", ok=("process_leader",), forbidden=OWN, post=True),
    Row("checklist:title_rule", "cohort", ok=("process_leader",), forbidden=rest("process_leader")),
    Row("checklist:title_rule", "cohort", ok=("process_leader",), forbidden=rest("process_leader"), post=True),
    Row(
        "checklist:title",
        "organisation",
        ok=("process_leader", "strategist"),
        forbidden=rest("process_leader", "strategist"),
    ),
    Row("checklist:title", "organisation", ok=("process_leader",), forbidden=rest("process_leader"), post=True),
    Row("checklist:versions", "-", ok=ROLES),
    Row("checklist:version", "version", ok=ROLES),
    Row("improvements:work", "organisation", ok=READERS, forbidden=("administrator", "other")),
    Row("improvements:improvement_add", "organisation", ok=WORKERS, forbidden=rest(*WORKERS)),
    Row("improvements:improvement", "improvement", ok=READERS),
    Row("improvements:improvement", "private_improvement", ok=OWN),
    Row("improvements:improvement_edit", "improvement", ok=WORKERS, forbidden=without(READERS, *WORKERS)),
    Row("improvements:cycle_add", "improvement", ok=WORKERS, forbidden=without(READERS, *WORKERS)),
    Row("improvements:cycle_edit", "cycle", ok=WORKERS, forbidden=without(READERS, *WORKERS)),
    Row("improvements:effort_add", "organisation", ok=WORKERS, forbidden=rest(*WORKERS)),
    Row("improvements:effort", "effort", ok=READERS),
    Row("improvements:effort", "private_effort", ok=OWN),
    Row("improvements:effort", "example", ok=(*READERS, "other")),
    Row("improvements:effort_edit", "effort", ok=WORKERS, forbidden=without(READERS, *WORKERS)),
    Row("improvements:step_add", "effort", ok=WORKERS, forbidden=without(READERS, *WORKERS)),
    Row("improvements:step_edit", "step", ok=WORKERS, forbidden=without(READERS, *WORKERS)),
    Row(
        "improvements:examples",
        "cohort",
        ok=without((*SKR, "evaluator", *IN_COHORT), "administrator"),
        forbidden=("administrator",),
    ),
    Row("reports:figures", "cohort", ok=("process_leader", "evaluator", *IN_COHORT), forbidden=("administrator",)),
    Row("reports:brief", "organisation", ok=READERS, forbidden=("administrator", "other")),
    Row("reports:report", "organisation", ok=OWN, forbidden=rest(*OWN)),
    Row(
        "reports:report",
        "submitted_report",
        ok=(*OWN, "process_leader", "evaluator", "mentor"),
        forbidden=("administrator", "groupmate", "other"),
    ),
    Row("reports:report", "organisation", ok=WORKERS, forbidden=rest(*WORKERS), post=True),
    Row("reports:save_section", "section", ok=WORKERS, forbidden=rest(*WORKERS), post=True),
    Row("reports:submit", "organisation", ok=("strategist",), forbidden=rest("strategist"), post=True),
    Row("reports:approve", "submitted_report", ok=LEADERS, forbidden=rest(*LEADERS), post=True),
    Row("reports:publish", "submitted_report", ok=("strategist",), forbidden=rest("strategist"), post=True),
    Row("reports:order_report", "organisation", ok=OWN, forbidden=rest(*OWN), post=True),
    Row("reports:joint", "cohort", ok=(*SKR, "evaluator", *IN_COHORT)),
    Row("reports:joint", "cohort", ok=("process_leader",), forbidden=rest("process_leader"), post=True),
    Row("reports:order_joint", "cohort", ok=("process_leader",), forbidden=rest("process_leader"), post=True),
    Row("reports:publish_joint", "cohort", ok=("process_leader",), forbidden=rest("process_leader"), post=True),
    Row("reports:build", "build", ok=OWN),
    Row("reports:build", "joint_build", ok=("process_leader",)),
    Row("reports:build_again", "build", ok=OWN, post=True),
    Row("reports:build_file", "ready_build", ok=OWN),
    Row("checklist:reword", "version_moment", ok=("process_leader",), forbidden=without(ROLES, "process_leader")),
    *(
        Row(f"checklist:{name}", "version", ok=("process_leader",), forbidden=without(ROLES, "process_leader"))
        for name in ("version_copy", "version_edit", "version_delete", "version_steps", "version_item_add")
    ),
    *(
        Row(f"checklist:{name}", "version_moment", ok=("process_leader",), forbidden=without(ROLES, "process_leader"))
        for name in ("version_item", "version_item_remove", "version_links")
    ),
    Row(
        "checklist:version_step",
        "version",
        ok=("process_leader",),
        forbidden=without(ROLES, "process_leader"),
        post=True,
    ),
    # the omgång as a process: each area tells its own
    *(row for area in AREAS for row in area.ROWS),
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
    effort, improvement = (
        EffortFactory(participation=own, shared=True),
        ImprovementFactory(participation=own, shared=True),
    )
    CycleFactory(improvement=improvement)
    EffortStepFactory(effort=effort)
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


def evidence(assessment, **fields):
    file = ContentFile(b"%PDF", "plan.pdf")
    return Evidence.objects.create(
        assessment=assessment, item=assessment.items[0], title="Plan", file=file, media_type="application/pdf", **fields
    )


def build(**fields):
    return Build.objects.create(lease_until=timezone.now() + timedelta(minutes=1), **fields)


def place(world, where):
    if where == "submitted_report":
        Report.objects.update(state=ReportState.SUBMITTED)
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
    for area in AREAS:
        places |= {name: find for name, find in area.PLACES.items() if name == where}
    found = places[where]
    return found(world) if callable(found) else found


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
    for close in response._resource_closers:  # not close(): that would also let the database go
        close()
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


PUBLIC = {
    "account_confirm_login_code",
    "account_inactive",
    "account_login",
    "account_logout",
    "account_request_login_code",
    "account_signup",
    "gallery",
    "programme:about",
    "programme:accessibility",
    "programme:demo_sign_in",
    "programme:health",
    "reports:published",
    "reports:published_file",
} | {name for area in AREAS for name in area.PUBLIC}


def url_names(patterns=None, namespace=""):
    for pattern in patterns or get_resolver().url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"
        elif isinstance(pattern, URLResolver):
            yield from url_names(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else namespace)


def test_every_url_name_stands_in_the_table():
    assert set(url_names()) == {row.name for row in TABLE} | PUBLIC


@pytest.mark.parametrize(
    "name", ["programme:about", "programme:accessibility", "programme:health", "reports:published"]
)
def test_public_pages_need_no_sign_in(client, name):
    assert client.get(reverse(name)).status_code == 200


BANNER = "exempelomgångarnas organisationer, värden och texter är påhittade"
NO_HTML = (
    *("organisation_file", "ready_build", "draft_file", "submitted_file", "draft_evidence", "shared_evidence"),
    "draft_redirect",
    *(where for area in AREAS for where in area.NO_HTML),
)
SHOWS_WORK = [row for row in TABLE if not row.post and row.where not in ("-", "version", "version_moment", *NO_HTML)]


@pytest.mark.parametrize("row", SHOWS_WORK, ids=lambda row: row.id)
def test_whatever_shows_invented_data_says_so(client, world, row, settings):
    """Also on a site that is no demonstration, and to SKR, who has no seat of its own."""
    settings.DEMO = False
    client.force_login(world.users["process_leader" if "process_leader" in row.ok else row.ok[0]])
    assert BANNER in client.get(reverse(row.name, args=place(world, row.where))).text


def test_what_is_not_invented_does_not(client, world, settings):
    settings.DEMO = False
    type(world.cohort).objects.update(constructed=False)
    client.force_login(world.users["strategist"])
    assert BANNER not in client.get(world.draft.get_absolute_url()).text


def test_an_evaluators_access_ends_with_its_day(client, world):
    client.force_login(world.users["evaluator"])
    assert client.get(world.submitted.get_absolute_url()).status_code == 200
    world.users["evaluator"].evaluations.update(until=date(2026, 9, 19))
    assert client.get(world.submitted.get_absolute_url()).status_code == 404


def test_a_seats_access_ends_with_its_day(client, world):
    world.delegate.ends_on = date(2026, 9, 19)
    world.delegate.save()
    client.force_login(world.users["contributor"])
    assert client.get(world.draft.get_absolute_url()).status_code == 404


def test_views_start_from_what_one_may_see():
    """To fetch is to authorise: `.objects` in a view is followed by `visible_to(` or another scope, or is public."""
    allowed = ("visible_to(", "of_organisation(", "of_skr(", "published(", "prefetch_related(")
    same_for_all = ("Edition.",)  # how the programme is run; SKR's alone, by permission
    root = Path(__file__).resolve().parents[1]
    files = [*root.glob("*/views.py"), *root.glob("*/views/*.py"), *root.glob("*/fetch.py")]
    assert len(files) > 10
    loose = [
        f"{file.relative_to(root)}: {hit.group()}"
        for file in files
        for hit in re.finditer(r"[A-Z]\w+\.objects\.\w+\(?", file.read_text())
        if not hit.group().endswith(allowed) and not hit.group().startswith(same_for_all)
    ]
    assert loose == []
