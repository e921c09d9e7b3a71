"""The order of a file with all papers: built once in the background, opened by those who may, removed in time."""

import errno
import logging
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
import time_machine
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from archive import actions, bundles, tasks
from archive.models import Bundle
from archive.trail import ArchiveEvent
from cohorts.enums import Status
from cohorts.models import Participation
from kit import building
from kit.enums import BuildState
from kit.limits import TooMuch
from kit.models import AuditEvent
from kit.orphans import remove_orphans
from modell.celery import app
from tests.archive.pages import bundle
from tests.factories import AssessmentFactory, CohortFactory, DelegateFactory, ParticipationFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unprinted")]


@pytest.fixture
def own():
    return ParticipationFactory()


@pytest.fixture
def strategist(own):
    return DelegateFactory(participation=own).user


@pytest.fixture
def leader():
    return UserFactory(skr_role="process_leader")


def order(own, by, **more):
    return actions.order_bundle(cohort=own.cohort, participation=own, by=by, **{"for_skr": False, **more})


def page_of(own):
    return reverse("archive:organisation", args=[own.cohort.slug, own.code])


def fetched(client, address):
    """The status of the answer, whose file is read to its end and so closed."""
    answer = client.get(address)
    if answer.streaming:
        answer.getvalue()
    return answer.status_code


def expire(bundle):
    Bundle.objects.filter(pk=bundle.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


class TestOrdering:
    def test_a_second_click_gets_the_one_that_is_under_way(self, own, strategist, leader):
        first = order(own, strategist)
        assert order(own, strategist) == first
        assert order(own, leader, for_skr=True) != first
        assert actions.order_bundle(cohort=own.cohort, participation=None, for_skr=True, by=leader) != first
        assert Bundle.objects.count() == 3

    @pytest.mark.parametrize("of_skr", [False, True])
    def test_the_database_allows_no_two(self, own, of_skr):
        rows = [
            Bundle(
                cohort=own.cohort,
                participation=None if of_skr else own,
                for_skr=of_skr,
                lease_until=timezone.now(),
            )
            for _ in range(2)
        ]
        with pytest.raises(IntegrityError):
            Bundle.objects.bulk_create(rows)

    def test_one_without_an_organisation_is_skrs(self, own):
        with pytest.raises(IntegrityError):
            Bundle.objects.create(cohort=own.cohort, lease_until=timezone.now())

    @pytest.mark.parametrize(("before", "is_refused"), [(5, False), (6, True)])
    def test_six_an_hour(self, own, strategist, before, is_refused):
        for _ in range(before):
            order(own, strategist)
            Bundle.objects.update(state=BuildState.READY)
        if is_refused:
            with pytest.raises(TooMuch, match="Du kan beställa högst 6 filer med handlingar i timmen"):
                order(own, strategist)
        else:
            assert order(own, strategist).is_queued

    def test_the_trail_has_it(self, own, strategist, leader):
        bundles.run(order(own, strategist).pk)
        bundles.run(order(own, leader, for_skr=True).pk)
        rows = AuditEvent.objects.filter(kind__in=ArchiveEvent.values).order_by("pk")
        assert [(row.kind, row.organisation, row.actor_id) for row in rows] == [
            (ArchiveEvent.BUNDLE_ORDERED, own.code, strategist.pk),
            (ArchiveEvent.BUNDLE_FINISHED, own.code, None),
            (ArchiveEvent.BUNDLE_ORDERED, "", leader.pk),
            (ArchiveEvent.BUNDLE_FINISHED, "", None),
        ]


class TestBuilding:
    def test_from_order_to_file(self, own, strategist, client, caplog, django_capture_on_commit_callbacks):
        caplog.set_level(logging.INFO, "kit.exporting")
        AssessmentFactory(participation=own, submitted=True, values=[2] * 10)
        client.force_login(strategist)
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(page_of(own))
        assert answer.url == page_of(own)
        row = Bundle.objects.get()
        assert (row.state, row.step, row.steps, row.attempts) == (BuildState.READY, 4, 4, 1)
        page = client.get(page_of(own)).text
        assert "Filen med handlingarna är klar." in page
        answer = client.get(reverse("archive:file", args=[row.pk]))
        assert answer["Content-Type"] == "application/zip"
        # It names people, so that it was taken out can be seen.
        assert f"User {strategist.pk} exported the papers of {own.code}." in caplog.messages
        assert answer["Cache-Control"] == "private, no-store"
        with ZipFile(BytesIO(answer.getvalue())) as archive:
            assert archive.testzip() is None
            assert "1 Självskattningar/Värden.csv" in archive.namelist()

    def test_the_page_says_how_far_it_has_come(self, own, strategist, client):
        client.force_login(strategist)
        assert "Samla handlingarna" in client.get(page_of(own)).text
        row = order(own, strategist)
        page = client.get(page_of(own)).text
        assert "Filen med handlingarna står i kö." in page
        assert "Uppdatera" in page
        assert f'hx-get="{page_of(own)}?seen=queued-0' in page
        job = bundles.take(row.pk)
        job.step(2)
        part = client.get(page_of(own), headers={"HX-Request": "true"})
        assert "Steg 2 av 4: Skriver papperen." in part.text
        assert "<main" not in part.text
        assert "announce" in part["HX-Trigger"]

    def test_a_worker_that_dies_is_followed_by_another(self, own, strategist):
        row = order(own, strategist)
        assert bundles.take(row.pk)
        assert bundles.take(row.pk) is None
        expire(row)
        tasks.requeue_lost_bundles()
        row.refresh_from_db()
        assert (row.state, row.attempts) == (BuildState.READY, 2)

    def test_it_is_given_up_after_three(self, own, strategist):
        row = order(own, strategist)
        for _ in range(3):
            assert bundles.take(row.pk)
            expire(row)
            bundles.requeue_lost()
        row.refresh_from_db()
        assert (row.state, row.error) == (BuildState.FAILED, building.INTERRUPTED)

    def test_a_killed_workers_file_is_built_again_within_45_seconds(self):
        sweep = app.conf.beat_schedule["requeue-lost-bundles"]
        assert sweep["task"] == tasks.requeue_lost_bundles.name
        assert settings.REPORT_LEASE_SECONDS + sweep["schedule"] <= 45

    def test_on_a_full_disk_it_is_told_and_can_be_ordered_again(self, own, strategist, client, monkeypatch):
        def full(*_args, **_more):
            raise OSError(errno.ENOSPC, "No space left on device")

        with monkeypatch.context() as patched:
            patched.setattr(bundles, "pack", full)
            bundles.run(order(own, strategist).pk)
        row = Bundle.objects.get()
        assert (row.state, row.file.name, row.error) == (BuildState.FAILED, "", bundles.BROKEN)
        client.force_login(strategist)
        page = client.get(page_of(own)).text
        assert "Det blev fel när filen byggdes." in page
        assert f'action="{page_of(own)}"' in page

    def test_one_whose_file_is_gone_says_so(self, own, strategist, client):
        bundles.run(order(own, strategist).pk)
        row = Bundle.objects.get()
        default_storage.delete(row.file.name)
        client.force_login(strategist)
        answer = client.get(reverse("archive:file", args=[row.pk]))
        assert answer.url == page_of(own)
        assert "Filen finns inte kvar." in client.get(page_of(own)).text

    def test_the_file_of_skr_leads_to_its_own_page(self, own, leader, client):
        row = actions.order_bundle(cohort=own.cohort, participation=None, for_skr=True, by=leader)
        client.force_login(leader)
        address = reverse("archive:file", args=[row.pk])
        assert fetched(client, address) == 404
        bundles.run(row.pk)
        page = reverse("archive:skr", args=[own.cohort.slug])
        assert address in client.get(page).text
        assert fetched(client, address) == 200
        default_storage.delete(Bundle.objects.get().file.name)
        assert client.get(address).url == page

    def test_orphans_spare_a_file_that_a_row_names(self, own, strategist):
        bundles.run(order(own, strategist).pk)
        later = timezone.now() + timedelta(days=3)
        assert remove_orphans(later) == 0
        Bundle.objects.all().delete()
        assert remove_orphans(later) == 1


class TestWhoOpensIt:
    """The rest of the roles stand in tests/archive/pages.py."""

    def test_neither_opens_the_others(self, own, strategist, leader, client):
        """SKR's file lacks drafts, and an organisation's has them."""
        theirs, skrs = bundle(own.cohort, own), bundle(own.cohort, own, for_skr=True)
        for user, opens, finds_not in ((strategist, theirs, skrs), (leader, skrs, theirs)):
            client.force_login(user)
            assert fetched(client, reverse("archive:file", args=[opens.pk])) == 200
            assert fetched(client, reverse("archive:file", args=[finds_not.pk])) == 404
            page = client.get(page_of(own)).text
            assert reverse("archive:file", args=[opens.pk]) in page
            assert reverse("archive:file", args=[finds_not.pk]) not in page

    def test_a_strategist_elsewhere_does_not_find_it(self, own, client):
        row = bundle(own.cohort, own)
        client.force_login(DelegateFactory(participation__cohort=own.cohort).user)
        assert fetched(client, reverse("archive:file", args=[row.pk])) == 404
        assert client.get(page_of(own)).status_code == 403

    def test_a_mentor_whose_strategist_it_is_takes_out_its_own(self, client):
        mentor = ParticipationFactory(role="mentor")
        client.force_login(DelegateFactory(participation=mentor).user)
        assert client.post(page_of(mentor)).status_code == 302

    def test_one_that_has_left_still_takes_out_its_own(self, own, strategist, client):
        Participation.objects.filter(pk=own.pk).update(status=Status.WITHDRAWN, withdrawn_on="2026-01-02")
        client.force_login(strategist)
        assert client.post(page_of(own)).status_code == 302
        bundles.run(Bundle.objects.get().pk)
        assert fetched(client, reverse("archive:file", args=[Bundle.objects.get().pk])) == 200

    def test_its_old_strategist_does_not(self, own, client):
        row = bundle(own.cohort, own)
        old = DelegateFactory(participation=own, ends_on="2026-01-02").user
        client.force_login(old)
        assert fetched(client, reverse("archive:file", args=[row.pk])) == 404


class TestItsTime:
    @pytest.mark.parametrize(("days", "is_there"), [(13, True), (15, False)])
    def test_it_is_removed_after_two_weeks(
        self, own, strategist, client, days, is_there, django_capture_on_commit_callbacks
    ):
        bundles.run(order(own, strategist).pk)
        row = Bundle.objects.get()
        with time_machine.travel(timezone.now() + timedelta(days=days)):
            client.force_login(strategist)
            address = reverse("archive:file", args=[row.pk])
            assert (fetched(client, address) == 200) is is_there, "nor is it opened before it is swept"
            assert (address in client.get(page_of(own)).text) is is_there
            with django_capture_on_commit_callbacks(execute=True):
                tasks.discard_expired()
        assert Bundle.objects.exists() is is_there
        assert default_storage.exists(row.file.name) is is_there

    def test_one_under_way_is_not_removed(self, own, strategist):
        order(own, strategist)
        with time_machine.travel(timezone.now() + timedelta(days=15)):
            tasks.discard_expired()
        assert Bundle.objects.exists()

    def test_it_is_swept_each_night(self):
        night = settings.CELERY_BEAT_SCHEDULE["discard-expired"]
        assert (night["task"], night["schedule"].hour) == (tasks.discard_expired.name, {3})

    def test_the_page_says_when(self, own, strategist, client):
        with time_machine.travel("2026-11-20T12:00:00+01:00", tick=False):
            bundles.run(order(own, strategist).pk)
            client.force_login(strategist)
            assert "Modell tar bort den 4 december 2026" in client.get(page_of(own)).text


def test_an_omgang_without_anything_gives_a_file(client, leader):
    row = actions.order_bundle(cohort=CohortFactory(), participation=None, for_skr=True, by=leader)
    bundles.run(row.pk)
    row.refresh_from_db()
    assert row.is_ready
