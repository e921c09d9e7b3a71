"""What is wrong with a page as it stands in the browser, told so that one finds the place."""

import os
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
WIDTHS = (1280, 360)
# What is dark is another matter of colour only: the other rules read the same page and would say the same.
SCHEMES = {
    "light": {"type": "tag", "values": TAGS},
    "dark": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
}
# Every look costs a second and there are 435 pages: `make slow` looks at both widths in both schemes.
LOOKS = [("light", 1280), ("dark", 360)]
if os.environ.get("MODELL_SLOW"):
    LOOKS = [(scheme, width) for scheme in SCHEMES for width in WIDTHS]
NARROWEST = 320

RUN_AXE = """only => axe.run(document, {runOnly: only, resultTypes: ["violations"]})
  .then(({violations}) => violations.flatMap(({id, nodes}) => nodes.map(({target, failureSummary}) =>
    `${id}: ${target.join(" ")}: ${failureSummary.split("\\n").slice(1, 3).join(" ").trim()}`)))"""

# Two controls may share a name only where they do the same: two links to one place, two buttons that send the same.
SHARED_NAMES = """() => {
  axe.setup(document.body);
  const named = new Map(), faults = [];
  const name = (element) => axe.commons.text.accessibleText(element).replace(/\\s+/g, " ").trim();
  const controls = "a[href], button, summary, select, textarea, input:not([type=hidden])";
  for (const element of document.querySelectorAll(controls)) {
    if (!element.checkVisibility()) continue;
    const group = element.closest("fieldset"), choice = ["radio", "checkbox"].includes(element.type);
    const legend = group && (group.ariaLabel || group.getAttribute("aria-labelledby")
      || group.querySelector("legend")?.textContent);
    const called = name(element), kind = element.tagName === "A" ? "link" : element.tagName.toLowerCase();
    const spoken = `${kind} "${choice && legend ? `${legend}: ` : ""}${called}"`;
    if (!called) faults.push(`${kind} without a name: ${element.outerHTML.slice(0, 120)}`);
    const sends = element.type === "submit" && `${element.form.action} ${element.name} ${element.value}`;
    const leads = kind === "link" ? element.href : sends || element;
    if (named.has(spoken) && named.get(spoken) !== leads) faults.push(`the same name on two: ${spoken}`);
    named.set(spoken, leads);
  }
  axe.teardown();
  return faults;
}"""

TOO_WIDE = """width => document.documentElement.scrollWidth <= width ? [] :
  [...document.querySelectorAll("main *, header *, footer *")]
    .filter(element => element.getBoundingClientRect().right > width && !element.closest(".table-scroll"))
    .slice(0, 3).map(element => `wider than ${width} px: ${element.outerHTML.slice(0, 120)}`)
    .concat(`the page scrolls sideways: ${document.documentElement.scrollWidth} px`)"""


# Colours change at once, and the page has been drawn with them before it is looked at.
STAND_STILL = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("*, *::before, *::after { transition: none !important; animation: none !important }");
  document.adoptedStyleSheets = [sheet];
}"""
DRAWN = "() => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))"


def faults(page: Page, *, names: bool = True) -> list[str]:
    """Return what axe says in each look, names that are shared, and what needs sideways scrolling at 320 px."""
    complaints = []
    page.evaluate(AXE)
    page.evaluate(STAND_STILL)
    for scheme, width in LOOKS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(DRAWN)
        complaints += [f"{width} {scheme}: {fault}" for fault in page.evaluate(RUN_AXE, SCHEMES[scheme])]
    complaints += page.evaluate(SHARED_NAMES) if names else []
    page.set_viewport_size({"width": NARROWEST, "height": 900})
    complaints += page.evaluate(TOO_WIDE, NARROWEST)
    return list(dict.fromkeys(complaints))
