"""A package of version 2 in which every key that the version added says something."""

import json
from typing import Any

from django.conf import settings

from programme.exchange import schema

RUNNING = settings.DATA_DIR / "demo/pagaende.json"


def quiet_version_2() -> dict[str, Any]:
    """The running omgång as version 2, with nothing said in what was added."""
    document = json.loads(RUNNING.read_text(encoding="utf-8")) | {"version": 2}
    parts = [(document, schema.PACKAGE), (document["cohort"], schema.COHORT)]
    parts += [(row, schema.PARTICIPANT) for row in document["participants"]]
    parts += [(row, schema.MEETING) for row in document["meetings"]]
    for part, shape in parts:
        part |= {name: json.loads(json.dumps(field.empty)) for name, field in shape.later.items()}
    return document


def version_2() -> dict[str, Any]:
    document = quiet_version_2()
    document["cohort"] |= {
        "mentor_model": "by_theme",
        "mentor_hours": 10,
        "group_min": 3,
        "group_max": 4,
        "fee": 45000,
        "interest_opens_on": "2025-09-01",
        "interest_closes_on": "2025-10-15",
        "board_meets_on": "2025-11-10",
        "extended_from": "2027-06-30",
        "title_rule": "self_assessment",
        "part_checklist": "skr-2023-namnd",
        "letter": {"introduction": "Välkomna.", "closing": None},
    }
    people = {row["organisation"]: row for row in document["participants"]}
    people["9901"] |= {
        "joined_on": "2026-03-01",
        "both_sides": False,
        "decisions": [
            {
                "kind": "entry",
                "body": "Kommunfullmäktige",
                "decided_on": "2025-10-01",
                "paragraph": "§ 112",
                "diary_number": "KS 2025/31",
                "text": "Kommunen deltar.",
                "cemr": True,
            },
            {
                "kind": "entry",
                "body": "Kommunfullmäktige",
                "decided_on": "2025-10-01",
                "paragraph": "§ 113",
                "diary_number": None,
                "text": None,
                "cemr": None,
            },
        ],
        "title": {
            "rule": "self_assessment",
            "given": True,
            "decided_on": "2027-06-09",
            "decided_by": "Styrgruppen",
            "note": "Alla moment är på väg.",
        },
    }
    people["93"] |= {
        "capacity": 2,
        "thanked_on": "2027-06-10",
        "mentor_offer": {
            "answer": "later",
            "not_before": "2028-01-01",
            "tells_about": "Budget.",
            "said_on": "2027-05-02",
        },
        "mentor_agreement": {"agreed_on": "2026-01-20", "hours": 40, "note": "Gärna digitalt."},
    }
    people["90"] |= {"status": "withdrawn", "withdrawn_on": "2027-01-31"}
    document["periods"] = [
        {
            "after": None,
            "before": "learning-1",
            "name": "Arbete hemma",
            "goals": "Ni prövar.",
            "is_reporting": False,
            "due_before": 0,
        },
        {
            "after": "learning-3",
            "before": "conference-1",
            "name": "Rapporten",
            "goals": None,
            "is_reporting": True,
            "due_before": 14,
        },
    ]
    meetings = {row["key"]: row for row in document["meetings"]}
    meetings["strategist-2"] |= {"hangs_on": "learning-2", "cancelled_on": "2026-08-01"}
    meetings["learning-1"] |= _learning()
    return document


def _learning() -> dict[str, Any]:
    point = {
        "day": 2,
        "position": 0,
        "starts_at": "08:30",
        "title": "Samtal",
        "minutes": 45,
        "whose": "guest",
        "text": "Om mål.",
    }
    return {
        "starts_at": "09:00",
        "ends_at": "16:30:15",
        "place": "Stadshuset",
        "link": "https://moten.example/rum",
        "goals": "Ni går hem med ett nästa steg.",
        "documentation": "Vi talade om mål.",
        "opens_before": 30,
        "due_before": 5,
        "present_before": 4,
        "invite_before": 21,
        "has_presentations": True,
        "host": "99",
        "agenda": [{**point, "part": "politician"}, {**point, "part": "manager"}],
        "preparations": [
            {
                "function": "manager",
                "text": "Läs rapporten.",
                "url": "https://exempel.example/rapport",
                "days_before": 10,
            },
            {"function": None, "text": "Läs rapporten.", "url": None, "days_before": 20},
        ],
        "host_tasks": [
            {"phase": "before", "text": "Boka lokal", "done_on": "2026-03-01"},
            {"phase": "after", "text": "Tacka", "done_on": None},
        ],
        "agreements": [
            {
                "organisation": None,
                "function": "strategist",
                "text": "Vi ses.",
                "due_on": "2026-06-01",
                "done_on": "2026-05-30",
            },
            {"organisation": "99", "function": None, "text": "Vi mäter.", "due_on": None, "done_on": None},
        ],
        "impressions": [
            {"organisation": "99", "kind": "plus", "text": "Gott om tid."},
            {"organisation": "99", "kind": "plus", "text": "Gott om tid."},
        ],
        "takeaways": [
            {
                "organisation": "99",
                "source": "90",
                "improvement": "Tre mått för kvinnor och män",
                "text": "Deras tre mått.",
            },
            {"organisation": "90", "source": "93", "improvement": None, "text": "En kort mall."},
        ],
        "links": [
            {"organisation": "99", "kind": "presentation", "title": "Vår bild", "url": "https://exempel.example/bild"},
            {"organisation": None, "kind": "material", "title": "Om mål", "url": "https://exempel.example/mal"},
        ],
    }
