"""The file with all that is stored about a person: JSON for a program, and a page to read."""

import io
import json
import zipfile
from datetime import date
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string

from kit.holding import Person
from privacy.stored import stored_about

FORMAT, VERSION = "modell-person", 1
MEDIA_TYPE = "application/zip"


def file_of(person: Person, today: date) -> bytes:
    tables = list(stored_about(person))
    document: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "made_on": today,
        "tables": {
            table.name: {
                "called": table.label,
                "rows": [dict(zip(table.columns, row, strict=True)) for row in table.rows],
            }
            for table in tables
        },
    }
    page = render_to_string("privacy/printed.html", {"tables": tables, "today": today, "name": _name(person)})
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "uppgifter.json", json.dumps(document, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2) + "\n"
        )
        archive.writestr("uppgifter.html", page)
    return packed.getvalue()


def _name(person: Person) -> str:
    return (person.names or person.addresses)[0]
