"""A PDF of hostile texts is what it says it is, and nothing of it lies outside the margins."""

from pathlib import Path

import pytest
from django.template import engines

from kit.pdf import ContentsLine, Cover, render_pdf
from kit.pictures import PictureTable
from tests.hostile import ADDRESS, HOSTILE
from tests.pdf_checks import addresses, assert_accessible_pdf, lines_of, missing_glyphs, outside_the_margins, pdf_text

pytestmark = [
    pytest.mark.filterwarnings("ignore:unclosed file .*sRGB2014.icc:ResourceWarning"),
    pytest.mark.one_database,
]
CASES = Path(__file__).parent / "cases"
BODY = """{% extends "kit/pdf/base.html" %}{% block content %}
{% include "reports/pdf/report_style.html" %}
{% for kind, text in texts %}<h2 id="del-{{ forloop.counter }}">{{ kind|capfirst }}</h2>
{{ text|typed }}
<ul><li><strong>{{ kind }}.</strong> {{ text|truncatechars:900|typed_inline }}</li></ul>
{% endfor %}
{% include "kit/pdf/table.html" with table=table %}
{% endblock %}"""
MARGIN = 62  # 22 mm in points, less a hair


@pytest.fixture(scope="module")
def hostile() -> bytes:
    texts = [(kind, text.replace("\x00", "")) for kind, text in HOSTILE.items()]
    rows = tuple((str(number), text[:200], "2,5") for number, (_, text) in enumerate(texts, start=1))
    headings = tuple(ContentsLine(f"del-{n}", kind.capitalize()) for n, (kind, _) in enumerate(texts, start=1))
    context = {
        "cover": Cover("Prov 中", "Underrubrik 👍", ("Region Granvik 中",), demonstration=True, draft=True),
        "headings": headings,
        "texts": texts,
        "table": PictureTable("Texterna i en tabell", ("Nr", "Text", "Värde"), rows),
    }
    return render_pdf(engines["django"].from_string(BODY).render(context))


def test_it_is_accessible_and_archivable(hostile):
    assert_accessible_pdf(hostile)


def test_no_glyph_is_missing(hostile):
    assert missing_glyphs(hostile) == []


def test_a_glyph_that_is_missing_would_be_seen(monkeypatch):
    monkeypatch.setattr("kit.pdf.on_paper", lambda text: text)
    assert missing_glyphs(render_pdf('<html lang="sv"><title>Prov</title><body><h1>中</h1>'))


def test_nothing_lies_outside_the_margins(hostile):
    assert outside_the_margins(hostile, MARGIN, MARGIN) == []


def test_lines_and_lists_come_as_they_were_typed(hostile):
    lines = lines_of(hostile)
    for line in ("Rad ett", "rad två", "rad sju", "- kvinnor 14", "- män 9", "1. Först det ena", "2. sedan det andra"):
        assert line in lines


def test_signs_beyond_our_fonts_are_named(hostile):
    text = pdf_text(hostile).replace("- ", "-")
    assert "[CJK UNIFIED IDEOGRAPH-4E2D]" in text
    assert "[DEVANAGARI LETTER HA]" in text
    assert "nöjda 👍 ✅ med det vi gjort. Jåhkåmåhkke, Čohkkiras, Ŋ ŋ đ ŧ ž" in text


@pytest.mark.parametrize(
    ("case", "kind"), [("10-signs-without-a-glyph", "emoji"), ("11-long-address-in-pdf", "address")]
)
def test_10_11_the_cases_from_the_field_are_among_the_texts(case, kind):
    assert (CASES / case / "section.txt").read_text(encoding="utf-8").strip() == HOSTILE[kind]


def test_a_long_address_is_a_link_over_its_lines(hostile):
    assert ADDRESS in addresses(hostile)
    assert {"mailto:anna.ek@exempel.invalid", "http://exempel.invalid/a?b=c&d=e"} <= addresses(hostile)
