"""A list of people, pasted or from Excel: what each row says. Nothing here reads or writes the database.

Columns may stand in any order. With a heading they are known by it; without, the address, the function, "ersättare"
and, in an omgång's list, the organisation are known by what they are, and the name is what is left.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from io import StringIO

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from cohorts.enums import Function
from cohorts.naming import Names
from modell.workbook.reading import Sheet, plain_text, read_workbook
from modell.workbook.refusing import WorkbookRefused

MAX_PEOPLE, MAX_IN_COHORT = 200, 500
LONGEST_NAME, LONGEST_EMAIL = 150, 254
NAME, EMAIL, FUNCTION, DEPUTY, OTHER = "name", "email", "function", "deputy", "other"
ORGANISATION = "organisation"
HEADINGS = {
    NAME: ("namn", "för- och efternamn", "person", "fullständigt namn"),
    EMAIL: ("e-post", "epost", "e-postadress", "epostadress", "e-mail", "email", "mejl", "mejladress", "mail"),
    FUNCTION: ("funktion", "roll", "uppdrag"),
    DEPUTY: ("ersättare", "ordinarie eller ersättare", "ordinarie/ersättare"),
    ORGANISATION: ("organisation", "kommun", "region", "kommun eller region", "kommun/region", "kod", "kommunkod"),
}
# How people are called at home, beside the programme's own four words.
FUNCTIONS = {
    Function.POLITICIAN: ("politiker", "förtroendevald", "ledamot", "politisk representant"),
    Function.MANAGER: ("chef", "chefer", "direktör", "förvaltningschef", "kommundirektör", "regiondirektör"),
    Function.STRATEGIST: ("strateg", "nyckelperson", "jämställdhetsstrateg", "processledare hemma"),
    Function.CONTRIBUTOR: ("medverkande", "adjungerad", "ekonom", "controller", "kommunikatör", "analytiker"),
}
YES = ("ersättare", "ja", "x", "j", "e")
NO = ("ordinarie", "nej", "n", "-", "–", "")
_SAME = re.compile(r"^(?P<name>[^<>@]*)<(?P<email>[^<>\s]+@[^<>\s]+)>$")
# What is meant as an address and is none: anna.ek(at)kommun.se, anna.ek.kommun.se. An initial (A.B. Ek) is not.
_MEANT = re.compile(r"\w\w\.\w\w|[(\[]at[)\]]", re.IGNORECASE)
_SEPARATORS = ("\t", ";", ",")


@dataclass(frozen=True)
class Entry:
    """One row as it was understood; `wrong` says in one sentence what keeps it from being taken, "" where nothing.

    `code` is the organisation's in the omgång, where the list is the whole omgång's and it is known.
    """

    at: int
    name: str = ""
    email: str = ""
    function: str = ""
    deputy: bool = False
    wrong: str = ""
    code: str = ""


def entries_of(text: str, default: Function | None = None, names: Names | None = None) -> list[Entry]:
    """Each row with something in it; `default` is the function where the row names none.

    With `names` each row names its organisation too.
    """
    rows = [(at, cells) for at, line in enumerate(text.splitlines(), 1) if any(cells := _cells(line))]
    columns = _columns(rows[0][1]) if rows else None
    found = [_entry(at, cells, columns, default, names) for at, cells in (rows[1:] if columns else rows)]
    return _with_doubles(found)


def text_of_workbook(raw: bytes) -> str:
    """The first sheet that has an address in it, as text with tabs: so that it can be corrected on the page."""
    for sheet in read_workbook(raw):
        lines = _lines(sheet)
        if any("@" in line for line in lines):
            return "\n".join(lines)
    raise WorkbookRefused("Ingen e-postadress finns i arbetsboken. Kontrollera att det är rätt fil.")


def _lines(sheet: Sheet) -> list[str]:
    width = max((column for _, column in sheet.cells), default=0)
    rows = ([sheet.at(row, column).text for column in range(1, width + 1)] for row in sheet.rows())
    return ["\t".join(" ".join(cell.split()) for cell in row).rstrip("\t") for row in rows]


def _cells(line: str) -> list[str]:
    """Split at tabs, else semicolons, else commas; quoted cells as a spreadsheet writes them."""
    separator = next((sign for sign in _SEPARATORS if sign in line), "\t")
    try:
        [row] = csv.reader(StringIO(line), delimiter=separator)
    except (csv.Error, ValueError):  # a quotation mark that never ends
        row = line.split(separator)
    cells = [" ".join(plain_text(cell).split()) for cell in row]
    return [part for cell in cells for part in _name_and_address(cell)]


def _name_and_address(cell: str) -> list[str]:
    """Anna Ek <anna.ek@kommun.se>, as a mail program copies it, is two cells."""
    same = _SAME.match(cell)
    return [same["name"].strip(' "'), same["email"]] if same else [cell]


def _columns(cells: Sequence[str]) -> list[str] | None:
    """What each column is, where the row is a heading: one that names the address's, and holds none."""
    known = {word: column for column, words in HEADINGS.items() for word in words}
    found = [known.get(cell.lower().rstrip(":"), OTHER) for cell in cells]
    return found if EMAIL in found and not any("@" in cell for cell in cells) else None


def _entry(
    at: int, cells: Sequence[str], columns: Sequence[str] | None, default: Function | None, names: Names | None
) -> Entry:
    said = _by_heading(cells, columns) if columns else _by_what_they_are(cells, names)
    name, email = said.get(NAME, ""), said.get(EMAIL, "").removeprefix("mailto:").lower()
    function, as_deputy = _function(said.get(FUNCTION, ""))
    deputy = said.get(DEPUTY, "").lower()
    entry = Entry(at, name, email, function or (default or "" if not said.get(FUNCTION) else ""))
    wrong = _wrong(entry, said, deputy)
    if names:
        where = said.get(ORGANISATION, "")
        found = names.meant_by(where)
        entry = replace(entry, code=found[0].code if len(found) == 1 else "")
        wrong = names.wrong(where) or wrong
    return replace(entry, deputy=as_deputy or deputy in YES, wrong=wrong)


def _by_heading(cells: Sequence[str], columns: Sequence[str]) -> dict[str, str]:
    return {column: cell for column, cell in zip(columns, cells, strict=False) if cell and column != OTHER}


def _by_what_they_are(cells: Iterable[str], names: Names | None) -> dict[str, str]:
    """The first cell that fits each; a word that fits nothing, after the name, is taken for the function.

    What was meant as an address is taken for one, so that it is told what is wrong with it.
    """
    said: dict[str, str] = {}
    rest = []
    for cell in filter(None, cells):
        if "@" in cell and EMAIL not in said:
            said[EMAIL] = cell
        elif _function(cell)[0] and FUNCTION not in said:
            said[FUNCTION] = cell
        elif cell.lower() in (*YES, *NO) and DEPUTY not in said:
            said[DEPUTY] = cell
        elif names and names.looks_like_one(cell) and ORGANISATION not in said:
            said[ORGANISATION] = cell
        else:
            rest.append(cell)
    if meant := next((cell for cell in rest if EMAIL not in said and _MEANT.search(cell)), ""):
        rest.remove(meant)
        said[EMAIL] = meant
    if rest:
        said[NAME] = rest[0]
    if rest[1:] and FUNCTION not in said:
        said[FUNCTION] = rest[1]
    return said


def _function(text: str) -> tuple[str, bool]:
    """The function that a word means, and whether it says deputy too: "ersättare, politiker"."""
    words = text.lower()
    deputy = "ersättare" in words
    plain = re.sub(r"[\s,()]*ersättare(\s+för)?[\s,()]*", "", words).strip()
    return next((function.value for function, names in FUNCTIONS.items() if plain in names), ""), deputy


def _wrong(entry: Entry, said: dict[str, str], deputy: str) -> str:
    if not entry.email:
        return "E-postadress saknas."
    try:
        validate_email(entry.email)
    except ValidationError:
        return f"Adressen ”{entry.email}” går inte att läsa. Skriv den som namn@kommunen.se."
    if len(entry.email) > LONGEST_EMAIL or len(entry.name) > LONGEST_NAME:
        return "Namnet eller adressen är för lång."
    if not entry.name:
        return "Namn saknas."
    if not entry.function:
        word = said.get(FUNCTION, "")
        known = "Skriv politiker, chef, strateg eller medverkande."
        return f"Funktionen ”{word}” är okänd. {known}" if word else f"Funktion saknas. {known}"
    return "" if deputy in (*YES, *NO) else f"”{deputy}” går inte att förstå. Skriv ersättare eller ordinarie."


def _with_doubles(entries: list[Entry]) -> list[Entry]:
    """The second row with an address is told of: one may represent two organisations, but by one name."""
    first: dict[tuple[str, str], int] = {}
    named: dict[str, Entry] = {}
    told = []
    for entry in entries:
        at = first.setdefault((entry.code, entry.email), entry.at) if entry.email else entry.at
        known = named.setdefault(entry.email, entry)
        again = ""
        if at != entry.at:
            again = f"Samma adress står på rad {at}."
        elif entry.email and known.name != entry.name:
            again = f"Samma adress står på rad {known.at}, med ett annat namn."
        told.append(replace(entry, wrong=entry.wrong or again))
    return told
