"""Beat sends what is due, also after its clock has been wrong, and leaves no file behind."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from celery.schedules import crontab

from modell.beat import SelfHealing
from modell.celery import app

START = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)


class Watched(SelfHealing):
    """Tells what it would send."""

    def setup_schedule(self):
        self.sent = []
        every = {"sweep": 15.0, "clean": 3600.0, "remind": crontab(minute="5", hour="7-18")}
        self.merge_inplace({name: {"task": name, "schedule": schedule} for name, schedule in every.items()})

    @property
    def producer(self):
        return None

    def apply_async(self, entry, **_):
        self.sent.append(entry.task)


def pass_time(beat, clock, seconds):
    """Let beat run as its process does: it sleeps for as long as it says, five seconds at most."""
    while seconds > 0:
        wait = max(beat.tick(), 0.01)
        clock.shift(wait)
        seconds -= wait
    sent, beat.sent = beat.sent, []
    return sent


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as clock:
        yield clock


@pytest.fixture
def beat(clock):
    return Watched(app)


def test_it_sends_what_is_due(beat, clock):
    sent = pass_time(beat, clock, 3660)
    assert sent.count("sweep") in (243, 244)
    assert (sent.count("clean"), sent.count("remind")) == (1, 1)


@pytest.mark.parametrize("ahead", [timedelta(minutes=2), timedelta(days=1), timedelta(days=400)])
def test_a_clock_that_was_ahead_and_is_set_back_silences_nothing(beat, clock, ahead):
    pass_time(beat, clock, 60)
    clock.shift(ahead)
    assert "sweep" in pass_time(beat, clock, 60)
    clock.shift(-ahead)
    sent = pass_time(beat, clock, 3660)
    assert sent.count("sweep") >= 242
    assert (sent.count("clean"), sent.count("remind")) == (1, 1)


def test_a_clock_that_was_behind_sends_each_once_when_it_is_right(beat, clock):
    pass_time(beat, clock, 60)
    clock.shift(timedelta(days=1))
    sent = pass_time(beat, clock, 10)
    assert sorted(sent) == ["clean", "remind", "sweep"]


def test_the_site_runs_it_and_looks_at_its_clock_every_five_seconds():
    assert app.conf.beat_scheduler == "modell.beat:SelfHealing"
    assert app.conf.beat_max_loop_interval == 5
    assert SelfHealing(app, lazy=True).max_interval == 5


def test_every_task_in_the_schedule_exists():
    app.loader.import_default_modules()
    asked = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert asked <= set(app.tasks)
