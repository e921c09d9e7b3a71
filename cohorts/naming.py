"""Which organisation of an omgång is meant by what stands in a list: its name or its code, as people write them.

Nothing here reads or writes the database. A word that fits two is never guessed at: people would be given another
organisation's work to read.
"""

import re
from collections.abc import Iterable

from cohorts.models import Participation

KINDS = {"kommun": "kommun", "kommunen": "kommun", "stad": "kommun", "region": "region", "regionen": "region"}
KINDS |= {"län": "region", "läns": "region", "landsting": "region"}
_LOOKS_LIKE_ONE = re.compile(r"\b(kommun|region|landsting|stad)\b|\w(regionen|förbund|förbundet)\b|^\d{1,10}$")


class Names:
    """What the organisations of an omgång may be called, read once for a whole list."""

    def __init__(self, participations: Iterable[Participation]) -> None:
        self.by_code = {row.code: row for row in participations}
        self.exactly: dict[str, str] = {}
        self.roughly: dict[str, set[str]] = {}
        for code, row in self.by_code.items():
            organisation = row.organisation
            for own in filter(None, (code, organisation.code, organisation.second_code)):
                # A spreadsheet takes a code for a number, and its first nought away.
                self.exactly |= {own: code, own.lstrip("0"): code}
            self.exactly[_plain(organisation.name)] = code
            for name in (organisation.name, organisation.short_name):
                self.roughly.setdefault(_stem(name), set()).add(code)

    def meant_by(self, text: str) -> list[Participation]:
        """Those that it may mean: none, one, or more than one can tell."""
        plain = _plain(text)
        if plain in self.exactly:
            return [self.by_code[self.exactly[plain]]]
        kinds = {KINDS[word] for word in _words(plain) if word in KINDS}
        found = [self.by_code[code] for code in sorted(self.roughly.get(_stem(text), ()))]
        return [row for row in found if not kinds or row.organisation.second_code or row.kind in kinds]

    def looks_like_one(self, text: str) -> bool:
        """Whether a cell without a heading is an organisation's, be it one that the omgång does not have."""
        return bool(self.meant_by(text) or _LOOKS_LIKE_ONE.search(_plain(text)))

    def wrong(self, text: str) -> str:
        """What keeps it from being taken, in one sentence; "" where nothing does."""
        if not text:
            return "Organisation saknas. Skriv kommunens eller regionens namn på varje rad."
        match self.meant_by(text):
            case []:
                return f"”{text}” är ingen organisation i omgången."
            case [only]:
                return f"{only} har lämnat omgången." if only.is_withdrawn else ""
            case several:
                either = " eller ".join(str(row) for row in several)
                return f"”{text}” kan vara {either}. Skriv hela namnet."


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace(".", " ").split())


def _words(plain: str) -> list[str]:
    """Västra Götalandsregionen is two words and a kind."""
    return re.sub(r"(?<=\w)regionen\b", " regionen", plain).split()


def _stem(text: str) -> str:
    """What is left of a name without its kind and its genitive: borgholm of Borgholms kommun and of Borgholm."""
    return " ".join(word for word in _words(_plain(text)) if word not in KINDS).removesuffix("s")
