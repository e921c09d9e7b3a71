"""References in HTML: `data-ref` on the cell."""

from collections.abc import Iterator

from lxml import etree  # type: ignore[import-untyped]


def read_web(html: str) -> Iterator[tuple[str, str]]:
    """Return the named cells of a page, each with its text."""
    page = etree.HTML(html, etree.HTMLParser(no_network=True))
    for cell in page.iter("td") if page is not None else ():
        if ref := cell.get("data-ref"):
            yield ref, " ".join("".join(cell.itertext()).split())
