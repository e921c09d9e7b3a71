from collections.abc import Iterator
from functools import partial

from archive.files import edition_entry
from archive.packing import PackedFile
from archive.papers.papers_of import PapersOf, on_day, yes_or_no
from archive.sheets import Sheet, pdf_entry
from reports.content import organisation_content
from reports.models import Report, ReportEdition, ReportReopening, SectionQuery
from reports.printers.pdf import html_of

FOLDER = "3 Resultatrapport"


def report(of: PapersOf) -> Iterator[PackedFile]:
    """Yield every edition that the reader may open, and to the organisation itself its draft."""
    row = Report.objects.visible_to(of.reader).filter(participation=of.participation).first()
    if row is None:
        return
    row.participation = of.participation
    editions = ReportEdition.objects.visible_to(of.reader).filter(report=row).prefetch_related("builds")
    for edition in editions.order_by("number"):
        yield edition_entry(FOLDER, f"Resultatrapport, utgåva {edition.number}", edition)
    if of.is_own and row.is_draft:
        content = organisation_content(row).as_draft()
        if not content.is_empty:
            yield pdf_entry(FOLDER, "Resultatrapport, utkast", partial(html_of, content))
    yield from of.binder.both(FOLDER, _dialogue(of, row))


def _dialogue(of: PapersOf, report: Report) -> Sheet:
    asked = SectionQuery.objects.visible_to(of.reader).filter(report=report).order_by("pk")
    wanted = ReportReopening.objects.visible_to(of.reader).filter(report=report).order_by("pk")
    queries = [
        (row.text, "Fråga om rapporten", on_day(row.asked_at), row.answer, on_day(row.answered_at)) for row in asked
    ]
    requests = [
        (
            row.reason,
            "Begäran om att öppna rapporten igen",
            on_day(row.asked_at),
            yes_or_no(row.consented),
            on_day(row.answered_at),
        )
        for row in wanted
    ]
    columns = ("Vad SKR skrev", "Slag", "Dag", "Svar", "Besvarad")
    return Sheet("Frågor om rapporten", columns, (*queries, *requests))
