"""A mail as it would be read, with made-up values in the place of the fields."""

from dataclasses import dataclass

from mailings.kinds import MailKind
from mailings.writing import Frame, Written, compose, paragraphs

NAME = "Kim Exempel"
# What stands in a field of that name; any other shows its own name.
SAMPLES = {
    "namn": NAME,
    "omgang": "Modellkommuner 2027–2028",
    "organisation": "Region Exempel",
    "funktion": "strateg",
    "traff": "Lärandeträff 2",
    "tema": "Ledning och styrning",
    "dag": "3 december 2027",
    "datum": "3 december 2027",
    "plats": "Exempelsalen, Stockholm",
    "grupp": "Grupp 1",
    "antal": "tre saker",
    "person": NAME,
}
REASON = "Här står varför just den här personen får mejlet."
REPLY_TO = "processledare@exempel.invalid"


@dataclass(frozen=True)
class Preview:
    written: Written
    name: str
    paragraphs: list[str]
    button: str
    reason: str
    reply_to: str


def preview_of(kind: MailKind, subject: str, body: str) -> Preview:
    values = {name: SAMPLES.get(name, f"[{name}]") for name in kind.fills()}
    written = compose(kind, subject, body, values, Frame(REASON, "/", REPLY_TO))
    return Preview(written, values["namn"], paragraphs(written.body), kind.button, REASON, REPLY_TO)
