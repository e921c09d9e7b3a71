"""What a kind of meeting means stands at the kind, and nowhere else."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from meetings.kinds import FACTS, MeetingKind

NAMED = re.compile(r"MeetingKind\.[A-Z]|[\"'](?:" + "|".join(MeetingKind.values) + r")[\"']")
APPS = [path.parent for path in sorted(Path(settings.BASE_DIR).glob("*/apps.py"))]
PAGES = (Path(settings.BASE_DIR) / "templates").rglob("*.html")


def test_every_kind_has_its_facts_and_a_stem_of_its_own():
    assert set(FACTS) == set(MeetingKind)
    assert len({kind.facts.stem for kind in MeetingKind}) == len(MeetingKind)


def test_the_programme_begins_and_ends_once():
    assert sum(kind.facts.is_opening for kind in MeetingKind) == 1
    assert sum(kind.facts.is_closing for kind in MeetingKind) == 1


def test_mentors_stand_first_in_timetables_and_the_others_as_they_are_written():
    assert MeetingKind.in_timetable() == [
        MeetingKind.MENTOR_MEETING,
        *(kind for kind in MeetingKind if kind != MeetingKind.MENTOR_MEETING),
    ]


@pytest.mark.one_database
def test_no_other_module_asks_for_a_kind_by_name():
    modules = [path for app in APPS for path in app.rglob("*.py") if "migrations" not in path.parts]
    naming = {
        str(path.relative_to(settings.BASE_DIR))
        for path in [*modules, *PAGES]
        if NAMED.search(path.read_text(encoding="utf-8"))
    }
    assert naming == {"meetings/kinds.py"}
