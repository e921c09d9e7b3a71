"""People from a list: what each row means, what will happen, and nothing stored before it has been seen.

Rows that are understood are stored. The others stay in the box, each with what is wrong with it.
"""

from io import BytesIO

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook

from kit.models import AuditEvent
from mailings.models import Mail
from people.invitations import MOST_A_DAY
from people.listing import entries, understanding
from people.listing.entries import entries_of
from people.listing.lines import LONGEST_CELL, LONGEST_LINE
from tests.factories import TODAY, DelegateFactory, ParticipationFactory, UserFactory

pytestmark = pytest.mark.django_db

FOUR = """Namn\tE-post\tFunktion\tErsättare
Anna Ek\tanna.ek@kommun.invalid\tPolitiker\t
Bo Ask\tBo.Ask@kommun.invalid\tchef\tja
Cia Lind\tcia@kommun.invalid\tstrateg\tnej
Dan Alm\tdan@kommun.invalid\tmedverkande\tordinarie"""


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def strategist(client):
    seat = DelegateFactory(user__name="Stina Strateg")
    client.force_login(seat.user)
    return seat


def understood(text):
    rows = [row for row in entries_of(text) if not row.is_skipped]
    return [(row.name, row.email, row.function, row.deputy, row.wrong) for row in rows]


def test_columns_are_known_by_their_heading():
    assert understood(FOUR) == [
        ("Anna Ek", "anna.ek@kommun.invalid", "politician", False, ""),
        ("Bo Ask", "bo.ask@kommun.invalid", "manager", True, ""),
        ("Cia Lind", "cia@kommun.invalid", "strategist", False, ""),
        ("Dan Alm", "dan@kommun.invalid", "contributor", False, ""),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Anna Ek;anna.ek@kommun.invalid;politiker;ersättare",
        "Anna Ek, anna.ek@kommun.invalid, Politiker, Ersättare",
        "anna.ek@kommun.invalid\tAnna  Ek\tersättare, politiker",
        "Anna Ek <anna.ek@kommun.invalid>; politiker (ersättare)",
        '"Anna Ek";"anna.ek@kommun.invalid";"politiker";"x"',
        "  politiker ; ersättare ; Anna Ek ; mailto:anna.ek@kommun.invalid ",
    ],
)
def test_a_row_without_a_heading_is_known_by_what_stands_in_it(line):
    assert understood(line) == [("Anna Ek", "anna.ek@kommun.invalid", "politician", True, "")]


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("Anna Ek;politiker", "E-postadress saknas."),
        ("A.B. Ek;kung", "E-postadress saknas."),
        ("Anna Ek;anna.ek(at)kommun.invalid;politiker", "Adressen ”anna.ek(at)kommun.invalid” går inte att läsa."),
        ("politiker, anna.ek.kommun.invalid, Anna Ek", "Adressen ”anna.ek.kommun.invalid” går inte att läsa."),
        ("Bo Ek <bo.ek at kommun.invalid>;chef", "Adressen ”bo.ek at kommun.invalid” går inte att läsa."),
        (
            "Anna Ek;per.åberg@kommun.invalid;chef",
            "Å, ä och ö kan inte stå före @ i en adress. Ska det vara per.aberg@",
        ),
        ("Anna Ek;anna@kommun.invalid;chef;kanske", "”kanske” går inte att förstå."),
        ("Anna Ek\tanna@kommun.invalid\tbo@kommun.invalid\tchef", "Raden har flera adresser."),
        ("https://ond.invalid/logga-in;anna@kommun.invalid;chef", "Ett namn kan inte innehålla en adress"),
        (f"{'Anna' * 40};anna@kommun.invalid;chef", "Namnet får ha högst 150 tecken."),
        (f"Anna Ek;anna@kommun.invalid;chef{';' * 70}", "Raden är för lång för att läsas."),
        (f"Anna Ek;anna@kommun.invalid;chef;{'x' * 30_000}", "Raden är för lång för att läsas."),
        ("Anna;anna@@kommun.invalid;chef", "Adressen ”anna@@kommun.invalid” går inte att läsa."),
        ("Anna;anna,ek@kommun.invalid;chef", "Adressen ”anna,ek@kommun.invalid” går inte att läsa."),
        ("Anna Ek;anna@;politiker", "Adressen ”anna@” går inte att läsa. Skriv den som namn@kommunen.se."),
        ("anna@kommun.invalid;politiker", "Namn saknas."),
        ("Anna;anna@kommun.invalid", "Funktion saknas. Skriv politiker, chef, strateg eller medverkande."),
        (
            "Anna;anna@kommun.invalid;kung",
            "Funktionen ”kung” är okänd. Skriv politiker, chef, strateg eller medverkande.",
        ),
        ('Anna "Ek;anna@kommun.invalid;kung', "Funktionen ”kung” är okänd."),
    ],
)
def test_what_is_wrong_is_told_in_words(line, wrong):
    [row] = entries_of(line)
    assert row.says[0].startswith(wrong)


def test_a_line_that_is_too_long_is_told_before_it_is_searched(monkeypatch):
    """A line of 130,000 signs once stopped the site for half a minute."""
    for name in ("heading_of", "cells_of", "people_in", "separator_of", "meant_by", "is_heading_without_address"):
        monkeypatch.setattr(entries, name, lambda *_args: 1 / 0)
    [row] = entries_of(f"Anna Ek\t<{'@' * LONGEST_LINE}\tstrateg")
    assert row.says == ("Raden är för lång för att läsas.",)


def test_a_cell_that_is_too_long_is_told_before_it_is_searched(monkeypatch):
    monkeypatch.setattr(understanding, "apart", lambda cell: 1 / 0)
    said = understanding.understood([f"<{'@' * LONGEST_CELL}"], (), None)
    assert said.rest == [f"<{'@' * 29}…"]


def test_the_same_address_twice_is_told_at_the_second():
    rows = entries_of("Anna;a@kommun.invalid;chef\n\nAnna E;A@kommun.invalid;chef")
    assert [row.wrong for row in rows] == ["", "Samma adress står på rad 1."]


def post(client, seat, text="", *, follow=False, **more):
    return client.post(url(seat), {"people": text, **more}, follow=follow)


def url(seat):
    return reverse("people:people_list", args=[seat.participation.cohort.slug, seat.participation.code])


def added(seat):
    rows = seat.participation.delegates.exclude(pk=seat.pk).order_by("user__name")
    return [(row.user.name, row.function, row.deputy) for row in rows]


def looked_at(response):
    return response.context["form"]["looked_at"].value()


def happens(response):
    return [row.happens for row in response.context["seen"].rows if row.outcome != "skipped"]


def test_nothing_is_stored_until_it_has_been_seen_and_then_all_are_invited(client, strategist):
    seen = post(client, strategist, FOUR)
    assert (seen.status_code, happens(seen), added(strategist)) == (200, ["Ny hos er. Får en inbjudan."] * 4, [])

    unseen = post(client, strategist, FOUR, add="1")
    assert ("Listan har ändrats" in unseen.text, added(strategist)) == (True, [])

    answers = [post(client, strategist, FOUR, add="1", looked_at=looked_at(seen)).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert added(strategist) == [
        ("Anna Ek", "politician", False),
        ("Bo Ask", "manager", True),
        ("Cia Lind", "strategist", False),
        ("Dan Alm", "contributor", False),
    ]
    assert Mail.objects.filter(kind="invitation").count() == 4
    assert AuditEvent.objects.filter(kind="delegate_added").count() == 4


def test_a_list_changed_after_it_was_seen_is_seen_again(client, strategist):
    seen = post(client, strategist, FOUR)
    response = post(client, strategist, FOUR + "\nEva;eva@kommun.invalid;chef", add="1", looked_at=looked_at(seen))
    assert ("Listan har ändrats" in response.text, added(strategist)) == (True, [])


class TestInvitingLater:
    """The people are seated without a mail, and each can be invited from the page of people."""

    @pytest.fixture
    def seated(self, client, strategist):
        seen = post(client, strategist, FOUR, later="on")
        assert happens(seen) == ["Ny hos er. Bjuds in senare."] * 4
        assert seen.context["form"]["later"].value() is True, "the choice stays where the rows are seen"
        return post(client, strategist, FOUR, add="1", later="on", looked_at=looked_at(seen), follow=True)

    def test_nobody_is_mailed(self, seated, strategist):
        assert "Fyra personer är tillagda. Bjud in från sidan med personer när du vill." in seated.text
        assert len(added(strategist)) == 4
        assert not Mail.objects.exists()
        assert seated.text.count("ingen inbjudan är skickad") == 4

    def test_each_is_invited_when_one_wants(self, seated, client, strategist):
        seat = strategist.participation.delegates.get(user__name="Anna Ek")
        seat.user.last_login = timezone.now()  # a person may have signed in without being invited to this seat
        seat.user.save()
        place = [strategist.participation.cohort.slug, strategist.participation.code]
        assert 'aria-label="Bjud in Anna Ek"' in client.get(reverse("people:people", args=place)).text
        answer = client.post(reverse("people:person_invite", args=[*place, seat.pk]), follow=True)
        assert "Inbjudan skickas till anna.ek@kommun.invalid." in answer.text
        assert 'aria-label="Bjud in Anna Ek"' not in answer.text
        assert [mail.recipient for mail in Mail.objects.all()] == [seat.user]

    def test_more_than_may_be_invited_in_a_day_may_be_seated(self, client, strategist):
        many = "\n".join(f"Person {n};p{n}@kommun.invalid;medverkande" for n in range(MOST_A_DAY + 1))
        at_once, later = post(client, strategist, many), post(client, strategist, many, later="on")
        assert [len(answer.context["seen"].wrong) for answer in (at_once, later)] == [1, 0]


def test_one_who_is_known_elsewhere_is_asked_at_once(client, strategist):
    elsewhere = DelegateFactory(user__last_login=timezone.now(), user__email="dag@annan.invalid")
    text = "Dag;dag@annan.invalid;chef"
    seen = post(client, strategist, text, later="on")
    assert happens(seen) == ["Ny hos er. Bjuds in senare."], "the same words as for a person whom nobody knows"
    post(client, strategist, text, add="1", later="on", looked_at=looked_at(seen))
    assert [(mail.kind, mail.recipient) for mail in Mail.objects.all()] == [("seat_offer", elsewhere.user)]


def test_the_right_rows_are_stored_and_the_others_stay_in_the_box(client, strategist):
    text = FOUR.replace("bo.ask@", "bo.ask@@").replace("Bo.Ask@", "Bo.Ask@@")
    seen = post(client, strategist, text)
    response = post(client, strategist, text, add="1", looked_at=looked_at(seen))
    assert (seen.status_code, response.status_code) == (422, 200)
    assert [name for name, *_ in added(strategist)] == ["Anna Ek", "Cia Lind", "Dan Alm"]
    left = response.context["form"]["people"].value()
    assert left.splitlines() == [FOUR.splitlines()[0], "Bo Ask\tBo.Ask@@kommun.invalid\tchef\tja"]
    assert "Tre personer är tillagda." in response.text

    mended = left.replace("@@", "@")
    again = post(client, strategist, mended, add="1", looked_at=looked_at(post(client, strategist, mended)))
    assert (again.status_code, len(added(strategist))) == (302, 4)


def test_where_no_row_is_right_nothing_is_stored_and_all_stay(client, strategist):
    text = "Anna Ek;anna@@kommun.invalid;chef"
    response = post(client, strategist, text, add="1", looked_at=looked_at(post(client, strategist, text)))
    assert (response.status_code, response.context["form"]["people"].value(), added(strategist)) == (422, text, [])


def test_a_person_of_several_on_a_line_leaves_it_when_stored(client, strategist):
    text = "Anna Ek <anna@kommun.invalid>, chef; Bo Ek <bo@@kommun.invalid>, chef"
    response = post(client, strategist, text, add="1", looked_at=looked_at(post(client, strategist, text)))
    assert added(strategist) == [("Anna Ek", "manager", False)]
    assert response.context["form"]["people"].value() == "Bo Ek <bo@@kommun.invalid>, chef"


def test_what_happens_to_each_is_told(client, strategist):
    """Of one's own it is told who they are; nobody else's account is told apart from an unknown address."""
    own = DelegateFactory(participation__organisation=strategist.participation.organisation, user__name="Hasse H").user
    UserFactory(email="staff@skr.invalid", skr_role="administrator")
    UserFactory(email="closed@kommun.invalid", is_active=False)
    text = (
        f"Stina;{strategist.user.email};chef\nHasse;{own.email};chef\n"
        "Siv;staff@skr.invalid;chef\nCia;closed@kommun.invalid;chef"
    )
    assert happens(post(client, strategist, text)) == [
        "Är redan med, som strateg. Ändras inte.",
        "Har redan ett konto, och heter där Hasse H. Får en inbjudan.",
        "Ny hos er. Får en inbjudan.",
        "Ny hos er. Får en inbjudan.",
    ]


def test_an_own_person_whose_account_is_closed_is_refused_in_words(client, strategist):
    organisation = strategist.participation.organisation
    own = DelegateFactory(participation__organisation=organisation, user__is_active=False).user
    assert happens(post(client, strategist, f"Hasse;{own.email};chef")) == [
        "Personens konto är avslutat. Be processledaren på SKR att öppna det."
    ]


def excel(*rows):
    book, file = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return SimpleUploadedFile("personer.xlsx", file.getvalue())


def test_an_excel_file_stands_on_the_page_as_text_and_is_added_from_there(client, strategist):
    file = excel(["E-postadress", "Namn", "Roll", "Telefon"], ["anna@kommun.invalid", "Anna Ek", "Chef", "070"])
    seen = client.post(url(strategist), {"file": file})
    post(client, strategist, seen.context["form"]["people"].value(), add="1", looked_at=looked_at(seen))
    assert added(strategist) == [("Anna Ek", "manager", False)]


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "Filen är tom."),
        (b"namn;adress", "Filen är ingen Excelarbetsbok (.xlsx)."),
        (b"PK\x03\x04" + b"\0" * 99, "Filen är skadad"),
        (b"PK" + b"\0" * (5 * 1024 * 1024), "Filen är större än 5 MB."),
    ],
)
def test_a_file_that_is_no_workbook_is_refused_in_words(client, strategist, raw, sentence):
    response = client.post(url(strategist), {"file": SimpleUploadedFile("p.xlsx", raw)})
    assert response.status_code == 422
    assert response.context["form"].errors["file"][0].startswith(sentence)


def test_a_workbook_without_addresses_and_an_endless_list_are_refused(client, strategist):
    no_people = client.post(url(strategist), {"file": excel(["Moment", 1])})
    endless = post(client, strategist, "\n".join(f"N;n{n}@kommun.invalid;chef" for n in range(201)))
    assert no_people.context["form"].errors["file"][0].startswith("Ingen e-postadress finns")
    assert endless.context["form"].errors["people"] == ["Högst 200 rader läses in på en gång."]


def test_a_text_of_nothing_but_at_signs_is_refused_before_it_is_read(client, strategist):
    for text in ("Anna Ek\t<" + "@" * 130_000 + "\tstrateg", "a@b.se;" * 601):
        refused = post(client, strategist, text)
        assert refused.context["form"].errors["people"] == ["Högst 200 personer läses in på en gång."]


def test_the_preview_asks_as_often_for_many_as_for_few(client, strategist, django_assert_max_num_queries):
    many = "\n".join(f"Namn {n};n{n}@kommun.invalid;chef" for n in range(60))
    with django_assert_max_num_queries(10):
        post(client, strategist, many)


def test_another_organisations_people_are_no_hindrance(client, strategist):
    elsewhere = DelegateFactory(participation=ParticipationFactory(cohort=strategist.participation.cohort))
    seen = post(client, strategist, f"{elsewhere.user.name};{elsewhere.user.email};chef")
    assert happens(seen) == ["Ny hos er. Får en inbjudan."]


class TestChoosingAFunction:
    TEXT = "Anna Ek;anna@kommun.invalid;regiondirektör\nBo Ek;bo@kommun.invalid;kung\nCia Ek;cia@kommun.invalid;chef"

    def test_a_title_proposes_one_that_may_be_changed_and_an_unknown_word_asks(self, client, strategist):
        page = post(client, strategist, self.TEXT)
        asked = [(row.entry.name, row.entry.function, row.asks_function) for row in page.context["seen"].rows]
        assert asked == [("Anna Ek", "manager", True), ("Bo Ek", "", True), ("Cia Ek", "manager", False)]
        assert page.text.count('<select class="ds-input"') == 2
        assert "Föreslagen funktion" in page.text
        assert "Lägg till alla som har en funktion" in page.text

    def test_what_is_chosen_at_the_rows_is_stored(self, client, strategist):
        seen = looked_at(post(client, strategist, self.TEXT))
        chosen = {"funktion:/anna@kommun.invalid": "contributor", "funktion:/bo@kommun.invalid": "politician"}
        chosen["funktion:/cia@kommun.invalid"] = "strategist"  # a row whose function is certain has no choice
        response = post(client, strategist, self.TEXT, add="1", looked_at=seen, **chosen)
        assert response.status_code == 302
        assert added(strategist) == [
            ("Anna Ek", "contributor", False),
            ("Bo Ek", "politician", False),
            ("Cia Ek", "manager", False),
        ]

    def test_what_nobody_has_chosen_is_taken_as_proposed_or_stays(self, client, strategist):
        seen = looked_at(post(client, strategist, self.TEXT))
        chosen = {"funktion:/anna@kommun.invalid": "manager", "funktion:/bo@kommun.invalid": ""}
        response = post(client, strategist, self.TEXT, add="1", looked_at=seen, **chosen)
        assert [name for name, *_ in added(strategist)] == ["Anna Ek", "Cia Ek"]
        assert response.context["form"]["people"].value() == "Bo Ek;bo@kommun.invalid;kung"

    def test_a_choice_follows_its_person_when_the_list_is_changed(self, client, strategist):
        text = f"Eva Ek;eva@kommun.invalid;chef\n{self.TEXT}"
        page = post(client, strategist, text, **{"funktion:/bo@kommun.invalid": "politician"})
        rows = {row.entry.name: row for row in page.context["seen"].rows}
        assert (rows["Bo Ek"].entry.function, rows["Bo Ek"].outcome) == ("politician", "new")

    def test_no_other_function_than_the_four_is_taken(self, client, strategist):
        seen = looked_at(post(client, strategist, self.TEXT))
        post(client, strategist, self.TEXT, add="1", looked_at=seen, **{"funktion:/bo@kommun.invalid": "king"})
        assert [name for name, *_ in added(strategist)] == ["Anna Ek", "Cia Ek"]


def test_a_party_is_never_stored_and_the_preview_says_so(client, strategist):
    text = "Namn;E-post;Funktion;Parti\nPia Boden (S);pia@kommun.invalid;politiker;Socialdemokraterna"
    seen = post(client, strategist, text)
    assert happens(seen) == [
        "Ny hos er. Får en inbjudan. Parti sparas inte, så (S) och Socialdemokraterna är borttaget."
    ]
    post(client, strategist, text, add="1", looked_at=looked_at(seen))
    assert added(strategist) == [("Pia Boden", "politician", False)]


def test_a_file_of_text_stands_on_the_page_as_it_is(client, strategist):
    file = SimpleUploadedFile("personer.csv", "\nNamn;E-post;Roll\nÅsa Öberg;asa@kommun.invalid;chef".encode("cp1252"))
    seen = client.post(url(strategist), {"file": file})
    assert [(row.entry.at, row.outcome) for row in seen.context["seen"].rows] == [(2, "skipped"), (3, "new")]
    post(client, strategist, seen.context["form"]["people"].value(), add="1", looked_at=looked_at(seen))
    assert added(strategist) == [("Åsa Öberg", "manager", False)]


def test_an_empty_first_cell_is_part_of_the_list(client, strategist):
    text = "\tNamn\tE-post\tFunktion\nersättare\tAnna Ek\tanna@kommun.invalid\tchef"
    assert [(row.entry.name, row.entry.deputy) for row in post(client, strategist, text).context["seen"].new] == [
        ("Anna Ek", True)
    ]
