"""Each release's small dump, loaded at its own migrations in an empty database, comes forward to this one."""

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

ROOT = Path(__file__).resolve().parents[2]
*OLDER, NEWEST = sorted((ROOT / "tests/data/upgrade").glob("*.json.gz"))
# One takes a minute: in CI the newest comes forward each time, on the database of production.
IN_TURN = [pytest.param(dump, marks=pytest.mark.in_turn(12)) for dump in (*OLDER, NEWEST)]
WITH_THE_NEWEST = [*IN_TURN[:-1], NEWEST]
LARGEST = 300_000
# In one process, since each takes seconds to start.
BROUGHT_FORWARD = """
import json
from django.apps import apps
from django.core.management import call_command
from cohorts.models import Cohort

call_command("migrate", interactive=False, verbosity=0)
call_command("migrate", check_unapplied=True, verbosity=0)
models = apps.get_models(include_auto_created=True)
# Before what the packages write past it.
print(json.dumps({model._meta.label: model._base_manager.count() for model in models}), flush=True)
for slug in Cohort.objects.filter(plan__isnull=False).values_list("slug", flat=True):
    call_command("export_cohort", slug, output="-")
"""
# Django writes these anew for each model there is.
DJANGOS_OWN = {"auth.Permission", "contenttypes.ContentType"}
# Under another name since then.
MOVED = {"assessments.Part": "cohorts.Part"}


@pytest.fixture
def run(tmp_path):
    """Run a program of this project on a new database of its own."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    kept |= {"DJANGO_SETTINGS_MODULE": "modell.settings", "MODELL_VAR": str(tmp_path)}

    def run(*arguments):
        done = subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, env=kept, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    run.environment = kept
    return run


def comes_forward(run, dump):
    run("bin/upgrade-dump", "load", str(dump))
    counts, *packages = run("manage.py", "shell", "--verbosity=0", "-c", BROUGHT_FORWARD).splitlines()
    tables = json.loads(gzip.decompress(dump.read_bytes()))["tables"]
    loaded = {label: len(table["rows"]) for label, table in tables.items() if label not in DJANGOS_OWN}
    there = json.loads(counts)
    assert {label: there[MOVED.get(label, label)] for label in loaded} == loaded
    assert sum(line == "{" for line in packages) == loaded["assessments.AssessmentPlan"] > 5


@pytest.mark.long
@pytest.mark.parametrize("dump", IN_TURN, ids=lambda path: path.name)
def test_it_comes_forward_on_sqlite(run, dump):
    comes_forward(run, dump)


@pytest.mark.long
@pytest.mark.services
@pytest.mark.parametrize("dump", WITH_THE_NEWEST, ids=lambda path: path.name)
def test_it_comes_forward_on_postgresql(run, dump):
    server, name = os.environ["DATABASE_URL"].rpartition("/")[0], f"modell_upgrade_{uuid4().hex[:12]}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        try:
            run.environment["DATABASE_URL"] = f"{server}/{name}"
            comes_forward(run, dump)
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_there_is_one_and_each_is_small_and_fills_most_tables():
    for dump in (*OLDER, NEWEST):
        assert dump.stat().st_size <= LARGEST, dump
        tables = json.loads(gzip.decompress(dump.read_bytes()))["tables"]
        filled = [label for label, table in tables.items() if table["rows"]]
        assert len(filled) > len(tables) / 2, dump
        assert "sessions.Session" not in tables
