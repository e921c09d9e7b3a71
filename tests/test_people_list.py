"""People from a list: what each row means, what will happen, and nothing stored before it has been seen."""

from io import BytesIO

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from cohorts.listing import entries_of
from mailings.models import Mail
from modell.models import AuditEvent
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
    return [(row.name, row.email, row.function, row.deputy, row.wrong) for row in entries_of(text)]


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
        ("Bo Ek <bo.ek at kommun.invalid>;chef", "Adressen ”bo ek <bo.ek at kommun.invalid>” går inte att läsa."),
        ("Anna Ek anna.ek@kommun.invalid;chef", "Adressen ”anna ek anna.ek@kommun.invalid” går inte att läsa."),
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
    assert row.wrong.startswith(wrong)


def test_the_same_address_twice_is_told_at_the_second():
    rows = entries_of("Anna;a@kommun.invalid;chef\n\nAnna E;A@kommun.invalid;chef")
    assert [row.wrong for row in rows] == ["", "Samma adress står på rad 1."]


def post(client, seat, text="", **more):
    return client.post(url(seat), {"people": text, **more})


def url(seat):
    return reverse("cohorts:people_list", args=[seat.participation.cohort.slug, seat.participation.code])


def added(seat):
    rows = seat.participation.delegates.exclude(pk=seat.pk).order_by("user__name")
    return [(row.user.name, row.function, row.deputy) for row in rows]


def happens(response):
    return [row.happens for row in response.context["seen"].rows]


def test_nothing_is_stored_until_it_has_been_seen_and_then_all_are_invited(client, strategist):
    seen = post(client, strategist, FOUR)
    assert (seen.status_code, happens(seen), added(strategist)) == (200, ["Ny person. Får en inbjudan."] * 4, [])

    unseen = post(client, strategist, FOUR, add="1")
    assert ("Listan är ändrad" in unseen.text, added(strategist)) == (True, [])

    looked_at = seen.context["form"]["looked_at"].value()
    answers = [post(client, strategist, FOUR, add="1", looked_at=looked_at).status_code for _ in range(2)]

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
    looked_at = post(client, strategist, FOUR).context["form"]["looked_at"].value()
    response = post(client, strategist, FOUR + "\nEva;eva@kommun.invalid;chef", add="1", looked_at=looked_at)
    assert ("Listan är ändrad" in response.text, added(strategist)) == (True, [])


def test_one_wrong_row_keeps_all_out_and_the_list_stays_to_be_corrected(client, strategist):
    text = FOUR.replace("chef", "kung")
    seen = post(client, strategist, text)
    looked_at = seen.context["form"]["looked_at"].value()
    response = post(client, strategist, text, add="1", looked_at=looked_at)
    assert (seen.status_code, response.status_code, added(strategist)) == (422, 422, [])
    assert response.context["form"]["people"].value() == text


def test_what_happens_to_each_is_told(client, strategist):
    UserFactory(email="has@kommun.invalid", name="Hasse H")
    UserFactory(email="staff@skr.invalid", skr_role="administrator")
    UserFactory(email="closed@kommun.invalid", is_active=False)
    text = (
        f"Stina;{strategist.user.email};chef\nHasse;has@kommun.invalid;chef\n"
        "S;staff@skr.invalid;chef\nC;closed@kommun.invalid;chef"
    )
    assert happens(post(client, strategist, text)) == [
        "Är redan med, som strateg. Ändras inte.",
        "Har redan ett konto, och heter där Hasse H. Får en inbjudan.",
        "Adressen hör till en som arbetar på SKR, och kan inte vara representant.",
        "Personens konto är avslutat. Be processledaren på SKR att öppna det.",
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
    form = seen.context["form"]
    post(client, strategist, form["people"].value(), add="1", looked_at=form["looked_at"].value())
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


def test_the_preview_asks_as_often_for_many_as_for_few(client, strategist, django_assert_max_num_queries):
    many = "\n".join(f"Namn {n};n{n}@kommun.invalid;chef" for n in range(60))
    with django_assert_max_num_queries(8):
        post(client, strategist, many)


def test_another_organisations_people_are_no_hindrance(client, strategist):
    elsewhere = DelegateFactory(participation=ParticipationFactory(cohort=strategist.participation.cohort))
    seen = post(client, strategist, f"{elsewhere.user.name};{elsewhere.user.email};chef")
    assert happens(seen) == ["Har redan ett konto. Får en inbjudan."]
