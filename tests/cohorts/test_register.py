"""What `migrate` alone brings: the register, the checklist versions and the question bank."""

import json
from collections import Counter

import pytest
from django.conf import settings
from django.core.management import call_command

from checklist.enums import Audience
from checklist.models import Checklist, Item, ItemLink, Question
from cohorts.models import Organisation

pytestmark = pytest.mark.django_db


def test_every_kommun_and_region_is_there_and_none_is_invented():
    kinds = Counter(Organisation.objects.values_list("kind", flat=True))
    assert kinds == {"kommun": 289, "region": 21}
    assert not Organisation.objects.filter(invented=True).exists()


def test_gotland_is_one_organisation_with_two_codes():
    gotland = Organisation.objects.with_code("0980").get()
    assert (gotland.code, gotland.second_code, gotland.kind) == ("09", "0980", "region")
    assert gotland.name == "Region Gotland"
    assert Organisation.objects.with_code("09").get() == gotland


def test_every_checklist_version_is_there_as_in_the_file():
    document = json.loads((settings.DATA_DIR / "checklists.json").read_text(encoding="utf-8"))
    for version in document["checklists"]:
        checklist = Checklist.objects.get(key=version["key"])
        assert [(step.value, step.label) for step in checklist.steps.all()] == [
            (int(step["value"]), step["label"]) for step in version["scale"]
        ]
        assert [
            (item.key, item.number, item.text, item.short, item.block or None, item.owner or None)
            for item in checklist.items.all()
        ] == [
            tuple(item[key] for key in ("key", "number", "text", "short", "block", "owner"))
            for item in version["items"]
        ]
    links = ItemLink.objects.values_list("old__checklist__key", "old__key", "new__checklist__key", "new__key", "kind")
    assert set(links) == {(*link["from"], *link["to"], link["kind"]) for link in document["links"]}
    assert len(links) == len(document["links"])


def test_every_moment_has_a_question_for_each_who_asks():
    for item in Item.objects.prefetch_related("questions"):
        assert {question.audience for question in item.questions.all()} == set(Audience), item.key


def test_a_question_is_short_and_ends_as_one():
    for question in Question.objects.all():
        assert len(question.text) <= 160, question.text
        assert question.text.endswith("?"), question.text


def test_the_question_bank_says_that_its_wording_is_working():
    bank = json.loads((settings.DATA_DIR / "questions.json").read_text(encoding="utf-8"))
    assert bank["status"] == "working"
    assert bank["note"]


def test_no_model_has_changed_without_its_migration(capsys):
    call_command("makemigrations", check=True, dry_run=True)
    assert "No changes" in capsys.readouterr().out
