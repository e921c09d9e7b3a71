"""A preview of a mail, with made-up values in place of its fields."""

from dataclasses import dataclass

from kit.prose import split_in_paragraphs
from mailings.kinds import MailKind
from mailings.writing import MailFrame, WrittenMail, compose

NAME = "Kim Exempel"
# A field that is not in this table shows its own name.
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
    "vilken": "inför Lärandeträff 2",
    "utgava": "första utgåvan",
    "annan": "Exempelstads kommun",
    "arbete": "Turlistan",
}
REASON = "Här står varför just den här personen får mejlet."
REPLY_TO = "processledare@exempel.invalid"


@dataclass(frozen=True)
class MailPreview:
    written: WrittenMail
    name: str
    paragraphs: list[str]
    button: str
    reason: str
    reply_to: str


def preview_of(kind: MailKind, subject: str, body: str) -> MailPreview:
    values = {name: SAMPLES.get(name, f"[{name}]") for name in kind.fills()}
    written = compose(kind, subject, body, values, MailFrame(REASON, "/", REPLY_TO))
    return MailPreview(written, values["namn"], split_in_paragraphs(written.body), kind.button, REASON, REPLY_TO)
