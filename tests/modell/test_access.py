"""Who may see and do what: docs/architecture.md, "Access", as one table over every URL name and role (tests/pages.py).

ok: allowed (200, a redirect, or 422 for an empty form) · 403: in scope but not allowed · 404: out of scope.
Signed out always means the sign-in page, except for what is public.
"""

import re
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cohorts.enums import Status
from tests.access import OWN, ROLES, Row
from tests.pages import APPS, PUBLIC, TABLE, url_names
from tests.world import be, place, undone

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def outcome(response):
    if response.status_code in (403, 404):
        return str(response.status_code)
    if response.status_code == 302 and response.url.startswith("/logga-in/"):
        return "sign-in"
    assert response.status_code in (200, 204, 302, 422), response.status_code
    return "ok"


def ask(client, row, url):
    """What happens, undone again: the next role meets the same world."""
    with undone(), CaptureQueriesContext(connection) as queries:
        response = client.post(url) if row.post else client.get(url)
    if not row.post:
        assert written(queries) == [], "a visit, which a mail program may make, writes something"
    for close in response._resource_closers:  # not close(): that would also let the database go
        close()
    return response


def written(queries):
    """What was written, but for the session."""
    writes = [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    return [sql for sql in writes if '"django_session"' not in sql]


@pytest.mark.in_turn(2)
@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.id)
def test_access(client, world, row):
    url = reverse(row.name, args=place(world, row.where))
    outcomes = {}
    for role in ROLES:
        be(client, world, role)
        outcomes[role] = outcome(ask(client, row, url))
    assert outcomes == row.expected()
    client.logout()
    assert outcome(ask(client, row, url)) == "sign-in"


def test_every_url_name_stands_in_the_table():
    assert set(url_names()) == {row.name for row in TABLE} | PUBLIC


@pytest.mark.parametrize("name", ["overview:about", "overview:accessibility", "overview:health", "reports:published"])
def test_public_pages_need_no_sign_in(client, name):
    assert client.get(reverse(name)).status_code == 200


BANNER = "exempelomgångarnas organisationer, värden och texter är påhittade"
SIGN = "Provomgång: inga mejl skickas, och inget här räknas i andra omgångar."
NO_HTML = (
    *("organisation_file", "ready_build", "draft_file", "submitted_file", "draft_evidence", "shared_evidence"),
    "draft_redirect",
    *(where for app in APPS for where in app.NO_HTML),
)
NO_WORK = ("-", "version", "version_moment", "key_figure", *NO_HTML)
SHOWS_WORK = [row for row in TABLE if not row.post and row.where not in NO_WORK]


@pytest.mark.in_turn(3)
@pytest.mark.parametrize("row", SHOWS_WORK, ids=lambda row: row.id)
def test_whatever_shows_invented_data_says_so(client, world, row, settings):
    """Also on a site that is no demonstration, and to SKR, who has no seat of its own."""
    settings.DEMO = False
    be(client, world, "process_leader" if "process_leader" in row.ok else row.ok[0])
    url = reverse(row.name, args=place(world, row.where))
    assert BANNER in client.get(url).text
    # A rehearsal has a sign of its own instead, on each of its pages.
    type(world.cohort).objects.filter(pk=world.cohort.pk).update(rehearsal=True)
    page = client.get(url).text
    assert (SIGN in page, BANNER in page) == (True, False)


def test_what_is_not_invented_does_not(client, world, settings):
    settings.DEMO = False
    type(world.cohort).objects.update(constructed=False)
    client.force_login(world.users["strategist"])
    assert BANNER not in client.get(world.draft.get_absolute_url()).text


def test_an_evaluators_access_ends_with_its_day(client, world):
    client.force_login(world.users["evaluator"])
    assert client.get(world.submitted.get_absolute_url()).status_code == 200
    world.users["evaluator"].evaluations.update(until=date(2026, 9, 19))
    assert client.get(world.submitted.get_absolute_url()).status_code == 404


def test_a_seats_access_ends_with_its_day(client, world):
    world.delegate.ends_on = date(2026, 9, 19)
    world.delegate.save()
    client.force_login(world.users["contributor"])
    assert client.get(world.draft.get_absolute_url()).status_code == 404


# A person's own calendar, mail and data, which say nothing for the organisation.
OF_ONES_OWN = (
    *("privacy:ask", "privacy:regret"),
    "meetings:calendar_make",
    "meetings:calendar_replace",
    "meetings:calendar_remove",
    "follow_up:mail_choice",
    *("mfa_add_webauthn", "mfa_activate_totp", "mfa_deactivate_totp", "mfa_remove_webauthn"),
    *("mfa_reauthenticate", "mfa_reauthenticate_webauthn", "mfa_generate_recovery_codes", "mfa_index"),
    *("mfa_view_recovery_codes", "account_reauthenticate", "session_end", "sessions_end", "sign_in_anew"),
)
# An organisation that has left still keeps its own papers, and its order of them changes nothing that anyone reads.
TAKEN_OUT = ("archive:organisation",)
PLACES = sorted({(row.name, row.where) for row in TABLE if row.name not in (*OF_ONES_OWN, *TAKEN_OUT)})


@pytest.mark.in_turn(3)
@pytest.mark.parametrize(("name", "where"), PLACES)
def test_an_organisation_that_has_left_writes_nothing(client, world, name, where):
    """A post is refused, or answered as a visit where the page has nothing to post."""
    url = reverse(name, args=place(world, where))
    for participation in (world.own, world.users["mentor"].seats.get().participation):
        left = type(participation).objects.filter(pk=participation.pk)
        left.update(status=Status.WITHDRAWN, withdrawn_on=date(2026, 9, 10))
    for role in (*OWN, "mentor"):
        be(client, world, role)
        answer = ask(client, Row(name, where, post=True), url)
        if answer.status_code not in (403, 404, 405):
            assert answer.status_code == ask(client, Row(name, where), url).status_code, role


def test_views_start_from_what_one_may_see():
    """To fetch is to authorise: `.objects` in a view is followed by `visible_to(` or another scope, or is public."""
    scopes = (
        "visible_to(",
        "read_by(",
        "of_cohort(",
        "of_organisation(",
        "of_skr(",
        "published(",
        "lent_by(",
        "open_to(",
    )
    skrs_own = ("staff(", "closed(", "known(")  # people, by permission
    allowed = (*scopes, *skrs_own, "prefetch_related(")
    same_for_all = ("Edition.",)  # how the programme is run; SKR's alone, by permission
    root = Path(__file__).resolve().parents[2]
    files = [*root.glob("*/views.py"), *root.glob("*/views/*.py"), *root.glob("*/fetch.py")]
    assert len(files) > 10
    loose = [
        f"{file.relative_to(root)}: {hit.group()}"
        for file in files
        for hit in re.finditer(r"[A-Z]\w+\.objects\.\w+\(?", file.read_text())
        if not hit.group().endswith(allowed) and not hit.group().startswith(same_for_all)
    ]
    assert loose == []
