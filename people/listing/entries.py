"""A list of people as entries: who stands on each row, and what is wrong with it.

Columns may be in any order. A heading names them, also below a title of the list; without one, the cells are known by
what they are (`understanding`). A row that is not understood says so; nothing of it is left out in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.core.exceptions import ValidationError

from accounts.naming import LONGEST_NAME, said_of_dropped, validate_name
from cohorts.enums import Function
from kit.canonical import canonical_address, folded, validate_address
from kit.templatetags.swedish import enumerated
from people.listing.files import SHEET
from people.listing.headings import EMAIL, HeadingLine, column_of, heading_of, is_heading_without_address
from people.listing.lines import Line, cells_of, lines_of, people_in, separator_of
from people.listing.titles import Meant, meant_by
from people.listing.understanding import Said, understood
from people.organisation_names import Names

MAX_PEOPLE, MAX_IN_COHORT = 200, 500
MOST_CELLS = 60
KNOWN = "Skriv politiker, chef, strateg eller medverkande."
TOO_LONG = "Raden är för lång för att läsas."
LIST_WORDS = ("deltagar", "lista", "förteckning", "sändlista", "kontakt", "personer", "representant", "uppdaterad")


@dataclass(frozen=True)
class Entry:
    """A person of a list. `at` is the row as it is numbered in the box or the sheet, `source` its own text there.

    `wrong` says why the person cannot be taken, `lacks` why no function is known, which may be chosen in the preview.
    A function is `proposed` where it follows from a title. `code` is the organisation's in a list for a whole omgång.
    """

    at: int
    source: str = ""
    name: str = ""
    email: str = ""
    function: str = ""
    proposed: bool = False
    deputy: bool = False
    dropped: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    wrong: str = ""
    lacks: str = ""
    code: str = ""
    is_skipped: bool = False

    @property
    def key(self) -> str:
        """Return what the row is known by from one preview to the next."""
        return f"{self.code}/{self.email}"

    @property
    def says(self) -> tuple[str, ...]:
        party = said_of_dropped(self.dropped)
        return tuple(filter(None, (self.wrong or self.lacks, party, *self.notes)))


@dataclass
class _Reader:
    """What has been read so far of a list that bears on the rows below."""

    default: Function | None
    names: Names | None
    own: Names | None
    heading: HeadingLine | None = None
    above: Said = field(default_factory=Said)

    def entries(self, lines: list[Line]) -> list[Entry]:
        entries: list[Entry] = []
        first_person = next((line.at for line in lines if "@" in line.text), len(lines[-1:]) and lines[-1].last + 1)
        above = [line for line in lines if line.at < first_person and not line.is_too_long]
        first_heading = next((line.at for line in above if heading_of(line.text)), 0)
        for line in lines:
            if line.is_too_long:
                entries.append(Entry(line.at, line.text, wrong=TOO_LONG))
            elif line.at < first_heading or (line.at < first_person and _is_title(line)):
                entries.append(_skipped(line, "Raden läses som listans rubrik."))
            else:
                entries += self._of_line(line)
        return entries

    def _of_line(self, line: Line) -> list[Entry]:
        heading = heading_of(line.text)
        if heading:
            self.heading, self.above = heading, Said()
            return [_skipped(line, f"Raden läses som rubrik. {heading.says}".strip())]
        if section := self._section(line):
            self.above = section
            return [_skipped(line, "Raden läses som en rubrik över dem som följer.")]
        texts = people_in(line, self.heading.separator if self.heading else "")
        return [self._entry(line, text, is_alone=len(texts) == 1) for text in texts]

    def _section(self, line: Line) -> Said | None:
        """Return what a line without a person says of the rows below it: their function, or their organisation."""
        cells = [cell for cell in cells_of(line.text) if cell]
        if "@" in line.text or len(cells) != 1:
            return None
        [cell] = cells
        meant = meant_by(cell.strip(" :"))
        if meant.function and meant.is_strong and len(cell.split()) == 1:
            return Said(function=cell.strip(" :"), organisation=self.above.organisation)
        if sheet := SHEET.fullmatch(cell):
            self.heading = None
            return Said(function=sheet[1] if meant_by(sheet[1]).function else "")
        names = self.names or self.own
        is_organisation = names and names.looks_like_organisation(cell.strip(" :")) and not any(map(str.isdigit, cell))
        return Said(organisation=cell.strip(" :")) if is_organisation else None

    def _entry(self, line: Line, text: str, *, is_alone: bool) -> Entry:
        columns = self.heading.columns if self.heading and is_alone else ()
        cells = cells_of(text, self.heading.separator if columns and self.heading else "")
        if len(cells) > MOST_CELLS:
            return Entry(line.at, line.text if is_alone else text, wrong=TOO_LONG)
        said = understood(cells, columns, self.names or self.own, surname_first=_has_surname_first(text))
        entry = Entry(
            line.at,
            line.text if is_alone else text,
            name=said.name,
            email=canonical_address(said.email),
            dropped=tuple(said.dropped),
            notes=tuple(said.notes),
        )
        entry = self._with_function(entry, said)
        return replace(entry, wrong=self._organisation_fault(said) or _wrong(entry, said), code=self._code(said))

    def _with_function(self, entry: Entry, said: Said) -> Entry:
        meant = meant_by(said.function) if said.function else Meant()
        by_title = meant_by(said.title) if said.title else Meant()
        deputy = said.deputy or meant.deputy or by_title.deputy
        if not meant.function and not meant.several and by_title.function:
            notes = entry.notes
            if said.function and not meant.deputy:
                notes = (*notes, f"Funktionen ”{said.function}” är okänd.")
            proposed = not by_title.certain or bool(said.function)
            return replace(entry, function=by_title.function, proposed=proposed, deputy=deputy, notes=notes)
        if meant.function:
            return replace(entry, function=meant.function, proposed=not meant.certain, deputy=deputy)
        several = meant.several or by_title.several
        word = said.function or said.title
        if not word and self.default:
            return replace(entry, function=self.default.value, deputy=deputy)
        if not word and (above := meant_by(self.above.function)).function:
            return replace(entry, function=above.function, proposed=not above.certain, deputy=deputy or above.deputy)
        return replace(entry, deputy=deputy, lacks=_lacks(word, several))

    def _organisation_fault(self, said: Said) -> str:
        where = said.organisation or self.above.organisation
        if self.names:
            return self.names.wrong(where)
        if self.own and where and not self.own.meant_by(where):
            return f"Raden gäller ”{where}”, och här läggs bara ert eget folk till."
        return ""

    def _code(self, said: Said) -> str:
        matches = self.names.meant_by(said.organisation or self.above.organisation) if self.names else []
        return matches[0].code if len(matches) == 1 else ""


def entries_of(
    text: str, default: Function | None = None, names: Names | None = None, own: Names | None = None
) -> list[Entry]:
    """Return an entry for each person, heading and row that is not understood.

    `default` is the function of a row that names none, `names` the organisations of a list for a whole omgång, and
    `own` the one organisation that any other list is for.
    """
    return _with_doubles(_Reader(default, names, own).entries(lines_of(text)))


def too_many(text: str, most: int) -> str:
    rows = sum(1 for line in text.split("\n") if line.strip())
    if rows > most:
        return f"Högst {most} rader läses in på en gång."
    # A row may have many addresses, but no list more of them than people and their assistants.
    return f"Högst {most} personer läses in på en gång." if text.count("@") > 3 * most else ""


def with_chosen(entries: Iterable[Entry], chosen: Mapping[str, str]) -> list[Entry]:
    return [
        replace(entry, function=chosen[entry.key], lacks="", proposed=True)
        if (entry.proposed or entry.lacks) and chosen.get(entry.key, "") in Function.values
        else entry
        for entry in entries
    ]


def _skipped(line: Line, says: str) -> Entry:
    return Entry(line.at, line.text, notes=(says,) if says else (), is_skipped=True)


def _is_title(line: Line) -> bool:
    """True if a line above all people says what the list is."""
    plain = folded(line.text)
    is_running = plain.endswith(":") or any(word in plain for word in LIST_WORDS)
    return heading_of(line.text) is None and (is_running or is_heading_without_address(line.text))


def _has_surname_first(text: str) -> bool:
    # "Ek, Anna, anna@kommun.se" has a space after the comma; a file with a comma between its columns has none.
    return separator_of(text) == "," and ", " in text


def _lacks(word: str, several: tuple[str, ...]) -> str:
    if several:
        return f"”{word}” kan vara {' eller '.join(several)}. Välj en funktion."
    return f"Funktionen ”{word}” är okänd. {KNOWN}" if word else f"Funktion saknas. {KNOWN}"


def _wrong(entry: Entry, said: Said) -> str:
    return _wrong_address(entry, said) or _wrong_name(entry, said) or _not_understood(said)


def _wrong_address(entry: Entry, said: Said) -> str:
    if len(said.addresses) > 1:
        return "Raden har flera adresser. Skriv en person på varje rad."
    if not entry.email:
        return "E-postadress saknas."
    try:
        validate_address(entry.email)
    except ValidationError as error:
        if error.code == "local_part":
            return str(error.messages[0])
        return f"Adressen ”{said.email}” går inte att läsa. Skriv den som namn@kommunen.se."
    return ""


def _wrong_name(entry: Entry, said: Said) -> str:
    if not entry.name or column_of(entry.name) == EMAIL:
        return "Namn saknas."
    if said.half_name:
        return f"Bara ett av för- och efternamn står på raden: {entry.name}."
    if len(entry.name) > LONGEST_NAME:
        return f"Namnet får ha högst {LONGEST_NAME} tecken."
    try:
        validate_name(entry.name)
    except ValidationError as error:
        return str(error.messages[0])
    return ""


def _not_understood(said: Said) -> str:
    if said.odd_deputy:
        return f"”{said.odd_deputy}” går inte att förstå. Skriv ersättare eller ordinarie."
    return f"{enumerated(f'”{cell}”' for cell in said.rest)} går inte att förstå. Ta bort det." if said.rest else ""


def _with_doubles(entries: list[Entry]) -> list[Entry]:
    first: dict[tuple[str, str], Entry] = {}
    # A person may represent two organisations, but only under one name.
    named: dict[str, Entry] = {}
    checked = []
    for entry in entries:
        if not entry.email:
            checked.append(entry)
            continue
        before = first.setdefault((entry.code, entry.email), entry)
        known = named.setdefault(entry.email, entry)
        again = ""
        if before is not entry:
            again = f"Samma adress står på rad {before.at}."
        elif known.name != entry.name:
            again = f"Samma adress står på rad {known.at}, med ett annat namn."
        checked.append(replace(entry, wrong=entry.wrong or again))
    return checked
