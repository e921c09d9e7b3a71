"""What cannot be saved is kept for its person, a new thing is made once, and no page of ours is a blank refusal.

`tests/modell/test_typed.py` walks every page; here are the edges, on the form of an effort.
"""

from datetime import timedelta
from threading import Thread

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from improvements.models import Effort
from kit.guard import keeping, key
from kit.guard.filling import fill
from kit.guard.reading import forms_of
from kit.models import KeptForm, SentForm
from kit.tasks import erase_old_forms
from tests.strict import StrictClient

pytestmark = pytest.mark.django_db
SIGNED_OUT = "Du loggades ut innan det här sparades. Läs igenom och spara igen."
WAITS = "Du har något som inte är sparat"


@pytest.fixture
def address(cast):
    return reverse("improvements:effort_add", args=[cast.cohort.slug, cast.own.code])


def drawn(client, page):
    """What the form holds before anyone has typed: its hidden fields and what is chosen."""
    [form] = [form for form in forms_of(client.get(page).text, page) if page in form.addresses]
    tags = [tag for tag in form.fields if tag.kind == "hidden" or "checked" in tag.attributes]
    return {tag.get("name"): tag.get("value") for tag in tags}


class TestSignedOut:
    @pytest.fixture
    def sent(self, client, cast, address):
        """Anna's session ended before she pressed the button."""
        client.force_login(cast.anna)
        fields = drawn(client, address)
        client.logout()
        return client.post(address, fields | {"title": "Biblioteket"})

    def test_nothing_is_stored_before_one_has_read_it_again(self, client, cast, address, sent):
        assert sent.url == f"/logga-in/?next={address}"
        client.force_login(cast.anna)
        page = client.get(address)
        assert SIGNED_OUT in page.text
        assert 'value="Biblioteket"' in page.text
        assert not Effort.objects.exists()

    def test_it_waits_until_it_is_saved(self, client, cast, address, sent):
        client.force_login(cast.anna)
        assert WAITS in client.get(reverse("follow_up:tasks")).text
        assert client.post(address, drawn(client, address) | {"title": "Biblioteket"}).status_code == 302
        assert WAITS not in client.get(reverse("follow_up:tasks")).text
        assert 'value="Biblioteket"' not in client.get(address).text
        assert not KeptForm.objects.exists()

    def test_a_refused_save_lets_nothing_go(self, client, cast, address, sent):
        client.force_login(cast.anna)
        assert client.post(address, {"title": ""}).status_code == 422
        assert 'value="Biblioteket"' in client.get(address).text

    def test_it_can_be_thrown_away(self, client, cast, address, sent):
        client.force_login(cast.anna)
        client.post(reverse("forget_kept", args=[KeptForm.objects.get().pk]))
        assert SIGNED_OUT not in client.get(address).text
        assert not KeptForm.objects.exists()

    def test_nobody_else_sees_it_or_throws_it_away(self, client, cast, address, sent):
        client.force_login(cast.eva)
        assert "Biblioteket" not in client.get(address).text
        assert WAITS not in client.get("/mina-uppgifter/").text
        client.post(reverse("forget_kept", args=[KeptForm.objects.get().pk]))
        assert KeptForm.objects.exists()

    def test_nobody_sees_it_before_signing_in(self, client, sent):
        page = client.get("/om/").text
        assert WAITS not in page
        assert "Biblioteket" not in page

    def test_several_wait_beside_each_other(self, client, cast, address, sent):
        other = reverse("improvements:improvement_add", args=[cast.cohort.slug, cast.own.code])
        client.post(other, {"title": "Statistik per kön"})
        client.force_login(cast.anna)
        assert 'value="Biblioteket"' in client.get(address).text
        assert 'value="Statistik per kön"' in client.get(other).text

    def test_of_the_same_form_the_newest_is_filled_in_and_the_older_shown(self, client, cast, address, sent):
        client.force_login(cast.anna)
        KeptForm.objects.update(page=address)
        fields = {name: value for name, value in drawn(client, address).items() if name == key.FIELD}
        client.logout()
        for _ in range(2):
            client.post(address, fields | {"title": "Badhuset"})
        client.force_login(cast.anna)
        page = client.get(address).text
        assert 'value="Badhuset"' in page
        assert page.count("Biblioteket") == 1
        assert KeptForm.objects.count() == 2

    @pytest.mark.parametrize(("days", "waits"), [(6, True), (8, False)])
    def test_it_is_erased_after_a_week(self, client, cast, address, sent, days, waits):
        with time_machine.travel(timezone.now() + timedelta(days=days)):
            client.force_login(cast.anna)
            assert ("Biblioteket" in client.get(address).text) is waits
            erase_old_forms()
        assert KeptForm.objects.exists() is waits

    def test_a_script_is_told_and_keeps_it_itself(self, client, cast, address):
        for header in ("X-Guard", "HX-Request"):
            answer = client.post(address, {"title": "Biblioteket"}, headers={header: "true"})
            assert (answer.status_code, answer.content) == (401, b"")
        assert client.get(reverse("follow_up:tasks"), headers={"HX-Request": "true"}).status_code == 401
        assert not KeptForm.objects.exists()


class TestWhatIsKept:
    def test_a_form_without_our_key_is_kept_if_it_is_short(self, client, cast, address):
        client.post(address, {"title": "Biblioteket"})
        client.post(address, {"title": "x" * keeping.LONGEST_WITHOUT_KEY})
        assert [row.person for row in KeptForm.objects.all()] == [None]
        client.force_login(cast.anna)
        assert 'value="Biblioteket"' in client.get(address).text

    def test_with_our_key_it_may_be_long(self, client, cast, address):
        client.force_login(cast.anna)
        fields = drawn(client, address)
        client.logout()
        client.post(address, fields | {"title": "x" * keeping.LONGEST_WITHOUT_KEY})
        client.post(address, fields | {"title": "x" * keeping.LONGEST})
        assert [row.person for row in KeptForm.objects.all()] == [cast.anna.pk]

    def test_a_key_that_was_tampered_with_is_none(self, client, cast, address):
        client.post(address, {key.FIELD: "WyJhIiwxLCIvIl0:1:x", "title": "Biblioteket"})
        assert KeptForm.objects.get().person is None

    def test_signs_that_no_database_takes(self, client, cast, address):
        client.post(address, {"title": "Biblio\0teket \ufffe"})
        client.force_login(cast.anna)
        assert 'value="Biblioteket \ufffe"' in client.get(address).text

    def test_files_are_named_as_lost(self, client, cast):
        page = reverse("people:people_list", args=[cast.cohort.slug, cast.own.code])
        client.force_login(cast.anna)
        fields = drawn(client, page)
        client.logout()
        files = SimpleUploadedFile("personer.csv", b"namn")
        client.post(page, fields | {"text": "Anna Ek;anna.ek@exempel.invalid", "file": files})
        client.force_login(cast.anna)
        answer = client.get(page).text
        assert "personer.csv följde inte med. Välj filen igen." in answer
        assert "Anna Ek;anna.ek@exempel.invalid" in answer

    def test_where_the_form_is_gone_the_text_is_shown(self, client, cast, address):
        client.force_login(cast.anna)
        fields = drawn(client, address)
        client.logout()
        client.post(address, fields | {"title": "Biblioteket"})
        KeptForm.objects.update(page=reverse("follow_up:tasks"))
        client.force_login(cast.anna)
        answer = client.get(reverse("follow_up:tasks")).text
        assert "Det här får inte plats i formuläret längre." in answer
        assert "Biblioteket" in answer

    def test_no_log_and_no_address_has_it(self, client, cast, address, caplog):
        client.post(address, {"title": "Biblioteket"})
        StrictClient(enforce_csrf_checks=True).post(address, {"title": "Biblioteket"})
        assert "Biblioteket" not in caplog.text


class TestOldToken:
    @pytest.fixture
    def strict(self, cast):
        strict = StrictClient(enforce_csrf_checks=True)
        strict.force_login(cast.anna)
        return strict

    def test_anothers_form_is_not_put_before_one(self, client, strict, cast, address):
        client.force_login(cast.eva)
        answer = strict.post(address, drawn(client, address) | {"title": "Det Eva skrev"})
        assert not KeptForm.objects.exists()
        assert "Sidan var inte aktuell längre, så inget har ändrats." in strict.get(answer.url).text

    def test_a_form_of_another_site_is_refused(self, strict, address):
        answer = strict.post(address, {"title": "Hej"}, headers={"Origin": "https://elsewhere.invalid"})
        assert answer.status_code == 403
        assert "Formuläret kom inte från en sida i Modell" in answer.text
        assert not KeptForm.objects.exists()

    def test_a_script_gets_no_page(self, strict, address):
        assert strict.post(address, {"title": "Hej"}, headers={"X-Guard": "1"}).status_code == 403

    def test_a_lone_button_leads_back_to_its_page(self, client, strict, cast):
        address = reverse("meetings:calendar_make")
        answer = strict.get(strict.post(address).url, follow=True)
        assert answer.request["PATH_INFO"] == reverse("meetings:calendar")
        assert "Sidan var inte aktuell längre, så inget har ändrats. Försök igen." in answer.text

    def test_the_form_for_signing_in_leads_on_where_one_is_signed_in(self, strict):
        assert strict.post("/logga-in/", {"email": "anna@exempel.invalid"}).url == "/"

    def test_so_does_the_form_for_the_code(self, strict):
        assert strict.post("/logga-in/kod/", {"code": "ABCD-EFGH"}).url == "/"

    def test_signing_out_is_not_taken_for_done(self, strict):
        answer = strict.get(strict.post("/logga-ut/").url)
        assert "Sidan var inte aktuell längre, så inget har ändrats." in answer.text
        assert "Vill du logga ut?" in answer.text

    def test_and_else_to_itself(self, address):
        strict = StrictClient(enforce_csrf_checks=True)
        assert strict.post("/logga-in/", {"email": "anna@exempel.invalid"}).url == "/logga-in/"


class TestOnce:
    @pytest.fixture
    def fields(self, client, cast, address):
        client.force_login(cast.anna)
        return drawn(client, address) | {"title": "Biblioteket"}

    def test_the_same_again_leads_to_what_was_made(self, client, address, fields):
        first, second = (client.post(address, fields) for _ in range(2))
        assert first.url == second.url == reverse("improvements:effort", args=[Effort.objects.get().pk])
        assert "Det här hade du redan sparat. Det sparades inte en gång till." in client.get(second.url).text

    def test_other_words_are_shown_again_before_they_make_another(self, client, address, fields):
        client.post(address, fields)
        answer = client.get(client.post(address, fields | {"title": "Badhusets tider"}).url)
        assert "Det här formuläret har du redan sparat en gång." in answer.text
        assert 'value="Badhusets tider"' in answer.text
        assert Effort.objects.count() == 1
        client.post(address, drawn(client, address) | {"title": "Badhusets tider"})
        assert Effort.objects.count() == 2

    def test_what_was_refused_may_be_sent_again(self, client, address, fields):
        assert client.post(address, fields | {"title": ""}).status_code == 422
        assert client.post(address, fields).url == reverse("improvements:effort", args=[Effort.objects.get().pk])

    @pytest.mark.parametrize(("days", "remembered"), [(6, True), (8, False)])
    def test_it_is_remembered_for_a_week(self, client, address, fields, days, remembered):
        client.post(address, fields)
        with time_machine.travel(timezone.now() + timedelta(days=days)):
            erase_old_forms()
        assert SentForm.objects.exists() is remembered

    def test_a_script_is_told_where_to_go_on(self, client, address, fields):
        answer = client.post(address, fields, headers={"X-Guard": "1"})
        assert answer.status_code == 204
        assert answer["X-Location"] == reverse("improvements:effort", args=[Effort.objects.get().pk])
        assert "Location" not in answer


@pytest.mark.django_db(transaction=True)
def test_two_sendings_at_the_same_time_make_one(client, cast, address):
    client.force_login(cast.anna)
    fields, led_to = drawn(client, address) | {"title": "Biblioteket"}, []

    def press():
        mine = StrictClient()
        mine.cookies = client.cookies
        led_to.append(mine.post(address, fields)["Location"])
        connection.close()

    threads = [Thread(target=press) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(led_to) == {reverse("improvements:effort", args=[Effort.objects.get().pk])}


class TestFilling:
    PAGE = """<p>Å\u2028ä</p>
<details><summary>Mer</summary><form method="post" action="/spara/" id="ett">
  <input type="hidden" name="seen" value="gammal"><input name="word" value="a &amp; b">
  <input type="checkbox" name="on" checked> <input type="checkbox" name="many" value="1">
  <input type="checkbox" name="many" value="2"> <input type="radio" name="one" value="x" checked>
  <input type="radio" name="one" value="y"> <textarea name="text">
&lt;gammalt&gt;</textarea>
  <select name="choice"><option value="">-</option><option value="2">Två</option></select>
  <button name="go" value="1">Spara</button>
</form></details>
<input name="far" form="ett"><button form="ett" formaction="/skicka/">Skicka</button>"""
    TYPED = {
        "seen": ["ny"],
        "word": ['"c"'],
        "many": ["2"],
        "one": ["y"],
        "text": ["ett\r\n<två>"],
        "choice": ["2"],
        "far": ["borta"],
        "go": ["1"],
        "gone": ["fanns"],
    }

    def values(self, html):
        [form] = forms_of(html, "/sida/")
        fields = [tag for tag in form.fields if tag.kind != "select"]
        return {(tag.get("name"), tag.get("value") or tag.text): "checked" in tag.attributes for tag in fields}

    def test_every_kind_of_field(self):
        filled = fill(self.PAGE, path="/sida/", address="/spara/", typed=self.TYPED)
        assert self.values(filled.html) == {
            ("seen", "ny"): False,
            ("word", '"c"'): False,
            ("on", ""): False,
            ("many", "1"): False,
            ("many", "2"): True,
            ("one", "x"): False,
            ("one", "y"): True,
            ("text", "ett\r\n<två>"): False,
            ("far", "borta"): False,
        }
        assert '<option value="2" selected>' in filled.html
        assert "<details open><summary>" in filled.html
        assert filled.html[filled.form_at :].startswith('<form method="post" action="/spara/"')
        assert filled.left == {"gone": ["fanns"]}

    def test_a_form_is_known_by_each_of_its_addresses(self):
        assert fill(self.PAGE, path="/sida/", address="/skicka/", typed=self.TYPED)
        assert fill(self.PAGE, path="/sida/", address="/annat/", typed=self.TYPED) is None
        assert fill(self.PAGE, path="/sida/", address="/spara/", typed={"annat": ["x"]}) is None

    def test_of_two_alike_the_one_with_the_same_hidden_values(self):
        form = '<form method="post"><input type="hidden" name="what" value="{0}"><input name="title"></form>'
        html = form.format("länk") + form.format("fil")
        filled = fill(html, path="/x/", address="/x/", typed={"what": ["fil"], "title": ["T"]})
        assert filled.html == html[: len(form.format("länk"))] + form.format("fil").replace(
            '"title"', '"title" value="T"'
        )

    def test_fields_of_the_same_name_take_their_values_in_order(self):
        html = '<form method="post"><input name="row"><input name="row" value="2"></form>'
        filled = fill(html, path="/x/", address="/x/", typed={"row": ["a", "b"]})
        assert filled.html == '<form method="post"><input name="row" value="a"><input name="row" value="b"></form>'
