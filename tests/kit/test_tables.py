"""A table's rows prepared for a phone."""

import pytest
from django.template.loader import render_to_string

from kit.templatetags.tables import MOST_COLUMNS, stacked

HEAD = (
    '<thead><tr><th scope="col">Träff</th><th scope="col" class="number">Värde &amp; "mål"</th>'
    '<th scope="col"><span class="ds-sr-only">Gör</span></th></tr></thead>'
)
ROW = '<tbody><tr><th scope="row">Ett</th><td class="number">2</td><td><a href="/">Läs</a></td></tr></tbody>'


def test_each_cell_has_its_heading_and_its_role():
    html = stacked(HEAD + ROW)
    assert '<td role="cell" data-label="Värde &amp; &quot;mål&quot;" class="number">2</td>' in html
    assert '<td role="cell" data-label=""><a href="/">Läs</a></td>' in html
    assert '<th role="rowheader" scope="row">Ett</th>' in html
    assert html.count('role="columnheader"') == 3
    assert html.count('role="rowgroup"') == 2


@pytest.mark.parametrize(
    "rows",
    [
        HEAD.replace('<th scope="col">', '<th scope="col" rowspan="2">', 1) + ROW,
        f"<thead><tr>{'<th>x</th>' * (MOST_COLUMNS + 1)}</tr></thead>{ROW}",
        "<thead><tr><th>Ett</th></tr></thead><tbody><tr><td>1</td></tr></tbody>",
        "",
    ],
)
def test_a_table_that_needs_its_columns_keeps_them(rows):
    assert stacked(rows) == rows


def test_a_table_is_named_by_its_caption():
    page = render_to_string("components/table.html", {"label": "Värden", "slot": HEAD + ROW})
    assert '<caption class="ds-sr-only">Värden</caption>' in page
    assert 'data-label="Värde' in page
