from collections.abc import Iterator

from archive.files import uploaded
from archive.packing import PackedFile
from archive.papers.papers_of import PapersOf, on_day
from archive.sheets import Sheet
from meetings.models import Agreement, Attendance, Impression, Material, Takeaway

FOLDER = "5 Träffar"
FILES = "5 Träffar, filer"


def meetings(of: PapersOf) -> Iterator[PackedFile]:
    """Yield what the organisation itself has said and sent in: that is its own, also when it has left its group."""
    for sheet in (_agreements(of), _impressions(of), _ideas(of), _attendance(of)):
        yield from of.binder.both(FOLDER, sheet)
    material = Material.objects.filter(participation=of.participation).select_related("meeting")
    rows = list(material.order_by("meeting__starts_on", "pk"))
    sheet_rows = tuple(
        (row.title, row.get_kind_display(), row.meeting.name, row.url, on_day(row.added_at)) for row in rows
    )
    yield from of.binder.both(FILES, Sheet("Material", ("Material", "Slag", "Träff", "Länk", "Tillagt"), sheet_rows))
    yield from (uploaded(FILES, row) for row in rows if row.file)


def _agreements(of: PapersOf) -> Sheet:
    rows = Agreement.objects.filter(participation=of.participation).select_related("meeting")
    return Sheet(
        "Till nästa gång",
        ("Överenskommelse", "Träff", "Klart senast", "Klart"),
        tuple(
            (row.text, row.meeting.name, row.due_on, row.done_on)
            for row in rows.order_by("meeting__starts_on", "position", "pk")
        ),
    )


def _impressions(of: PapersOf) -> Sheet:
    rows = Impression.objects.filter(participation=of.participation).select_related("meeting")
    return Sheet(
        "Plus, minus och intressant",
        ("Vad organisationen skrev", "Slag", "Träff"),
        tuple(
            (row.text, row.get_kind_display(), row.meeting.name)
            for row in rows.order_by("meeting__starts_on", "kind", "pk")
        ),
    )


def _ideas(of: PapersOf) -> Sheet:
    rows = Takeaway.objects.filter(participation=of.participation).select_related("meeting", "source__organisation")
    return Sheet(
        "Det tog vi med oss",
        ("Idé", "Kommer från", "Träff"),
        tuple(
            (row.text, row.source.organisation.name, row.meeting.name)
            for row in rows.order_by("meeting__starts_on", "pk")
        ),
    )


def _attendance(of: PapersOf) -> Sheet:
    rows = Attendance.objects.filter(delegate__participation=of.participation)
    rows = rows.select_related("meeting", "delegate__user").order_by("meeting__starts_on", "meeting", "delegate")
    return Sheet(
        "Svar och närvaro",
        ("Träff", "Dag", "Person", "Funktion", "Svar", "Deltog"),
        tuple(
            (
                row.meeting.name,
                row.meeting.starts_on,
                row.delegate.user.name,
                row.delegate.get_function_display(),
                row.get_answer_display(),
                row.attended,
            )
            for row in rows
        ),
    )
