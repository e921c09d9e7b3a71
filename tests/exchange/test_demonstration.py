"""The demonstration as packages: what one site writes, an empty site reads, and then writes the same."""

import json

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from cohorts.models import Cohort, Organisation
from cohorts.register import load_register
from exchange.exporting import export_document, render
from exchange.importing import import_document
from exchange.references import References
from improvements.models import Improvement
from indicators.models import Indicator

pytestmark = [pytest.mark.any_day, pytest.mark.django_db]


def packages() -> dict[str, str]:
    return {cohort.slug: render(export_document(cohort)) for cohort in Cohort.objects.filter(plan__isnull=False)}


@pytest.fixture
def written():
    """The packages of a loaded demonstration, which is then taken away."""
    before = transaction.savepoint()
    with time_machine.travel("2026-11-22T09:00:00+01:00", tick=False):
        call_command("load_demo", verbosity=0)
        written = packages()
    for model in (Improvement, Indicator):
        assert model.objects.exclude(tags="").exists()
    transaction.savepoint_rollback(before)
    return written


def test_an_empty_site_writes_what_it_has_read(written):
    load_register(Organisation, settings.DATA_DIR / "organisations-demo.csv", invented=True)
    for package in written.values():
        assert import_document(json.loads(package), References.read()).created
    assert packages() == written
    for package in written.values():
        assert not import_document(json.loads(package), References.read()).changed
