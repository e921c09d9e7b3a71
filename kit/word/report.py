"""A Word document with a cover, a contents list, numbered captions, and figures that carry their references."""

from collections.abc import Iterable, Sequence
from io import BytesIO

from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Cm, Emu
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from kit.pdf import ContentsLine, Cover
from kit.pictures import Picture, PictureTable
from kit.pictures.png import png_of
from kit.prose import split_in_paragraphs
from kit.references.in_word import keep_references
from kit.signs import in_xml
from kit.templatetags.swedish import day
from kit.word.document import About, bytes_of, new_document, write
from kit.word.fields import add_field, begin_field, end_field, link_inside, put_bookmark, put_bookmark_around
from kit.word.styles import dress
from kit.word.tables import WIDTH, add_table

DRAFT = "Arbetsmaterial"
# The height in centimetres of a picture that would not leave room for its caption.
HIGHEST = 17
INVENTED = "Påhittade organisationer, värden och texter"
NOTICE = (
    "Konstruerade demonstrationsuppgifter. Organisationer, värden och texter i rapporten är påhittade och säger inget "
    "om verkliga kommuner eller regioner."
)


class WordReport:
    def __init__(self, cover: Cover, contents: Sequence[ContentsLine]) -> None:
        self.document = new_document(About(cover.title, cover.author, "", cover.day))
        dress(self.document)
        self.contents = contents
        self.targets = {line.anchor: f"_Toc{place:06}" for place, line in enumerate(contents, start=1)}
        self.references: dict[str, str] = {}
        self.bookmarks = self.tables = self.pictures = 0
        self._margins(cover)
        self._cover(cover)
        self._contents()

    def heading(self, text: str, level: int, *, anchor: str = "", new_page: bool = False) -> None:
        line = self.document.add_heading(level=level)
        line.paragraph_format.page_break_before = new_page
        line.add_run(in_xml(text))
        if anchor in self.targets:
            self._bookmark(line, self.targets[anchor])

    def text(self, text: str, style: str = "Normal") -> None:
        for paragraph in split_in_paragraphs(text):
            write(self.document.add_paragraph(style=style), paragraph)

    def line(self, pieces: Iterable[tuple[str, bool]], style: str = "Normal") -> None:
        line = self.document.add_paragraph(style=style)
        for text, bold in pieces:
            write(line, text, bold=bold)

    def table(self, printed: PictureTable) -> None:
        self.tables += 1
        self._caption("Tabell", self.tables, printed.caption)
        table = add_table(self.document, printed)
        for row, cells in zip(table.rows[1:], printed.cells, strict=True):
            for cell, value in zip(row.cells, cells, strict=True):
                if value.ref:
                    self._bookmark(cell.paragraphs[0], self._name(value.ref))
        self.document.add_paragraph(style="Tabelltext")

    def name_run(self, run: Run, ref: str) -> None:
        self.bookmarks += 1
        put_bookmark_around(run, self.bookmarks, self._name(ref))

    def picture(self, picture: Picture) -> None:
        self.pictures += 1
        line = self.document.add_paragraph()
        line.paragraph_format.keep_with_next = True
        shape = line.add_run().add_picture(BytesIO(png_of(picture)), width=Cm(WIDTH))
        if shape.height > Cm(HIGHEST):
            shape.width, shape.height = Emu(shape.width * Cm(HIGHEST) // shape.height), Cm(HIGHEST)
        about = shape._inline.docPr
        about.set("name", f"Bild {self.pictures}")
        about.set("descr", in_xml(f"{picture.title}. {picture.description}"))
        self._caption("Bild", self.pictures, picture.title)

    def done(self) -> bytes:
        keep_references(self.document, self.references)
        return bytes_of(self.document)

    def _caption(self, kind: str, number: int, text: str) -> None:
        line = self.document.add_paragraph(style="Caption")
        line.paragraph_format.keep_with_next = kind == "Tabell"
        line.add_run(f"{kind} ")
        add_field(line, f"SEQ {kind} \\* ARABIC", str(number))
        line.add_run(in_xml(f". {text}"))

    def _name(self, ref: str) -> str:
        name = f"_siffra_{len(self.references) + 1}"
        self.references[name] = ref
        return name

    def _bookmark(self, line: Paragraph, name: str) -> None:
        self.bookmarks += 1
        put_bookmark(line, self.bookmarks, name)

    def _margins(self, cover: Cover) -> None:
        section = self.document.sections[0]
        # The cover has neither head nor foot.
        section.different_first_page_header_footer = True
        section.header.paragraphs[0].text = in_xml(cover.title)
        marks = [DRAFT] * cover.draft + [INVENTED] * cover.demonstration
        foot = section.footer.paragraphs[0]
        foot.paragraph_format.tab_stops.add_tab_stop(Cm(WIDTH), WD_TAB_ALIGNMENT.RIGHT)
        foot.add_run(" · ".join(marks)).bold = True
        foot.add_run("\tSida ")
        add_field(foot, "PAGE", "1")
        foot.add_run(" av ")
        add_field(foot, "NUMPAGES", "1")

    def _cover(self, cover: Cover) -> None:
        add = self.document.add_paragraph
        if cover.draft:
            add(DRAFT, style="Märkning")
        add(in_xml(cover.title), style="Title")
        if cover.subtitle:
            add(in_xml(cover.subtitle), style="Subtitle")
        if cover.demonstration:
            add(NOTICE, style="Märkning")
        for text in filter(None, (day(cover.day) if cover.day else "", *cover.sender_lines)):
            add(in_xml(text))

    def _contents(self) -> None:
        if not self.contents:
            return
        head = self.document.add_paragraph("Innehåll", style="TOC Heading")
        head.paragraph_format.page_break_before = True
        for place, entry in enumerate(self.contents):
            line = self.document.add_paragraph(style=f"toc {entry.level - 1}")
            if place == 0:
                # Without page numbers (\n): Word counts its pages only when it opens the file.
                begin_field(line, 'TOC \\o "1-2" \\h \\z \\n')
            link_inside(line, entry.text, self.targets[entry.anchor])
        end_field(line)
