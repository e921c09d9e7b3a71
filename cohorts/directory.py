"""The directory of an omgång: its organisations with their people by function. Those that left are not listed."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from openpyxl import Workbook

from cohorts.composition import Composition, composition
from cohorts.enums import Function, Status
from cohorts.models import Cohort, Delegate, Participation
from modell.workbook.writing import write_table

# One mail program or another gives up on an address line that is longer.
MOST_IN_A_MAIL = 40
COLUMNS = ("Organisation", "Grupp", "Roll i omgången", "Namn", "Funktion", "Ersättare", "E-postadress")
WIDTHS = (34, 22, 18, 30, 16, 11, 38)


@dataclass(frozen=True)
class Listed:
    """`composition` is of all its people, whoever of them the search found."""

    participation: Participation
    people: tuple[Delegate, ...]
    composition: Composition

    @property
    def place(self) -> str:
        """Grupp Norr; Mentor, genom Förbundet."""
        row = self.participation
        where = row.group.name if row.is_participant and row.group else row.get_role_display()
        return f"{where}, genom {row.through}" if row.through else where


@dataclass(frozen=True)
class Directory:
    rows: tuple[Listed, ...]

    @property
    def n_people(self) -> int:
        return len({person.user_id for row in self.rows for person in row.people})

    @property
    def addresses(self) -> str:
        """All in the selection, for one mail; empty where they are too many for one."""
        found = sorted({person.user.email for row in self.rows for person in row.people})
        return ",".join(found) if len(found) <= MOST_IN_A_MAIL else ""


def directory_of(cohort: Cohort, today: date, *, search: str = "", group: str = "", silent: bool = False) -> Directory:
    """`search` looks in the names of people and organisations; `silent` are those who have not signed in."""
    rows = cohort.participations.exclude(status=Status.WITHDRAWN).with_organisation().select_related("group")
    if group:
        rows = rows.filter(group__key=group)
    by_participation: dict[int, list[Delegate]] = defaultdict(list)
    order = {function.value: place for place, function in enumerate(Function)}
    people = Delegate.objects.filter(participation__cohort=cohort).current(today).select_related("user")
    for person in sorted(people, key=lambda row: (order[row.function], row.deputy, row.user.name)):
        by_participation[person.participation_id].append(person)
    found = (
        Listed(
            row,
            tuple(_found(row, by_participation[row.pk], search.casefold(), silent)),
            composition(by_participation[row.pk], row.both_sides, today),
        )
        for row in rows.order_by("organisation__name")
    )
    narrowed = bool(search) or silent
    return Directory(tuple(row for row in found if row.people or not narrowed))


def _found(participation: Participation, people: list[Delegate], search: str, silent: bool) -> list[Delegate]:
    """All of an organisation whose name fits, else those of its people whose name or address does."""
    among = [row for row in people if row.user.last_login is None] if silent else people
    if search in participation.organisation.name.casefold():
        return among
    return [row for row in among if search in row.user.name.casefold() or search in row.user.email]


def workbook_of(cohort: Cohort, directory: Directory) -> bytes:
    book = Workbook()
    book.remove(book["Sheet"])
    cells = [
        (
            row.participation.organisation.name,
            row.participation.group.name if row.participation.group else "",
            row.participation.get_role_display(),
            person.user.name,
            person.get_function_display(),
            "Ja" if person.deputy else "Nej",
            person.user.email,
        )
        for row in directory.rows
        for person in row.people
    ]
    write_table(book.create_sheet("Personer"), COLUMNS, cells, WIDTHS)
    book.properties.title = f"Personer i {cohort.name}"
    book.properties.creator = "Modell"
    book.properties.language = "sv-SE"
    file = BytesIO()
    book.save(file)
    return file.getvalue()
