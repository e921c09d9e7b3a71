"""What holds for every answer: its methods and headers. Who may keep a copy is asked in tests/strict.py."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.db import transaction
from django.urls import Resolver404, URLResolver, get_resolver, resolve, reverse

from tests.cast import make_cast
from tests.factories import MeetingFactory
from tests.modell.test_deployment import PRODUCTION, manage
from tests.pages import PUBLIC, TABLE
from tests.process_factories import InterestFactory
from tests.world import place

pytestmark = pytest.mark.django_db
ODD = ("TRACE", "OPTIONS", "PUT", "PATCH", "DELETE", "CONNECT", "PROPFIND", "FOO")


@pytest.fixture
def cast():
    return make_cast()


def addresses(cast):
    """A public page, a page without a form, one with a form, one that takes a post only, a file and no page at all."""
    meeting = MeetingFactory(cohort=cast.cohort, host=cast.own)
    writer = InterestFactory().writers.create(email="skribent@exempel.invalid")
    return [
        reverse("overview:about"),
        reverse("admission:interest", args=[writer.key]),
        reverse("admission:interest_writers", args=[writer.key]),
        meeting.get_absolute_url(),
        f"{meeting.get_absolute_url()}andra/",
        f"{meeting.get_absolute_url()}svar/",
        reverse("meetings:ics", args=[cast.cohort.slug, meeting.key]),
        reverse("meetings:calendar"),
        "/finns-inte/",
    ]


@pytest.mark.parametrize("method", ODD)
def test_other_methods_than_a_forms_are_refused(client, cast, method):
    client.force_login(cast.anna)
    for url in addresses(cast):
        answer = client.generic(method, url)
        assert answer.status_code == 405, url
        assert answer.content, url
        assert answer["Allow"] == "GET, HEAD, POST"


ALLOWED = [row for row in TABLE if row.ok]
# As scanners ask, and as an address looks that was copied with something after it.
NO_ADDRESS_HAS = ("%00", "abc%00", "1%00", "abc%0a", "abc%E2%80%8B", "%C3%A5", "abc%25", "a.b")


def routes(patterns=None, before="/"):
    for pattern in patterns or get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, f"{before}{pattern.pattern}")
        else:
            yield f"{before}{pattern.pattern}"


def with_one(sign, route):
    """The route with the sign in each of its places in turn, and in the others what fits in any."""
    *before, last = re.split("<[^>]+>", route)
    for odd in range(len(before)):
        yield "".join(f"{part}{sign if at == odd else 12}" for at, part in enumerate(before)) + last


def test_no_address_takes_a_sign_that_it_cannot_have():
    """PostgreSQL refuses NUL where SQLite finds nothing, so no such sign may come as far as to a database."""
    with_values = [route for route in routes() if "<" in route]
    assert len(with_values) > 200
    for route in with_values:
        for sign in NO_ADDRESS_HAS:
            for url in with_one(sign, route):
                assert not is_an_address(unquote(url)), url


def is_an_address(path):
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


@pytest.mark.parametrize("sign", NO_ADDRESS_HAS)
def test_such_an_address_is_no_page_and_asks_nothing(client, cast, sign, django_assert_num_queries):
    url = reverse("meetings:meeting", args=[cast.cohort.slug, "traff"])
    assert is_an_address(url)
    with django_assert_num_queries(0):
        assert client.get(url.replace("traff", sign)).status_code == 404


@pytest.mark.in_turn(3)
@pytest.mark.one_database
def test_nor_does_a_value_that_is_asked_for_or_posted(client, world):
    root = Path(settings.BASE_DIR)
    code = "".join(path.read_text() for path in (*root.glob("*/views.py"), *root.glob("*/views/*.py")))
    asked = dict.fromkeys(re.findall(r"""(?:GET|POST)(?:\.get(?:list)?\(|\[)"(\w+)\"""", code), "\0")
    assert len(asked) > 15
    for row in ALLOWED:
        client.force_login(world.users[row.ok[0]])
        with transaction.atomic():
            url = reverse(row.name, args=place(world, row.where))
            answer = client.post(url, asked) if row.post else client.get(url, asked)
            assert answer.status_code < 500, row.id
            transaction.set_rollback(True)
        for close in answer._resource_closers:  # not close(): that would also let the database go
            close()


# What a page that takes a post answers to an empty one: done or refused, for whatever reason.
TAKEN = (204, 302, 403, 404, 422)
# Addresses that anybody may open, and post to.
TAKE_A_POST = {
    *("account_login", "account_request_login_code", "account_signup", "account_confirm_login_code", "account_logout"),
    *("admission:interest_new", "admission:interest_section", "admission:interest_person", "people:address_change"),
    *("admission:interest_person_add", "admission:interest_writers", "admission:interest_withdraw"),
    *("admission:interest_submit", "admission:interest_writer_remove", "admission:interest_person_remove"),
    *("demo:demo_sign_in", "mfa_authenticate", "mfa_login_webauthn"),
}


def says_that_nothing_is_saved(answer):
    return answer.status_code == 405 and "Inget är sparat." in answer.text


@pytest.mark.in_turn(3)
def test_a_page_that_takes_no_post_says_so(client, world):
    """None answers as if it had only been visited."""
    others = {}
    for row in {row.name: row for row in ALLOWED}.values():
        client.force_login(world.users[row.ok[0]])
        with transaction.atomic():
            answer = client.post(reverse(row.name, args=place(world, row.where)))
            transaction.set_rollback(True)
        if not says_that_nothing_is_saved(answer):
            others[row.name] = answer.status_code
    assert {name: status for name, status in others.items() if status not in TAKEN} == {}
    assert len(others) < len({row.name for row in ALLOWED}) - 50


def test_a_public_page_that_takes_no_post_says_so(client, world):
    interest = InterestFactory(cohort=world.cohort)
    key = interest.writers.create(email="skribent@exempel.invalid").key
    args = {
        "admission:interest": [key],
        "admission:interest_sent": [world.cohort.slug],
        "meetings:feed": ["x" * 43],
        "reports:published_joint": [world.cohort.slug],
        "reports:joint_edition": [world.cohort.slug, 1],
        "reports:published_report": [world.cohort.slug, world.own.code],
        "reports:report_edition": [world.cohort.slug, world.own.code, 1],
        "reports:published_joint_chapter": [world.cohort.slug, "omgangen"],
        "reports:joint_edition_chapter": [world.cohort.slug, 1, "omgangen"],
        "reports:joint_edition_table": [world.cohort.slug, 1, "deltagare"],
        "reports:published_report_chapter": [world.cohort.slug, world.own.code, "insatser"],
        "reports:report_edition_chapter": [world.cohort.slug, world.own.code, 1, "insatser"],
        "reports:report_edition_table": [world.cohort.slug, world.own.code, 1, "varden"],
        "reports:published_file": [1],
        "demo:demo_mail_one": [1],
        "sign_in_link": ["BCDF-GHJK"],
        "openid_connect_login": ["norrby"],
        "openid_connect_callback": ["norrby"],
    }
    for name in PUBLIC - TAKE_A_POST:
        assert says_that_nothing_is_saved(client.post(reverse(name, args=args.get(name, [])))), name


def test_it_leads_to_the_page(client, cast):
    client.force_login(cast.anna)
    answer = client.post(f"{reverse('follow_up:tasks')}?utom=1&x=2")
    assert 'href="/mina-uppgifter/?utom=1&amp;x=2"' in answer.text
    assert answer["Allow"] == "GET"


def test_head_answers_as_get_without_content(client, cast):
    """Mail scanners look at a link with HEAD before its reader opens it."""
    client.force_login(cast.anna)
    for url in addresses(cast):
        got, head = client.get(url), client.head(url)
        assert head.status_code == got.status_code, url
        assert b"".join(head) == b"", url
        assert head["Content-Type"] == got["Content-Type"], url


def test_no_other_site_uses_an_answer_and_none_uses_the_device(client, cast):
    for user in (None, cast.anna):
        if user:
            client.force_login(user)
        for url in addresses(cast):
            answer = client.get(url)
            assert answer["Cross-Origin-Resource-Policy"] == "same-origin", url
            assert "camera=(), " in answer["Permissions-Policy"], url


def test_signing_out_empties_the_browsers_memory(client, cast):
    client.force_login(cast.anna)
    assert client.post(reverse("account_logout"))["Clear-Site-Data"] == '"cache"'


def test_the_page_of_parts_is_not_in_production():
    asked = (
        "from modell.urls import urlpatterns; print('komponenter/' in map(str, (one.pattern for one in urlpatterns)))"
    )
    for environment, there in ((PRODUCTION, "False"), ({}, "True")):
        done = manage("shell", "--verbosity=0", "-c", asked, **environment)
        assert done.stdout.strip() == there, done.stderr
