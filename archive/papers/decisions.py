from collections.abc import Iterator

from archive.packing import PackedFile
from archive.papers.papers_of import PapersOf
from archive.sheets import Cell, Sheet
from decisions.models import PoliticalDecision

FOLDER = "4 Politiska beslut"
COLUMNS = (
    *("Beslut", "Beslutande organ", "Beslutat", "Paragraf", "Diarienummer", "Vad som beslutades"),
    "CEMR-deklarationen undertecknad",
)


def decisions(of: PapersOf) -> Iterator[PackedFile]:
    """Yield a paper for each decision, since each has its own diary number, and a table of them all."""
    made = list(of.participation.decisions.order_by("decided_on", "pk"))
    for row in made:
        sheet = Sheet(f"{row.get_kind_display()}, {row.body}", COLUMNS, (_cells(row),))
        yield of.binder.paper(FOLDER, sheet, of=row.decided_on, diary_number=row.diary_number)
    yield from of.binder.table(FOLDER, Sheet("Politiska beslut", COLUMNS, tuple(map(_cells, made))))


def _cells(row: PoliticalDecision) -> tuple[Cell, ...]:
    about = (row.get_kind_display(), row.body, row.decided_on)
    return (*about, row.paragraph, row.diary_number, row.text, row.cemr)
