"""The Swedish on screen follows docs/sprak.md, as far as a machine can see."""

import ast
import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.one_database

# What must not stand on screen, and what to write instead.
WRITE_INSTEAD = {
    r"(\d|\}) (jul|jun|sep|apr|mar)\b": "juli, juni, sept, april, mars",
    r"\bt\.? ?ex\b": "till exempel",
    r"\bbl\. ?a\b": "bland annat",
    r"\b(osv|o\.s\.v)\b": "och så vidare",
    r"\betc\b": "och så vidare",
    r"\b(dvs|d\.v\.s)\b": "det vill säga",
    r"\bev\.": "kanske",
    r"\bresp\.": "och",
    r"\bm\. ?(m|fl)\b": "med mera, med flera",
    r"\b(fr\.o\.m|fr o m|t\.o\.m|t o m)\b": "från och med, till och med",
    r"\b(pga|p\.g\.a)\b": "på grund av",
    r"\b(ca|c:a|cirka)\b": "ungefär",
    r"\b(inkl|exkl)\.": "med, utan",
    r"\b[Dd]nr\b": "diarienummer",
    r"\bn = ": "hur många det gäller, i en mening",
    r"[Mm]entorsträff": "Mentorträff",
    r"\b([Ee]r|[Dd]in) kontaktperson": "strategen hos er",
    r"händelse(lista|logg)": "Händelser",
    r"([Ss]umma|\d|\}) poäng\b": "summa, värde",
    r"\bnivå (\d|\{)": "steg eller värde",
    r"skulle ha (varit (klar|inlämn)|lämnats)": "Sista dag var …, eller: försenad",
    r"stämmer med urvalet|passar in\.": "Inget matchar filtret.",
    r"\(valfritt\)": "inget: fältet säger det självt",
    r"\(\{(\{ ?)?[^{}]*(length|count|number|\bn|n_\w+|len\([^{}]*\)|year)( ?\})?\}\)": "antalet i ord, utan parentes",
    r'\|date:"[^"]*M': "|short_day, som skriver juli och sept",
    r'(?<![=\w(])"[A-Za-zÅÄÖåäö][^"<>=/]*"': "citattecken som ”de här”",
}
# What stands although a rule forbids it, and why.
MAY_STAND = {
    ("archive/packing.py", "dnr"): "a column that registrators' systems read",
    ("archive/packing.py", "({number})"): "tells two files of the same name apart, as Windows does",
    ("templates/forms/field.html", "(valfritt)"): "the only place that writes it, from whether the field is required",
    ("assessments/workbook/names.py", "Summa poäng"): "the label by which the import knows SKR's own workbooks",
    ("assessments/workbook/names.py", "({number})"): "tells two sheets of the same name apart",
    ("exchange/consistency.py", '"draft"'): "English, printed by a command",
    ("people/sign_in.py", '"cache"'): "a header",
    ("reports/views/builds.py", '"build-{build.pk}"'): "an ETag",
}


def swedish_in_template(text: str) -> Iterator[str]:
    """Return the words of a template: its text, and the attributes that are read."""
    text = re.sub(r"\{#.*?#\}|\{% comment.*?endcomment %\}|<(script|style)\b.*?</\1>", " ", text, flags=re.DOTALL)
    yield from re.findall(r'\b(?:title|lead|label|aria-label|eyebrow|summary|alt|current)="([^"]*)"', text)
    yield from re.findall(r'\|(?:default|pluralize|yesno):"([^"]*)"', text)
    yield from re.findall(r'\|date:"[^"]*', text)
    text = re.sub(r'[=:]"[^"]*"', "", re.sub(r"\{%.*?%\}", "\n", text))
    yield from re.sub(r"<[^>]*>", "\n", text).split("\n")


def swedish_in_python(text: str) -> Iterator[str]:
    """Return the string literals of a module, f-strings with their fields in braces, without docstrings."""
    tree = ast.parse(text)
    unread: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            unread.add(id(node.value))
        if isinstance(node, ast.JoinedStr):
            unread |= {id(part) for part in node.values}
            yield "".join(
                part.value if isinstance(part, ast.Constant) else f"{{{ast.unparse(part.value)}}}"  # type: ignore[attr-defined, misc]
                for part in node.values
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in unread:
            yield node.value


def swedish_in_data(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for part in value.values() if isinstance(value, dict) else value:
            yield from swedish_in_data(part)


def texts() -> Iterator[tuple[str, str]]:
    """Return each text on screen with the file that it stands in."""
    # What data/history and the checklists quote is SKR's own and is not put into other words.
    data = [ROOT / "data" / f"{name}.json" for name in ("editions", "guidance", "questions")]
    ours = [Path(app.path) for app in apps.get_app_configs() if Path(app.path).parent == ROOT]
    for path in (ROOT / "templates").rglob("*.html"):
        yield from ((str(path.relative_to(ROOT)), words) for words in swedish_in_template(path.read_text()))
    for path in (path for app in ours for path in app.rglob("*.py") if "migrations" not in path.parts):
        yield from ((str(path.relative_to(ROOT)), words) for words in swedish_in_python(path.read_text()))
    for path in (*data, *(ROOT / "data" / "demo").glob("*.json")):
        words = swedish_in_data(json.loads(path.read_text()))
        yield from ((str(path.relative_to(ROOT)), word) for word in words)


def faults_in(words: str) -> dict[str, str]:
    """Return what is written wrong in a text, each with what to write instead."""
    hits = {pattern: re.search(pattern, unescape(words)) for pattern in WRITE_INSTEAD}
    return {match[0]: WRITE_INSTEAD[pattern] for pattern, match in hits.items() if match}


def test_nothing_on_screen_breaks_a_rule():
    faults = [(place, wrong, write) for place, words in texts() for wrong, write in faults_in(words).items()]
    assert [fault for fault in faults if fault[:2] not in MAY_STAND] == []


def test_no_exception_is_left_over():
    faults = {(place, wrong) for place, words in texts() for wrong in faults_in(words)}
    assert set(MAY_STAND) - faults == set()


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("Sista dag är 14 jul 2027.", "4 jul"),
        ("Skriv t.ex. vad ni vill pröva.", "t.ex"),
        ("Mentorsträff 1", "Mentorsträff"),
        ("Fråga er kontaktperson.", "er kontaktperson"),
        ("Står i händelseloggen.", "händelselogg"),
        ("Alla ({{ rows|length }})", "({{ rows|length }})"),
        ('Välj "Jag är klar".', '"Jag är klar"'),
        ("Namn (valfritt)", "(valfritt)"),
        ('|date:"j M', '|date:"j M'),
    ],
)
def test_a_fault_is_seen(words, wrong):
    assert list(faults_in(words)) == [wrong]


def test_words_are_found_where_they_stand():
    assert "Läs mer" in [words.strip() for words in swedish_in_template('{# t.ex. #}<p class="x">\n Läs mer\n</p>')]
    assert list(swedish_in_python('"""Nej."""\nx = f"Steg {n}" "."\ny = "Ja"')) == ["Steg {n}.", "Ja"]
    assert list(swedish_in_data({"a": ["Ja", {"b": "Nej"}], "c": 1})) == ["Ja", "Nej"]
