"""How the site is, as `status`, the readiness check and SKR's page tell it."""

import json
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError
from django.db.migrations.recorder import MigrationRecorder
from django.urls import reverse

from accounts.enums import SkrRole
from kit.enums import BuildState
from kit.models import PeriodicRun
from mailings.enums import MailState
from mailings.models import Mail
from overview import condition as module
from overview.condition import condition
from overview.operation import QUEUES, WORK
from reports.models import Build
from tests.factories import CohortFactory, ReportFactory, UserFactory
from tests.process_factories import MailFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 3, 10, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def now(monkeypatch):
    """Noon, when all that is scheduled has just run and the broker answers."""
    monkeypatch.setattr(module, "broker_answers", lambda: True)
    with time_machine.travel(NOW, tick=False):
        for entry in settings.CELERY_BEAT_SCHEDULE.values():
            PeriodicRun.objects.update_or_create(name=entry["task"], defaults={"last_run": NOW})
        yield


def mail(ago=timedelta(0), **fields):
    made = MailFactory(**fields)
    Mail.objects.filter(pk=made.pk).update(made_at=NOW - ago)
    return made


def build(ago=timedelta(0), **fields):
    made = Build.objects.create(report=ReportFactory(), lease_until=NOW, **fields)
    Build.objects.filter(pk=made.pk).update(ordered_at=NOW - ago)


def stop(task, ago=timedelta(minutes=10)):
    PeriodicRun.objects.filter(name=task).update(last_run=NOW - ago)


def status(*arguments):
    """What the command prints and the code it ends with."""
    out = StringIO()
    try:
        call_command("status", *arguments, stdout=out)
    except SystemExit as end:
        return out.getvalue(), end.code
    return out.getvalue(), 0


def as_json():
    text, code = status("--format", "json")
    return json.loads(text), code


class TestStatus:
    def test_all_is_well(self, settings):
        settings.RELEASE = "2027.1"
        report, code = as_json()
        assert code == 0
        assert report.pop("free_bytes") > 0
        assert report.pop("database") in ("sqlite", "postgresql")
        periodic = {task["name"]: task for task in report.pop("periodic")}
        assert set(periodic) == set(settings.CELERY_BEAT_SCHEDULE)
        assert periodic["send-waiting-mail"] == {
            "name": "send-waiting-mail",
            "every_seconds": 60,
            "last_run": NOW.isoformat(),
            "late": False,
        }
        none = {"waiting": 0, "oldest_seconds": None}
        assert report == {
            "release": "2027.1",
            "migrations_pending": 0,
            "queues": {"code": none, "mail": none, "builds": none},
            "uncertain_mail": 0,
            "stuck_builds": 0,
        }
        text, code = status()
        assert code == 0
        assert text.splitlines()[-1] == "All is well."
        assert "Release 2027.1" in text

    def test_what_has_not_run(self):
        stop("mailings.tasks.send_waiting")
        report, code = as_json()
        assert code == 1
        assert [task["name"] for task in report["periodic"] if task["late"]] == ["send-waiting-mail"]
        text, code = status()
        assert code == 1
        last = text.splitlines()[-1]
        assert last == "send-waiting-mail (mailings.tasks.send_waiting) has not run since 2027-03-10 12:50:00."
        PeriodicRun.objects.all().delete()
        MigrationRecorder.Migration.objects.update(applied=NOW - timedelta(days=9))
        assert "remind (follow_up.tasks.remind) has not run at all." in status()[0]

    def test_what_waits(self):
        mail(MINUTE, expires_at=NOW + 14 * MINUTE)
        mail(20 * MINUTE)
        mail(30 * MINUTE, tries=2, not_before=NOW + 4 * MINUTE)  # the server asked us to wait
        mail(40 * MINUTE, not_before=NOW + timedelta(days=1))
        for state in set(MailState) - {MailState.QUEUED}:
            mail(50 * MINUTE, state=state)
        build(2 * MINUTE)
        build(3 * MINUTE, state=BuildState.WORKING)
        report, code = as_json()
        assert code == 0
        assert report["queues"] == {
            "code": {"waiting": 1, "oldest_seconds": 60},
            "mail": {"waiting": 2, "oldest_seconds": 1800},
            "builds": {"waiting": 1, "oldest_seconds": 120},
        }
        assert report["uncertain_mail"] == 1
        assert "code 1 (the oldest 60 s), mail 2 (the oldest 1800 s), builds 1 (the oldest 120 s)" in status()[0]

    @pytest.mark.parametrize(
        ("ago", "fields"), [(6 * MINUTE, {"expires_at": NOW + 9 * MINUTE}), (61 * MINUTE, {"kind": "invitation"})]
    )
    def test_mail_that_is_stuck(self, ago, fields):
        mail(ago, **fields)
        text, code = status()
        assert code == 1
        assert f"has waited {int(ago.total_seconds())} s." in text.splitlines()[-1]

    @pytest.mark.parametrize("state", [BuildState.QUEUED, BuildState.WORKING])
    def test_a_pdf_that_is_stuck(self, state):
        build(14 * MINUTE, state=state)
        build(16 * MINUTE, state=BuildState.READY)
        assert as_json()[0]["stuck_builds"] == 0
        build(16 * MINUTE, state=state)
        report, code = as_json()
        assert (report["stuck_builds"], code) == (1, 1)
        assert status()[0].splitlines()[-1] == "Files that are stuck: 1."

    def test_what_was_made_by_a_clock_that_was_wrong_has_not_waited_less_than_no_time(self):
        mail(-timedelta(days=1))
        assert as_json()[0]["queues"]["mail"] == {"waiting": 1, "oldest_seconds": 0}

    def test_uncertain_mail_that_somebody_has_decided_on_is_counted_no_longer(self):
        mail(state=MailState.UNCERTAIN, left_at=NOW)
        assert as_json()[0]["uncertain_mail"] == 0


def readiness(client):
    answer = client.get("/halsa/redo/")
    assert answer.headers["Cache-Control"] == "private, no-store"
    return answer.status_code, answer.json()


class TestReadiness:
    def test_ready(self, client):
        assert readiness(client) == (200, {"ok": True, "why": []})

    def test_names_the_late_task_until_it_has_run(self, client):
        stop("reports.tasks.requeue_lost_reports")
        code, answer = readiness(client)
        (why,) = answer["why"]
        assert (code, answer["ok"]) == (503, False)
        assert why.startswith("requeue-lost-reports (reports.tasks.requeue_lost_reports) has not run since ")
        stop("reports.tasks.requeue_lost_reports", ago=timedelta(0))
        assert readiness(client)[0] == 200

    def test_the_broker_is_away(self, client, monkeypatch):
        monkeypatch.setattr(module, "broker_answers", lambda: False)
        assert readiness(client) == (503, {"ok": False, "why": [module.NO_BROKER]})

    def test_migrations_have_not_been_run(self, client):
        number, _ = MigrationRecorder.Migration.objects.filter(app="kit").delete()
        code, answer = readiness(client)
        assert (code, answer["why"]) == (503, [f"Migrations that have not been run: {number}."])

    def test_the_database_is_away(self, client, monkeypatch):
        def away():
            raise OperationalError("connection to mail@example.se refused")

        monkeypatch.setattr(module, "migrations_pending", away)
        assert readiness(client) == (503, {"ok": False, "why": [module.NO_DATABASE]})

    def test_what_waits_makes_nobody_unready(self, client):
        mail(timedelta(days=1))
        build(timedelta(days=1))
        assert readiness(client)[0] == 200

    def test_it_is_asked_without_https_as_liveness_is(self, client, settings):
        settings.SECURE_SSL_REDIRECT = True
        assert client.get("/om/").status_code == 301
        assert readiness(client)[0] == 200
        assert client.get("/halsa/").status_code == 200

    def test_liveness_asks_the_database_nothing(self, client, django_assert_num_queries):
        stop("reports.tasks.requeue_lost_reports")
        with django_assert_num_queries(0):
            assert client.get("/halsa/").status_code == 200


@pytest.mark.parametrize(("port", "answers"), [(1, False), (None, True)])
def test_the_broker_is_asked_where_there_is_one(monkeypatch, settings, port, answers):
    monkeypatch.undo()
    settings.REDIS_URL = f"redis://127.0.0.1:{port}/0" if port else ""
    assert module.broker_answers() is answers


class TestPage:
    @pytest.fixture
    def leader(self, client):
        client.force_login(UserFactory(skr_role=SkrRole.PROCESS_LEADER))
        return client

    def page(self, client):
        return client.get(reverse("overview:operation")).text

    def test_all_is_well(self, leader):
        text = self.page(leader)
        assert "Allt går som det ska." in text
        assert "Så gör du" not in text
        assert text.count("Gjordes senast 10 mars 2027 klockan 13.00.") == len(settings.CELERY_BEAT_SCHEDULE)

    def test_what_has_not_been_done_says_what_follows_and_whom_to_tell(self, leader):
        stop("follow_up.tasks.remind", ago=timedelta(days=2))
        text = self.page(leader)
        assert "En sak behöver ses över." in text
        assert WORK["follow_up.tasks.remind"].otherwise in text
        assert "Gjordes senast 8 mars 2027 klockan 13.00." in text
        assert "Säg till den som sköter driften" in text
        assert "follow_up" not in text

    def test_what_waits_and_since_when(self, leader):
        mail(70 * MINUTE)
        text = " ".join(self.page(leader).split())
        assert "Ett mejl väntar. Det äldsta är från 10 mars 2027 klockan 11.50." in text
        assert "För länge" in text
        assert "Ingen kod väntar på att skickas." in text

    def test_mail_that_may_not_have_arrived_leads_to_its_list(self, leader):
        cohort = CohortFactory()
        for about, state in ((cohort.slug, "uncertain"), (cohort.slug, "failed"), ("borta", "failed"), ("", "failed")):
            mail(about=about, state=state)
        text = self.page(leader)
        assert f'<a href="{reverse("follow_up:mail", args=[cohort.slug])}">{cohort.name}</a>: två mejl' in text
        assert f'<a href="{reverse("follow_up:skr_mail")}">SKR:s mejl</a>: två mejl' in text
        assert "Så gör du" not in text

    def test_pdfs_that_are_stuck_and_a_broker_that_is_away(self, leader, monkeypatch):
        build(timedelta(hours=1))
        monkeypatch.setattr(module, "broker_answers", lambda: False)
        text = self.page(leader)
        assert "Två saker behöver ses över." in text
        assert "En fil borde ha varit klar för länge sedan." in text
        assert "Modell kan inte lämna över nytt arbete just nu." in text

    def test_what_has_never_run_and_is_not_late_is_to_come(self, leader):
        PeriodicRun.objects.filter(name="follow_up.tasks.remind").delete()
        MigrationRecorder.Migration.objects.update(applied=NOW)
        text = self.page(leader)
        assert "Inte dags än" in text
        assert "Har inte gjorts än." not in text

    def test_all_that_is_scheduled_has_words(self):
        assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} == WORK.keys()
        assert {queue.name for queue in condition().queues} == QUEUES.keys()
