"""Find which organisation in an omgång a name or code in a list means.

A word that fits two is never guessed: people would get to read another organisation's work.
"""

import re
from collections.abc import Iterable

from cohorts.models import Participation
from kit.canonical import folded

KINDS = {"kommun": "kommun", "kommunen": "kommun", "stad": "kommun", "region": "region", "regionen": "region"}
KINDS |= {"län": "region", "läns": "region", "landsting": "region", "landstinget": "region"}
# Names in daily use that are neither the name nor the short name in the register, by SCB's code.
EVERYDAY = {
    "01": ("sll",),
    "04": ("södermanland", "region södermanland"),
    "06": ("rjl",),
    "14": ("vgr", "vg"),
    "22": ("rvn",),
    "23": ("jämtland", "region jämtland", "rjh"),
    "0180": ("sthlm",),
    "1480": ("gbg",),
    "2284": ("övik", "ö-vik"),
}
_LOOKS_LIKE_ORGANISATION = re.compile(r"\b(kommun|region|landsting|stad)\b|\w(regionen|förbund|förbundet)\b|^\d{1,10}$")


class Names:
    """Knows the names and codes of an omgång's organisations, read once for a whole list."""

    def __init__(self, participations: Iterable[Participation]) -> None:
        self.by_code = {row.code: row for row in participations}
        self.exactly: dict[str, str] = {}
        self.roughly: dict[str, set[str]] = {}
        for code, row in self.by_code.items():
            organisation = row.organisation
            for own in filter(None, (code, organisation.code, organisation.second_code)):
                # A spreadsheet reads a code as a number and drops its leading zero.
                self.exactly |= {own: code, own.lstrip("0"): code}
            self.exactly[_plain(organisation.name)] = code
            for name in (organisation.name, organisation.short_name, *EVERYDAY.get(organisation.code, ())):
                self.roughly.setdefault(_stem(name), set()).add(code)

    def meant_by(self, text: str) -> list[Participation]:
        plain = _plain(text)
        if plain in self.exactly:
            return [self.by_code[self.exactly[plain]]]
        kinds = {KINDS[word] for word in _words(plain) if word in KINDS}
        matches = [self.by_code[code] for code in sorted(self.roughly.get(_stem(text), ()))]
        return [row for row in matches if not kinds or row.organisation.second_code or row.kind in kinds]

    def looks_like_organisation(self, text: str) -> bool:
        """True if a cell without a heading names an organisation, even one outside the omgång."""
        return bool(self.meant_by(text) or _LOOKS_LIKE_ORGANISATION.search(_plain(text)))

    def wrong(self, text: str) -> str:
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
    # Upplands-Bro is also written Upplands Bro, and Malung-Sälen as Malung/Sälen or Malung och Sälen.
    return " ".join(re.sub(r"[-./,&]|\boch\b", " ", folded(text)).split())


def _words(plain: str) -> list[str]:
    # Västra Götalandsregionen is split into a name and a kind.
    return re.sub(r"(?<=\w)regionen\b", " regionen", plain).split()


def _stem(text: str) -> str:
    # Borgholms kommun and Borgholm both become borgholm, and Dals-Eds kommun, Dals Ed and DalsEd all become dalsed.
    return "".join(word for word in _words(_plain(text)) if word not in KINDS).removesuffix("s")
