"""References in a PDF: a user property of the figure's tag, which both profiles allow and no reader says aloud."""

import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
import pydyf
import weasyprint
from weasyprint.formatting_structure.boxes import InlineBox
from weasyprint.pdf import tags

ATTRIBUTE, PROPERTY, GOES_ON = "data-ref", "ref", "ref-goes-on"
_SHOWN = ("Tj", "TJ")


def _keeping_tags(build: Any) -> Any:
    """WeasyPrint keeps the tag of a cell on its box, which is done here for a part of a line too."""

    def built(box: Any, *rest: Any) -> Iterator[Any]:
        for tag in build(box, *rest):
            if isinstance(box, InlineBox) and ATTRIBUTE in box.element.attrib:
                box.mark = tag
            yield tag

    return built


tags._build_box_tree = _keeping_tags(tags._build_box_tree)


def name_figures(document: weasyprint.Document, pdf: pydyf.PDF) -> None:
    """Give the tag of each element with `data-ref` that reference; called before the PDF is closed."""
    named: set[Any] = set()
    for page in document.pages:
        for box in page._page_box.descendants():
            tag = getattr(box, "mark", None)
            if tag is not None and ATTRIBUTE in box.element.attrib:
                # What is broken between two lines has two boxes.
                kind = GOES_ON if box.element in named else PROPERTY
                properties = _properties(kind, box.element.attrib[ATTRIBUTE])
                tag["A"] = pydyf.Array([tag["A"], properties]) if "A" in tag else properties
                named.add(box.element)
    if named:
        pdf.catalog["MarkInfo"]["UserProperties"] = "true"


def _properties(kind: str, ref: str) -> pydyf.Dictionary:
    entry = pydyf.Dictionary({"N": pydyf.String(kind), "V": pydyf.String(ref), "H": "true"})
    return pydyf.Dictionary({"O": "/UserProperties", "P": pydyf.Array([entry])})


def read_pdf(data: bytes) -> Iterator[tuple[str, str]]:
    """Return the named figures in reading order, each with the text that the page shows in it."""
    with pikepdf.open(BytesIO(data)) as pdf:
        root = pdf.Root.get("/StructTreeRoot")
        texts = {page.objgen: _shown_texts(page) for page in pdf.pages}
        figures: list[tuple[str, str]] = []
        for kind, ref, text in _named(root, texts) if root is not None else ():
            if kind == GOES_ON:
                text = f"{figures.pop()[1]} {text}"
            figures.append((ref, " ".join(text.split())))
        yield from figures


def _named(tag: Any, texts: dict[Any, dict[int, str]]) -> Iterator[tuple[str, str, str]]:
    kind, ref = _ref_of(tag)
    if ref:
        yield kind, ref, "".join(_texts_in(tag, None, texts))
        return
    for kid in _all_of(tag, "/K"):
        if isinstance(kid, pikepdf.Dictionary):
            yield from _named(kid, texts)


def _ref_of(tag: Any) -> tuple[str, str]:
    for each in _all_of(tag, "/A"):
        if each.get("/O") == "/UserProperties":
            for entry in each.P:
                if str(entry.N) in (PROPERTY, GOES_ON):
                    return str(entry.N), str(entry.V)
    return "", ""


def _texts_in(tag: Any, page: Any, texts: dict[Any, dict[int, str]]) -> Iterator[str]:
    page = tag.get("/Pg", page)
    for kid in _all_of(tag, "/K"):
        if isinstance(kid, pikepdf.Dictionary):
            yield from _texts_in(kid, page, texts)
        elif page is not None:
            yield texts[page.objgen].get(int(kid), "")


def _all_of(tag: Any, key: str) -> list[Any]:
    """Return the entries under the key, which may stand alone or in an array."""
    entries = tag.get(key)
    if entries is None:
        return []
    return list(entries) if isinstance(entries, pikepdf.Array) else [entries]


def _shown_texts(page: pikepdf.Page) -> dict[int, str]:
    """Return the text of each marked content of a page, decoded as a reader that copies it does."""
    texts: dict[int, str] = {}
    inside: list[int | None] = []
    signs: dict[bytes, str] = {}
    fonts: Any = page.resources.get("/Font", {})
    letters = cache(lambda name: _signs_of(fonts[name]))
    instructions: Any = pikepdf.parse_content_stream(page)
    for operands, operator in instructions:
        name = str(operator)
        if name in ("BDC", "BMC"):
            inside.append(_number_of(operands))
        elif name == "EMC":
            inside.pop()
        elif name == "Tf":
            signs = letters(str(operands[0]))
        elif name in _SHOWN and inside and inside[-1] is not None:
            texts[inside[-1]] = texts.get(inside[-1], "") + _decoded(name, operands, signs)
    return texts


def _number_of(operands: Any) -> int | None:
    about = operands[1] if len(operands) > 1 else None
    return int(about["/MCID"]) if isinstance(about, pikepdf.Dictionary) and "/MCID" in about else None


def _decoded(name: str, operands: Any, signs: dict[bytes, str]) -> str:
    pieces = operands[0] if name == "TJ" else operands
    shown = b"".join(bytes(piece) for piece in pieces if isinstance(piece, pikepdf.String))
    return "".join(signs.get(shown[place : place + 2], "") for place in range(0, len(shown), 2))


def _signs_of(font: Any) -> dict[bytes, str]:
    """Return what each code of two bytes means, by the font's own table; our fonts have only single codes in it."""
    table = font.ToUnicode.read_bytes() if "/ToUnicode" in font else b""
    pairs = re.findall(rb"<([0-9a-fA-F]{4})> <([0-9a-fA-F]*)>", table)
    return {bytes.fromhex(code.decode()): bytes.fromhex(sign.decode()).decode("utf-16-be") for code, sign in pairs}
