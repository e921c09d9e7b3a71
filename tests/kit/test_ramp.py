import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines

from kit.ramp import DARK_RAMPS, FIRST, LAST, RAMPS

ROOT = Path(settings.BASE_DIR)
PLACES = {"kit/ramp.py", "static/kit/ramp.css"}
# What is read alone has no custom properties of ours: the icon, the marks in the PDFs, and a report's pages on a disk.
IMAGES = {
    "static/img/favicon.svg",
    "static/kit/print-report-mark.svg",
    "static/reports/print-box.svg",
    "static/reports/print-box-ticked.svg",
    "static/reports/print-sum.svg",
    "static/reports/web-report.css",
}
TONES = [tone for ramps in (RAMPS, DARK_RAMPS) for ramp in ramps.values() for tone in ramp]
FILLS = re.compile("|".join(sorted({tone.fill.removeprefix("#") for tone in TONES})), re.I)


def of_css(block):
    """The custom properties of a block, with a colour's six digits written out."""
    named = re.findall(r"--([\w-]+): #([0-9a-f]+);", block)
    return {
        name: f"#{digits if len(digits) == 6 else ''.join(2 * digit for digit in digits)}" for name, digits in named
    }


def properties_of(ramp):
    """A ramp's steps as the custom properties call them."""
    fills = {f"step-{step}": tone.fill for step, tone in enumerate(ramp, start=1)}
    return fills | {f"on-step-{step}": tone.ink for step, tone in enumerate(ramp, start=1)}


@pytest.mark.parametrize(("part", "ramps"), [(0, RAMPS), (1, DARK_RAMPS)], ids=["light", "dark"])
def test_the_css_says_what_the_table_says(part, ramps):
    css = (ROOT / "static/kit/ramp.css").read_text(encoding="utf-8")
    blocks = css.split("@media (prefers-color-scheme: dark)")[part]
    root, four = (of_css(block) for block in blocks.split(".steps-4"))
    ends = {"step-first": ramps[3][0].fill, "step-last": ramps[3][-1].fill}
    ends |= {"on-step-first": ramps[3][0].ink, "on-step-last": ramps[3][-1].ink}
    three, last = properties_of(ramps[3]), {"step-4": ramps[4][-1].fill, "on-step-4": ramps[4][-1].ink}
    assert root == three | last | ends
    assert properties_of(ramps[4]) == {name: value for name, value in (root | four).items() if name not in ends}


def test_the_ends_are_the_same_on_every_scale():
    for ramps in (RAMPS, DARK_RAMPS):
        assert {(ramp[0], ramp[-1]) for ramp in ramps.values()} == {(ramps[3][0], ramps[3][-1])}
    assert (RAMPS[4][0], RAMPS[4][-1]) == (FIRST, LAST)


def luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("tone", sorted(set(TONES)))
def test_the_number_can_be_read_in_its_step(tone):
    low, high = sorted(map(luminance, tone))
    assert (high + 0.05) / (low + 0.05) >= 4.5


def test_a_template_takes_its_literal_colours_from_the_table():
    template = engines["django"].from_string('{% ramp "last" %} {% ramp "last" "ink" %} {% ramp "first" %}')
    assert template.render({}) == f"{LAST.fill} {LAST.ink} {FIRST.fill}"


OUTSIDE = ("tests", "docs", "bench", "chaos", "node_modules")


def files():
    for folder in sorted(ROOT.iterdir()):
        if folder.is_dir() and folder.name[0] != "." and folder.name not in OUTSIDE:
            for path in folder.rglob("*"):
                place = path.relative_to(ROOT).as_posix()
                if path.suffix in (".css", ".html", ".svg", ".py", ".txt") and "/vendor/" not in place:
                    yield place, path.read_text(encoding="utf-8")


def test_no_other_file_has_a_colour_of_the_ramp():
    colours_by_place = {
        place: sorted(set(FILLS.findall(text))) for place, text in files() if place not in PLACES | IMAGES
    }
    assert {place: colours for place, colours in colours_by_place.items() if colours} == {}


def test_an_image_has_the_ramps_own_colours():
    for place in IMAGES:
        assert LAST.fill in (ROOT / place).read_text(encoding="utf-8")


@pytest.mark.parametrize("line", ['fill="#0f5b66"', "color: #0F5B66;", 'PatternFill("solid", fgColor="D5E6E6")'])
def test_a_literal_colour_is_found(line):
    assert FILLS.search(line)
