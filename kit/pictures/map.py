"""A map of Sweden with a dot for each organisation, its group's number, and lines between the group's members."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import ClassVar

import numpy as np
from django.utils.html import format_html
from django.utils.safestring import SafeString

from kit.pictures.base import Picture, PictureTable, TextLine, text_width
from kit.pictures.sweden import HEIGHT, WIDTH, area_of, land, on_map
from kit.templatetags.swedish import enumerated, in_words, sentence

# Sizes are in the map's kilometres; on a phone a kilometre is half a pixel.
RADIUS, SMALL, TEXT, LEADING = 21, 9, 27, 50
# With more dots than MOST_NUMBERED they are small and without numbers; above MOST_NAMED they have no names.
MOST_NUMBERED, MOST_NAMED = 60, 24
ROUNDS = 80
# A name stands at most so many lines from its dot.
FARTHEST = 9
PARTICIPANT, MENTOR, LEFT = "participant", "mentor", "left"
ROLES = {PARTICIPANT: "Deltagare", MENTOR: "Mentor", LEFT: "Har lämnat omgången"}
KEYS = {PARTICIPANT: "deltagare", MENTOR: "mentor", LEFT: "har lämnat omgången"}


@dataclass(frozen=True)
class Spot:
    """An organisation on the map. `sign` stands in its dot, `group` ties it to others, `said` is the table's text."""

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
    def has_lead(self) -> bool:
        """True if the name stands so far from its dot that a line ties them together."""
        if self.name is None:
            return False
        return abs(self.name.x - self.x) > 2 * RADIUS or abs(self.name.y - self.y) > 3 * RADIUS

    @property
    def is_moved(self) -> bool:
        # A line then leads from the dot to its true place.
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
    """The map has the same layout for every width: the country is upright, as a phone is."""

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
        sentences = [self.counted]
        groups = dict.fromkeys(spot.group for spot in self.spots if spot.group and spot.role == PARTICIPANT)
        sentences += [f"{group}: {self._members(group)}." for group in groups]
        missing = [spot.name for spot in self.spots if spot not in self.placed]
        sentences += [f"Läget är inte registrerat för {enumerated(missing)}."] if missing else []
        return " ".join(filter(None, sentences)) or "Ingen organisation är registrerad än."

    @property
    def counted(self) -> str:
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
    def table(self) -> PictureTable:
        rows = tuple((spot.name, spot.sign or "–", ROLES[spot.role], spot.said or spot.group) for spot in self.spots)
        return PictureTable(self.title, ("Organisation", self.sign_header, "Roll", self.said_header), rows)

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
            Tie(dot.x, dot.y, next_dot.x, next_dot.y)
            for (spot, dot), (next_spot, next_dot) in pairs
            if spot.group and spot.group == next_spot.group and {spot.role, next_spot.role} == {PARTICIPANT}
        )

    def _keys(self, spots: Sequence[Spot], small: bool) -> tuple[MapKey, ...]:
        keys = [(role, KEYS[role]) for role in ROLES if any(spot.role == role for spot in spots)]
        if any(spot.group for spot in spots):
            keys.append(("tie", "samma grupp"))
        if not small and any(spot.sign for spot in spots):
            keys.append(("sign", self.sign_label))
        return tuple(MapKey(kind, 40 + LEADING * place, text) for place, (kind, text) in enumerate(keys))

    def render(self) -> SafeString:
        return format_html('<div class="picture picture--map">{}</div>', self._svg(narrow=True, name="map"))

    @property
    def for_print(self) -> SafeString:
        return format_html('<div class="picture">{}</div>', self._svg(narrow=True, name="print"))


def apart(places: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Move overlapping dots apart, each as little as possible and always in the same way."""
    if len(places) < 2:
        return list(places)
    home = np.array(places, dtype=float)
    # Two dots in the same place have no direction to move in, so each gets a tiny offset.
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
    """Place each name beside its dot, where it covers no other dot or name."""
    taken = [(spot.x - RADIUS, spot.y - RADIUS, spot.x + RADIUS, spot.y + RADIUS) for spot in spots]
    placed = []
    for spot, name in sorted(zip(spots, names, strict=True), key=lambda pair: pair[0].y):
        line, anchor, box = best_side(spot, name, taken)
        if line:
            taken.append(box)
        placed.append(replace(spot, name=line, anchor=anchor))
    return tuple(placed)


Box = tuple[int, int, int, int]
SIDES = (("start", 1), ("end", -1))


def best_side(spot: DrawnSpot, name: str, taken: Sequence[Box]) -> tuple[TextLine | None, str, Box]:
    """Return the first place with room, near or far; without any the name is left out, since the table has it."""
    width, half, beside = text_width(name, TEXT), TEXT // 2, RADIUS + 6
    near = (
        ("start", spot.x + beside, spot.y),
        ("end", spot.x - beside, spot.y),
        *((side, spot.x + sign * beside, spot.y + step) for step in (half, -half) for side, sign in SIDES),
        ("start", spot.x + half, spot.y + beside + half),
        ("end", spot.x - half, spot.y + beside + half),
        ("start", spot.x + half, spot.y - beside - half),
        ("end", spot.x - half, spot.y - beside - half),
    )
    for anchor, x, y in (*near, *_farther(spot, beside)):
        left = x if anchor == "start" else x - width
        box = (left, y - half, left + width, y + half)
        if is_inside(box) and not any(overlap(box, other) for other in taken):
            return TextLine(x, y + TEXT // 3, name), anchor, box
    return None, "start", (0, 0, 0, 0)


def _farther(spot: DrawnSpot, beside: int) -> Iterator[tuple[str, int, int]]:
    """Yield places farther and farther away, for a name that a line ties to its dot."""
    for away in range(1, FARTHEST + 1):
        for side, sign in SIDES:
            for step in (0, away * TEXT, -away * TEXT):
                yield side, spot.x + sign * (beside + away * TEXT), spot.y + step


def is_inside(box: Box) -> bool:
    """True if the whole text is in the picture, with what hangs below its line."""
    return box[0] >= 0 and box[1] >= 0 and box[2] <= WIDTH and box[3] + TEXT // 5 <= HEIGHT


def overlap(box: Box, other: Box) -> bool:
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
