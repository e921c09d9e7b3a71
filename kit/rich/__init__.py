"""Text with a small structure: headings, lists, quotations, emphasis, links and footnotes, and no more.

It is stored as ProseMirror's JSON (`structure`) beside its words as plain text (`plain`). The form's field is a
textarea with a subset of Markdown (`markdown`), over which static/kit/editor.js lays its editor. One walker for each
format prints it: `html` for page and PDF, `word` for python-docx.
"""

from kit.rich.html import html_of
from kit.rich.markdown import document_of, markdown_of
from kit.rich.plain import from_plain, length_of, restored, stored, to_plain
from kit.rich.reading import NotADocument, read_document
from kit.rich.structure import Document
from kit.rich.word import write_docx

__all__ = (
    "Document",
    "NotADocument",
    "document_of",
    "from_plain",
    "html_of",
    "length_of",
    "markdown_of",
    "read_document",
    "restored",
    "stored",
    "to_plain",
    "write_docx",
)
