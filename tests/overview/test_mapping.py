"""The map of Sweden: who stands on it, for whom, and that every kommun of the register has its ground."""

import re

import pytest
from django.conf import settings
from django.urls import reverse

from accounts.enums import SkrRole
from cohorts.enums import OrganisationKind, Role, Status
from cohorts.models import Organisation
from kit.pictures import Spot, SwedenMap
from kit.pictures.map import RADIUS, apart, overlap
from kit.pictures.sweden import HEIGHT, WIDTH, area_of, kommun_paths, northing_easting, on_map
from tests.factories import (
    CohortFactory,
    DelegateFactory,
    GroupFactory,
    GroupMentorFactory,
    OrganisationFactory,
    ParticipationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
MAP = reverse("overview:map")


def words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_every_kommun_of_the_register_has_its_ground_and_every_region():
    codes = Organisation.objects.filter(invented=False).values_list("code", flat=True)
    assert [code for code in codes if not area_of(code)] == []
    assert len(kommun_paths()) == 290


def test_a_region_is_all_its_kommuner_and_gotland_is_found_by_either_code():
    assert area_of("08").count("M") >= 12
    assert area_of("0980") == area_of("09") == area_of("nothing", "0980")


@pytest.mark.parametrize(
    ("place", "metres"),
    # Two of Lantmäteriet's own check points for SWEREF 99 TM.
    [((55.0, 12.75), (6_097_106.672, 356_083.438)), ((55.0, 14.25), (6_095_048.642, 452_024.069))],
)
def test_places_are_projected_as_lantmateriet_does(place, metres):
    assert northing_easting(*place) == pytest.approx(metres, abs=0.01)


def test_the_whole_register_lies_on_the_map():
    for row in Organisation.objects.exclude(latitude=None):
        x, y = on_map(float(row.latitude), float(row.longitude))
        assert 0 < x < WIDTH, row
        assert 0 < y < HEIGHT, row


def test_dots_in_one_place_step_aside_the_same_way_each_time():
    moved = apart([(300, 900)] * 4 + [(600, 300)])
    assert moved == apart([(300, 900)] * 4 + [(600, 300)])
    assert moved[-1] == pytest.approx((600, 300), abs=0.01)
    near = [((x - u) ** 2 + (y - v) ** 2) ** 0.5 for n, (x, y) in enumerate(moved) for u, v in moved[:n]]
    assert min(near) >= 2 * RADIUS - 1


def picture(*spots):
    return SwedenMap(key="map", title="Karta", spots=spots)


def spot(name, role="participant", **fields):
    return Spot(name=name, role=role, code="", **{"latitude": 59.0, "longitude": 15.0, **fields})


def test_what_the_map_shows_stands_in_its_table_and_its_words():
    shown = picture(
        spot("Ale", sign="1", group="Norra"),
        spot("Bro", sign="1", group="Norra", latitude=60.0),
        spot("Mora", "mentor", sign="1", group="Norra", latitude=61.0),
        spot("Eka", "left", latitude=None, said="ingen grupp"),
    )
    assert shown.description == (
        "Två deltagare. En mentor. En har lämnat omgången. Norra: Ale och Bro. Läget är inte registrerat för Eka."
    )
    assert shown.table.rows == (
        ("Ale", "1", "Deltagare", "Norra"),
        ("Bro", "1", "Deltagare", "Norra"),
        ("Mora", "1", "Mentor", "Norra"),
        ("Eka", "–", "Har lämnat omgången", "ingen grupp"),
    )
    drawing = shown.drawing(narrow=True)
    assert (len(drawing.spots), len(drawing.ties)) == (3, 1)


def test_names_cover_neither_each_other_nor_a_dot():
    shown = picture(*(spot(f"Storby {n}", latitude=59 + n / 50) for n in range(12)))
    drawn = shown.drawing(narrow=True).spots
    boxes = [box(marker) for marker in drawn if marker.name]
    assert len(boxes) >= 6
    assert not any(overlap(name_box, other) for n, name_box in enumerate(boxes) for other in boxes[:n])
    dots = [(marker.x - RADIUS, marker.y - RADIUS, marker.x + RADIUS, marker.y + RADIUS) for marker in drawn]
    assert not any(overlap(name, dot) for name in boxes for dot in dots)


def box(marker):
    width = len(marker.name.text) * 10  # narrower than it is: what overlaps here does so on any screen
    left = marker.name.x if marker.anchor == "start" else marker.name.x - width
    return left, marker.name.y - 20, left + width, marker.name.y


@pytest.fixture
def cohort():
    cohort = CohortFactory(slug="provet", name="Provet")
    group = GroupFactory(cohort=cohort, name="Norra gruppen")
    members = [
        ParticipationFactory(
            cohort=cohort, group=group, organisation=OrganisationFactory(short_name=name, latitude=60, longitude=lon)
        )
        for name, lon in (("Ale", 15), ("Bro", 16))
    ]
    members[1].status = Status.WITHDRAWN
    members[1].save()
    GroupMentorFactory(
        group=group,
        participation=ParticipationFactory(cohort=cohort, role=Role.MENTOR, organisation__short_name="Mora"),
    )
    return cohort


def test_everyone_in_an_omgang_sees_its_map(client, cohort):
    client.force_login(DelegateFactory(participation=cohort.participations.first()).user)
    html = client.get(MAP, {"omgang": "provet"}).text
    page = words(html)
    assert "Provet på kartan" in page
    assert "En deltagare. En mentor. En har lämnat omgången." in page
    for row in ("Ale 1 Deltagare Norra gruppen", "Bro 1 Har lämnat omgången Norra gruppen", "Mora 1 Mentor"):
        assert row in page
    assert "Läget är inte registrerat för Mora." in html


def test_another_omgangs_map_is_not_found(client, cohort):
    client.force_login(DelegateFactory().user)
    assert client.get(MAP, {"omgang": "provet"}).status_code == 404
    assert "Ale" not in client.get(MAP, {"omgang": "alla"}).text
    assert "Provet" not in client.get(MAP).text


def test_all_omgangar_tell_how_often(client, cohort):
    later = CohortFactory(name="Nästa")
    ParticipationFactory(cohort=later, organisation=cohort.participations.first().organisation)
    client.force_login(UserFactory(skr_role=SkrRole.PROCESS_LEADER))
    page = words(client.get(MAP, {"omgang": "alla"}).text)
    assert re.search(r"Ale 2 Deltagare (Provet och Nästa|Nästa och Provet)", page)
    assert "Bro 1 Har lämnat omgången Provet" in page


def test_one_who_is_in_no_omgang_sees_an_empty_map(client):
    client.force_login(UserFactory())
    assert "Ingen organisation är registrerad än." in words(client.get(MAP).text)


def test_the_page_stays_light(client):
    """The whole country is drawn in it: one outline for all, and one more for those who take part."""
    cohort = CohortFactory()
    for organisation in Organisation.objects.filter(kind=OrganisationKind.KOMMUN, invented=False)[:40]:
        ParticipationFactory(cohort=cohort, organisation=organisation)
    client.force_login(UserFactory(skr_role=SkrRole.PROCESS_LEADER))
    assert len(client.get(MAP).content) < 90_000
    assert (settings.DATA_DIR / "sweden-map.json").stat().st_size < 40_000
