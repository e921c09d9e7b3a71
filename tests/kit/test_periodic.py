"""What is scheduled leaves its last run, and is late when it should be."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from celery.schedules import crontab
from django.conf import settings
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django.utils.module_loading import import_string

from kit.models import PeriodicRun
from kit.periodic import periodic, scheduled_tasks

pytestmark = pytest.mark.django_db

NOON = datetime(2027, 3, 10, 12, 0, tzinfo=UTC)  # 13.00 in Sweden
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SCHEDULED = sorted({entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()})


@pytest.fixture
def schedule(settings):
    """One task, `on` a schedule of the test's own; the site was set up long ago."""
    MigrationRecorder.Migration.objects.update(applied=NOON - 30 * DAY)

    def on(when):
        settings.CELERY_BEAT_SCHEDULE = {"work": {"task": "app.tasks.work", "schedule": when}}

    return on


def ran(at):
    PeriodicRun.objects.update_or_create(name="app.tasks.work", defaults={"last_run": at})


def the_task(now=NOON):
    (task,) = scheduled_tasks(now)
    return task


@pytest.mark.parametrize("name", SCHEDULED)
def test_every_scheduled_task_leaves_its_last_run(name):
    """Also where it finds nothing to do, as here."""
    with time_machine.travel(NOON, tick=False):
        import_string(name).apply()
    assert PeriodicRun.objects.get(name=name).last_run == NOON


def work():
    pass


def breaks():
    raise LookupError


def test_a_later_run_takes_the_row_of_the_one_before():
    for at in (NOON, NOON + HOUR):
        with time_machine.travel(at, tick=False):
            periodic(work)()
    assert PeriodicRun.objects.values_list("name", "last_run").get() == (f"{__name__}.work", NOON + HOUR)


def test_a_run_that_breaks_off_is_none():
    with pytest.raises(LookupError):
        periodic(breaks)()
    assert not PeriodicRun.objects.exists()


@pytest.mark.parametrize(
    ("every", "ago", "late"),
    [
        (600.0, 30 * MINUTE, False),
        (600.0, 31 * MINUTE, True),
        (timedelta(hours=1), 3 * HOUR, False),
        (timedelta(hours=1), 3 * HOUR + MINUTE, True),
        # Three of these are fifteen seconds, which a worker may be busy.
        (5.0, MINUTE, False),
        (5.0, 2 * MINUTE, True),
    ],
)
def test_late_after_three_periods(schedule, every, ago, late):
    schedule(every)
    ran(NOON - ago)
    assert the_task().late == late
    assert the_task().last_run == NOON - ago


# In Swedish time: five past each hour from seven to six in the evening.
BY_DAY = crontab(minute="5", hour="7-18")
EVENING, MORNING = datetime(2027, 3, 9, 17, 5, 2, tzinfo=UTC), datetime(2027, 3, 10, 6, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("last", "now", "late"),
    [
        (NOON, NOON + 5 * MINUTE + HOUR, False),
        (NOON, NOON + 5 * MINUTE + 2 * HOUR, True),
        (EVENING, MORNING, False),
        (EVENING, MORNING + HOUR, False),
        (EVENING, MORNING + 2 * HOUR, True),
    ],
)
def test_late_by_the_clock(schedule, last, now, late):
    schedule(BY_DAY)
    ran(last)
    assert the_task(now).late == late


def test_how_often(schedule):
    ran(NOON)
    for when, every in ((600.0, 10 * MINUTE), (BY_DAY, HOUR), (crontab(minute="30", hour="2"), DAY)):
        schedule(when)
        assert the_task().every == every


def test_what_has_never_run_counts_from_when_the_release_was_set_up(schedule):
    schedule(600.0)
    assert the_task().late
    newest = MigrationRecorder.Migration.objects.order_by("pk").last()
    MigrationRecorder.Migration.objects.filter(pk=newest.pk).update(applied=NOON - 20 * MINUTE)
    assert not the_task().late
    assert the_task(NOON + 20 * MINUTE).late
    assert the_task().last_run is None


def test_a_run_by_a_clock_that_was_wrong_is_none(schedule):
    """Noted a day ahead: it would hide for a day that nothing runs."""
    schedule(600.0)
    ran(NOON + DAY)
    assert the_task().late
    assert the_task().last_run is None
    ran(NOON)
    assert not the_task().late


def test_two_machines_clocks_may_differ_a_little(schedule):
    schedule(600.0)
    ran(NOON + timedelta(seconds=20))
    assert not the_task().late
    assert the_task().last_run == NOON


def test_a_site_set_up_by_such_a_clock_is_not_late_at_once(schedule):
    schedule(600.0)
    MigrationRecorder.Migration.objects.update(applied=timezone.now() + 3650 * DAY)
    assert not the_task().late
