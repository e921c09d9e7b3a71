"""Searching the catalogue without a network, and the key figures to begin with."""

import pytest
from django.urls import reverse

from accounts.enums import SkrRole
from kit.models import AuditEvent
from kit.refusals import ActionRefused
from kolada import starters
from kolada.models import KeyFigure, OfficialValue, StarterFigure
from kolada.search import WantedFigures, read_catalogue
from kolada.templatetags.official import official
from policy.models import NationalGoal
from tests.cast import make_cast
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader():
    return UserFactory(skr_role=SkrRole.PROCESS_LEADER)


@pytest.fixture
def goal():
    return NationalGoal.objects.get(number=1)


def codes_matching(**wanted):
    return {figure.code for figure in read_catalogue().matching(WantedFigures(**wanted))}


def test_words_are_found_whatever_the_case_and_in_any_order():
    assert len(codes_matching()) == 2313
    assert "N05401" in codes_matching(words="KOMMUNALVALET valdeltagande")
    assert codes_matching(words="n05401") == {"N05401"}
    assert codes_matching(words="ÅRSARBETARE") == codes_matching(words="årsarbetare") != set()
    assert codes_matching(words="arsarbetare") == set()  # å is a letter of its own


def test_it_is_narrowed_by_area_kind_and_goal():
    rows = {row.code: row for row in KeyFigure.objects.all()}
    area = rows["N05401"].operating_area
    assert {rows[code].operating_area for code in codes_matching(area=area)} == {area}
    assert {rows[code].place_kind for code in codes_matching(kind="L")} == {"L", "A"}
    assert {rows[code].place_kind for code in codes_matching(kind="K")} == {"K", "A"}
    starters = StarterFigure.objects.filter(goal__number=1).values_list("key_figure__code", flat=True)
    assert codes_matching(goal="1") == set(starters)
    beside = StarterFigure.objects.filter(goal=None).values_list("key_figure__code", flat=True)
    assert codes_matching(goal="0") == set(beside)
    assert codes_matching(goal="7") == set()


def test_what_is_withdrawn_or_not_divided_is_not_proposed():
    KeyFigure.objects.filter(code="N05401").update(divided=False)
    assert "N05401" not in codes_matching()
    KeyFigure.objects.filter(code="N05402").update(withdrawn_on="2026-11-14")
    assert "N05402" not in codes_matching()


def test_the_page_is_paged_and_says_how_many(client, leader):
    client.force_login(leader)
    page = client.get(reverse("kolada:search"), {"sida": "2"}).text
    assert "2313 nyckeltal" in page
    assert "Sida 2 av 47" in page
    assert "Inget matchar filtret." in client.get(reverse("kolada:search"), {"sok": "zzz"}).text


def test_a_key_figure_is_proposed_last_under_its_goal(leader, goal):
    starter = starters.add_starter(code="n00053", goal=goal, by=leader)
    assert list(StarterFigure.objects.filter(goal=goal))[-1] == starter
    [event] = AuditEvent.objects.filter(kind="starter_added")
    assert (event.target, event.actor) == ("N00053", leader.name)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("N99999", "Det finns inget könsuppdelat nyckeltal med det id:t. Sök fram det i katalogen."),
        ("N00054", "Kolada har tagit bort nyckeltalet, så det går inte att börja med."),
        ("N05401", "Nyckeltalet finns redan där."),
    ],
)
def test_what_cannot_be_proposed(leader, goal, code, sentence):
    KeyFigure.objects.create(code="N00054", title="Borta", place_kind="A", withdrawn_on="2026-11-14")
    before = StarterFigure.objects.count()
    with pytest.raises(ActionRefused) as refused:
        starters.add_starter(code=code, goal=goal, by=leader)
    assert (refused.value.sentence, refused.value.field) == (sentence, "code")
    assert StarterFigure.objects.count() == before


def test_one_moves_and_a_second_click_on_the_same_page_moves_nothing(leader, goal):
    first, second, *_ = StarterFigure.objects.filter(goal=goal)
    starters.move_starter(starter=second, up=True, seen=second.position, by=leader)
    assert list(StarterFigure.objects.filter(goal=goal))[:2] == [second, first]
    starters.move_starter(starter=second, up=False, seen=second.position, by=leader)
    assert list(StarterFigure.objects.filter(goal=goal))[:2] == [second, first]
    second.refresh_from_db()
    starters.move_starter(starter=second, up=True, seen=second.position, by=leader)
    assert AuditEvent.objects.filter(kind="starter_moved").count() == 1


def test_one_is_removed_once(leader, goal):
    starter = StarterFigure.objects.filter(goal=goal).first()
    starters.remove_starter(starter=starter, by=leader)
    starters.remove_starter(starter=starter, by=leader)
    assert not StarterFigure.objects.filter(pk=starter.pk).exists()
    assert AuditEvent.objects.filter(kind="starter_removed").count() == 1


def test_the_pages_add_move_and_remove(client, leader):
    client.force_login(leader)
    page = reverse("kolada:starters")
    client.post(reverse("kolada:starter_add"), {"code": "N00053", "goal": "0"})
    added = StarterFigure.objects.get(key_figure__code="N00053")
    assert added.goal is None
    assert added.key_figure.title in client.get(page).text
    client.post(reverse("kolada:starter_move", args=[added.pk]), {"seen": added.position, "way": "upp"})
    assert StarterFigure.objects.get(pk=added.pk).position == added.position - 1
    client.post(reverse("kolada:starter_remove", args=[added.pk]))
    assert added.key_figure.title not in client.get(page).text


@pytest.mark.parametrize(
    ("number", "status", "printed"),
    [
        ("19.468967", "", "19,47"),
        ("301234.5", "", "301\u00a0234,5"),
        ("300", "", "300"),
        ("3e2", "", "300"),
        ("-0.125", "", "−0,13"),
        ("0", "", "0"),
        ("", "", "saknas"),
        ("", "Missing", "saknas"),
        ("", "Borttaget av Kolada", "saknas (borttaget av Kolada)"),
    ],
)
def test_how_a_value_is_printed(number, status, printed):
    assert official(OfficialValue(women=number, women_status=status), "women") == printed


class TestFollowing:
    """Whoever works on an organisation's indicators begins to follow a key figure from its page."""

    def link(self, client, user, code):
        client.force_login(user)
        return "Följ nyckeltalet" in client.get(reverse("kolada:key_figure", args=[code])).content.decode()

    def test_is_offered_to_those_who_may_if_their_organisation_can_have_it(self, client):
        cast = make_cast()
        kind = "K" if len(cast.own.code) == 4 else "L"
        KeyFigure.objects.filter(code="N05401").update(place_kind=kind)
        KeyFigure.objects.filter(code="N05402").update(place_kind={"K": "L", "L": "K"}[kind])
        assert self.link(client, cast.anna, "N05401")
        assert not self.link(client, cast.anna, "N05402")
        assert not self.link(client, UserFactory(skr_role=SkrRole.PROCESS_LEADER), "N05401")

    def test_not_when_kolada_has_taken_it_away(self, client):
        cast = make_cast()
        KeyFigure.objects.filter(code="N05401").update(place_kind="A", withdrawn_on="2026-01-01")
        assert not self.link(client, cast.anna, "N05401")
