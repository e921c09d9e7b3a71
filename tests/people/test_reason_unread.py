"""Why an organisation has left is read by SKR alone, wherever one looks."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse

from cohorts.enums import Status
from cohorts.models import Participation
from tests.access import OWN
from tests.pages import TABLE
from tests.world import place

pytestmark = pytest.mark.django_db
SECRET = "Den nya ledningen tvekar"


def written_in(response):
    """What one reads in a page, or in a workbook's parts."""
    raw = b"".join(response.streaming_content) if response.streaming else response.content
    if not raw.startswith(b"PK"):
        return raw.decode(errors="replace")
    with ZipFile(BytesIO(raw)) as file:
        return "".join(file.read(name).decode(errors="replace") for name in file.namelist())


@pytest.mark.in_turn(3)
def test_the_reason_is_read_by_skr_alone(client, world):
    """On every page and in every workbook of the access table, by one of the organisation and one who is not."""
    Participation.objects.filter(pk=world.own.pk).update(
        status=Status.WITHDRAWN, withdrawn_on=date(2026, 9, 1), withdrawal_reason=SECRET
    )
    rows = [row for row in TABLE if not row.post and row.name not in ("reports:paper", "reports:empty_form")]
    shown_to, opened = [], 0
    for among in (OWN, ("mentor", "groupmate", "other", "evaluator")):
        for row in rows:
            role = next((role for role in among if role in row.ok), None)
            if role is None:
                continue
            client.force_login(world.users[role])
            response = client.get(reverse(row.name, args=place(world, row.where)))
            opened += response.status_code == 200
            shown_to += [(role, row.id)] if SECRET in written_in(response) else []
    assert (shown_to, opened > 60) == ([], True)
