"""What goes over the wire: compressed where it is text, 304 where the reader has it already (docs/adr/0021)."""

import gzip

import pytest
from django.test import Client
from django.urls import reverse

from meetings.models import CalendarFeed
from tests.cast import make_cast
from tests.factories import MeetingFactory

pytestmark = pytest.mark.django_db
GZIP = {"accept-encoding": "gzip, deflate, br"}


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def client():
    """Django's own: ours reads what every page says, and these are compressed."""
    return Client()


@pytest.fixture
def anna(client, cast):
    client.force_login(cast.anna)
    return client


@pytest.fixture
def feed(cast):
    MeetingFactory(cohort=cast.cohort)
    address = CalendarFeed.objects.create(user=cast.anna, key="nyckel")
    return reverse("meetings:feed", args=[address.key])


class TestCompressed:
    def test_a_page_is_sent_compressed_to_whoever_takes_it(self, anna):
        page = anna.get("/mina-uppgifter/", headers=GZIP)
        assert page["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in page["Vary"]
        assert "<h1" in gzip.decompress(page.content).decode()

    def test_and_plainly_to_others(self, anna):
        assert "Content-Encoding" not in anna.get("/mina-uppgifter/")

    def test_its_length_tells_nothing_certain(self, client):
        page = reverse("overview:about")
        assert len({len(client.get(page, headers=GZIP).content) for _ in range(40)}) > 1

    def test_a_calendar_is_text(self, client, feed):
        assert client.get(feed, headers=GZIP)["Content-Encoding"] == "gzip"

    def test_what_is_compressed_inside_is_sent_as_it_is(self, anna, cast):
        book = anna.get(reverse("assessments:workbook", args=[cast.cohort.slug, cast.own.code]), headers=GZIP)
        assert "Content-Encoding" not in book
        assert book.getvalue().startswith(b"PK")

    def test_head_tells_the_length_it_would_have(self, client):
        page = client.head(reverse("overview:about"), headers=GZIP)
        assert (page.status_code, page.content, page["Content-Encoding"]) == (200, b"", "gzip")
        assert int(page["Content-Length"]) > 500

    def test_the_page_with_a_lasting_secret_repeats_nothing_that_is_asked_for(self, anna, feed):
        page = anna.get(reverse("meetings:calendar"), {"q": "gissning"}, headers={"referer": "http://x/gissning"}).text
        assert feed in page
        assert "gissning" not in page


class TestUnchanged:
    def again(self, client, address):
        first = client.get(address)
        assert first.status_code == 200
        return client.get(address, headers={"if-none-match": first["ETag"]})

    @pytest.mark.parametrize("name", ["overview:about", "overview:accessibility", "reports:published"])
    def test_a_public_page_without_a_form(self, client, name):
        answer = self.again(client, reverse(name))
        assert (answer.status_code, answer.content) == (304, b"")

    def test_it_brings_no_policy_of_scripts_to_a_page_drawn_with_another(self, client):
        page = reverse("overview:about")
        assert "Content-Security-Policy" in client.get(page)
        assert "Content-Security-Policy" not in self.again(client, page)

    def test_though_compressed(self, client):
        page = reverse("overview:about")
        first = client.get(page, headers=GZIP)
        assert client.get(page, headers={**GZIP, "if-none-match": first["ETag"]}).status_code == 304

    def test_a_calendar_until_a_meeting_moves(self, client, cast, feed):
        assert self.again(client, feed).status_code == 304
        tag = client.get(feed)["ETag"]
        MeetingFactory(cohort=cast.cohort)
        assert client.get(feed, headers={"if-none-match": tag}).status_code == 200

    def test_a_page_with_a_form_is_never_the_same(self, anna):
        """Its token and its form's key are good for one drawing; an old one must not be shown for the new."""
        page = anna.get(reverse("overview:about"))
        assert "ETag" not in page
        assert 'name="csrf-token"' in page.text

    def test_a_file_for_a_signed_in_person_is_not_kept(self, anna, cast):
        book = anna.get(reverse("assessments:workbook", args=[cast.cohort.slug, cast.own.code]))
        assert (book["Cache-Control"], "ETag" in book) == ("private, no-store", False)
