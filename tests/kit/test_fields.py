import re
from datetime import date, time
from pathlib import Path

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.urls import get_resolver

from kit.fields import CanonicalField, DayField, HourField, LineField, LinkField, TextField
from tests.kit.test_editing import code_outside_the_kit

CASES = Path(__file__).parent / "cases"
FOLDED_BY_HAND = re.compile(r"\.replace\(\"\\r\\n\"")


class TestText:
    def test_a_line_end_is_one_sign_whatever_the_browser_sends(self):
        field = TextField("Skäl", longest=5)
        assert field.clean(" ab\r\ncd ") == "ab\ncd"
        with pytest.raises(ValidationError, match="Texten får ha högst 5 tecken"):
            field.clean("ab\r\ncde")

    def test_18_shift_enter_of_word_is_a_line_end(self):
        pasted = (CASES / "18-vertical-tab/comment.txt").read_text(encoding="utf-8")
        assert "\x0b" in pasted
        assert TextField("Skäl", longest=40).clean(pasted) == "Rad ett\nrad två"
        assert LineField("Namn", longest=40).clean(pasted) == "Rad ett rad två"

    def test_it_says_in_swedish_how_long_it_may_be(self):
        with pytest.raises(ValidationError, match="Svaret får ha högst 4 000 tecken"):
            TextField("Svar", called="Svaret").clean("x" * 4001)

    def test_left_out_it_is_empty(self):
        assert TextField("Skäl", required=False).clean(None) == ""
        with pytest.raises(ValidationError, match="Skriv skälet"):
            TextField("Skäl", missing="Skriv skälet.").clean(" ")


class TestLine:
    def test_spaces_in_a_row_are_one(self):
        assert LineField("Namn", longest=20).clean("  Anna \t Ek ") == "Anna Ek"

    def test_too_long_is_refused(self):
        with pytest.raises(ValidationError, match="Skriv högst 3 tecken"):
            LineField("Namn", longest=3).clean("Anna")


def test_a_day_is_written_year_month_day():
    assert DayField("Dag").clean("2027-03-15") == date(2027, 3, 15)
    with pytest.raises(ValidationError, match="Skriv dagen som år-månad-dag"):
        DayField("Dag").clean("15/3")
    with pytest.raises(ValidationError, match="Ange dagen för beslutet"):
        DayField("Dag", missing="Ange dagen för beslutet.").clean("")


def test_28_a_day_whose_month_may_be_its_day_is_refused():
    first, second, third = (CASES / "28-day-and-month/days.txt").read_text().splitlines()
    for typed in (first, second):
        with pytest.raises(ValidationError, match="Skriv dagen som år-månad-dag"):
            DayField("Dag").clean(typed)
    assert DayField("Dag").clean(third) == date(2026, 11, 1)


@pytest.mark.parametrize(
    "typed",
    [
        *("1/11/2026", "01-11-2026", "01.11.2026", "11/1-26", "1/11 2026", "01/11", "2026/11/01", "2026.11.01"),
        *("26-11-01", "20261101", "1 november 2026", "2026-13-01", "2026-02-30", "2026-11-01 00:00", "2026-11"),
    ],
)
def test_28_and_so_is_a_day_written_in_another_way(typed):
    with pytest.raises(ValidationError, match="Skriv dagen som år-månad-dag"):
        DayField("Dag").clean(typed)


@pytest.mark.parametrize(
    "typed", ["9:30", "09.30", "09:30:00", "9,30", "kl. 9.30", "Kl 9.30", "09.30\u200b", "klockan 9.30"]
)
def test_28_an_hour_is_read_as_it_is_written(typed):
    assert HourField("Börjar").clean(typed) == time(9, 30)


@pytest.mark.parametrize("typed", ["13.00", "13:00", "13", "kl. 13", "1３.00"])
def test_28_an_hour_after_noon_too(typed):
    assert HourField("Börjar").clean(typed) == time(13)


def test_an_hour_may_be_left_out_but_not_be_something_else():
    assert HourField("Börjar").clean("") is None
    for typed in ("nio", "25.00", "13.60", "130", "13.00–16.00", "1 pm", "13.00 eller 14.00", "kl."):
        with pytest.raises(ValidationError, match=r"Skriv klockslaget som 9\.00"):
            HourField("Börjar").clean(typed)


def test_a_link_is_https_where_nothing_else_is_said():
    assert LinkField("Länk").clean("exempel.se/mote") == "https://exempel.se/mote"


@pytest.mark.parametrize("link", ["inget mellanslag här", "ftp://exempel.se/fil", "javascript:alert(1)"])
def test_a_link_leads_to_a_page(link):
    with pytest.raises(ValidationError, match="Länken ska börja med https"):
        LinkField("Länk").clean(link)


def test_line_ends_are_folded_in_one_place():
    forms = {place: text for place, text in code_outside_the_kit() if "forms" in place or place.endswith("fields.py")}
    assert forms
    assert [place for place, text in forms.items() if FOLDED_BY_HAND.search(text)] == []


def test_a_copy_by_hand_is_found():
    assert FOLDED_BY_HAND.search(r'return super().to_python((value or "").replace("\r\n", "\n")) or ""')


class TestNeededSometimes:
    class Form(forms.Form):
        why = CanonicalField(label="Varför?", required=False, sometimes=True, help_text="Behövs ibland.")
        note = CanonicalField(label="Anteckning", required=False)

    def test_it_is_not_called_optional(self):
        why, note = (render_to_string("forms/field.html", {"field": self.Form()[name]}) for name in ("why", "note"))
        assert ("(valfritt)" in why, "(valfritt)" in note) == (False, True)

    def test_whatever_says_when_it_is_needed_is_one(self):
        called_optional = [
            f"{form.__module__}.{form.__name__}.{name}"
            for form in all_forms()
            for name, field in form.base_fields.items()
            if "behövs" in str(field.help_text).lower()
            and isinstance(field, CanonicalField)
            and not (field.required or field.sometimes)
        ]
        assert called_optional == []


def all_forms(base=forms.BaseForm):
    get_resolver().url_patterns  # noqa: B018 - the views' forms are there once the addresses are
    for form in base.__subclasses__():
        yield from all_forms(form)
        if hasattr(form, "base_fields"):
            yield form
