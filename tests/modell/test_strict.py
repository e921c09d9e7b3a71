"""The strict client refuses what it says it refuses."""

import pytest

from tests.strict import faults


@pytest.mark.parametrize(
    "html",
    [
        "<p>{{ name }}</p>",
        "<p>{% if %}</p>",
        "<c-card>Hej</c-card>",
        '<button onclick="go()">Gå</button>',
        '<p style="color: red">Röd</p>',
        "<script>go()</script>",
        "<style>p { color: red }</style>",
        '<p id="a"></p><p id="a"></p>',
    ],
)
def test_a_fault_is_found(html):
    assert len(faults(html)) == 1


@pytest.mark.parametrize(
    "html",
    [
        '<p data-style="x" class="on">a onclick b</p>',
        '<script src="/static/htmx.js"></script><script nonce="x">go()</script>',
        '<p id="a"></p><p id="b"></p><caption>c-d</caption>',
    ],
)
def test_what_is_sound_passes(html):
    assert faults(html) == []
