"""One form of every text and address: nothing in the code goes another way, and no form stores another one."""

import importlib
import re
from pathlib import Path

import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from hypothesis import given
from hypothesis import strategies as st

from kit.canonical import canonical, canonical_address, canonical_line, folded, readable_address, validate_address
from kit.columns import AddressColumn
from kit.fields import AddressField, CanonicalField, DayField, LinkField
from tests.kit.test_editing import code_outside_the_kit

ROOT = Path(__file__).resolve().parents[2]
NAME = "Åsa Öberg"
# As it comes from macOS, SharePoint, Word, a right-to-left page and PowerPoint.
HOSTILE = (
    "A\u030asa O\u0308berg",
    "\u200bÅsa\u200d Öberg\ufeff",
    "Å\u00adsa Ö\u2060berg",
    "\u202aÅsa Öberg\u202c",
    "Åsa Öberg\x00\x1f",
    "\ufe0fÅsa\u3164 Öberg\U000e0041",
)
LINE_ENDS = ("\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029")
ADDRESSES = (
    "Zara@Växjö.invalid",
    "zara@va\u0308xjo\u0308.invalid",
    " zara@växjö.invalid\u200b",
    "\u200bzara@växjö.invalid",
    "zara@xn--vxj-qla6g.invalid",
    "ZARA@XN--VXJ-QLA6G.INVALID.",
    "zara\u00ad@växjö.invalid",
    "ｚａｒａ＠växjö.invalid",
)


class TestTexts:
    @pytest.mark.parametrize("hostile", HOSTILE)
    def test_what_nobody_sees_makes_no_difference(self, hostile):
        assert canonical(hostile) == NAME

    @pytest.mark.parametrize("end", LINE_ENDS)
    def test_every_line_end_is_one(self, end):
        assert (canonical(f"Rad ett{end}rad två"), canonical_line(f"Rad ett{end}rad två")) == (
            "Rad ett\nrad två",
            "Rad ett rad två",
        )

    @pytest.mark.parametrize("picture", ["👩\u200d👧", "❤\ufe0f\u200d🔥", "👍🏽", "1\u20e3", "½ – “x” 10\u00a0000 kr"])
    def test_a_sign_that_is_seen_stays(self, picture):
        assert canonical(picture) == picture

    @pytest.mark.parametrize(
        ("first", "second"),
        [("Upplands\u2011Bro", "upplands-bro"), ("O’Hara", "O'hara"), ("Malung–Sälen", "MALUNG\u2010SA\u0308LEN")],
    )
    def test_what_reads_alike_is_compared_as_alike(self, first, second):
        assert folded(first) == folded(second)

    @given(st.text(max_size=40))
    def test_a_second_time_changes_nothing(self, text):
        for form in (canonical, canonical_line, folded, canonical_address):
            once = form(text)
            assert form(once) == once


class TestAddresses:
    @pytest.mark.parametrize("written", ADDRESSES)
    def test_however_written_it_is_one(self, written):
        address = canonical_address(written)
        assert (address, readable_address(address)) == ("zara@xn--vxj-qla6g.invalid", "zara@växjö.invalid")
        validate_address(address)

    @pytest.mark.parametrize(
        ("written", "sentence"),
        [
            ("karin.öberg@lund.se", "Å, ä och ö kan inte stå före @ i en adress. Ska det vara karin.oberg@lund.se?"),
            ("rené@växjö.se", "Tecknet é kan inte stå före @ i en adress. Ska det vara rene@växjö.se?"),
            ("anna@@kommun.se", "Skriv en fullständig e-postadress, till exempel namn@kommunen.se."),
            ("anna@kommun", "Skriv en fullständig e-postadress, till exempel namn@kommunen.se."),
            ("\u0430nna@kommun.se", "Tecknet \u0430 kan inte stå före @ i en adress. Skriv adressen för hand."),
            (f"{'a' * 250}@kommun.se", "Adressen får ha högst 254 tecken."),
        ],
    )
    def test_what_is_wrong_is_told_and_not_only_that(self, written, sentence):
        with pytest.raises(ValidationError) as refused:
            AddressField("Adress").clean(written)
        assert sentence in refused.value.messages

    def test_a_domain_that_cannot_be_is_no_address(self):
        with pytest.raises(ValidationError):
            validate_address(canonical_address(f"anna@{'å' * 80}.se"))
        assert readable_address("anna@xn--\u00e5.se") == "anna@xn--\u00e5.se"


def test_a_day_and_a_link_are_read_without_what_nobody_sees():
    assert DayField("Dag").clean("\u200b2027\u201103\u201115").isoformat() == "2027-03-15"
    assert LinkField("Länk").clean("\ufeffhttps://exempel.invalid/m\u200b") == "https://exempel.invalid/m"


# The code

OTHER_WAYS = {
    "unicodedata": re.compile(r"\bunicodedata\b"),
    "case folded by hand": re.compile(r"\.casefold\(\)|__iexact|__icontains"),
    "an address in lower case by hand": re.compile(r"(e?mail|address|adress)\w*(\.strip\(\))?\.lower\(\)", re.I),
    "another check of an address": re.compile(r"validate_email\b|forms\.EmailField|models\.EmailField"),
    "another text field": re.compile(r"forms\.(CharField|URLField)\((?![^)]*HiddenInput)|\(forms\.(Char|URL)Field\)"),
}


def other_ways(text):
    return [name for name, pattern in OTHER_WAYS.items() if pattern.search(text)]


def test_no_code_normalises_in_another_way():
    assert [(place, ways) for place, text in code_outside_the_kit() if (ways := other_ways(text))] == []


def test_the_kit_itself_normalises_in_three_modules():
    """A sign that no font has is printed as what it stands for, or as its name (`signs`)."""
    modules = [path for path in (ROOT / "kit").rglob("*.py") if "unicodedata" in path.read_text()]
    assert {path.name for path in modules} <= {"canonical.py", "ordering.py", "signs.py"}


def test_line_ends_and_signs_that_nobody_sees_are_listed_once():
    listed = re.compile(r"\\u2028|\\u206f|\\x85|\\[vf]\b")
    kit = [(path.name, path.read_text()) for path in (ROOT / "kit").rglob("*.py")]
    assert [place for place, text in (*code_outside_the_kit(), *kit) if listed.search(text)] == ["canonical.py"]


@pytest.mark.parametrize(
    "line",
    [
        "import unicodedata",
        "name.casefold() == other",
        "cohort.groups.filter(name__iexact=name)",
        "User.objects.filter(email=email.strip().lower())",
        "newcomer.email.lower()",
        "validate_email(address)",
        "email = forms.EmailField(",
        'title = forms.CharField(\n        label="Benämning",\n    )',
        "class Title(forms.CharField):",
    ],
)
def test_another_way_is_seen(line):
    assert other_ways(line)


def test_a_hidden_field_is_no_text_field():
    assert other_ways("seen = forms.CharField(required=False, widget=forms.HiddenInput)") == []


# The forms and the columns


def all_forms():
    """Every form class of the site, with its declared fields."""
    for path in sorted(ROOT.glob("*/forms/*.py")) + sorted(ROOT.glob("*/forms.py")):
        importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
    waiting, seen = [forms.Form], []
    while waiting:
        form = waiting.pop()
        waiting += form.__subclasses__()
        seen.append(form)
    return [form for form in seen if form.__module__.partition(".")[0] in {app.name for app in apps.get_app_configs()}]


def text_fields():
    for form in all_forms():
        for name, field in getattr(form, "base_fields", {}).items():
            is_text = isinstance(field, forms.CharField) and not isinstance(field, forms.SlugField)
            if (
                is_text
                and not field.widget.is_hidden
                and form.__module__.partition(".")[0] not in ("allauth", "django", "tests")
            ):
                yield f"{form.__name__}.{name}", field


def cleaned(field, value):
    try:
        return field.clean(value)
    except ValidationError as refused:
        return refused.messages


def test_every_text_and_address_field_of_every_form_stores_the_hostile_as_the_plain():
    fields = dict(text_fields())
    assert len(fields) > 60
    for place, field in fields.items():
        if isinstance(field, AddressField):
            assert {field.clean(written) for written in ADDRESSES} == {"zara@xn--vxj-qla6g.invalid"}, place
        elif not isinstance(field, LinkField):
            assert isinstance(field, CanonicalField), place
            assert [cleaned(field, text) for text in HOSTILE] == [cleaned(field, NAME)] * len(HOSTILE), place


def test_18_every_text_field_takes_every_line_end_as_one():
    for place, field in text_fields():
        if isinstance(field, CanonicalField):
            expected = cleaned(field, "Åsa\nÖberg")
            assert [cleaned(field, f"Åsa{end}Öberg") for end in LINE_ENDS] == [expected] * len(LINE_ENDS), place


def test_every_column_of_addresses_keeps_them_in_one_form():
    ours = [model for model in apps.get_models() if model.__module__.partition(".")[0] not in ("allauth", "django")]
    columns = [field for model in ours for field in model._meta.fields if isinstance(field, models.EmailField)]
    assert len(columns) > 3
    assert all(isinstance(field, AddressColumn) for field in columns)
