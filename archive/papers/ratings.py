from collections.abc import Iterator
from functools import partial

from archive.files import uploaded
from archive.packing import PackedFile
from archive.papers.papers_of import OUTSIDE, PapersOf, occasion_name, on_day, yes_or_no
from archive.sheets import Cell, PaperRow, Sheet, SheetPaper, pdf_entry
from assessments.models import Assessment, Evidence, Query, Reopening, TitleDecision
from assessments.occasions import occasion_of, readable
from assessments.together.minutes import Minutes, minutes_of
from kit.pdf import Cover
from reports.content.paper import filled_paper
from reports.printers.pdf import html_of

FOLDER = "1 Självskattningar"
FILES = "1 Självskattningar, underlag"
VALUES = ("Tillfälle", "Dag", "Läge", "Nämnd eller förvaltning", "Checklista", "Moment nr", "Moment", "Värde")
SHARED_TEXTS = ("Kommentar", "Sedan sist")
OWN_TEXTS = ("Mål till nästa gång", "Så resonerade vi", "Det här krävs för nästa steg", "Delas med gruppen")


def ratings(of: PapersOf) -> Iterator[PackedFile]:
    """Yield each self-assessment; of the individual ratings only what the minutes say is left of them."""
    assessments = list(readable(of.participation, of.reader).filter(participation=of.participation))
    for assessment in assessments:
        draft = ", utkast" if assessment.is_draft else ""
        name, day = f"{occasion_name(assessment)}{draft}", assessment.dated_on
        content = filled_paper(occasion_of(assessment, of.reader), own=of.is_own)
        yield pdf_entry(FOLDER, f"Självskattning, {name}", partial(html_of, content), day=day)
        if of.is_own:
            paper = _minutes(of, minutes_of(assessment))
            yield pdf_entry(FOLDER, f"Minnesanteckningar, {name}", paper.html, day=day)
    columns = (*VALUES, *SHARED_TEXTS, *(OWN_TEXTS if of.is_own else ()))
    values = tuple(row for assessment in assessments for row in _values(of, assessment))
    yield from of.binder.table(FOLDER, Sheet("Värden", columns, values))
    yield from of.binder.both(FOLDER, _dialogue(of))
    yield from of.binder.both(FOLDER, _title(of))


def _minutes(of: PapersOf, minutes: Minutes) -> SheetPaper:
    head = PaperRow("Om anteckningarna", tuple((fact.label, fact.text) for fact in minutes.facts))
    items = (PaperRow(item.heading, tuple((fact.label, fact.text) for fact in item.facts)) for item in minutes.items)
    return SheetPaper(
        cover=Cover(
            title=minutes.title,
            subtitle=f"{minutes.organisation} · {minutes.occasion}",
            sender=(minutes.organisation,),
            demonstration=of.participation.cohort.constructed,
            draft=minutes.is_draft,
        ),
        rows=(head, *items),
    )


def _values(of: PapersOf, assessment: Assessment) -> Iterator[tuple[Cell, ...]]:
    place = (
        assessment.meeting.name if assessment.meeting else OUTSIDE,
        assessment.dated_on,
        assessment.get_state_display(),
        assessment.part.name if assessment.part else "",
        assessment.checklist.name,
    )
    for score in assessment.scores.all():
        texts = (score.comment, score.since_last) if of.is_own or score.shared else ("", "")
        own = (score.aim, score.reasoning, score.next_step, score.shared) if of.is_own else ()
        yield (*place, score.item.number, score.item.short, score.value, *texts, *own)


def _dialogue(of: PapersOf) -> Sheet:
    here = {"assessment__participation": of.participation}
    related = ("assessment__meeting", "assessment__part")
    asked = Query.objects.visible_to(of.reader).filter(**here).select_related("item", *related)
    wanted = Reopening.objects.visible_to(of.reader).filter(**here).select_related(*related)
    queries = [
        (
            row.text,
            f"Fråga om moment {row.item.number}",
            occasion_name(row.assessment),
            on_day(row.asked_at),
            row.answer,
            on_day(row.answered_at),
        )
        for row in asked.order_by("asked_at", "pk")
    ]
    requests = [
        (
            row.reason,
            "Begäran om att öppna igen",
            occasion_name(row.assessment),
            on_day(row.asked_at),
            yes_or_no(row.consented),
            on_day(row.answered_at),
        )
        for row in wanted.order_by("asked_at", "pk")
    ]
    columns = ("Vad SKR skrev", "Slag", "Gäller", "Dag", "Svar", "Besvarad")
    return Sheet("Frågor från SKR", columns, (*queries, *requests))


def _title(of: PapersOf) -> Sheet:
    rows = TitleDecision.objects.filter(participation=of.participation)
    return Sheet(
        "Beslut om titel",
        ("Beslut", "Beslutat", "Beslutat av", "Regel", "Motivering"),
        tuple((str(row), row.decided_on, row.decided_by, row.get_rule_display(), row.note) for row in rows),
    )


def evidence(of: PapersOf) -> Iterator[PackedFile]:
    visible = Evidence.objects.visible_to(of.reader).filter(assessment__participation=of.participation)
    related = ("item", "assessment__meeting", "assessment__part")
    rows = list(visible.select_related(*related).order_by("assessment", "item__number", "pk"))
    columns = ("Underlag", "Gäller", "Moment nr", "Moment", "Länk", "Tillagt", "Delas med gruppen")
    sheet_rows = tuple(
        (
            row.title,
            occasion_name(row.assessment),
            row.item.number,
            row.item.short,
            row.url,
            on_day(row.added_at),
            row.shared,
        )
        for row in rows
    )
    yield from of.binder.both(FILES, Sheet("Underlag", columns, sheet_rows))
    yield from (uploaded(FILES, row) for row in rows if row.file)
