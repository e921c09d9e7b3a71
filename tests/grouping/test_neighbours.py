"""The first proposal puts neighbours together, keeps a longest way, and says what tells each group from the others."""

import pytest
from django.urls import reverse

from accounts.enums import SkrRole
from cohorts.enums import CohortKind
from cohorts.models import Organisation
from grouping.actions.preferences import add_rule, save_weights
from grouping.board import DEFAULT_WEIGHTS, board_of, most_km_of, weights_of
from grouping.enums import RuleKind
from grouping.measuring import longest_km
from grouping.proposal import propose
from tests.factories import CohortFactory, GroupFactory, ParticipationFactory, UserFactory

pytestmark = pytest.mark.django_db
# Four parts of the country, three kommuner in each, of very different sizes.
TWELVE = (
    *("Luleå", "Boden", "Piteå"),
    *("Umeå", "Skellefteå", "Vindeln"),
    *("Helsingborg", "Halmstad", "Ängelholm"),
    *("Växjö", "Kalmar", "Nybro"),
)


@pytest.fixture
def leader():
    return UserFactory(skr_role=SkrRole.PROCESS_LEADER)


@pytest.fixture
def cohort():
    return CohortFactory(kind=CohortKind.KOMMUNER, group_min=2, group_max=3, constructed=False)


def take_in(cohort, *names):
    rows = {row.short_name: row for row in Organisation.objects.filter(kind="kommun", short_name__in=names)}
    return {name: ParticipationFactory(cohort=cohort, organisation=rows[name], code=rows[name].code) for name in names}


def proposed(cohort):
    cohort.refresh_from_db()
    return propose(board_of(type(cohort).objects.get(pk=cohort.pk), with_levels=True))


def names(proposal):
    return {frozenset(row.organisation.short_name for row in group.members) for group in proposal.groups}


def longest(proposal, board):
    return max(longest_km([board.facts[row.pk] for row in group.members]) or 0 for group in proposal.groups)


def test_the_first_proposal_puts_neighbours_together(cohort):
    take_in(cohort, *TWELVE)
    proposal = proposed(cohort)
    assert longest(proposal, proposal.board) < 150
    assert {frozenset({"Luleå", "Boden"}), frozenset({"Kalmar", "Nybro"})} <= names(proposal)
    assert not any({"Helsingborg", "Umeå"} <= group for group in names(proposal))


def test_distance_weighs_most_and_nothing_else_as_much(cohort):
    assert weights_of(cohort) == DEFAULT_WEIGHTS
    assert max(DEFAULT_WEIGHTS, key=DEFAULT_WEIGHTS.get) == "distance"
    assert sorted(DEFAULT_WEIGHTS.values())[-2] < DEFAULT_WEIGHTS["distance"]


def test_what_is_the_same_for_every_group_is_no_reason(cohort):
    take_in(cohort, *TWELVE)
    reasons = {change.why for change in proposed(cohort).changes}
    assert not [words for words in reasons if words in ("Två kommuner", "Tre kommuner")]
    assert any(words.startswith("Nära: alla ligger inom") for words in reasons)
    assert not any("Ingen mentor är utsedd än" in words for words in reasons)


def test_one_group_of_all_is_told_apart_by_nothing(cohort):
    take_in(cohort, *TWELVE[:3])
    assert {change.why for change in proposed(cohort).changes} == {
        "Har ingen grupp än. Så här passar alla bäst tillsammans."
    }


class TestTheLongestWay:
    def test_no_group_is_wider(self, cohort, leader):
        take_in(cohort, "Luleå", "Boden", "Piteå", "Umeå", "Skellefteå", "Vindeln")
        weights = {**DEFAULT_WEIGHTS, "distance": 0}
        save_weights(cohort=cohort, weights=weights, most_km=70, by=leader)
        proposal = proposed(cohort)
        assert proposal.notes == ()
        assert longest(proposal, proposal.board) <= 70
        save_weights(cohort=cohort, weights=weights, by=leader)
        assert most_km_of(type(cohort).objects.get(pk=cohort.pk)) is None

    def test_a_limit_that_cannot_be_kept_is_told_and_not_the_end(self, cohort, leader):
        take_in(cohort, "Luleå", "Boden", "Helsingborg", "Halmstad", "Kiruna")
        save_weights(cohort=cohort, weights=DEFAULT_WEIGHTS, most_km=100, by=leader)
        proposal = proposed(cohort)
        assert len(proposal.groups) == 2
        assert proposal.notes[0] == (
            "Alla grupper kan inte hållas inom 100 km, så förslaget bortser från gränsen. Kiruna har ingen inom det "
            "avståndet."
        )

    def test_a_rule_goes_before_the_limit(self, cohort, leader):
        rows = take_in(cohort, "Luleå", "Kiruna", "Helsingborg", "Halmstad")
        add_rule(cohort=cohort, kind=RuleKind.TOGETHER, participation=rows["Luleå"], other=rows["Kiruna"], by=leader)
        save_weights(cohort=cohort, weights=DEFAULT_WEIGHTS, most_km=100, by=leader)
        proposal = proposed(cohort)
        assert proposal.notes == ()
        assert frozenset({"Luleå", "Kiruna"}) in names(proposal)

    def test_it_is_set_beside_the_weights_and_read_by_others(self, client, cohort, leader):
        take_in(cohort, "Luleå", "Boden")
        GroupFactory(cohort=cohort)
        client.force_login(leader)
        weights = reverse("grouping:grouping_weights", args=[cohort.slug])
        for km, is_refused in (("9", True), ("2001", True), ("10", False), ("2000", False)):
            page = client.post(weights, {**DEFAULT_WEIGHTS, "most_km": km}, follow=True)
            assert ("Skriv ett tal från 10 till 2000, eller inget alls." in page.text) is is_refused
        client.force_login(UserFactory(skr_role=SkrRole.ADMINISTRATOR))
        page = client.get(reverse("grouping:grouping", args=[cohort.slug]))
        assert "Högst så många km mellan två i samma grupp" in page.text
        assert "2000" in page.text
