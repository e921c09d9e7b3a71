"""Sweden in the map's coordinates: SWEREF 99 TM, in kilometres from the map's upper left corner."""

import json
from functools import cache
from math import atan, atanh, cos, cosh, radians, sin, sinh, sqrt

from django.conf import settings

# The map's corner and size in km, with room for the country, its islands and a margin.
WEST, NORTH, WIDTH, HEIGHT = 255, 7690, 680, 1580

# The ellipsoid GRS 80 and the projection's central meridian 15° E (Lantmäteriet, Gauss conformal projection).
AXIS, FLATTENING, MERIDIAN, SCALE, FALSE_EASTING = 6378137.0, 1 / 298.257222101, 15.0, 0.9996, 500_000.0
N = FLATTENING / (2 - FLATTENING)
RADIUS = AXIS / (1 + N) * (1 + N**2 / 4 + N**4 / 64)
SERIES = (N / 2 - 2 * N**2 / 3 + 5 * N**3 / 16, 13 * N**2 / 48 - 3 * N**3 / 5, 61 * N**3 / 240)


def northing_easting(latitude: float, longitude: float) -> tuple[float, float]:
    """Return SWEREF 99 TM in metres, right to a few millimetres in Sweden (Krüger's series to the third term)."""
    phi, away = radians(latitude), radians(longitude - MERIDIAN)
    root = 2 * sqrt(N) / (1 + N)
    t = sinh(atanh(sin(phi)) - root * atanh(root * sin(phi)))
    xi, eta = atan(t / cos(away)), atanh(sin(away) / sqrt(1 + t * t))
    terms = tuple(enumerate(SERIES, 1))
    north = xi + sum(term * sin(2 * j * xi) * cosh(2 * j * eta) for j, term in terms)
    east = eta + sum(term * cos(2 * j * xi) * sinh(2 * j * eta) for j, term in terms)
    return SCALE * RADIUS * north, FALSE_EASTING + SCALE * RADIUS * east


def on_map(latitude: float, longitude: float) -> tuple[float, float]:
    """Return the place in km from the map's upper left corner: x to the right, y downwards."""
    north, east = northing_easting(latitude, longitude)
    return east / 1000 - WEST, NORTH - north / 1000


@cache
def kommun_paths() -> dict[str, str]:
    """Return each kommun's outline by its code, as `bin/make-map` makes it from SCB's boundaries."""
    paths: dict[str, str] = json.loads((settings.DATA_DIR / "sweden-map.json").read_text())["kommuner"]
    return paths


@cache
def land() -> str:
    return "".join(kommun_paths().values())


def area_of(code: str, second_code: str = "") -> str:
    """Return a kommun's outline, or those of a region's kommuner, or "" if neither code has any."""
    paths = kommun_paths()
    for area in filter(None, (code, second_code)):
        outline = paths.get(area) or "".join(path for key, path in paths.items() if len(area) == 2 and key[:2] == area)
        if outline:
            return outline
    return ""
