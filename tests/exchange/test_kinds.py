"""Which kinds an omgång takes: the same rule at every door, and a package that went out comes in again."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.enums import SkrRole
from admission.actions.admission import BoardAnswer, answer_interests
from admission.enums import InterestState
from admission.interest.lookups import organisation_choices
from cohorts.enums import CohortKind, Role
from cohorts.kinds import takes
from cohorts.models import Organisation, Participation
from kit.refusals import ActionRefused
from kit.staleness import digest
from people.actions.organisations import register_body
from people.actions.participation import add_participation, change_participation
from planning.actions.cohort_facts import edit_facts, stored_facts
from tests.exchange.test_exchange import export, refusal, run, write
from tests.factories import CohortFactory, ParticipationFactory, UserFactory
from tests.process_factories import InterestFactory
from tests.refusing import refused

pytestmark = pytest.mark.django_db
SKANE, LUND, GOTLAND = "12", "1281", "0980"


@pytest.fixture
def leader():
    return UserFactory(skr_role=SkrRole.PROCESS_LEADER)


@pytest.fixture
def cohort():
    return CohortFactory(name="Modellkommuner", slug="kommuner", kind=CohortKind.KOMMUNER, constructed=False)


@pytest.mark.parametrize(
    ("kind", "code", "role", "may"),
    [
        (CohortKind.KOMMUNER, LUND, Role.PARTICIPANT, True),
        (CohortKind.KOMMUNER, GOTLAND, Role.PARTICIPANT, True),
        (CohortKind.KOMMUNER, "700001", Role.PARTICIPANT, True),
        (CohortKind.KOMMUNER, SKANE, Role.PARTICIPANT, False),
        (CohortKind.KOMMUNER, SKANE, Role.MENTOR, True),
        (CohortKind.KOMMUNER, SKANE, Role.SUPPORTING_MENTOR, True),
        (CohortKind.REGIONER, SKANE, Role.PARTICIPANT, True),
        (CohortKind.REGIONER, LUND, Role.PARTICIPANT, False),
        (CohortKind.REGIONER, LUND, Role.MENTOR, True),
        (CohortKind.MIXED, SKANE, Role.PARTICIPANT, True),
        (CohortKind.MIXED, LUND, Role.PARTICIPANT, True),
    ],
)
class TestEveryDoor:
    def test_a_package(self, tmp_path, leader, kind, code, role, may):
        cohort = CohortFactory(slug="fram", kind=kind, constructed=False, provenance="Upplagd här.")
        own = register_body(kind="association", name="Förbundet", invented=False)
        organisation = own if code == own.code else Organisation.objects.with_code(code).get()
        ParticipationFactory(cohort=cohort, organisation=organisation, code=code, role=role)
        package = write(tmp_path / "in.json", export("fram", tmp_path / "out.json"))
        if may:
            assert run(package) == "fram: unchanged\n"
        else:
            assert "$.participants[0].organisation: expected a code of" in refusal(package)

    def test_the_page_where_one_is_added(self, leader, kind, code, role, may):
        cohort = CohortFactory(kind=kind, constructed=False)
        register_body(kind="association", name="Förbundet", invented=False)
        if may:
            assert add_participation(cohort=cohort, code=code, role=role, by=leader).code == code
        else:
            with pytest.raises(ActionRefused, match=r"kan vara med som mentor\."):
                add_participation(cohort=cohort, code=code, role=role, by=leader)
        assert takes(kind, code, role) is may


def test_a_mentor_of_another_kind_does_not_become_a_participant(cohort, leader):
    row = add_participation(cohort=cohort, code=SKANE, role=Role.MENTOR, by=leader)
    facts = {"through": "", "both_sides": None, "capacity": None, "joined_on": None}
    with refused("Omgången är för kommuner. Region Skåne kan vara med som mentor."):
        change_participation(participation=row, role=Role.PARTICIPANT, by=leader, **facts)


def test_an_interest_from_another_kind_is_not_admitted(cohort, leader):
    interest = InterestFactory(
        cohort=cohort,
        organisation=Organisation.objects.get(code=SKANE),
        state=InterestState.SUBMITTED,
        submitted_at="2026-05-20T10:00:00Z",
    )
    answer = BoardAnswer(InterestState.ADMITTED, date(2026, 6, 1), "SKR:s styrgrupp", "Ja.")
    with refused("Omgången är för kommuner. Region Skåne kan vara med som mentor."):
        answer_interests(interests=[interest], answer=answer, reason="", by=leader)


def test_the_omgang_is_not_made_one_for_others_than_those_that_take_part(cohort, leader):
    add_participation(cohort=cohort, code=LUND, role=Role.PARTICIPANT, by=leader)
    stored = stored_facts(cohort)
    with refused("Lunds kommun deltar, och är ett annat slag."):
        edit_facts(cohort=cohort, seen=digest(stored), by=leader, **{**stored, "kind": CohortKind.REGIONER})


class TestBodiesWithoutACode:
    @pytest.mark.parametrize("kind", ["association", "district", "administration"])
    def test_one_is_added_in_its_own_name(self, client, cohort, leader, kind):
        client.force_login(leader)
        place = reverse("people:participation_add", args=[cohort.slug])
        posted = {"other_name": "Höglandets  förbund", "other_kind": kind, "role": "participant", "both_sides": ""}
        assert client.post(place, posted).status_code == 302
        row = Participation.objects.get(cohort=cohort)
        assert (row.organisation.name, row.organisation.kind, row.kind, len(row.code)) == (
            "Höglandets förbund",
            kind,
            "kommun",
            6,
        )
        assert client.get(reverse("people:people", args=[cohort.slug, row.code])).status_code == 200
        # In the next omgång it stands in the lists, where it adds itself and applies.
        later = CohortFactory(kind=CohortKind.KOMMUNER, constructed=False)
        assert "Höglandets förbund" in client.get(reverse("people:participation_add", args=[later.slug])).text
        assert ("Kommunalförbund, stadsdelar och förvaltningar", [(row.code, "Höglandets förbund")]) in (
            organisation_choices(later)
        )
        again = add_participation(
            cohort=later, code="", role="participant", other_kind=kind, other_name="höglandets FÖRBUND", by=leader
        )
        assert again.organisation == row.organisation

    @pytest.mark.parametrize(
        ("posted", "field", "sentence"),
        [
            ({}, "code", "Välj en organisation."),
            ({"other_name": "Förbundet"}, "other_kind", "Välj vad organisationen är."),
            (
                {"code": LUND, "other_name": "Förbundet", "other_kind": "association"},
                "other_name",
                "Välj i listan eller skriv ett namn, inte båda.",
            ),
            ({"other_name": "Förbundet", "other_kind": "kommun"}, "other_kind", "Välj vad organisationen är."),
        ],
    )
    def test_what_is_lacking_is_told(self, client, cohort, leader, posted, field, sentence):
        client.force_login(leader)
        page = client.post(reverse("people:participation_add", args=[cohort.slug]), {"role": "participant", **posted})
        assert (page.status_code, page.context["form"].errors[field]) == (422, [sentence])
        assert not cohort.participations.exists()

    def test_codes_are_never_used_twice(self):
        codes = [register_body(kind="district", name=f"Stadsdel {n}", invented=n > 1).code for n in range(3)]
        assert codes == ["800001", "800002", "800003"]

    def test_the_public_form_tells_those_that_are_not_in_the_list_what_to_do(self, client, cohort, leader):
        cohort.interest_opens_on, cohort.contact = date(2020, 1, 1), leader
        cohort.ends_on = date(2099, 1, 1)
        cohort.save()
        page = client.get(reverse("admission:interest_new", args=[cohort.slug]))
        assert "kommunalförbund, en stadsdel eller en förvaltning som inte står i listan?" in page.text
        assert f"mailto:{leader.email}" in page.text
