"""Organisations added from a list: what each line is read as, and that a wrong line stops none of the others."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.enums import SkrRole
from cohorts.enums import CohortKind, Role
from cohorts.models import Organisation
from kit.models import AuditEvent
from people.actions.participation import add_participations
from people.organisation_list import read_organisations
from people.trail import PeopleEvent
from tests.factories import CohortFactory, ParticipationFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader():
    return UserFactory(skr_role=SkrRole.PROCESS_LEADER)


@pytest.fixture
def cohort():
    return CohortFactory(kind=CohortKind.MIXED, constructed=False, ends_on=date(2099, 1, 1))


def read(text, cohort, role=Role.PARTICIPANT):
    return read_organisations(text, cohort, role)


def lines(text, cohort):
    return [(line.code, line.role) for line in read(text, cohort).new]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("Region Värmland", "17"),
        ("borgholm", "0885"),
        ("Borgholms kommun", "0885"),
        ("0885", "0885"),
        ("885", "0885"),  # a spreadsheet has dropped the zero
        ("0885\tBorgholms kommun", "0885"),
        ("VGR", "14"),
        ("Region Gotland", "09"),
        ("Gotlands kommun", "0980"),
        ("0980", "0980"),
    ],
)
def test_an_organisation_by_name_or_code(cohort, line, code):
    assert lines(line, cohort) == [(code, Role.PARTICIPANT)]


@pytest.mark.parametrize("line", ["Region Värmland\tmentor", "Region Värmland; Mentor", "Region Värmland, mentor"])
def test_a_line_says_who_is_mentor(cohort, line):
    assert lines(line, cohort) == [("17", Role.MENTOR)]


def test_headings_and_empty_lines_are_passed_over(cohort):
    text = "Kod\tOrganisation\tRoll\n\n0885\tBorgholm\tdeltagare\n1281\tLund\tstödjande mentor\n"
    assert lines(text, cohort) == [("0885", Role.PARTICIPANT), ("1281", Role.SUPPORTING_MENTOR)]


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("Atlantis", "”Atlantis” finns inte i registret."),
        ("Kalmar", "”Kalmar” kan vara Region Kalmar län eller Kalmar kommun. Skriv hela namnet."),
        (
            "Lunds kommun, Region Skåne",
            "Raden nämner Lunds kommun och Region Skåne. Skriv en organisation på varje rad.",
        ),
        ("Lunds kommun\tmentr", "”mentr” gick inte att förstå. Skriv organisationen och, om den är det, mentor."),
    ],
)
def test_what_is_not_sure_is_told_and_never_guessed(cohort, line, wrong):
    seen = read(f"Borgholm\n{line}", cohort)
    assert [row.wrong for row in seen.lines] == ["", wrong]
    assert seen.left == " ".join(line.split())


def test_an_organisation_of_another_kind_can_only_be_mentor(cohort):
    cohort.kind = CohortKind.KOMMUNER
    seen = read("Region Skåne\nRegion Värmland, mentor\nGotland", cohort)
    assert seen.lines[0].wrong == "Omgången är för kommuner. Region Skåne kan vara med som mentor."
    assert [(line.code, line.role) for line in seen.new] == [("17", Role.MENTOR), ("0980", Role.PARTICIPANT)]


def test_one_that_is_there_or_stands_twice_is_added_once(cohort):
    ParticipationFactory(cohort=cohort, organisation=Organisation.objects.get(code="0885"), code="0885")
    seen = read("Borgholm\nLund\n1281", cohort)
    assert [line.already for line in seen.lines] == [
        "Är redan med i omgången.",
        "",
        "Står redan högre upp i listan.",
    ]


def test_added_twice_they_are_there_once(cohort, leader):
    listed = [("0885", Role.PARTICIPANT), ("17", Role.MENTOR)]
    for _ in range(2):
        add_participations(cohort=cohort, listed=listed, by=leader)
    assert list(cohort.participations.values_list("code", "role")) == listed
    assert AuditEvent.objects.filter(kind=PeopleEvent.PARTICIPATION_ADDED).count() == 2


# The page


def page(cohort):
    return reverse("people:organisation_list", args=[cohort.slug])


def test_the_list_is_seen_before_it_is_stored(client, cohort, leader):
    client.force_login(leader)
    typed = {"organisations": "Borgholm\nAtlantis\nRegion Värmland, mentor", "role": Role.PARTICIPANT}
    answer = client.post(page(cohort), typed)
    assert answer.status_code == 422
    assert not cohort.participations.exists()
    seen = {**typed, "looked_at": answer.context["form"]["looked_at"].value(), "add": "1"}
    answer = client.post(page(cohort), seen)
    assert set(cohort.participations.values_list("code", "role")) == {("0885", Role.PARTICIPANT), ("17", Role.MENTOR)}
    assert answer.context["form"]["organisations"].value() == "Atlantis"


def test_another_list_than_the_seen_one_is_not_stored(client, cohort, leader):
    client.force_login(leader)
    answer = client.post(page(cohort), {"organisations": "Borgholm", "role": Role.PARTICIPANT})
    looked_at = answer.context["form"]["looked_at"].value()
    other = {"organisations": "Lund", "role": Role.PARTICIPANT, "looked_at": looked_at, "add": "1"}
    text = client.post(page(cohort), other).content.decode()
    assert "Listan är ändrad sedan du såg den, så inget är sparat." in text
    assert not cohort.participations.exists()


def test_all_stored_leads_to_the_people(client, cohort, leader):
    client.force_login(leader)
    typed = {"organisations": "Borgholm\nLund", "role": Role.PARTICIPANT}
    looked_at = client.post(page(cohort), typed).context["form"]["looked_at"].value()
    answer = client.post(page(cohort), {**typed, "looked_at": looked_at, "add": "1"}, follow=True)
    assert answer.redirect_chain == [(reverse("people:directory", args=[cohort.slug]), 302)]
    assert "Två organisationer är tillagda. Lägg till deras personer härnäst." in answer.content.decode()


@pytest.mark.parametrize("text", ["", "\n".join(["Borgholm"] * 401)])
def test_no_list_and_one_too_long_are_refused(client, cohort, leader, text):
    client.force_login(leader)
    answer = client.post(page(cohort), {"organisations": text, "role": Role.PARTICIPANT})
    assert answer.status_code == 422
    assert answer.context["form"].errors["organisations"]
