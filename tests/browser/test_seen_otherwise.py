"""The pages in a system's own few colours, at 400 % and with the text's spacing widened; the tidplan on paper.

CI looks at the most used pages, `make slow` at every page there is.
"""

import os
from io import BytesIO
from itertools import groupby
from types import SimpleNamespace

import pikepdf
import pytest
from django.urls import reverse
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab

from tests.browser.conftest import patient, sign_in_as
from tests.browser.looking import DRAWN, NARROWEST, STAND_STILL, TOO_WIDE
from tests.browser.scene import set_up
from tests.pages import PAGES
from tests.planning.tallest import tallest_timetable

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.django_db(transaction=True)]

MOST_USED = {
    ("home", "strategist"),
    ("home", "politician"),
    ("overview:cohort", "process_leader"),
    ("follow_up:readiness", "process_leader"),
    ("assessments:assessment", "strategist"),
    ("assessments:working_meeting", "strategist"),
    ("reports:figures", "process_leader"),
    ("reports:joint", "process_leader"),
    ("meetings:meeting", "strategist"),
    ("planning:timetable", "strategist"),
    ("improvements:work", "strategist"),
    ("mentoring:mentors", "process_leader"),
}
# A viewport of 1280 × 1024 at 400 %.
ZOOMED = {"width": NARROWEST, "height": 256}

# WCAG 1.4.12.
SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
    p { margin-block-end: 2em !important }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""
CUT = """() => [...document.querySelectorAll("main *, header *, footer *")]
  .filter(element => !element.closest("svg, .ds-sr-only, .table-scroll, textarea, select, .cohort-nav"))
  .filter(element => element.checkVisibility())
  .filter(element => ["hidden", "clip"].includes(getComputedStyle(element).overflowY))
  .filter(element => element.clientHeight > 1 && element.scrollHeight > element.clientHeight + 1)
  .slice(0, 3).map(element => `cut when spaced: ${element.outerHTML.slice(0, 120)}`)"""

# The chosen one of several links is told by a line that the others lack, not by weight, background or colour.
CHOSEN = """() => {
  const paper = getComputedStyle(document.body).backgroundColor;
  const drawn = (element) => {
    const style = getComputedStyle(element);
    const sides = ["Top", "Right", "Bottom", "Left"].map((side) => `border${side}`);
    const borders = sides.map((side) => (style[`${side}Color`] === paper ? "0px" : style[`${side}Width`]));
    return [...borders, style.outlineStyle, style.textDecorationThickness].join(" ");
  };
  return [...document.querySelectorAll("a[aria-current]")].flatMap((chosen) => {
    const among = chosen.closest("nav, ol, ul, .switch");
    const others = [...among.querySelectorAll("a:not([aria-current])")].filter((other) => other.checkVisibility());
    const alike = others.some((other) => drawn(other) === drawn(chosen));
    return alike ? [`looks like the others: ${chosen.outerHTML.slice(0, 120)}`] : [];
  });
}"""
# A day number against its field, and a text under it against the paper.
READABLE = """() => {
  const light = (colour) => {
    const [red, green, blue] = colour.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (first, second) => {
    const [dark, bright] = [light(first), light(second)].sort((a, b) => a - b);
    return (bright + 0.05) / (dark + 0.05);
  };
  const fill = (element) => getComputedStyle(element).fill;
  const svg = document.querySelector(".picture-wide");
  let paper = svg;
  while (getComputedStyle(paper).backgroundColor === "rgba(0, 0, 0, 0)") paper = paper.parentElement;
  const ground = getComputedStyle(paper).backgroundColor;
  const pairs = [...svg.querySelectorAll("g")].flatMap((group) => {
    const [number, ...texts] = group.querySelectorAll("text");
    return [[number, fill(group.querySelector("rect"))], ...texts.map((text) => [text, ground])];
  });
  const faint = pairs.filter(([text, under]) => contrast(fill(text), under) < 4.5);
  return faint.map(([text]) => `cannot be read: ${text.textContent}`);
}"""


@pytest.fixture
def scene(demonstration) -> SimpleNamespace:
    scene = set_up()
    scene.url = demonstration.url
    return scene


def looked_at():
    pages = [page for page in PAGES if not page.then and page.status == 200]
    if os.environ.get("MODELL_SLOW"):
        return pages
    chosen = {(page.name, page.who): page for page in reversed(pages) if (page.name, page.who) in MOST_USED}
    return list(chosen.values())


def test_pages_in_few_colours_at_400_per_cent_and_spaced(browser: Browser, browser_context_args, scene):
    faults_by_page = {}
    for who, pages in groupby(sorted(looked_at(), key=lambda page: page.who), key=lambda page: page.who):
        context = patient(browser.new_context(**browser_context_args))
        tab = context.new_page()
        if who:
            sign_in_as(tab, scene.url, scene.users[who])
        for page in pages:
            tab.set_viewport_size({"width": 1280, "height": 900})
            tab.goto(scene.url + page.path(scene))
            faults_by_page[str(page)] = seen_otherwise(tab)
        context.close()
    lines = [f"{page}\n  " + "\n  ".join(wrong) for page, wrong in faults_by_page.items() if wrong]
    assert not lines, "\n".join(lines)


def seen_otherwise(tab: Tab) -> list[str]:
    tab.evaluate(STAND_STILL)
    faults = []
    for scheme in ("light", "dark"):
        tab.emulate_media(forced_colors="active", color_scheme=scheme)
        faults += [f"few colours, {scheme}: {fault}" for fault in tab.evaluate(CHOSEN)]
    tab.emulate_media(forced_colors="none", color_scheme="light")
    tab.set_viewport_size(ZOOMED)
    faults += [f"400 %: {fault}" for fault in tab.evaluate(TOO_WIDE, NARROWEST)]
    tab.evaluate(SPACED)
    tab.evaluate(DRAWN)
    faults += [f"spaced: {fault}" for fault in [*tab.evaluate(TOO_WIDE, NARROWEST), *tab.evaluate(CUT)]]
    tab.set_viewport_size({"width": 1280, "height": 900})
    return [*faults, *(f"spaced: {fault}" for fault in tab.evaluate(CUT))]


def test_the_tallest_tidplan_is_readable_in_any_colours_and_prints_on_one_sheet(page: Tab, scene):
    cohort = tallest_timetable()
    sign_in_as(page, scene.url, scene.users["process_leader"])
    page.goto(scene.url + reverse("planning:timetable", args=[cohort.slug]))
    page.evaluate(STAND_STILL)
    for forced in ("active", "none"):
        for scheme in ("light", "dark"):
            page.emulate_media(forced_colors=forced, color_scheme=scheme)
            assert page.evaluate(READABLE) == [], (forced, scheme)
    page.emulate_media(media="print", color_scheme="dark")
    with pikepdf.open(BytesIO(page.pdf(prefer_css_page_size=True))) as pdf:
        assert [[round(float(side)) for side in sheet.mediabox[2:]] for sheet in pdf.pages] == [[842, 595]]
