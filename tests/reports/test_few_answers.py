"""Below three answers nothing is drawn, no range is given and nothing is called strongest or weakest."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
import time_machine
from django.urls import reverse

from assessments.figures.releases import renew_release
from assessments.models import Score
from assessments.together.spread import RatingSpread, Voices
from cohorts.roles import roles_of
from kit.figures import FEWEST_COMPARED
from reports.content.joint import _totals
from reports.content.joint_tables import means_drawn, strength_table
from reports.figures import figures_for
from reports.figures_strip import strips_of
from reports.figures_table import sums_of, table_of
from tests.factories import (
    TODAY,
    AssessmentFactory,
    CohortFactory,
    GroupFactory,
    MeetingFactory,
    ParticipationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY):
        yield


@pytest.fixture
def leader():
    return UserFactory(skr_role="process_leader")


def omgang(n):
    """`n` kommuner in one group that have answered, each in its way, and one more that has not."""
    cohort = CohortFactory()
    group = GroupFactory(cohort=cohort)
    meeting = MeetingFactory(cohort=cohort, starts_on=date(2026, 4, 1))
    members = ParticipationFactory.create_batch(n + 1, cohort=cohort, group=group)
    for place, member in enumerate(members[:n]):
        values = [1 + (place + number) % 3 for number in range(9)] + [3]
        AssessmentFactory(participation=member, meeting=meeting, submitted=True, values=values)
    renew_release(meeting=meeting)
    return cohort, meeting


def words_of(page):
    return page.text.partition("<main")[2]


@pytest.mark.parametrize("n", [1, 2, 3, 4])
class TestFigures:
    def test_on_the_page(self, client, leader, n):
        cohort, _ = omgang(n)
        client.force_login(leader)
        page = client.get(reverse("reports:figures", args=[cohort.slug]))
        compared = n >= FEWEST_COMPARED
        assert bool(page.context["strips"]) == ("Högst värde har" in page.text) == compared
        assert ("Lägst" in words_of(page)) == ("mellan" in page.context["sums"]) == compared

    def test_in_what_page_and_paper_print(self, leader, n):
        cohort, meeting = omgang(n)
        (figures,) = figures_for(roles_of(leader), cohort, meeting, None)
        compared = n >= FEWEST_COMPARED
        assert bool(figures.in_a_sentence) == bool(strips_of([figures])) == compared
        assert ("starkast" in strength_table(figures, "now").caption) == bool(_totals(figures)) == compared
        assert bool(means_drawn(figures)) == compared
        numbers = [row.item.number for row in figures.rows]
        assert (numbers == sorted(numbers)) != compared

    def test_a_sum_is_one_organisations_own_or_a_range(self, leader, n):
        cohort, meeting = omgang(n)
        (figures,) = figures_for(roles_of(leader), cohort, meeting, None)
        assert bool(sums_of([figures])) == (n != 2)


def test_an_item_that_two_of_four_have_rated_has_no_range_of_its_own(leader):
    cohort, meeting = omgang(4)
    first, second, *_ = cohort.participations.all()
    left_out = Score.objects.filter(item__number=1, assessment__participation__in=(first, second))
    left_out.update(value=None)
    (figures,) = figures_for(roles_of(leader), cohort, meeting, None)
    cells = {item.number: cells for item, cells in table_of([figures]).rows}
    assert (cells[1][2], cells[2][2]) == ("–", "1–3")
    (strip,) = strips_of([figures])
    assert [row.number for row in strip.rows if row.cohort is None] == [1]
    assert "Politiskt beslut" not in figures.in_a_sentence


@pytest.mark.parametrize(("values", "drawn"), [((2, 3), False), ((2, 3, 3), True)])
def test_individual_ratings(values, drawn):
    scale = SimpleNamespace(values=[Decimal(step) for step in (1, 2, 3)], steps=[])
    voices = (Voices("politician", tuple(map(Decimal, values))),)
    spread = RatingSpread(scale, SimpleNamespace(number=1), voices, silent=0)
    assert bool(spread.picture) == drawn
    assert spread.description
