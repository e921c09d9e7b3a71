"""Sweden with those who take part: a dot each with its group's number, lines between members."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import ClassVar

import numpy as np
from django.utils.html import format_html
from django.utils.safestring import SafeString

from modell.templatetags.swedish import enumerated, in_words, sentence

from .base import Picture, Table, TextLine, text_width
from .sweden import HEIGHT, WIDTH, area_of, land, on_map

# In the map's own kilometres; on a phone one is half a pixel.
RADIUS, SMALL, TEXT, LEADING = 21, 9, 27, 50
# With more dots than this they are small, and tell no number; with more than the other they carry no names.
MOST_NUMBERED, MOST_NAMED = 60, 24
ROUNDS = 80
PARTICIPANT, MENTOR, LEFT = "participant", "mentor", "left"
ROLES = {PARTICIPANT: "Deltagare", MENTOR: "Mentor", LEFT: "Har lämnat omgången"}
KEYS = {PARTICIPANT: "deltagare", MENTOR: "mentor", LEFT: "har lämnat omgången"}


@dataclass(frozen=True)
class Spot:
    """An organisation on the map. `sign` stands in its dot, `group` ties it to others, `said` is for the table."""

    name: str
    role: str
    code: str
    second_code: str = ""
    latitude: float | None = None
    longitude: float | None = None
    sign: str = ""
    group: str = ""
    said: str = ""


@dataclass(frozen=True)
class DrawnSpot:
    x: int
    y: int
    role: str
    sign: str
    area: str
    name: TextLine | None
    anchor: str
    from_x: int
    from_y: int

    @property
    def is_moved(self) -> bool:
        """Whether it stands beside its place, to which a line then leads."""
        return abs(self.x - self.from_x) + abs(self.y - self.from_y) > RADIUS


@dataclass(frozen=True)
class Tie:
    x1: int
    y1: int
    x2: int
    y2: int


@dataclass(frozen=True)
class MapKey:
    kind: str
    y: int
    text: str


@dataclass(frozen=True)
class MapDrawing:
    width: int
    height: int
    land: str
    radius: int
    ties: tuple[Tie, ...]
    spots: tuple[DrawnSpot, ...]
    keys: tuple[MapKey, ...]

    @property
    def is_small(self) -> bool:
        return self.radius == SMALL


@dataclass(frozen=True, kw_only=True)
class SwedenMap(Picture):
    """One layout for every width: the country is upright as a phone is."""

    spots: tuple[Spot, ...]
    sign_label: str = "numret är gruppens"
    sign_header: str = "Nr"
    said_header: str = "Grupp"
    template: ClassVar[str] = "map.svg"

    @property
    def placed(self) -> tuple[Spot, ...]:
        return tuple(spot for spot in self.spots if spot.latitude is not None and spot.longitude is not None)

    @property
    def description(self) -> str:
        told = [self.counted]
        groups = dict.fromkeys(spot.group for spot in self.spots if spot.group and spot.role == PARTICIPANT)
        told += [f"{group}: {self._members(group)}." for group in groups]
        missing = [spot.name for spot in self.spots if spot not in self.placed]
        told += [f"Läget är inte registrerat för {enumerated(missing)}."] if missing else []
        return " ".join(filter(None, told)) or "Ingen organisation är registrerad än."

    @property
    def counted(self) -> str:
        """How many of each, in words."""
        return " ".join(filter(None, map(self._counted, ROLES)))

    def _counted(self, role: str) -> str:
        number = sum(spot.role == role for spot in self.spots)
        words = {
            PARTICIPANT: ("deltagare", "deltagare"),
            MENTOR: ("mentor", "mentorer"),
            LEFT: ("har lämnat omgången", "har lämnat omgången"),
        }[role]
        if not number:
            return ""
        return f"{'En' if number == 1 else sentence(in_words(number))} {words[number > 1]}."

    def _members(self, group: str) -> str:
        return enumerated(spot.name for spot in self.spots if spot.group == group and spot.role == PARTICIPANT)

    @property
    def table(self) -> Table:
        rows = tuple((spot.name, spot.sign or "–", ROLES[spot.role], spot.said or spot.group) for spot in self.spots)
        return Table(self.title, ("Organisation", self.sign_header, "Roll", self.said_header), rows)

    def drawing(self, *, narrow: bool) -> MapDrawing:
        spots = self.placed
        small = len(spots) > MOST_NUMBERED
        true = [on_map(spot.latitude or 0, spot.longitude or 0) for spot in spots]
        places = true if small else apart(true)
        drawn = tuple(self._drawn(spot, at, was, small) for spot, at, was in zip(spots, places, true, strict=True))
        named = drawn if len(spots) > MOST_NAMED else with_names(drawn, [spot.name for spot in spots])
        radius = SMALL if small else RADIUS
        return MapDrawing(WIDTH, HEIGHT, land(), radius, self._ties(spots, drawn), named, self._keys(spots, small))

    def _drawn(self, spot: Spot, at: tuple[float, float], was: tuple[float, float], small: bool) -> DrawnSpot:
        (x, y), (from_x, from_y) = at, was
        area = area_of(spot.code, spot.second_code)
        sign = "" if small else spot.sign
        return DrawnSpot(round(x), round(y), spot.role, sign, area, None, "start", round(from_x), round(from_y))

    def _ties(self, spots: Sequence[Spot], drawn: Sequence[DrawnSpot]) -> tuple[Tie, ...]:
        pairs = combinations(zip(spots, drawn, strict=True), 2)
        return tuple(
            Tie(one.x, one.y, other.x, other.y)
            for (spot, one), (next_spot, other) in pairs
            if spot.group and spot.group == next_spot.group and {spot.role, next_spot.role} == {PARTICIPANT}
        )

    def _keys(self, spots: Sequence[Spot], small: bool) -> tuple[MapKey, ...]:
        found = [(role, KEYS[role]) for role in ROLES if any(spot.role == role for spot in spots)]
        if any(spot.group for spot in spots):
            found.append(("tie", "samma grupp"))
        if not small and any(spot.sign for spot in spots):
            found.append(("sign", self.sign_label))
        return tuple(MapKey(kind, 40 + LEADING * place, text) for place, (kind, text) in enumerate(found))

    def render(self) -> SafeString:
        return format_html('<div class="picture picture--map">{}</div>', self._svg(narrow=True, name="map"))

    @property
    def for_print(self) -> SafeString:
        return format_html('<div class="picture">{}</div>', self._svg(narrow=True, name="print"))


def apart(places: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Dots that would cover each other step aside, each as little as it can; the same every time."""
    if len(places) < 2:
        return list(places)
    home = np.array(places, dtype=float)
    # Two in the very same place would not know where to go.
    now = home + np.array([(0.01 * order, 0.02 * order) for order in range(len(places))])
    room = 2 * RADIUS + 4
    for _ in range(ROUNDS):
        between = now[:, None, :] - now[None, :, :]
        ways = np.hypot(between[..., 0], between[..., 1])
        np.fill_diagonal(ways, np.inf)
        push = np.clip(room - ways, 0, None) / 2
        step = (between / ways[..., None]) * push[..., None]
        now = now + 0.5 * step.sum(axis=1)
        crowded = (push > 0).any(axis=1)
        now = np.where(crowded[:, None], now, now + 0.1 * (home - now))
        now = np.clip(now, RADIUS + 2, [WIDTH - RADIUS - 2, HEIGHT - RADIUS - 2])
    return [(float(x), float(y)) for x, y in now]


def with_names(spots: tuple[DrawnSpot, ...], names: Sequence[str]) -> tuple[DrawnSpot, ...]:
    """Each name beside its dot, on the side where it covers neither another dot nor another name."""
    taken = [(spot.x - RADIUS, spot.y - RADIUS, spot.x + RADIUS, spot.y + RADIUS) for spot in spots]
    found = []
    for spot, name in sorted(zip(spots, names, strict=True), key=lambda pair: pair[0].y):
        line, anchor, box = best_side(spot, name, taken)
        if line:
            taken.append(box)
        found.append(replace(spot, name=line, anchor=anchor))
    return tuple(found)


Box = tuple[int, int, int, int]


def best_side(spot: DrawnSpot, name: str, taken: Sequence[Box]) -> tuple[TextLine | None, str, Box]:
    """The first side with room, beside before below; None where there is none: the table has the name."""
    width, half, beside = text_width(name, TEXT), TEXT // 2, RADIUS + 6
    for anchor, x, y in (
        ("start", spot.x + beside, spot.y),
        ("end", spot.x - beside, spot.y),
        ("start", spot.x + half, spot.y + beside + half),
        ("end", spot.x - half, spot.y + beside + half),
        ("start", spot.x + half, spot.y - beside - half),
        ("end", spot.x - half, spot.y - beside - half),
    ):
        left = x if anchor == "start" else x - width
        box = (left, y - half, left + width, y + half)
        if left >= 0 and left + width <= WIDTH and not any(overlap(box, other) for other in taken):
            return TextLine(x, y + TEXT // 3, name), anchor, box
    return None, "start", (0, 0, 0, 0)


def overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
