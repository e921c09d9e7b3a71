"""The register of organisations, read from the project's data files by the migration and the demonstration."""

import csv
from pathlib import Path
from typing import Any

# Gotland is both a region and a kommun: the file has it under both codes, the register under the region's.
SECOND_CODES = {"09": "0980"}


def read_register(path: Path, *, invented: bool = False) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    codes = {row["scb_code"] for row in rows}
    doubled = {second for code, second in SECOND_CODES.items() if {code, second} <= codes}
    return [_organisation(row, doubled, invented) for row in rows if row["scb_code"] not in doubled]


def _organisation(row: dict[str, str], doubled: set[str], invented: bool) -> dict[str, Any]:
    second = SECOND_CODES.get(row["scb_code"])
    return {
        "code": row["scb_code"],
        "second_code": second if second in doubled else None,
        "kind": row["kind"],
        "name": row["name"],
        "short_name": row["short_name"],
        "county_code": row["county_code"],
        "county_name": row["county_name"],
        "population": int(row["population"]),
        "latitude": row["latitude"],
        "longitude": row["longitude"],
        "invented": invented,
    }


def load_register(organisation: Any, path: Path, *, invented: bool = False) -> int:
    """Add the missing organisations and return how many; in a migration, pass the historical model."""
    known = set(organisation.objects.values_list("code", flat=True))
    rows = [row for row in read_register(path, invented=invented) if row["code"] not in known]
    organisation.objects.bulk_create(organisation(**row) for row in rows)
    return len(rows)
