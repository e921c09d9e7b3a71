"""What politician, manager and strategist each do about a moment, on the page of its version."""

import json

import pytest
from django.conf import settings
from django.urls import reverse

from checklist.models import Item
from checklist.who_does_what import who_does_what
from tests.factories import DelegateFactory

pytestmark = pytest.mark.django_db


def test_every_moment_of_every_shipped_version_has_its_three_parts():
    shipped = json.loads((settings.DATA_DIR / "guidance.json").read_text(encoding="utf-8"))["versions"]
    keys = set(Item.objects.filter(checklist__key__in=shipped).values_list("key", flat=True))
    assert keys
    for key in keys:
        parts = who_does_what(key)
        assert parts is not None, key
        assert all(text.endswith(".") for text in (parts.politician, parts.manager, parts.strategist)), key


def test_the_page_of_a_version_says_them(client):
    client.force_login(DelegateFactory().user)
    page = client.get(reverse("checklist:version", args=["skr-2018"]))
    for moment in page.context["items"]:
        assert moment.parts.politician in page.text
        assert moment.parts.strategist in page.text


def test_a_moment_that_skr_has_made_has_none():
    assert who_does_what("ett-eget-moment") is None
