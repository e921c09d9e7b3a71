"""Directory that lists an omgång's people by organisation, without organisations that have left."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from openpyxl import Workbook

from cohorts.enums import Function, Status
from cohorts.models import Cohort, Delegate, Participation
from kit.canonical import folded, readable_address
from kit.ordering import by_name, swedish
from kit.workbook.writing import saved, write_table
from people.composition import Composition, composition

# Some mail programs give up on a longer address line.
MOST_IN_A_MAIL = 40
COLUMNS = ("Organisation", "Grupp", "Roll i omgången", "Namn", "Funktion", "Ersättare", "E-postadress")
WIDTHS = (34, 22, 18, 30, 16, 11, 38)


@dataclass(frozen=True)
class DirectoryEntry:
    """`composition` counts everyone in the organisation, also those whom the search leaves out."""

    participation: Participation
    people: tuple[Delegate, ...]
    composition: Composition

    @property
    def place(self) -> str:
        row = self.participation
        where = row.group.name if row.is_participant and row.group else row.get_role_display()
        return f"{where}, genom {row.through}" if row.through else where


@dataclass(frozen=True)
class Directory:
    rows: tuple[DirectoryEntry, ...]

    @property
    def n_people(self) -> int:
        return len({person.user_id for row in self.rows for person in row.people})

    @property
    def addresses(self) -> str:
        """Return the addresses for one mail, or an empty string if they are too many for one."""
        emails = sorted({person.user.email for row in self.rows for person in row.people})
        return ",".join(emails) if len(emails) <= MOST_IN_A_MAIL else ""


def directory_of(cohort: Cohort, today: date, *, search: str = "", group: str = "", silent: bool = False) -> Directory:
    """Search the names of people and organisations; `silent` keeps those who have not signed in."""
    rows = cohort.participations.exclude(status=Status.WITHDRAWN).with_organisation().select_related("group")
    if group:
        rows = rows.filter(group__key=group)
    by_participation: dict[int, list[Delegate]] = defaultdict(list)
    order = {function.value: place for place, function in enumerate(Function)}
    people = Delegate.objects.filter(participation__cohort=cohort).current(today).select_related("user")
    for person in sorted(people, key=lambda row: (order[row.function], row.deputy, swedish(row.user.name))):
        by_participation[person.participation_id].append(person)
    entries = (
        DirectoryEntry(
            row,
            tuple(_matching(row, by_participation[row.pk], folded(search), silent)),
            composition(by_participation[row.pk], row.both_sides, today),
        )
        for row in rows.order_by(by_name("organisation__name"))
    )
    narrowed = bool(search) or silent
    return Directory(tuple(row for row in entries if row.people or not narrowed))


def _matching(participation: Participation, people: list[Delegate], search: str, silent: bool) -> list[Delegate]:
    among = [row for row in people if row.user.last_login is None] if silent else people
    # If the organisation's name matches, all its people are listed.
    if search in folded(participation.organisation.name):
        return among
    return [row for row in among if search in folded(row.user.name) or search in readable_address(row.user.email)]


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
    return saved(book, {})
