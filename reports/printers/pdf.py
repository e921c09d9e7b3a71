"""A report as accessible PDF: its template as HTML, set by `kit.pdf`."""

from collections.abc import Callable, Mapping
from typing import ClassVar

from django.template.loader import render_to_string

from kit.pdf import render_pdf
from reports.content import JointContent, OrganisationContent, ReportContent
from reports.content.blocks import PrintedChapter
from reports.content.chapters import chapters_of
from reports.content.joint_chapters import FRONT
from reports.content.paper import PaperContent

TEMPLATES: Mapping[type[ReportContent], str] = {
    OrganisationContent: "reports/pdf/report.html",
    JointContent: "reports/pdf/joint.html",
    PaperContent: "reports/pdf/paper.html",
}


class PdfContent(ReportContent):
    """Content of another app that is printed only as PDF, with that app's own template."""

    template: ClassVar[str]

    def html(self) -> str:
        return _from(self.template, self)


def html_of(content: ReportContent) -> str:
    chapters = () if isinstance(content, PaperContent) else chapters_of(content)
    return _from(TEMPLATES[type(content)], content, chapters)


def printed(content: ReportContent, progress: Callable[[], None] | None = None) -> bytes:
    return render_pdf(html_of(content), progress=progress)


def _from(template: str, content: ReportContent, chapters: tuple[PrintedChapter, ...] = ()) -> str:
    front = [block for chapter in chapters if chapter.anchor == FRONT for block in chapter.blocks]
    rest = [chapter for chapter in chapters if chapter.anchor != FRONT]
    printed = {"report": content, "front": front, "chapters": rest, "tables": "kit/pdf/table.html", "on_paper": True}
    return render_to_string(template, {"cover": content.cover, "headings": content.headings, **printed})
