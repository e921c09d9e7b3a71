"""The concepts since 2020 have the themes that SKR took into the concept then, also on a site that has them already."""

import json
from importlib import import_module

import pytest
from django.apps import apps
from django.conf import settings

from planning.models import Edition, EditionAgendaItem, EditionStep

pytestmark = pytest.mark.django_db
MIGRATION = import_module("planning.migrations.0005_themes_of_2020")


@pytest.fixture(autouse=True)
def _before_the_hours():
    """The usual hours came after the themes, and their sentence stands after the themes' own."""
    for row in json.loads((settings.DATA_DIR / "editions.json").read_text(encoding="utf-8"))["editions"]:
        edition = Edition.objects.get(key=row["key"])
        edition.source = edition.source.removesuffix(row.get("usual_hours", {}).get("source", ""))
        edition.save()


def everything(key):
    steps = EditionStep.objects.filter(edition__key=key)
    agenda = EditionAgendaItem.objects.filter(step__edition__key=key).order_by("step__position", "position", "title")
    return (
        Edition.objects.get(key=key).source,
        list(steps.values_list("name", "theme", "goals")),
        list(agenda.values_list("step__position", "position", "title", "minutes", "part", "whose")),
    )


def as_before(key):
    """The edition as it was loaded before."""
    theme, goals, source = MIGRATION.EDITIONS[key]
    edition = Edition.objects.get(key=key)
    edition.source = edition.source.removesuffix(source)
    edition.save()
    edition.steps.filter(theme=f"{theme} och intressentanalys").update(theme=theme, goals=goals)
    for step in edition.steps.filter(goals__contains=MIGRATION.LEADERSHIP[1]):
        step.goals = step.goals.replace(*reversed(MIGRATION.LEADERSHIP))
        step.save()
        at = step.agenda.get(title=MIGRATION.CULTURE["title"])
        for later in step.agenda.filter(position__gt=at.position):
            later.position -= 1
            later.save()
        at.delete()


@pytest.mark.parametrize("key", MIGRATION.EDITIONS)
def test_culture_learning_and_stakeholders_are_there(key):
    source, steps, agenda = everything(key)
    assert sum("intressentanalys" in theme for _, theme, _ in steps) == 1
    assert sum("kultur och lärande" in goals for _, _, goals in steps) == 1
    assert sum("Kultur och lärande" in title for _, _, title, *_ in agenda) == 1
    assert "är vår arbetsformulering" in source


@pytest.mark.parametrize("key", MIGRATION.EDITIONS)
def test_a_site_that_has_them_gets_the_same(key):
    loaded = everything(key)
    as_before(key)
    assert everything(key) != loaded
    for _ in range(2):  # a second time it finds nothing to do
        MIGRATION.add(apps, None)
        assert everything(key) == loaded


def test_what_skr_has_written_stays():
    EditionStep.objects.filter(edition__key="koncept-2021", kind="deep_dive").update(theme="SKR:s eget")
    before = everything("koncept-2021")
    MIGRATION.add(apps, None)
    assert everything("koncept-2021") == before
