"""The cells of a row, understood by the heading over them or by what they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain

from accounts.naming import NO_PARTIES, is_party, without_party
from kit.canonical import canonical_address, folded
from people.listing import headings
from people.listing.lines import LONGEST_CELL, addresses_in, apart, without_scheme
from people.listing.titles import meant_by
from people.organisation_names import Names

YES = ("ersättare", "ers", "ja", "x", "j", "e", "sant", "yes", "suppleant")
NO = ("ordinarie", "nej", "n", "-", "", "falskt", "no")
_PHONE = re.compile(r"(?:tel\w*|mobil\w*)?[.:]? ?[+(]?\d[\d ()/-]{5,20}")
# These are meant as addresses and are none: anna.ek(at)kommun.se, anna.ek.kommun.se. Initials (A.B. Ek) are not.
_MEANT = re.compile(r"\w\w\.\w\w|[(\[]at[)\]]", re.IGNORECASE)
_PARTICLES = frozenset(
    (
        "von",
        "af",
        "de",
        "del",
        "della",
        "da",
        "di",
        "la",
        "le",
        "du",
        "van",
        "der",
        "den",
        "ten",
        "ter",
        "zu",
        "al",
        "el",
    )
)
_UNIT = re.compile(
    r"\w*(?:nämnd|förvaltning|styrelse|kontor|avdelning|enhet|utskott|bolag|förbund|sjukhus|skola|stab)(?:en|et|n)?\b"
)
_ORGANISATION = re.compile(r"^(?:region|kommun)(?:en)?\b|\b(?:kommun|stad|\w*regionen)$")
_NO_NAME = re.compile(r"[\d:!?=%]")
_BESIDE = re.compile(r"\s[-–—|]\s|\s/\s?")
_COMMA = re.compile(r"[,;|]")
_IN_PARENTHESES = re.compile(r"\s*[(\[]([^()\[\]]{1,60})[)\]]")
MOST_WORDS = 4


@dataclass
class Said:
    """What a row says, part by part; `rest` is what was not understood, `addresses` all that look like one."""

    name: str = ""
    email: str = ""
    function: str = ""
    title: str = ""
    organisation: str = ""
    deputy: bool = False
    odd_deputy: str = ""
    addresses: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)
    surname_first: bool = False
    half_name: bool = False

    def without_party(self, text: str) -> str:
        plain, dropped = without_party(text)
        self.dropped += dropped
        return plain


def understood(
    cells: Sequence[str], columns: Sequence[str], names: Names | None, *, surname_first: bool = False
) -> Said:
    """Return what the cells say; without `columns` each is known by what it is."""
    said = Said(surname_first=surname_first)
    long = [cell for cell in cells if len(cell) > LONGEST_CELL]
    said.rest += [f"{cell[:30]}…" for cell in long]
    if columns:
        by_column = {column: cell for column, cell in zip(columns, cells, strict=False) if cell and cell not in long}
        extra = [cell for column, cell in zip(columns, cells, strict=False) if column == headings.EXTRA]
        _by_heading(said, by_column)
        cells = [*extra, *cells[len(columns) :]]
    _by_what_they_are(said, [cell for cell in cells if cell and cell not in long], names, is_headed=bool(columns))
    return said


def _by_heading(said: Said, cells: dict[str, str]) -> None:
    said.addresses = addresses_in(cells.get(headings.EMAIL, ""))
    said.email = _address_in(cells.get(headings.EMAIL, ""))
    said.function = said.without_party(cells.get(headings.FUNCTION, ""))
    said.title = said.without_party(cells.get(headings.TITLE, ""))
    said.organisation = cells.get(headings.ORGANISATION, "")
    _read_deputy(said, cells.get(headings.DEPUTY, ""))
    first, last = (cells.get(column, "") for column in (headings.FIRST, headings.LAST))
    whole = cells.get(headings.NAME, "") or cells.get(headings.LAST_FIRST, "")
    said.half_name = bool(first) != bool(last) and not whole and " " not in (first or last)
    if first and last:
        said.name = said.without_party(f"{said.without_party(first)} {last}")
    elif last and whole and folded(last) not in folded(whole):
        said.name = said.without_party(f"{whole} {last}")
    else:
        said.name = _name_in(said, whole or first or last)
        if headings.LAST_FIRST in cells and "," not in whole and len(said.name.split()) == 2:
            said.name = " ".join(reversed(said.name.split()))
    if party := cells.get(headings.PARTY, ""):
        said.dropped.append(party)


def _address_in(cell: str) -> str:
    """Return the address in a cell, or the cell as it stands if it is not one address alone."""
    addresses = addresses_in(cell)
    bare = canonical_address(without_scheme(cell).strip(" <>()[]'\".:,;"))
    return addresses[0] if len(addresses) == 1 and ("<" in cell or bare == addresses[0]) else cell


def _read_deputy(said: Said, cell: str) -> None:
    plain = folded(cell).strip(".")
    is_deputy = plain in YES or plain.startswith(("ersättare ", "ersättare,", "suppleant "))
    said.deputy = said.deputy or is_deputy
    if not is_deputy and plain not in NO:
        said.odd_deputy = cell


def _by_what_they_are(said: Said, cells: Iterable[str], names: Names | None, *, is_headed: bool) -> None:
    rest: list[str] = []
    after_address: list[str] = []
    for cell in chain.from_iterable(map(apart, cells)):
        if "@" in cell:
            said.addresses += [address for address in addresses_in(cell) if address not in said.addresses]
            said.email = said.email or _address_in(cell)
        elif not _is_known(said, cell, names) and (left := _without_what_is_beside(said, said.without_party(cell))):
            (after_address if said.email and not is_headed else rest).append(left)
    if is_headed:
        said.rest += rest
        return
    _read_the_rest(said, rest, after_address)


def _is_known(said: Said, cell: str, names: Names | None) -> bool:
    """True if the cell is something else than a name, and is now part of what the row says."""
    if not said.deputy and folded(cell).strip(".") in (*YES, *NO):
        said.deputy = folded(cell).strip(".") in YES
    elif is_party(cell.strip("()[] "), marked=cell[0] in "([") and not meant_by(cell).function:
        said.dropped.append(cell)
    elif names and not said.organisation and names.meant_by(cell):
        said.organisation = cell
    elif _PHONE.fullmatch(folded(cell)):
        said.notes.append("Telefonnumret läses inte.")
    elif _is_function(said, cell):
        pass
    elif names and not said.organisation and names.looks_like_organisation(cell) and not _is_number(cell):
        said.organisation = cell
    elif _is_number(cell):
        said.notes.append(f"”{cell}” läses inte.")
    else:
        return False
    return True


def _is_number(cell: str) -> bool:
    """True if the cell is the number of a row."""
    digits = cell.strip(".)")
    return digits.isdigit() and len(digits) < 4


def _is_function(said: Said, cell: str) -> bool:
    meant = meant_by(cell)
    if not (meant.function or meant.several) or not meant.is_strong:
        return False
    if meant.certain and not said.function:
        said.function = said.without_party(cell)
    elif not said.title:
        said.title = said.without_party(cell)
    else:
        return False
    return True


def _read_the_rest(said: Said, before: list[str], after: list[str]) -> None:
    """Find the name among the cells that are nothing else: those before the address, then those after it."""
    # A failed address is taken as one, so that the message can say what is wrong with it.
    if not said.email and (meant := next((cell for cell in before if _MEANT.search(cell)), "")):
        before.remove(meant)
        said.email = meant
    rest = [*before, *after]
    titled = [cell for cell in rest if meant_by(cell).function and not (_COMMA.search(cell) or _BESIDE.search(cell))]
    if len(rest) > len(titled) and titled and not said.title:
        said.title = said.without_party(titled[0])
        rest.remove(titled[0])
    if not rest:
        said.name, said.title = _name_after(said.title)
        return
    pair = rest[:2]
    same_side = all(cell in before for cell in pair) or all(cell in after for cell in pair)
    if len(pair) == 2 and same_side and _is_name(said, *pair):
        said.name = said.without_party(" ".join(reversed(pair) if said.surname_first else pair))
        said.notes.append(f"Namnet läses som {said.name}.")
        rest = rest[2:]
    else:
        said.name = _name_in(said, rest[0])
        rest = rest[1:]
        if rest and same_side and " " not in said.name:
            said.rest.append(rest.pop(0))  # it may be the other half of the name
    # An unknown word after the name is taken for the function, and refused as such.
    if rest and not said.function and not said.title:
        said.function = said.without_party(rest.pop(0))
    for cell in rest:
        if _UNIT.match(folded(cell)):
            said.notes.append(f"”{cell}” läses inte.")
        else:
            said.rest.append(cell)


def _is_name(said: Said, first: str, second: str) -> bool:
    """True if two cells beside each other are the two parts of a name."""
    words = [*first.split(), *second.split()]
    is_plain = not any(pattern.search(cell) for cell in (first, second) for pattern in (_NO_NAME, _COMMA, _BESIDE))
    begins = all(word[:1].isupper() or folded(word) in _PARTICLES for word in words)
    n_words = sum(folded(word) not in _PARTICLES for word in words)
    is_short = n_words <= MOST_WORDS and (len(first.split()) == 1 or bool(said.function or said.title))
    return is_plain and begins and is_short and not _UNIT.match(folded(second))


def _name_in(said: Said, cell: str) -> str:
    """Return the name in a cell, which may also have a title, a party, "ersättare", or the surname first."""
    plain = _without_parentheses(said, said.without_party(cell))
    plain, *beside = [part.strip() for part in _BESIDE.split(plain) if part.strip()] or [""]
    said.rest += [part for part in beside if not _is_beside(said, part)]
    parts = [part.strip() for part in _COMMA.split(plain) if part.strip()]
    names = [part for place, part in enumerate(parts) if not place or not _is_beside(said, part)]
    if len(names) == 2 and _is_name(Said(function="-"), *names):
        said.notes.append(f"Namnet läses som {names[1]} {names[0]}.")
        return f"{names[1]} {names[0]}"
    said.rest += names[1:]
    return _without_title(said, names[0] if names else "")


def _without_what_is_beside(said: Said, text: str) -> str:
    """Return the text without a title in parentheses, and without the unit that Outlook writes after a slash."""
    plain, _, unit = _without_parentheses(said, text).partition(" /")
    if unit.strip() and not _is_beside(said, unit.strip()):
        said.notes.append(f"”{unit.strip()}” läses inte.")
    return plain.strip()


def _without_parentheses(said: Said, text: str) -> str:
    """Return the text without a title or "ersättare" in parentheses."""
    return _IN_PARENTHESES.sub(lambda inside: "" if _is_beside(said, inside[1]) else inside[0], text)


def _is_beside(said: Said, text: str) -> bool:
    """True if a text beside the name is a party, a title or "ersättare", which is then noted."""
    if is_party(text):
        said.dropped.append(text)
        return True
    meant = meant_by(text)
    if folded(text) in ("ersättare", "ordinarie", "suppleant"):
        said.deputy = said.deputy or folded(text) != "ordinarie"
        return True
    if not (meant.function or meant.several) or not meant.is_strong:
        if folded(text) in NO_PARTIES or _UNIT.match(folded(text)) or _ORGANISATION.search(folded(text)):
            said.notes.append(f"”{text}” läses inte.")
            return True
        return False
    said.deputy = said.deputy or meant.deputy
    if not said.title:
        said.title = text
    return True


def _name_after(title: str) -> tuple[str, str]:
    """Return the name and the title in "kommunalråd Anna Ek"; a title alone has no name after it."""
    words = title.split()
    place = next((place for place, word in enumerate(words) if meant_by(word).function), len(words)) + 1
    name = words[place:]
    is_name = len(name) > 1 and all(word[:1].isupper() and not word.isupper() for word in name)
    return (" ".join(name), " ".join(words[:place])) if is_name else ("", title)


def _without_title(said: Said, name: str) -> str:
    """Return the name in "Anna Ek kommunalråd" or "Kommunalråd Anna Ek", and note the title."""
    words = name.split()
    if len(words) < 3 or said.title:
        return name
    if words[-1][0].islower() and meant_by(words[-1]).function:
        said.title = words[-1]
        return " ".join(words[:-1])
    bare, title = _name_after(name) if meant_by(words[0]).is_strong else ("", "")
    said.title = title if bare else ""
    return bare or name
