"""A paper to the board as Word; what is left to fill in is marked with yellow, so that it is found."""

from collections.abc import Sequence

from docx.document import Document as WordDocument
from docx.enum.text import WD_COLOR_INDEX
from docx.text.paragraph import Paragraph

from kit.signs import in_xml
from kit.word import ONE_PAGE, About, bytes_of, new_document, write
from papers.paper import Block, BoardPaper, pieces

INVENTED = " · Påhittade uppgifter"


def word_of(paper: BoardPaper) -> bytes:
    header = f"Utkast till beslutsunderlag · {paper.organisation}{INVENTED if paper.invented else ''}"
    document = new_document(About(paper.title, paper.organisation, header, paper.written_on), ONE_PAGE)
    first, *others = paper.head
    _write(_close(document.add_paragraph()), first, bold=True)
    _lines(document, others)
    document.add_heading(in_xml(paper.title), level=1)
    for heading in paper.headings:
        document.add_heading(in_xml(heading.text), level=heading.level)
        for block in heading.blocks:
            _print(document, block)
    return bytes_of(document)


def _print(document: WordDocument, block: Block) -> None:
    if isinstance(block, str):
        _write(document.add_paragraph(), block)
        return
    _lines(document, block.lines, "List Number" if block.numbered else "List Bullet")


def _lines(document: WordDocument, lines: Sequence[str], style: str | None = None) -> None:
    """Print lines that belong together: only the last has space below it."""
    for at, line in enumerate(lines, start=1):
        printed = document.add_paragraph(style=style)
        _write(printed if at == len(lines) else _close(printed), line)


def _close(line: Paragraph) -> Paragraph:
    line.paragraph_format.space_after = 0
    return line


def _write(line: Paragraph, text: str, *, bold: bool = False) -> None:
    for piece, is_gap in pieces(text):
        before = len(line.runs)
        write(line, piece, bold=bold)
        for run in line.runs[before:]:
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW if is_gap else None
