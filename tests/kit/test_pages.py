import re
from functools import partial
from types import SimpleNamespace

import pytest
from django import forms
from django.contrib.messages.storage.base import BaseStorage
from django.test import RequestFactory

from kit.pages import Crumb, FormPage, draw, posted, press, refuse_on, saved_or_form, store
from kit.refusals import ActionRefused
from kit.signs import paper_note
from kit.staleness import SeenForm, Stale, digest
from tests.kit.test_editing import code_outside_the_kit

TEMPLATE = "planning/setup/form.html"
PAGE = FormPage("Ändra namnet", "Provomgång", "/tillbaka/", crumbs=[Crumb("/omgangar/", "Omgångar")])


class NameForm(SeenForm):
    name = forms.CharField(label="Namn", error_messages={"required": "Skriv namnet."})


class Messages(BaseStorage):
    def _get(self, *args, **kwargs):
        return [], True

    def _store(self, messages, response, *args, **kwargs):
        return []

    def texts(self):
        return [str(message) for message in self._queued_messages]


def asking(data=None):
    request = RequestFactory().get("/") if data is None else RequestFactory().post("/", data)
    request.user = SimpleNamespace(name="Anna", is_authenticated=False)
    request._messages = Messages(request)
    return request


def form_of(request, stored=None):
    return NameForm(posted(request), stored=stored or {"name": "Före"})


def saving(**values):
    assert values["by"].name == "Anna"
    return values["name"]


def refusing(**values):
    raise ActionRefused("Namnet är upptaget.", field="name")


class TestPosted:
    def test_a_visit_binds_nothing(self):
        assert posted(asking()) is None

    def test_an_empty_post_is_a_post_too(self):
        assert posted(asking({})) is not None
        assert not form_of(asking({})).is_valid()


class TestStore:
    def test_a_visit_stores_nothing(self):
        request = asking()
        assert store(request, form_of(request), refusing) is None

    def test_what_the_form_cannot_read_never_reaches_the_action(self):
        request = asking({"name": ""})
        assert store(request, form_of(request), refusing) is None

    def test_it_gives_what_the_action_gives(self):
        request = asking({"name": "Efter"})
        assert store(request, form_of(request), saving) == "Efter"

    def test_an_action_that_gives_nothing_is_done_all_the_same(self):
        request = asking({"name": "Efter"})
        assert store(request, form_of(request), lambda **_: None) is True

    def test_values_stand_in_for_what_the_form_has(self):
        request = asking({"name": "Efter"})
        assert store(request, form_of(request), saving, name="Ett annat") == "Ett annat"

    def test_signs_that_a_pdf_lacks_are_stored_and_told(self):
        request = asking({"name": "Rapport 中"})
        assert store(request, form_of(request), saving) == "Rapport 中"
        assert request._messages.texts() == [f"Namn: {paper_note('中')}"]

    def test_a_refusal_stands_at_its_field(self):
        request = asking({"name": "Efter"})
        form = form_of(request)
        assert store(request, form, refusing) is None
        assert form.errors == {"name": ["Namnet är upptaget."]}

    def test_a_stale_page_shows_what_another_saved(self):
        request = asking({"name": "Min", "seen": digest({"name": "Före"})})
        form = form_of(request)

        def stale(**values):
            raise Stale({"name": "Den andras"})

        assert store(request, form, stale) is None
        assert [theirs.text for theirs in form.theirs] == ["Den andras"]
        assert form.data["seen"] == digest({"name": "Den andras"})


def test_a_refusal_of_a_field_that_the_form_lacks_stands_above_it():
    form = forms.Form({})
    refuse_on(form, ActionRefused("Det går inte.", field="name"))
    assert form.non_field_errors() == ["Det går inte."]


class TestAnswer:
    def test_a_visit_draws_the_form(self):
        request = asking()
        assert saved_or_form(request, TEMPLATE, form_of(request), PAGE, refusing).status_code == 200

    def test_what_is_stored_goes_back_and_says_so(self):
        request = asking({"name": "Efter"})
        answer = saved_or_form(request, TEMPLATE, form_of(request), PAGE, saving, "Namnet är ändrat.")
        assert (answer.status_code, answer["Location"]) == (302, "/tillbaka/")
        assert request._messages.texts() == ["Namnet är ändrat."]

    def test_what_is_refused_keeps_what_was_typed(self):
        request = asking({"name": "Mitt namn"})
        answer = saved_or_form(request, TEMPLATE, form_of(request), PAGE, refusing)
        page = answer.content.decode()
        assert answer.status_code == 422
        for words in ("Mitt namn", "Namnet är upptaget.", "Omgångar", "Ändra namnet"):
            assert words in page

    def test_what_is_fixed_stores_nothing(self):
        page = FormPage("Ändra namnet", "Provomgång", "/tillbaka/", fixed="Omgången är slut.")
        request = asking({"name": "Efter"})
        answer = saved_or_form(request, TEMPLATE, form_of(request), page, saving)
        assert answer.status_code == 422
        assert "Omgången är slut." in answer.content.decode()

    def test_one_refused_form_of_several_is_enough(self):
        request = asking({"name": ""})
        wrong, untouched = form_of(request), NameForm(None, stored=None)
        assert draw(request, TEMPLATE, untouched, wrong, form=wrong, page=PAGE).status_code == 422
        assert draw(request, TEMPLATE, untouched, form=untouched, page=PAGE).status_code == 200


class TestPress:
    @pytest.mark.parametrize(
        ("action", "given", "said"), [(saving, "Efter", "Klart."), (refusing, None, "Namnet är upptaget.")]
    )
    def test_a_button_says_on_the_next_page_what_came_of_it(self, action, given, said):
        request = asking({})
        assert press(request, partial(action, name="Efter"), "Klart.") == given
        assert request._messages.texts() == [said]

    def test_an_action_that_gives_nothing_is_done_all_the_same(self):
        assert press(asking({}), lambda by: None, "Klart.") is True

    def test_a_view_can_say_it_itself(self):
        request = asking({})
        assert press(request, partial(saving, name="Efter")) == "Efter"
        assert request._messages.texts() == []


BY_HAND = re.compile(
    r"^class (FormPage|Crumb)\b|^def _?posted\(request|\bPOST if .*method == \"POST\" else None|\"url\": .*\"label\": ",
    re.M,
)


def test_no_app_has_a_page_kit_of_its_own():
    places = [place for place, text in code_outside_the_kit() if BY_HAND.search(text)]
    assert places == ["modell/gallery.py"]  # shows the parts with made-up values


@pytest.mark.parametrize(
    "line",
    [
        "class FormPage:",
        "class Crumb:",
        "def _posted(request: PageRequest) -> Any:",
        'form = GroupForm(request.POST if request.method == "POST" else None)',
        'crumbs = [{"url": cohort.get_absolute_url(), "label": cohort.name}]',
    ],
)
def test_a_copy_by_hand_is_found(line):
    assert BY_HAND.search(line)
