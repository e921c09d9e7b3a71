"""One list for a whole omgång: whose each person is, seen by organisation, and the right rows stored."""

from io import BytesIO

import pytest
import time_machine
from django.urls import reverse
from openpyxl import load_workbook

from cohorts.enums import Status
from cohorts.models import Delegate, Organisation, Participation
from kit.models import AuditEvent
from mailings.models import Mail
from people.listing.entries import entries_of
from people.organisation_names import Names
from tests.factories import TODAY, CohortFactory, DelegateFactory, ParticipationFactory, UserFactory
from tests.people.test_listing import excel

pytestmark = pytest.mark.django_db

CODES = ("0885", "0880", "08", "12", "14", "2080", "0180", "1490", "09")
LIST = """Kommun/region\tNamn\tE-post\tFunktion\tErsättare
Region Skåne\tAnna Ek\tanna.ek@skane.invalid\tPolitiker\tja
Borgholm\tBo Ask\tbo.ask@borgholm.invalid\tchef\t
Borgholms kommun\tCia Lind\tcia@borgholm.invalid\tstrateg\tnej"""


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def cohort():
    """Of the register: two that are called Kalmar, one that is known by two codes."""
    made = CohortFactory()
    for code in CODES:
        ParticipationFactory(cohort=made, organisation=Organisation.objects.get(code=code))
    return made


@pytest.fixture
def leader(client):
    user = UserFactory(skr_role="process_leader")
    client.force_login(user)
    return user


@pytest.fixture
def names(cohort):
    return Names(cohort.participations.select_related("organisation"))


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Borgholms kommun", "0885"),
        ("borgholm", "0885"),
        ("Borgholm kommun", "0885"),
        ("Kommunen Borgholm", "0885"),
        ("0885", "0885"),
        ("885", "0885"),
        ("REGION  SKÅNE", "12"),
        ("Skånes region", "12"),
        ("Skåne", "12"),
        ("12", "12"),
        ("8", "08"),
        ("Kalmar kommun", "0880"),
        ("Region Kalmar", "08"),
        ("Kalmar län", "08"),
        ("Kalmar läns landsting", "08"),
        ("Västra Götaland", "14"),
        ("Västra Götalandsregionen", "14"),
        ("Region Västra Götaland", "14"),
        ("Falun", "2080"),
        ("Falu kommun", "2080"),
        ("Falun kommun", "2080"),
        ("Stockholm", "0180"),
        ("Stockholms kommun", "0180"),
        ("Borås", "1490"),
        ("Region Gotland", "09"),
        ("Gotlands kommun", "09"),
        ("0980", "09"),
        ("980", "09"),
    ],
)
def test_an_organisation_is_known_as_people_write_it(names, written, code):
    assert [row.code for row in names.meant_by(written)] == [code]
    assert names.wrong(written) == ""


@pytest.mark.parametrize(
    ("written", "wrong"),
    [
        ("", "Organisation saknas. Skriv kommunens eller regionens namn på varje rad."),
        ("Kalmar", "”Kalmar” kan vara Region Kalmar län eller Kalmar kommun. Skriv hela namnet."),
        ("Atlantis kommun", "”Atlantis kommun” är ingen organisation i omgången."),
        ("Region Borgholm", "”Region Borgholm” är ingen organisation i omgången."),
        ("kommun", "”kommun” är ingen organisation i omgången."),
        ("0123", "”0123” är ingen organisation i omgången."),
    ],
)
def test_what_is_unclear_or_unknown_is_never_guessed_at(names, written, wrong):
    assert names.wrong(written) == wrong


def test_each_of_the_register_is_known_by_its_name_its_code_and_unless_two_have_it_its_short_name():
    rows = list(Organisation.objects.all())
    names = Names([Participation(organisation=row, code=row.code) for row in rows])
    assert len(rows) > 300
    for row in rows:
        assert [organisation.code for organisation in names.meant_by(row.name)] == [row.code]
        assert [organisation.code for organisation in names.meant_by(row.code)] == [row.code]
        assert row.code in [organisation.code for organisation in names.meant_by(row.short_name)]


def test_one_that_has_left_is_told(names, cohort):
    cohort.participations.filter(code="12").update(status=Status.WITHDRAWN)
    names = Names(cohort.participations.select_related("organisation"))
    assert names.wrong("Skåne") == "Region Skåne har lämnat omgången."


@pytest.mark.parametrize(
    "line",
    [
        "Borgholm;Anna Ek;anna.ek@kommun.invalid;politiker;ersättare",
        "Anna Ek, politiker, anna.ek@kommun.invalid, Borgholms kommun, ersättare",
        "Anna Ek <anna.ek@kommun.invalid>\tersättare, politiker\t0885",
    ],
)
def test_without_a_heading_the_organisation_is_known_too(names, line):
    [row] = entries_of(line, names=names)
    assert (row.code, row.name, row.email) == ("0885", "Anna Ek", "anna.ek@kommun.invalid")
    assert (row.function, row.deputy, row.wrong) == ("politician", True, "")


@pytest.mark.parametrize("line", ["Atlantis kommun;Anna;a@x.invalid;chef", "Anna;a@x.invalid;chef;Atlantis kommun"])
def test_an_unknown_organisation_is_not_taken_for_a_name(names, line):
    [row] = entries_of(line, names=names)
    assert (row.name, row.wrong) == ("Anna", "”Atlantis kommun” är ingen organisation i omgången.")


def test_one_person_may_represent_two_but_by_one_name(names):
    text = (
        "Borgholm;Anna Ek;a@x.invalid;chef\nSkåne;Anna Ek;a@x.invalid;chef\n"
        "Borgholms kommun;Anna Ek;a@x.invalid;strateg\nFalun;Bo;a@x.invalid;chef"
    )
    assert [row.wrong for row in entries_of(text, names=names)] == [
        "",
        "",
        "Samma adress står på rad 1.",
        "Samma adress står på rad 1, med ett annat namn.",
    ]


def url(cohort):
    return reverse("people:cohort_people_list", args=[cohort.slug])


def post(client, cohort, text="", **more):
    return client.post(url(cohort), {"people": text, **more})


def looked_at(response):
    return response.context["form"]["looked_at"].value()


def added():
    rows = Delegate.objects.order_by("user__name").select_related("user", "participation")
    return [(row.participation.code, row.user.name, row.function, row.deputy) for row in rows]


def by_organisation(response):
    groups = response.context["seen"].by_organisation
    seen = [(str(where or "?"), [row.happens for row in rows if row.outcome != "skipped"]) for where, rows in groups]
    return [(where, rows) for where, rows in seen if rows]


def test_it_is_seen_by_organisation_and_then_all_are_added_and_invited_once(client, cohort, leader):
    seen = post(client, cohort, LIST)
    new = "Ny person. Får en inbjudan."
    assert by_organisation(seen) == [("Borgholms kommun", [new, new]), ("Region Skåne", [new])]
    assert (seen.status_code, added()) == (200, [])

    pressed = [post(client, cohort, LIST, add="1", looked_at=looked_at(seen)) for _ in range(2)]

    assert [response.url for response in pressed] == [reverse("people:directory", args=[cohort.slug])] * 2
    assert added() == [
        ("12", "Anna Ek", "politician", True),
        ("0885", "Bo Ask", "manager", False),
        ("0885", "Cia Lind", "strategist", False),
    ]
    assert Mail.objects.filter(kind="invitation").count() == 3
    codes = AuditEvent.objects.filter(kind="delegate_added", actor_id=leader.pk).values_list("organisation", flat=True)
    assert sorted(codes) == ["0885", "0885", "12"]
    shown = client.get(reverse("people:directory", args=[cohort.slug])).text
    assert ("Tre personer är tillagda." in shown, "alla i listan är redan med" in shown) == (True, True)


@pytest.mark.parametrize(
    ("right", "wrong", "where", "sentence"),
    [
        ("Region Skåne", "Atlantis", "?", "”Atlantis” är ingen organisation i omgången."),
        ("Borgholm\t", "Kalmar\t", "?", "”Kalmar” kan vara Region Kalmar län eller Kalmar kommun. Skriv hela namnet."),
        ("chef", "kung", "Borgholms kommun", "Funktionen ”kung” är okänd."),
    ],
)
def test_a_wrong_row_is_told_and_stays_and_the_others_are_stored(client, cohort, leader, right, wrong, where, sentence):
    text = LIST.replace(right, wrong)
    seen = post(client, cohort, text)
    again = post(client, cohort, text, add="1", looked_at=looked_at(seen))
    assert (seen.status_code, again.status_code, len(added())) == (422, 200, 2)
    assert dict(by_organisation(seen))[where][0].startswith(sentence)
    heading, row = again.context["form"]["people"].value().splitlines()
    assert (heading, wrong.strip() in row) == (LIST.splitlines()[0], True)


def test_a_list_changed_after_it_was_seen_is_seen_again(client, cohort, leader):
    seen = post(client, cohort, LIST)
    response = post(client, cohort, LIST + "\nFalun;Eva;eva@falun.invalid;chef", add="1", looked_at=looked_at(seen))
    assert ("Listan har ändrats" in response.text, added()) == (True, [])


def test_a_seat_elsewhere_in_the_omgang_is_no_hindrance_and_one_in_it_stays(client, cohort, leader):
    there = DelegateFactory(participation=cohort.participations.get(code="0885"), user__name="Bo Ask")
    text = f"Borgholm;Bo Ask;{there.user.email};chef\nFalun;Bo Ask;{there.user.email};chef"
    assert by_organisation(post(client, cohort, text)) == [
        ("Borgholms kommun", ["Är redan med, som strateg. Ändras inte."]),
        ("Falu kommun", ["Har redan ett konto. Får en fråga om uppdraget."]),
    ]


def test_the_directorys_own_file_read_in_again_changes_nothing(client, cohort, leader):
    for participation in cohort.participations.all():
        DelegateFactory(participation=participation)
    before = added()
    file = client.get(reverse("people:directory_file", args=[cohort.slug])).content
    rows = [[cell.value for cell in row] for row in opened(file)]
    seen = client.post(url(cohort), {"file": excel(*rows)})
    assert (seen.status_code, seen.context["seen"].new, seen.context["seen"].wrong) == (200, [], [])
    assert added() == before


def opened(content):
    return load_workbook(BytesIO(content)).active.iter_rows()


def test_it_asks_as_often_for_many_people_and_organisations_as_for_few(
    client, cohort, leader, django_assert_max_num_queries
):
    lines = []
    for n in range(60):
        row = ParticipationFactory(cohort=cohort, organisation__name=f"Ort{n} kommun")
        lines.append(f"{row.code};Namn {n};n{n}@kommun.invalid;chef")
    with django_assert_max_num_queries(9):
        seen = post(client, cohort, "\n".join(lines))
    assert len(seen.context["seen"].new) == 60


def test_an_endless_list_is_refused(client, cohort, leader):
    endless = post(client, cohort, "\n".join(f"Falun;Namn {n};n{n}@kommun.invalid;chef" for n in range(501)))
    assert endless.context["form"].errors["people"] == ["Högst 500 rader läses in på en gång."]


def test_it_is_reached_where_the_leader_sets_up_people(client, cohort, leader):
    link = f'href="{url(cohort)}"'
    assert link in client.get(reverse("people:directory", args=[cohort.slug])).text
    assert link in client.get(reverse("planning:setup", args=[cohort.slug])).text
