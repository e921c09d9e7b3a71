"""References in HTML: `data-ref` on the cell."""

from collections.abc import Iterator
from html.parser import HTMLParser


class _Cells(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.cells: list[tuple[str, list[str]]] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        ref = dict(attrs).get("data-ref")
        if tag in ("td", "th"):
            self.inside = bool(ref)
            if ref:
                self.cells.append((ref, []))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.cells[-1][1].append(data)


def read_web(html: str) -> Iterator[tuple[str, str]]:
    """Return the named cells of a page, each with its text."""
    parser = _Cells()
    parser.feed(html)
    parser.close()
    for ref, texts in parser.cells:
        yield ref, " ".join("".join(texts).split())
