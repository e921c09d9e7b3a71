"""A published report a chapter at a time, and the tables behind it as CSV; each has an address that can be cited."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kit.csv_files import MEDIA_TYPE, rows_as_csv
from kit.responses import download
from reports.addresses import ChapterAddress
from reports.content import content_of_edition
from reports.content.chapters import chapters_of
from reports.reading import ON_SCREEN
from reports.views.editions import edition_at, not_there, shown_as


@require_GET
@login_not_required
def chapter(request: HttpRequest, slug: str, anchor: str, code: str = "", number: int | None = None) -> HttpResponse:
    edition = edition_at(request, slug, code, number)
    if edition is None:
        return not_there(request, number)
    content = content_of_edition(edition)
    shown_as(request, content, edition)
    chapters = [each for each in chapters_of(content) if each.title]
    place = next((place for place, each in enumerate(chapters) if each.anchor == anchor), None)
    if place is None:
        raise Http404
    address = ChapterAddress(edition, number)
    ways = [(each.title, address.chapter(each.anchor)) for each in chapters]
    context: dict[str, Any] = {
        "content": content,
        "edition": edition,
        "chapter": chapters[place],
        "whole": address.whole,
        "ways": ways,
        "current": ways[place],
        "before": ways[place - 1] if place else None,
        "after": ways[place + 1] if place + 1 < len(ways) else None,
        "data": [(block.table.caption, address.table(block.name)) for block in chapters[place].tables],
        **ON_SCREEN,
    }
    return render(request, "reports/edition_chapter.html", context)


@require_GET
@login_not_required
def table(request: HttpRequest, slug: str, number: int, name: str, code: str = "") -> HttpResponse:
    edition = edition_at(request, slug, code, number)
    if edition is None:
        return not_there(request, number)
    content = content_of_edition(edition)
    blocks = [block for each in chapters_of(content) for block in each.tables]
    named_table = next((block.table for block in blocks if block.name == name), None)
    if named_table is None:
        raise Http404
    invented = ", påhittade uppgifter" if content.cover.demonstration else ""
    title = f"{content.cover.title}, utgåva {edition.number}, {name}{invented}.csv"
    return download(rows_as_csv([named_table.headers, *named_table.rows]), title, MEDIA_TYPE)
