"""Lists as people have sent them to others, each with what is right (`cases/`)."""

import json
from io import BytesIO, StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from openpyxl import Workbook

from cohorts.models import Delegate, Organisation
from people.listing.entries import entries_of
from people.listing.files import text_of_file
from people.organisation_names import Names
from tests.factories import TODAY, CohortFactory, DelegateFactory, ParticipationFactory
from tests.factors import mailed_code
from tests.people.test_sign_in import ask, is_signed_in
from tests.strict import StrictClient

pytestmark = pytest.mark.django_db
CASES = Path(__file__).parent / "cases"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def participation():
    cohort = CohortFactory()
    return ParticipationFactory(cohort=cohort, organisation=Organisation.objects.get(code="1880"))


@pytest.fixture
def strategist(participation, client):
    seat = DelegateFactory(participation=participation, user__name="Stina Strateg")
    client.force_login(seat.user)
    return seat


def lines(case):
    return (CASES / case).read_text(encoding="utf-8").splitlines()


def imported(participation, path, *more):
    out = StringIO()
    where = ("--organisation", participation.code)
    call_command(
        "import_people", str(path), "--cohort", participation.cohort.slug, *where, "--format", "json", *more, stdout=out
    )
    return json.loads(out.getvalue())


def people(read):
    return [row for row in read["rows"] if row["outcome"] != "skipped"]


def test_01_an_address_with_signs_that_nobody_sees_signs_in(client, participation):
    imported(participation, CASES / "01-zero-width-address/list.txt")
    expected = [tuple(line.split(" ")) for line in lines("01-zero-width-address/expected.txt")]
    stored = Delegate.objects.order_by("-user__email").values_list("user__email", "function")
    assert list(stored) == expected
    for typed in ("zara.osynlig@kommun.invalid\u200b", "\u200bZara.Osynlig@kommun.invalid"):
        visitor = StrictClient()
        ask(visitor, typed)
        visitor.post("/logga-in/kod/", {"code": mailed_code()})
        assert is_signed_in(visitor)
    again = imported(participation, CASES / "01-zero-width-address/list.txt")
    assert ([row["outcome"] for row in again["rows"]], again["stored"]) == (["known", "known"], 0)


@pytest.mark.parametrize("file", ["list.txt", "list-no-heading.txt"])
def test_02_letters_in_two_signs_are_the_same_words(participation, file):
    [row] = people(imported(participation, CASES / "02-nfd-from-mac" / file))
    assert (row["deputy"], row["outcome"]) == (True, "new")
    assert row["name"] in ("Åsa Öberg", "Åke Öman")


def test_02_an_organisation_in_two_signs_is_known(participation):
    [written] = lines("02-nfd-from-mac/organisation.txt")
    names = Names(participation.cohort.participations.select_related("organisation"))
    assert [row.code for row in names.meant_by(written)] == ["1880"]


def test_02_a_person_in_two_signs_is_found_in_the_directory(client, strategist):
    DelegateFactory(participation=strategist.participation, user__name="A\u030ake O\u0308man")
    page = client.get(reverse("people:directory", args=[strategist.participation.cohort.slug]), {"sok": "åke öman"})
    assert [person.user.name for row in page.context["directory"].rows for person in row.people] == ["Åke Öman"]


@pytest.mark.parametrize("file", ["x-people.xlsx", "list.txt"])
def test_03_first_and_last_name_in_two_columns_under_a_title(participation, file):
    path = CASES / "03-first-and-last-name-columns" / file
    read = people(imported(participation, path))
    written = [f"{row['name']}{' (deputy)' if row['deputy'] else ''}" for row in read]
    assert written == lines("03-first-and-last-name-columns/expected.txt")[: len(written)]
    assert {row["outcome"] for row in read} == {"new"}


def test_03_what_is_not_read_is_told_at_its_row_of_the_sheet(participation):
    read = imported(participation, CASES / "03-first-and-last-name-columns/x-people.xlsx", "--dry-run")
    assert [(row["row"], row["outcome"]) for row in read["rows"]] == [
        (1, "skipped"),
        (3, "skipped"),
        (4, "new"),
        (5, "new"),
        (6, "new"),
    ]
    assert read["rows"][0]["says"] == ["Raden läses som listans rubrik."]
    assert read["rows"][1]["says"] == ["Raden läses som rubrik. Kolumnen ”Telefon” läses inte."]
    assert (read["stored"], Delegate.objects.count()) == (0, 0)


def test_04_the_surname_first_with_a_comma_after_it(participation):
    read = people(imported(participation, CASES / "04-lastname-comma-firstname/list.txt"))
    assert [(row["name"], row["outcome"]) for row in read] == [("Åsa Öberg", "new")] * 2


def test_04_the_recipients_of_a_mail_are_as_many_people(participation):
    read = people(imported(participation, CASES / "04-lastname-comma-firstname/to-line.txt"))
    lacks = "Funktion saknas. Skriv politiker, chef, strateg eller medverkande."
    assert [(row["row"], row["email"], row["outcome"], row["says"]) for row in read] == [
        (1, "asa.oberg@solbygden.invalid", "refused", [lacks]),
        (1, "bo.ek@solbygden.invalid", "refused", [lacks]),
        (1, "cia@solbygden.invalid", "refused", [lacks]),
    ]


def test_16_people_stand_in_swedish_order(client, strategist):
    for name in lines("16-order-of-swedish-letters/names.txt"):
        DelegateFactory(participation=strategist.participation, user__name=name, function="politician")
    slug, organisation = strategist.participation.cohort.slug, strategist.participation.code
    expected = lines("16-order-of-swedish-letters/expected.txt")
    own = client.get(reverse("people:people", args=[slug, organisation])).context["by_function"]
    assert [seat.user.name for seat in dict(own)["Politiker"]] == expected
    [row] = client.get(reverse("people:directory", args=[slug])).context["directory"].rows
    assert [seat.user.name for seat in row.people if seat.function == "politician"] == expected


def test_17_a_domain_with_swedish_letters_is_one_account_however_written(participation):
    imported(participation, CASES / "17-idn-address/list.txt")
    assert [seat.user.email for seat in Delegate.objects.all()] == ["iris@xn--vxj-qla6g.invalid"]
    for typed in lines("17-idn-address/sign-in.txt"):
        visitor = StrictClient()
        ask(visitor, typed)
        visitor.post("/logga-in/kod/", {"code": mailed_code()})
        assert is_signed_in(visitor)


def test_17_it_is_shown_and_found_as_people_write_it(client, strategist):
    slug = strategist.participation.cohort.slug
    url = reverse("people:people_list", args=[slug, strategist.participation.code])
    seen = client.post(url, {"people": "Iris Idn;iris@växjö.invalid;chef"})
    assert ("iris@växjö.invalid" in seen.text, "xn--" in seen.context["seen"].rows[0].entry.email) == (True, True)
    DelegateFactory(participation=strategist.participation, user__email="iris@växjö.invalid", user__name="Iris Idn")
    directory = client.get(reverse("people:directory", args=[slug]), {"sok": "växjö"}).context["directory"]
    assert [seat.user.name for row in directory.rows for seat in row.people] == ["Iris Idn"]


def test_26_names_of_kommuner_with_another_dash_or_none():
    register = Organisation.objects.filter(code__in=("0139", "1438", "2023", "14", "04", "23"))
    cohort = CohortFactory()
    rows = [ParticipationFactory(cohort=cohort, organisation=row, code=row.code) for row in register]
    names = Names(rows)
    codes_by_text = {
        text: [row.code for row in names.meant_by(text)] for text in lines("26-names-of-kommuner/names.txt")
    }
    assert sorted({code for codes in codes_by_text.values() for code in codes}) == ["0139", "1438"]
    assert all(len(codes) == 1 for codes in codes_by_text.values())


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Upplands Bro", "0139"),
        ("Upplands\u2011Bro", "0139"),
        ("Upplands\u2010Bro kommun", "0139"),
        ("Upplands – Bro", "0139"),
        ("UPPLANDS-BRO", "0139"),
        ("Dals Ed", "1438"),
        ("Dals Eds kommun", "1438"),
        ("Malung/Sälen", "2023"),
        ("Malung Sa\u0308lens kommun", "2023"),
        ("Malung & Sälen", "2023"),
        ("Malung och Sälens kommun", "2023"),
        ("Malung\u2212Sälen, kommun", "2023"),
        ("Upplands\u00adBro", "0139"),
        ("UpplandsBro", "0139"),
        ("Dals\u2014Ed", "1438"),
        ("VGR", "14"),
        ("Södermanland", "04"),
        ("Region Södermanland", "04"),
        ("Region Jämtland", "23"),
    ],
)
def test_26_the_like(written, code):
    cohort = CohortFactory()
    register = Organisation.objects.filter(code__in=("0139", "1438", "2023", "14", "04", "23"))
    names = Names([ParticipationFactory(cohort=cohort, organisation=row, code=row.code) for row in register])
    assert ([row.code for row in names.meant_by(written)], names.wrong(written)) == ([code], "")


def understood(text):
    return [
        (row.name, row.email, row.function, row.proposed, row.deputy, row.dropped)
        for row in entries_of(text)
        if not row.is_skipped
    ]


ANNA = ("Anna Ek", "anna@x.se")


class TestTheLike:
    """Other lists of the same kinds."""

    @pytest.mark.parametrize(
        "line",
        [
            "Anna Ek <anna@x.se>, chef",
            "Anna Ek <anna@x.se<mailto:anna@x.se>>; chef",
            "Anna Ek anna@x.se;chef",
            "anna@x.se Anna Ek\tchef",
            "Anna\tEk\tanna@x.se\tchef",
            "Ek, Anna; anna@x.se; chef",
            '"Ek, Anna" <anna@x.se>; chef',
            "Ek, Anna (ordinarie), anna@x.se, chef",
            "1. Anna Ek, anna@x.se, chef",
            "• Anna Ek; anna@x.se; chefen",
            "“Anna Ek”;<mailto:anna@x.se>;Chef.",
            "Anna Ek;anna@x.se;chef;070-123 45 67",
            "Anna Ek;anna@x.se;chef;Socialförvaltningen",
            "Förnamn;Efternamn;E-post;Roll\nAnna;Ek;anna@x.se;chef",
            "Personallista 2026\n\nEfternamn;Tilltalsnamn;Mejl;Funktion\nEk;Anna;anna@x.se;chef",
            "Efternamn, förnamn\tE-postadress\tRoll i programmet\nEk Anna\tanna@x.se\tChef",
            "First name,Last name,Email address,Role\nAnna,Ek,anna@x.se,Manager",
            'Namn,E-post,Funktion\n"Ek, Anna",anna@x.se,chef',
            "Chefer\nAnna Ek <anna@x.se>",
            "Anna Ek | anna@x.se | chef",
            "Anna Ek – anna@x.se – chef",
            "Anna Ek [mailto:anna@x.se]; chef",
            "Anna Ek /Region Skåne <anna@x.se>, chef",
            "Anna Ek - Region Skåne <anna@x.se>, chef",
            "Anna Ek (HR) <anna@x.se>, chef",
            "1\tAnna Ek\tanna@x.se\tchef",
            "Namn;Funktion\nAnna Ek <anna@x.se>;chef",
            "Nr;Namn;Efternamn;E\u2011post;Roll\n1;Anna;Ek;ANNA@X.SE.;CHEF",
            '"Anna\nEk"\tanna@x.se\tchef',
            "Fornamn;Efternamn;Epost;Roll;Ersattare\nAnna;Ek;anna@x.se;chef;nej",
            "Given name,Surname,User principal name,Role\nAnna,Ek,anna@x.se,manager",
            "Kommun:\tGranvik\nNamn\tE-post\tRoll\nAnna Ek\tanna@x.se\tchef",
            "Ek, Anna /Vård och omsorg <anna@x.se>, chef",
            "Anna Ek /Socialförvaltningen <anna@x.se>; chef",
            "Anna Ek;SMTP:anna@x.se;chef",
            "Anna Ek[anna@x.se]; chef",
            "Anna Ek;anna@x.se,;chef",
            "\uf0b7\tAnna Ek\tanna@x.se\tchef",
            "\u2011 Anna Ek; anna@x.se; chef",
            "— Anna Ek — anna@x.se — chef",
            "Anna\u00a0Ek;\u00a0anna@x.se\u2028;\ufeffchef\u200e",
        ],
    )
    def test_one_person_written_in_many_ways(self, line):
        assert [row[:4] for row in understood(line)] == [(*ANNA, "manager", False)]

    @pytest.mark.parametrize(
        "line",
        [
            "Anna Ek <anna@x.se>; Bo Berg <bo@x.se>",
            'Anna Ek <anna@x.se>; "Berg, Bo" <bo@x.se>;',
            "Till: Anna Ek <anna@x.se>, Bo Berg <bo@x.se>",
            "Kopia: Ek, Anna <anna@x.se>; Berg, Bo <bo@x.se>",
            "Anna Ek; anna@x.se; Bo Berg; bo@x.se",
            "Anna Ek, anna@x.se, chef; Bo Berg, bo@x.se, chef",
        ],
    )
    def test_several_on_one_line(self, line):
        assert [row[:2] for row in understood(line)] == [ANNA, ("Bo Berg", "bo@x.se")]

    def test_a_name_of_many_words_before_the_comma(self):
        [row] = understood("von der Alm, Carl Johan <cj@x.se>; chef")
        assert row[:3] == ("Carl Johan von der Alm", "cj@x.se", "manager")

    @pytest.mark.parametrize(
        ("title", "function"),
        [
            ("kommunalråd", "politician"),
            ("Oppositionsrådet", "politician"),
            ("ordförande KS", "politician"),
            ("KS ordförande", "politician"),
            ("Kommunstyrelsens ordförande", "politician"),
            ("2:e vice ordförande i socialnämnden", "politician"),
            ("Regionråd (M)", "politician"),
            ("gruppledare", "politician"),
            ("ledamöter", "politician"),
            ("regiondirektör", "manager"),
            ("Tf. regiondirektören", "manager"),
            ("kvalitetschef", "manager"),
            ("HR-direktör", "manager"),
            ("utvecklingschef", "manager"),
            ("biträdande rektorn", "manager"),
            ("jämställdhetsstrategen", "strategist"),
            ("utvecklingsledare", "strategist"),
            ("Strateg/kvalitetsansvarig", "strategist"),
            ("hållbarhetssamordnaren", "strategist"),
            ("chefsekonom", "contributor"),
            ("sekreterare till regiondirektören", "contributor"),
            ("verksamhetscontroller", "contributor"),
        ],
    )
    def test_a_title_proposes_a_function(self, title, function):
        for line in (
            f"Anna Ek;anna@x.se;{title}",
            f"Anna Ek, {title}, anna@x.se",
            f"Namn;Titel;E-post\nAnna Ek;{title};anna@x.se",
        ):
            assert [row[:4] for row in understood(line)] == [(*ANNA, function, True)], line

    @pytest.mark.parametrize(
        ("title", "says"),
        [
            ("politiker, chef", "”politiker, chef” kan vara politiker eller chef. Välj en funktion."),
            ("Kanslichef/nämndsekreterare", "”Kanslichef/nämndsekreterare” kan vara chef eller medverkande."),
            ("kung", "Funktionen ”kung” är okänd."),
        ],
    )
    def test_a_title_that_fits_two_or_none_is_never_guessed(self, title, says):
        [row] = entries_of(f"Namn;E-post;Titel\nAnna Ek;anna@x.se;{title}")[1:]
        assert (row.function, row.says[0].startswith(says)) == ("", True)

    @pytest.mark.parametrize(
        "name", ["Stina Strateg", "Demo Strateg Silvervik", "Anna Stalman", "Sara Chef", "Bo Rektor", "Person 44"]
    )
    def test_a_name_that_reads_like_a_title_is_a_name(self, name):
        assert [row[:3] for row in understood(f"{name};anna@x.se;chef")] == [(name, "anna@x.se", "manager")]

    @pytest.mark.parametrize(
        ("text", "at", "says"),
        [
            ("Namn;E-post;Funktion\nAnna;a@x.se;chef;ja\nBo;b@x.se;chef;kanske", 3, "”kanske” går inte att förstå."),
            ("Namn;E-post;Funktion;Ersättare\nAnna;a@x.se;chef;kanske", 2, "”kanske” går inte att förstå. Skriv"),
            ("\n\nAnna Ek;chef", 3, "E-postadress saknas."),
            ("Anna Ek;a@x.se;chef;Hej;Hopp", 1, "”Hej” och ”Hopp” går inte att förstå."),
            ("Anna a@x.se Bo b@x.se", 1, "Raden har flera adresser."),
            ("Efternamn;E-post;Roll\nEk;a@x.se;chef", 2, "Bara ett av för- och efternamn står på raden: Ek."),
            ("Förnamn;Efternamn;E-post\nBo;;a@x.se", 2, "Bara ett av för- och efternamn står på raden: Bo."),
            ("Öberg; Åsa X2; asa@x.se; politiker", 1, "”Åsa X2” går inte att förstå."),
            ("E-post: asa@x.se", 1, "Namn saknas."),
        ],
    )
    def test_what_is_not_understood_is_told_at_its_row(self, text, at, says):
        [row] = [row for row in entries_of(text) if row.wrong]
        assert (row.at, row.wrong.startswith(says)) == (at, True)

    def test_a_workbook_with_several_sheets_is_read_whole(self):
        book, file = Workbook(), BytesIO()
        book.active.append(["Namn", "E-post", "Roll"])
        book.active.append(["Bo Ek", "bo@x.se", "chef"])
        politicians = book.create_sheet("Politiker")
        politicians.append(["Anna", "Ek", "anna@x.se"])
        book.create_sheet("Anteckningar").append(["Ring alla"])
        book.save(file)
        text = text_of_file("p.xlsx", file.getvalue())
        assert [row[:3] for row in understood(text)] == [("Bo Ek", "bo@x.se", "manager"), (*ANNA, "politician")]

    def test_the_directorys_own_file_has_nothing_to_say(self):
        columns = ("Organisation", "Grupp", "Roll i omgången", "Namn", "Funktion", "Ersättare", "E-postadress")
        row = ("Solbygden", "Grupp 1", "Deltagare", "Anna Ek", "Chef", "Nej", "anna@x.se")
        heading, anna = entries_of("\n".join("\t".join(cells) for cells in (columns, row)))
        assert (heading.says, anna.says, anna.name) == (("Raden läses som rubrik.",), (), "Anna Ek")

    @pytest.mark.parametrize(
        ("raw", "name"),
        [
            ("Namn;E-post;Funktion\nÅsa Öberg;asa@x.se;chef\n".encode("cp1252"), "p.csv"),
            ("\ufeffNamn\tE-post\tFunktion\r\nÅsa Öberg\tasa@x.se\tchef\r\n".encode(), "p.csv"),
            ("Namn\tE-post\tFunktion\nÅsa Öberg\tasa@x.se\tchef".encode("utf-16"), "p.txt"),
            ("sep=;\nNamn;E-post;Funktion\nÅsa Öberg;asa@x.se;chef".encode(), "p.csv"),
            ("Namn;E-post;Funktion\rÅsa Öberg;asa@x.se;chef\r".encode("mac-roman"), "p.csv"),
            ("Namn;E-post;Funktion\nÅsa Öberg;asa@x.se;chef\n".encode("cp850"), "p.txt"),
            ("Namn,E-post,Funktion\rÅsa Öberg,asa@x.se,chef".encode("latin-1"), "P.CSV"),
        ],
    )
    def test_a_text_file_in_any_coding(self, raw, name):
        assert [row[:3] for row in understood(text_of_file(name, raw))] == [("Åsa Öberg", "asa@x.se", "manager")]
