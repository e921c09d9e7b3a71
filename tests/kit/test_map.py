"""The map of Sweden: every name is whole inside the picture, and covers no other name."""

import csv
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.pictures.base import text_width
from kit.pictures.map import LEFT, MENTOR, PARTICIPANT, TEXT, Spot, SwedenMap, overlap
from kit.pictures.sweden import HEIGHT, WIDTH

REGISTER = Path(__file__).parents[2] / "data" / "organisations.csv"
with REGISTER.open() as file:
    PLACES = {row["short_name"]: row for row in csv.DictReader(file) if row["kind"] == "kommun"}
SOUTH = ("Malmö", "Helsingborg", "Halmstad", "Lund", "Trelleborg", "Ystad", "Växjö", "Kalmar", "Karlskrona")
NORTH = ("Kiruna", "Haparanda", "Luleå", "Boden", "Piteå", "Skellefteå", "Umeå", "Strömstad", "Norrtälje")


def drawn(names, roles=(PARTICIPANT,)):
    spots = tuple(
        Spot(
            name=name,
            role=roles[place % len(roles)],
            code=PLACES[name]["scb_code"],
            latitude=float(PLACES[name]["latitude"]),
            longitude=float(PLACES[name]["longitude"]),
            sign="1",
        )
        for place, name in enumerate(names)
    )
    return SwedenMap(key="karta", title="Karta", spots=spots).drawing(narrow=True)


def boxes(drawing):
    for spot in drawing.spots:
        if spot.name:
            width = text_width(spot.name.text, TEXT)
            left = spot.name.x if spot.anchor == "start" else spot.name.x - width
            # The letters rise three quarters of their size above the line, and hang a quarter below it.
            yield (left, spot.name.y - 3 * TEXT // 4, left + width, spot.name.y + TEXT // 4)


def is_inside(box):
    return box[0] >= 0 and box[1] >= 0 and box[2] <= WIDTH and box[3] <= HEIGHT


@pytest.mark.parametrize("names", [SOUTH, NORTH, ("Malmö",), ("Malmö", "Lund", "Trelleborg", "Vellinge", "Skurup")])
def test_names_at_the_edges_are_all_there_and_whole(names):
    drawing = drawn(names)
    assert {spot.name.text for spot in drawing.spots if spot.name} == {*names}
    assert all(map(is_inside, boxes(drawing)))


@given(st.lists(st.sampled_from(sorted(PLACES)), min_size=1, max_size=24, unique=True))
def test_no_name_leaves_the_picture_or_covers_another(names):
    name_boxes = list(boxes(drawn(names, (PARTICIPANT, MENTOR, LEFT))))
    assert all(map(is_inside, name_boxes))
    tight = [(left, top + 6, right, bottom - 6) for left, top, right, bottom in name_boxes]
    assert not [pair for pair in combinations(tight, 2) if overlap(*pair)]
