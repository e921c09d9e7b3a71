"""Nothing typed is lost, on any page: every page of the access table is opened, filled in and sent in vain."""

from dataclasses import dataclass, field
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse

from admission.interest.sections import SECTIONS
from kit.guard.reading import PageForm, Tag, forms_of
from tests.modell.test_access import NO_HTML, written
from tests.pages import PUBLIC, TABLE, views
from tests.process_factories import InterestPersonFactory, InterestWriterFactory
from tests.sent_forms import MAKES, NOT_NEW
from tests.strict import StrictClient
from tests.world import place

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

POST_ONLY = {name for name, view in views() if getattr(view, "is_post_only", False)}
# Each address once: a form's own page may stand in the table only as what is posted to it.
DRAWN = [
    row
    for row in {(row.name, row.where): row for row in TABLE}.values()
    if row.name not in POST_ONLY and (row.post or row.where not in NO_HTML)
]
POSTED = [row for row in TABLE if row.post]
FEW = 2  # fields that a form may have without a guard
# Long forms that carry no guard, by the page they lead to, each with its reason.
UNGUARDED = {
    "planning:cohort_preview": "asks for a page by its address, which keeps what was typed; nothing is stored",
    "follow_up:skr_mail": "chooses what is shown",
    "follow_up:mail": "chooses what is shown",
    "follow_up:mailing_new": "chooses what is shown",
    "follow_up:mailing_people": "chooses what is shown",
    "mentoring:mentors": "chooses what is shown",
    "people:directory": "chooses what is shown",
    "improvements:library": "chooses what is shown",
    "kolada:search": "chooses what is shown",
}


def pages_of(client, world, row):
    """Each different page that the row's address gives to those who may open it, with the user who got it."""
    seen = set()
    for role in row.ok:
        client.force_login(world.users[role])
        answer = client.get(reverse(row.name, args=place(world, row.where)), follow=True)
        if answer.get("Content-Type", "").startswith("text/html") and answer.status_code == 200:
            forms = forms_of(answer.text, answer.request["PATH_INFO"])
            form_kinds = {(*sorted(form.addresses), *sorted(form.names)) for form in forms}
            if not form_kinds <= seen:
                seen |= form_kinds
                yield world.users[role], answer


def is_long(form: PageForm) -> bool:
    return len({tag.get("name") for tag in form.shown}) > FEW or any(tag.name == "textarea" for tag in form.shown)


def assert_guarded(page) -> None:
    """The page has no long form without a guard, and no text that is typed outside a form."""
    forms = forms_of(page.text, page.request["PATH_INFO"])
    for form in forms:
        names = {resolve(address).view_name for address in form.addresses}
        if is_long(form) and not names <= set(UNGUARDED):
            assert form.tag.get("data-guard"), (page.request["PATH_INFO"], names)
        if form.tag.get("data-guard"):
            assert "form_key" in {tag.get("name") for tag in form.fields}
            assert names <= {*MAKES, *NOT_NEW}, "say in tests/sent_forms.py if it makes something new"
    assert page.text.count("<textarea") == sum(tag.name == "textarea" for form in forms for tag in form.fields)


@dataclass
class Typist:
    """Someone who fills in a form and sends it; `typed` is what must be there again."""

    form: PageForm
    typed: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for number, tag in enumerate(self.form.fields):
            if value := self._value(tag, number):
                self.typed.setdefault(tag.get("name"), []).append(value)

    def _value(self, tag: Tag, number: int) -> str:
        if tag.kind in ("textarea", "text", "email", "url"):
            return f'Ny {number} med "citat" & <tecken>' + ("\r\noch en rad till" if tag.name == "textarea" else "")
        if tag.kind == "select":
            return tag.options[-1].get("value")
        if tag.kind in ("radio", "checkbox"):
            is_mine = tag.get("name") not in self.typed or tag.kind == "checkbox"
            return tag.choice if is_mine else ""
        return {"date": "2027-05-04", "number": "7", "range": "4", "time": "09:30", "file": "", "hidden": ""}[tag.kind]

    def send(self, client, address):
        hidden = {tag.get("name"): tag.get("value") for tag in self.form.fields if tag.kind == "hidden"}
        return client.post(address, {**hidden, **self.typed})

    def finds_it_again(self, answer, address: str) -> bool:
        forms = forms_of(answer.text, answer.request["PATH_INFO"])
        return any(address in form.addresses and self._is_in(form) for form in forms)

    def _is_in(self, form: PageForm) -> bool:
        shown: dict[str, list[str]] = {}
        for tag in form.shown:
            for value in values_of(tag):
                shown.setdefault(tag.get("name"), []).append(value.replace("\r\n", "\n"))
        wanted = {name: [value.replace("\r\n", "\n") for value in values] for name, values in self.typed.items()}
        return {name: shown.get(name) for name in wanted} == wanted


def values_of(tag: Tag) -> list[str]:
    if tag.name == "textarea":
        return [tag.text]
    if tag.name == "select":
        return [option.get("value") for option in tag.options if "selected" in option.attributes]
    if tag.kind in ("radio", "checkbox"):
        return [tag.choice] if "checked" in tag.attributes else []
    return [tag.get("value")]


def typists(answer):
    for form in forms_of(answer.text, answer.request["PATH_INFO"]):
        if form.tag.get("data-guard") and (typist := Typist(form)).typed:
            for address in sorted(form.addresses):
                yield typist, address


@pytest.mark.in_turn(3)
@pytest.mark.parametrize("row", DRAWN, ids=lambda row: row.id)
def test_what_is_typed_is_guarded_kept_and_filled_in_again(client, world, row):
    old_token = StrictClient(enforce_csrf_checks=True)
    for user, page in pages_of(client, world, row):
        assert_guarded(page)
        for typist, address in typists(page):
            client.logout()
            sent = typist.send(client, address)
            assert (sent.status_code, sent.url.partition("?")[0]) == (302, "/logga-in/")
            client.force_login(user)
            answer = client.get(sent.url.partition("next=")[2], follow=True)
            assert "Du loggades ut innan det här sparades." in answer.text
            assert typist.finds_it_again(answer, address), (address, typist.typed)
            old_token.force_login(user)
            answer = old_token.get(typist.send(old_token, address).url, follow=True)
            assert "Sidan var inte aktuell längre, så det här sparades inte." in answer.text
            assert typist.finds_it_again(answer, address), (address, typist.typed)


@pytest.fixture
def applying(world):
    """The pages with something to type in that anybody may open: an interest form, and the ways to one."""
    cohort = world.cohort
    cohort.interest_opens_on, cohort.interest_closes_on = date(2026, 9, 1), date(2026, 10, 30)
    cohort.save()
    writer = InterestWriterFactory(interest__cohort=cohort)
    person = InterestPersonFactory(interest=writer.interest)
    return [
        reverse("account_login"),
        reverse("admission:interest_new", args=[cohort.slug]),
        *(reverse("admission:interest_section", args=[writer.key, section.key]) for section in SECTIONS),
        reverse("admission:interest_person_add", args=[writer.key]),
        reverse("admission:interest_person", args=[writer.key, person.pk]),
        reverse("admission:interest_writers", args=[writer.key]),
        reverse("admission:interest_withdraw", args=[writer.key]),
    ]


def test_what_is_typed_without_an_account_is_kept_too(client, applying):
    for address in applying:
        page = client.get(address)
        assert page.status_code == 200, address
        assert_guarded(page)
        for typist, to in typists(page):
            visitor = StrictClient(enforce_csrf_checks=True)
            sent = typist.send(visitor, to)
            assert sent.url == address
            answer = visitor.get(address)
            assert "Sidan var inte aktuell längre, så det här sparades inte." in answer.text
            assert typist.finds_it_again(answer, to), (to, typist.typed)
            assert not typist.finds_it_again(client.get(address), to), "another visitor's browser shows it"


def test_09_a_visit_without_an_account_writes_nothing(client, applying):
    """A mail program looks at each link before its reader does, by HEAD and by GET."""
    for address in applying:
        with CaptureQueriesContext(connection) as queries:
            assert (client.head(address).status_code, client.get(address).status_code) == (200, 200)
        assert written(queries) == [], address


def test_every_public_page_with_a_form_is_among_them(applying):
    names = {resolve(address).view_name for address in applying}
    without_one = {"admission:interest_start", "admission:interest_sent", "admission:interest"}
    assert {name for name in PUBLIC - POST_ONLY if name.startswith("admission:")} - without_one <= names


@pytest.mark.in_turn(3)
@pytest.mark.parametrize("row", POSTED, ids=lambda row: row.id)
def test_a_visit_to_an_address_that_is_posted_to_leads_to_its_page(client, world, row):
    for role in row.ok:
        client.force_login(world.users[role])
        answer = client.get(reverse(row.name, args=place(world, row.where)), follow=True)
        assert answer.status_code == 200, role
        assert answer["Content-Type"].startswith("text/html")
