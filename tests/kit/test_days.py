"""Days: the same bounds and the same sentences at every door."""

from datetime import date
from pathlib import Path

import pytest
from django import forms

from kit.days import BACKWARDS, FAR, months_after, refuse_backwards, refuse_far
from kit.fields import DayField
from tests.refusing import refused

ROOT = Path(__file__).parents[2]
BESIDE = {"migrations", "tests", "var"}
CODE = [path for path in sorted(ROOT.glob("[a-z]*/**/*.py")) if not BESIDE & set(path.relative_to(ROOT).parts)]


class Form(forms.Form):
    day = DayField("Dag")


@pytest.mark.parametrize(
    ("day", "errors"),
    [
        ("1999-12-31", [FAR]),
        ("2000-01-01", []),
        ("2100-12-31", []),
        ("2101-01-01", [FAR]),
        ("2500-01-01", [FAR]),
        ("0001-01-01", [FAR]),
    ],
)
def test_a_day_is_from_2000_to_2100(day, errors):
    assert Form({"day": day}).errors.get("day", []) == errors


def test_every_field_for_a_day_holds_the_bounds():
    made = [path for path in CODE if "forms.DateField(" in path.read_text() or "forms.DateInput(" in path.read_text()]
    # The gallery of components shows a field that nothing is entered in.
    assert [str(path.relative_to(ROOT)) for path in made] == ["kit/fields.py", "modell/gallery.py"]


def test_an_end_before_a_beginning_has_one_sentence():
    places = [path for path in CODE if "kan inte ligga före" in path.read_text()]
    assert [str(path.relative_to(ROOT)) for path in places] == ["kit/days.py"]


def test_what_an_action_refuses():
    refuse_far(date(2000, 1, 1), date(2100, 12, 31), field="day")
    with refused(FAR):
        refuse_far(date(2099, 1, 1), date(2101, 1, 1), field="day")
    refuse_backwards(date(2027, 1, 1), date(2027, 1, 1), field="day")
    refuse_backwards(None, date(2027, 1, 1), field="day")
    with refused(BACKWARDS):
        refuse_backwards(date(2027, 1, 2), date(2027, 1, 1), field="day")


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        (date(2026, 8, 31), 18, date(2028, 2, 29)),
        (date(2026, 12, 15), 12, date(2027, 12, 15)),
        (date(2026, 10, 31), 4, date(2027, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_months_after(day, months, after):
    assert months_after(day, months) == after
