"""What is cleared by night."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from kit.tasks import clear_sessions
from modell.celery import app

pytestmark = pytest.mark.django_db


def test_sessions_that_have_run_out_are_deleted():
    now = timezone.now()
    for key, seconds in (("over", -1), ("going", 60)):
        Session.objects.create(session_key=key, session_data="", expire_date=now + timedelta(seconds=seconds))
    clear_sessions()
    assert list(Session.objects.values_list("session_key", flat=True)) == ["going"]


def test_each_night():
    [schedule] = [
        entry["schedule"] for entry in app.conf.beat_schedule.values() if entry["task"] == clear_sessions.name
    ]
    assert (schedule.hour, schedule.minute) == ({3}, {20})
