"""A report as web pages in a zip file: a page for each chapter, with nothing from elsewhere."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from kit.zips import packed
from reports.content import ReportContent
from reports.content.blocks import PrintedChapter
from reports.content.chapters import chapters_of

MEDIA_TYPE = "application/zip"
FIRST, STYLESHEET, STYLES = "index.html", "rapport.css", "reports/web-report.css"
PRINTED = {"tables": "reports/web/table.html", "on_paper": True, "stylesheet": STYLESHEET, "first": FIRST}


@dataclass(frozen=True)
class WebFile:
    """A page of the zip file; its number keeps the pages in order in a folder."""

    file: str
    title: str
    chapter: PrintedChapter


def printed(content: ReportContent, progress: Callable[[], None] | None = None) -> bytes:
    chapters = chapters_of(content)
    titled = [chapter for chapter in chapters if chapter.title]
    pages = [
        WebFile(f"{number:02}-{chapter.anchor}.html", chapter.title, chapter)
        for number, chapter in enumerate(titled, start=1)
    ]
    shared = {"cover": content.cover, "pages": pages, **PRINTED}
    loose = [chapter for chapter in chapters if not chapter.title]
    files = {FIRST: _page(shared, file=FIRST, loose=loose, after=pages[0] if pages else None)}
    for place, page in enumerate(pages):
        before = pages[place - 1] if place else None
        after = pages[place + 1] if place + 1 < len(pages) else None
        files[page.file] = _page(shared, file=page.file, chapter=page.chapter, before=before, after=after)
        if progress:
            progress()
    return packed({**files, STYLESHEET: Path(str(finders.find(STYLES))).read_bytes()})


def _page(shared: dict[str, Any], **own: Any) -> bytes:
    context = {"chapter": None, "before": None, "after": None, "loose": (), **shared, **own}
    return render_to_string("reports/web/page.html", context).encode()
