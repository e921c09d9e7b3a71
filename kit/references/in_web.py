"""References in HTML: `data-ref` on the cell, or on the words of a running text."""

from collections.abc import Iterator

from lxml import etree  # type: ignore[import-untyped]


def read_web(html: str) -> Iterator[tuple[str, str]]:
    page = etree.HTML(html, etree.HTMLParser(no_network=True))
    for figure in page.iter("td", "span", "mark") if page is not None else ():
        if ref := figure.get("data-ref"):
            yield ref, " ".join("".join(figure.itertext()).split())
