""" "Statistik vi har": which verksamheter have statistics divided by sex, and whether they are used.

`Inventory` is what the page, the CSV and the offer of underlag print; it knows nothing of the database.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from cohorts.models import Part, Participation
from indicators.enums import Split
from indicators.models import StatisticsHeld
from kit.csv_files import rows_as_csv
from kit.templatetags.swedish import sentence, some

UNKNOWN = "Vet inte"
WHOLE = "Hela organisationen"
COLUMNS = (
    *("Nämnd eller förvaltning", "Verksamhet", "Könsuppdelad", "Analyserad"),
    *("Använd i delårsrapport", "Anteckning"),
)
HOW_PARTLY_COUNTS = (
    "Bara ”ja” räknas som könsuppdelad. ”Delvis” räknas inte, eftersom siffrorna då inte visar hela verksamheten "
    "för både kvinnor och män."
)


@dataclass(frozen=True)
class InventoryRow:
    """A verksamhet; None is "vet inte"."""

    key: int
    name: str
    part: str
    split: Split
    analysed: bool | None
    in_report: bool | None
    note: str

    @property
    def words(self) -> tuple[str, ...]:
        """Return the cells under `COLUMNS`."""
        answers = (self.split.label, yes_or_no(self.analysed), yes_or_no(self.in_report))
        return (self.part or WHOLE, self.name, *map(str, answers), self.note)


@dataclass(frozen=True)
class HeldShare:
    """How many of all verksamheter do something, and of how many nobody knows."""

    count: int
    of: int
    unknown: int = 0

    @property
    def ratio(self) -> str:
        return f"{some(self.count)} av {some(self.of)}"

    @property
    def verksamheter(self) -> str:
        return f"{some(self.count)} verksamhet" if self.of == 1 else f"{self.ratio} verksamheter"

    @property
    def not_known(self) -> str:
        return f"För {some(self.unknown)} vet ni inte." if self.unknown else ""


@dataclass(frozen=True)
class Inventory:
    rows: tuple[InventoryRow, ...]
    divided: HeldShare
    analysed: HeldShare
    in_report: HeldShare
    partly: int

    @property
    def headline(self) -> str:
        if not self.rows:
            return "Vilken statistik har ni om kvinnor och män?"
        if len(self.rows) == 1:
            return f"Den enda verksamheten i listan har {'' if self.divided.count else 'inte '}könsuppdelad statistik."
        return sentence(f"{self.divided.verksamheter} har könsuppdelad statistik.")

    @property
    def partly_in_words(self) -> str:
        return sentence(f"{some(self.partly)} har det delvis.") if self.partly else ""

    @property
    def about_partly(self) -> str:
        return f"{self.partly_in_words} {HOW_PARTLY_COUNTS}" if self.partly else ""

    @property
    def csv(self) -> str:
        return rows_as_csv([COLUMNS, *(row.words for row in self.rows)])


def inventory_of(participation: Participation, part: Part | None = None) -> Inventory:
    rows = StatisticsHeld.objects.filter(participation=participation)
    return _inventory((rows.filter(part=part) if part else rows).in_order())


def _inventory(stored: Iterable[StatisticsHeld]) -> Inventory:
    rows = tuple(
        InventoryRow(
            row.pk,
            row.name,
            row.part.name if row.part else "",
            Split(row.split),
            row.analysed,
            row.in_report,
            row.note,
        )
        for row in stored
    )
    return Inventory(
        rows,
        divided=HeldShare(sum(row.split == Split.YES for row in rows), len(rows)),
        analysed=_share([row.analysed for row in rows]),
        in_report=_share([row.in_report for row in rows]),
        partly=sum(row.split == Split.PARTLY for row in rows),
    )


def _share(answers: list[bool | None]) -> HeldShare:
    return HeldShare(answers.count(True), len(answers), answers.count(None))


def yes_or_no(answer: bool | None) -> str:
    return UNKNOWN if answer is None else "Ja" if answer else "Nej"


def earlier_with_statistics(participation: Participation) -> Participation | None:
    """Return the organisation's participation in the omgång before this one for which it has stated its statistics."""
    earlier = Participation.objects.filter(
        organisation=participation.organisation_id,
        cohort__starts_on__lt=participation.cohort.starts_on,
        cohort__rehearsal=participation.cohort.rehearsal,
        statistics_held__isnull=False,
    )
    return earlier.select_related("cohort").order_by("-cohort__starts_on", "-pk").first()
