"""PDFs are built once, by one worker at a time, and never lost."""

import errno
import json
import os
import re
import signal
import subprocess
import sys
import textwrap
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection
from django.urls import reverse
from django.utils import timezone
from kombu.exceptions import OperationalError

from kit import building
from kit.enums import BuildState
from kit.refusals import ActionRefused
from modell.celery import app
from reports import actions, builds, tasks
from reports.enums import BuildFormat
from reports.models import Build, JointReport, ReportSection
from reports.printers import pdf
from tests.factories import DelegateFactory, ReportFactory, UserFactory, frozen

pytestmark = pytest.mark.django_db


@pytest.fixture
def report():
    report = ReportFactory()
    ReportSection.objects.create(report=report, key="purpose", text="Vi ville veta mer.", revision=1)
    return report


@pytest.fixture
def strategist(report):
    return DelegateFactory(participation=report.participation).user


def expire(build):
    Build.objects.filter(pk=build.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


class TestOrdering:
    def test_a_second_click_is_shown_the_same_build(self, report, strategist):
        first = actions.order_build(report=report, by=strategist)
        assert actions.order_build(report=report, by=strategist) == first
        assert Build.objects.count() == 1

    def test_the_same_content_is_not_built_twice_but_new_content_is(self, report, strategist, drawn):
        first = actions.order_build(report=report, by=strategist)
        builds.run(first.pk)
        assert actions.order_build(report=report, by=strategist) == first
        ReportSection.objects.update(text="Vi ville veta ännu mer.")
        second = actions.order_build(report=report, by=strategist)
        assert second != first
        builds.run(second.pk)
        assert [("ännu" in html) for html in drawn] == [False, True]

    def test_another_format_is_another_file(self, client, report, strategist, drawn):
        as_pdf = actions.order_build(report=report, by=strategist)
        as_json = actions.order_build(report=report, file_format=BuildFormat.JSON, by=strategist)
        assert (as_pdf.format, as_json.format) == ("pdf", "json")
        builds.run(as_pdf.pk)
        builds.run(as_json.pk)
        assert actions.order_build(report=report, file_format=BuildFormat.JSON, by=strategist) == as_json
        assert actions.order_build(report=report, by=strategist) == as_pdf
        as_json.refresh_from_db()
        assert as_json.file.name.endswith(f"/{as_json.pk}.json")
        client.force_login(strategist)
        file = client.get(reverse("reports:build_file", args=[as_json.pk]))
        assert (file["Content-Type"], ".json" in file["Content-Disposition"]) == ("application/json", True)
        assert json.loads(file.getvalue())["sections"][0]["text"] == "Vi ville veta mer."
        page = client.get(reverse("reports:build", args=[as_json.pk])).text
        assert "JSON-filen är klar." in page

    def test_a_pdf_that_is_ready_is_no_json(self, report, strategist, drawn):
        builds.run(actions.order_build(report=report, by=strategist).pk)
        assert actions.order_build(report=report, file_format=BuildFormat.JSON, by=strategist).is_queued

    def test_a_joint_report_is_read_as_pdf_before_it_is_published(self, report):
        joint = JointReport.objects.create(cohort=report.participation.cohort)
        Build.objects.create(joint=joint, format=BuildFormat.JSON, state=BuildState.READY, lease_until=timezone.now())
        with pytest.raises(ActionRefused, match="som PDF"):
            actions.publish_joint(joint=joint, by=UserFactory(skr_role="process_leader"))

    def test_a_file_that_is_gone_is_built_again(self, report, strategist, drawn):
        first = actions.order_build(report=report, by=strategist)
        builds.run(first.pk)
        default_storage.delete(Build.objects.get().file.name)
        assert actions.order_build(report=report, by=strategist) != first

    def test_the_database_holds_one_build_at_a_time(self, report):
        with pytest.raises(IntegrityError):
            Build.objects.bulk_create(Build(report=report, lease_until=timezone.now()) for _ in range(2))

    def test_without_a_broker_the_order_stands_until_the_next_sweep(
        self, report, strategist, drawn, monkeypatch, django_capture_on_commit_callbacks
    ):
        def down(*_args):
            raise OperationalError("no broker")

        with monkeypatch.context() as patched:
            patched.setattr(tasks.build, "delay", down)
            with django_capture_on_commit_callbacks(execute=True):
                build = actions.order_build(report=report, by=strategist)
        assert Build.objects.get().state == BuildState.QUEUED
        tasks.requeue_lost_reports()
        assert not drawn, "Its message may still be on its way."
        expire(build)
        tasks.requeue_lost_reports()
        assert Build.objects.get().state == BuildState.READY


class TestBuilding:
    def test_from_order_to_file(self, report, strategist, drawn, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            build = actions.order_build(report=report, by=strategist)
        build.refresh_from_db()
        assert (build.state, build.step, build.steps, build.attempts) == (BuildState.READY, 3, 3, 1)
        with default_storage.open(build.file.name) as file:
            assert file.read() == b"%PDF-1"

    def test_a_doubled_message_does_nothing(self, report, strategist, drawn):
        build = actions.order_build(report=report, by=strategist)
        tasks.build(build.pk)
        tasks.build(build.pk)
        tasks.build(987654)
        assert len(drawn) == 1

    def test_two_workers_do_not_get_the_same_row(self, report, strategist):
        build = actions.order_build(report=report, by=strategist)
        assert builds.take(build.pk) is not None
        assert builds.take(build.pk) is None

    def test_what_goes_wrong_is_told_and_can_be_built_again(self, report, strategist, monkeypatch, client, drawn):
        with monkeypatch.context() as patched:
            patched.setattr(pdf, "render_pdf", lambda html, *, progress: 1 / 0)
            build = actions.order_build(report=report, by=strategist)
            builds.run(build.pk)
        client.force_login(strategist)
        page = client.get(reverse("reports:build", args=[build.pk])).content.decode()
        assert "Det blev fel när PDF:en byggdes." in page
        assert "Bygg igen" in page
        answer = client.post(reverse("reports:build_again", args=[build.pk]))
        again = Build.objects.exclude(pk=build.pk).get()
        assert answer.url == reverse("reports:build", args=[again.pk])
        builds.run(again.pk)
        again.refresh_from_db()
        assert again.state == BuildState.READY

    def test_on_a_full_disk_it_is_told_nothing_is_left_and_it_can_be_built_again(
        self, report, strategist, drawn, monkeypatch
    ):
        def full(self, chunk_size=None):
            yield b"%PDF"
            raise OSError(errno.ENOSPC, "No space left on device")

        build = actions.order_build(report=report, by=strategist)
        with monkeypatch.context() as patched:
            patched.setattr(ContentFile, "chunks", full, raising=False)
            builds.run(build.pk)
        build.refresh_from_db()
        assert (build.state, build.file.name, default_storage.listdir("reports")[1]) == (BuildState.FAILED, "", [])
        assert "Det blev fel när PDF:en byggdes." in build.error
        builds.run(actions.order_build(report=report, by=strategist).pk)
        assert len(default_storage.listdir("reports")[1]) == 1

    def test_the_lease_is_renewed_while_pages_are_set(self, report, strategist, monkeypatch, settings):
        settings.REPORT_LEASE_SECONDS = 0.0001
        left = []

        def slow(html, *, progress):
            for _ in range(3):
                progress()
                left.append(Build.objects.get().lease_until)
            return b"%PDF-1"

        monkeypatch.setattr(pdf, "render_pdf", slow)
        builds.run(actions.order_build(report=report, by=strategist).pk)
        assert left[0] < left[1] < left[2]


class TestOldDrafts:
    """A file of a draft is removed after a month, where there is a newer one."""

    NOW = timezone.now()

    def built(self, days, **more):
        build = Build.objects.create(lease_until=self.NOW, **{"state": BuildState.READY, **more})
        name = default_storage.save(f"reports/{build.pk}.pdf", ContentFile(b"%PDF"))
        at = self.NOW - timedelta(days=days)
        Build.objects.filter(pk=build.pk).update(ordered_at=at, file=name if build.is_ready else "")
        return build

    def left(self, settings, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True), time_machine.travel(self.NOW, tick=False):
            tasks.discard_old_drafts()
        night = settings.CELERY_BEAT_SCHEDULE["discard-old-drafts"]
        assert (night["task"], night["schedule"].hour) == (tasks.discard_old_drafts.name, {3})
        files = default_storage.listdir("reports")[1]
        rows = set(Build.objects.exclude(file="").values_list("file", flat=True))
        return (
            set(Build.objects.values_list("pk", flat=True)),
            {f"reports/{name}" for name in files} >= rows,
            len(files),
        )

    def test_after_a_month_the_newest_stays(self, report, settings, django_capture_on_commit_callbacks):
        old, at_limit, newest = (self.built(days, report=report) for days in (40, 30, 1))
        assert self.left(settings, django_capture_on_commit_callbacks) == ({at_limit.pk, newest.pk}, True, 2)
        assert not Build.objects.filter(pk=old.pk).exists()

    def test_the_only_one_stays_however_old(self, report, settings, django_capture_on_commit_callbacks):
        other = ReportFactory()
        own, theirs = self.built(400, report=report), self.built(100, report=other)
        assert self.left(settings, django_capture_on_commit_callbacks) == ({own.pk, theirs.pk}, True, 2)

    def test_a_newer_one_that_failed_or_is_of_another_format_takes_nothing_away(
        self, report, settings, django_capture_on_commit_callbacks
    ):
        old = self.built(40, report=report)
        failed = self.built(35, report=report, state=BuildState.FAILED)
        as_json = self.built(1, report=report, format=BuildFormat.JSON)
        left, all_there, _ = self.left(settings, django_capture_on_commit_callbacks)
        assert (left, all_there) == ({old.pk, failed.pk, as_json.pk}, True)

    def test_those_of_editions_stay(self, report, settings, django_capture_on_commit_callbacks):
        edition = frozen(report)
        kept = {self.built(days, report=report, edition=edition).pk for days in (400, 40, 1)}
        assert self.left(settings, django_capture_on_commit_callbacks) == (kept, True, 3)

    def test_so_with_the_joint_report(self, report, settings, django_capture_on_commit_callbacks):
        joint = JointReport.objects.create(cohort=report.participation.cohort)
        own = self.built(40, report=report)
        _old, newest = self.built(40, joint=joint), self.built(2, joint=joint)
        assert self.left(settings, django_capture_on_commit_callbacks) == ({own.pk, newest.pk}, True, 2)


class TestWorkersThatDie:
    @pytest.mark.parametrize(("seconds", "is_free"), [(30, False), (31, True)])
    def test_a_lease_is_for_thirty_seconds(self, report, strategist, seconds, is_free):
        with time_machine.travel(timezone.now(), tick=False) as traveller:
            build = actions.order_build(report=report, by=strategist)
            builds.take(build.pk)
            traveller.shift(timedelta(seconds=seconds))
            assert builds.requeue_lost() == ([build.pk] if is_free else [])

    @pytest.mark.parametrize(("seconds", "is_renewed"), [(6, False), (7, True)])
    def test_a_lease_is_renewed_when_a_fifth_has_passed(self, report, strategist, monkeypatch, seconds, is_renewed):
        job = builds.take(actions.order_build(report=report, by=strategist).pk)
        job.renewed = 1000.0
        until = job.build.lease_until
        monkeypatch.setattr(building.time, "monotonic", lambda: 1000.0 + seconds)
        job.beat()
        assert (Build.objects.get().lease_until > until) is is_renewed

    def test_a_lease_that_has_run_out_is_queued_again(self, report, strategist, drawn):
        build = actions.order_build(report=report, by=strategist)
        builds.take(build.pk)
        tasks.requeue_lost_reports()
        assert not drawn, "The worker still holds it."
        expire(build)
        tasks.requeue_lost_reports()
        build.refresh_from_db()
        assert (build.state, build.attempts) == (BuildState.READY, 2)

    @pytest.mark.parametrize(("seconds", "is_free"), [(30, False), (31, True)])
    def test_a_lease_by_a_clock_that_was_wrong_is_void(self, report, strategist, seconds, is_free):
        """Twice the lease ahead it is still believed, since a worker's clock may be a little ahead."""
        with time_machine.travel(timezone.now(), tick=False) as traveller:
            build = actions.order_build(report=report, by=strategist)
            builds.take(build.pk)
            traveller.shift(timedelta(seconds=-seconds))
            assert (builds.take(build.pk) is not None) is is_free
            Build.objects.update(lease_until=timezone.now() + timedelta(seconds=30 + seconds))
            assert builds.requeue_lost() == ([build.pk] if is_free else [])

    def test_a_killed_workers_report_is_built_again_within_45_seconds(self):
        sweep = app.conf.beat_schedule["requeue-lost-reports"]
        assert sweep["task"] == tasks.requeue_lost_reports.name
        assert settings.REPORT_LEASE_SECONDS + sweep["schedule"] <= 45

    def test_one_taken_for_dead_that_wakes_up_changes_nothing(self, report, strategist, drawn):
        build = actions.order_build(report=report, by=strategist)
        sleeper = builds.take(build.pk)
        expire(build)
        tasks.requeue_lost_reports()
        name = Build.objects.get().file.name
        for late in (lambda: sleeper.step(3), sleeper.beat, lambda: sleeper.finish(sleeper_content(report), b"late")):
            sleeper.renewed = 0
            with pytest.raises(building.LeaseLost):
                late()
        sleeper.fail("late")
        row = Build.objects.get()
        assert (row.state, row.file.name) == (BuildState.READY, name)
        assert default_storage.listdir("reports")[1] == [name.removeprefix("reports/")]

    def test_it_is_given_up_after_three(self, report, strategist, drawn):
        build = actions.order_build(report=report, by=strategist)
        for _ in range(3):
            assert builds.take(build.pk)
            expire(build)
            builds.requeue_lost()
        build.refresh_from_db()
        assert (build.state, build.error) == (BuildState.FAILED, building.INTERRUPTED)
        assert actions.order_build(report=report, by=strategist) != build

    @pytest.mark.django_db(transaction=True)
    def test_killed_in_the_middle_it_can_be_built_again(self, report, strategist, drawn, settings):
        """A real process takes the lease and is killed with nothing said."""
        settings.REPORT_LEASE_SECONDS = 0.2
        # Not sent on commit: the test's own worker comes later.
        build = Build.objects.create(report=report, lease_until=timezone.now())
        script = f"""
            import os, time
            os.environ["DJANGO_SETTINGS_MODULE"] = "modell.test_settings"
            import django
            django.setup()
            from django.conf import settings
            from django.db import connections
            connections["default"].settings_dict["NAME"] = {connection.settings_dict["NAME"]!r}
            settings.REPORT_LEASE_SECONDS = 0.2
            from reports import builds
            job = builds.take({build.pk})
            job.step(2)
            print("working", flush=True)
            time.sleep(60)
        """
        worker = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(script)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=django_base(),
            env={**os.environ, "MODELL_VAR": str(settings.VAR_DIR)},
        )
        assert worker.stdout.readline() == "working\n"
        worker.send_signal(signal.SIGKILL)
        worker.communicate()
        assert Build.objects.get().state == BuildState.WORKING
        expire(build)
        tasks.requeue_lost_reports()
        build.refresh_from_db()
        assert (build.state, build.attempts) == (BuildState.READY, 2)


class TestThePage:
    def page(self, client, build, **more):
        return client.get(reverse("reports:build", args=[build.pk]), **more)

    def test_it_says_how_far_it_has_come_and_asks_again_until_it_is_done(self, client, report, strategist, drawn):
        client.force_login(strategist)
        build = actions.order_build(report=report, by=strategist)
        page = self.page(client, build).content.decode()
        assert "PDF:en står i kö." in page
        assert 'hx-trigger="load delay:300ms, every 5s"' in page
        assert "Uppdatera" in page
        job = builds.take(build.pk)
        job.step(2)
        part = self.page(client, build, headers={"HX-Request": "true"})
        assert "2 av 3" in part.content.decode()
        assert "Steg 2 av 3: S\\u00e4tter sidorna." in part["HX-Trigger"]
        same = self.page(client, build, headers={"HX-Request": "true"}, query_params={"seen": "working-2"})
        assert "HX-Trigger" not in same
        job.work()
        done = self.page(client, build, headers={"HX-Request": "true"}).content.decode()
        assert "PDF:en är klar." in done
        assert "hx-trigger" not in done

    def test_it_says_that_it_was_interrupted_and_begins_again(self, client, report, strategist, drawn):
        client.force_login(strategist)
        build = actions.order_build(report=report, by=strategist)
        builds.take(build.pk)
        assert "avbröts" not in self.page(client, build).text
        for number in (2, 3):
            expire(build)
            builds.requeue_lost()
            assert "Bygget avbröts och börjar om." in self.page(client, build).text
            job = builds.take(build.pk)
            page = self.page(client, build).text
            assert ("Bygget avbröts och har börjat om." in page, "Läser underlaget" in page) == (True, True), number
        job.work()
        assert "avbröts" not in self.page(client, build).text

    def test_it_asks_soon_at_first_and_then_more_seldom(self, client, report, strategist, drawn):
        client.force_login(strategist)
        build = actions.order_build(report=report, by=strategist)
        waits, asked = [], "0"
        for _ in range(40):
            page = self.page(client, build, query_params={"asked": asked}).text
            waits.append(int(re.search(r"load delay:(\d+)ms", page)[1]))
            asked = re.search(r"asked=(\d+)", page)[1]
        assert (waits[:3], waits[-1], waits == sorted(waits)) == ([300, 350, 400], 1500, True)
        for odd in ("", "-1", "många", "9" * 50):
            assert "load delay:300ms" in self.page(client, build, query_params={"asked": odd}).text

    @pytest.mark.parametrize(("seconds", "is_long"), [(60, False), (61, True)])
    def test_one_that_waits_long_is_told_of(self, client, report, strategist, drawn, seconds, is_long):
        """The worker, or what tells it, may be away."""
        client.force_login(strategist)
        build = actions.order_build(report=report, by=strategist)
        part = {"headers": {"HX-Request": "true"}, "query_params": {"seen": "queued-0"}}
        with time_machine.travel(build.ordered_at + timedelta(seconds=seconds), tick=False):
            page, heard = self.page(client, build).text, self.page(client, build, **part)
        assert ("PDF:en väntar längre än vanligt." in page) is is_long
        assert ("Du behöver inte göra något. Den byggs så snart det går" in page) is is_long
        assert ("Den börjar byggas strax." in page) is not is_long
        assert heard.has_header("HX-Trigger") is is_long
        builds.run(build.pk)
        with time_machine.travel(build.ordered_at + timedelta(hours=1)):
            assert "PDF:en är klar." in self.page(client, build).text

    def test_one_whose_file_is_gone_says_so_and_is_built_again(self, client, report, strategist, drawn):
        client.force_login(strategist)
        build = actions.order_build(report=report, by=strategist)
        builds.run(build.pk)
        default_storage.delete(Build.objects.get().file.name)
        answer = client.get(reverse("reports:build_file", args=[build.pk]), follow=True)
        assert answer.redirect_chain == [(reverse("reports:build", args=[build.pk]), 302)]
        assert "Filen finns inte kvar." in answer.text
        client.post(reverse("reports:build_again", args=[build.pk]))
        again = Build.objects.exclude(pk=build.pk).get()
        builds.run(again.pk)
        assert client.get(reverse("reports:build_file", args=[again.pk])).getvalue() == b"%PDF-1"

    def test_the_fragment_is_a_part_of_the_page(self, client, report, strategist, drawn):
        client.force_login(strategist)
        build = actions.order_build(report=report, by=strategist)
        full = self.page(client, build).text
        part = self.page(client, build, headers={"HX-Request": "true"}).text
        assert part.strip() in full
        assert "<main" not in part

    def test_the_file_has_a_name_of_its_own(self, client, report, strategist, drawn):
        client.force_login(strategist)
        build = actions.order_build(report=report, by=strategist)
        assert client.get(reverse("reports:build_file", args=[build.pk])).status_code == 404
        builds.run(build.pk)
        answer = client.get(reverse("reports:build_file", args=[build.pk]))
        assert answer["Content-Type"] == "application/pdf"
        assert "Resultatrapport%20%E2%80%93%20Provby" in answer["Content-Disposition"]
        assert answer.getvalue() == b"%PDF-1"

    @pytest.mark.parametrize("name", ["build", "build_file", "build_again", "published_file"])
    def test_others_do_not_find_it(self, client, report, strategist, drawn, name):
        build = actions.order_build(report=report, by=strategist)
        builds.run(build.pk)
        client.force_login(DelegateFactory(participation__cohort=report.participation.cohort).user)
        ask = client.post if name == "build_again" else client.get
        assert ask(reverse(f"reports:{name}", args=[build.pk])).status_code == 404

    def test_skr_does_not_find_what_is_made_of_a_draft(self, client, report, strategist):
        build = actions.order_build(report=report, by=strategist)
        client.force_login(UserFactory(skr_role="process_leader"))
        assert self.page(client, build).status_code == 404


def sleeper_content(report):
    from reports.content import organisation_content

    return organisation_content(report)


def django_base():
    return settings.BASE_DIR
