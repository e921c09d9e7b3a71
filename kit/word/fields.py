"""Fields of Word: what the program counts itself, each with its result written in."""

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from kit.signs import in_xml


def add_field(line: Paragraph, instruction: str, result: str) -> None:
    begin_field(line, instruction)
    line.add_run(in_xml(result))
    end_field(line)


def begin_field(line: Paragraph, instruction: str) -> None:
    _mark(line, "begin")
    code = OxmlElement("w:instrText")
    code.set(qn("xml:space"), "preserve")
    code.text = f" {instruction} "
    line.add_run()._r.append(code)
    _mark(line, "separate")


def end_field(line: Paragraph) -> None:
    _mark(line, "end")


def _mark(line: Paragraph, kind: str) -> None:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    line.add_run()._r.append(mark)


def link_inside(line: Paragraph, text: str, bookmark: str) -> None:
    link = element("w:hyperlink", anchor=bookmark, history="1")
    run = line.add_run(in_xml(text))
    run._r.addprevious(link)
    link.append(run._r)


def put_bookmark(line: Paragraph, number: int, name: str) -> None:
    """Lay a bookmark around all text of the paragraph; `number` is its own in the document."""
    start = element("w:bookmarkStart", id=str(number), name=name)
    end = element("w:bookmarkEnd", id=str(number))
    place = 0 if line._p.pPr is None else 1
    line._p.insert(place, start)
    line._p.append(end)


def put_bookmark_around(run: Run, number: int, name: str) -> None:
    run._r.addprevious(element("w:bookmarkStart", id=str(number), name=name))
    run._r.addnext(element("w:bookmarkEnd", id=str(number)))


def element(tag: str, **attributes: str) -> Any:
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made
