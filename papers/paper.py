"""The shape of a paper to the board: its headings in their order, and values that page and Word both print.

Square brackets mark what only the organisation knows.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kit.templatetags.swedish import counted, day, sentence
from papers.facts import Fact
from papers.models import PaperStyle

PROPOSAL = "Förslag till beslut"
STATEMENT = "Yttrande till beslutsförslaget"
SUMMARY = "Sammanfattning"
MATTER = "Ärendet"
EFFECT = "Beslutsförslagets påverkan avseende jämställdhet"
ANNEXES = "Bilagor"
EXTRACTS = "Protokollsutdrag skickas till"

_GAP = re.compile(r"(\[[^\[\]]*\])")


@dataclass(frozen=True)
class Points:
    """A list; the proposals of a decision are numbered."""

    lines: tuple[str, ...]
    numbered: bool = False


Block = str | Points


@dataclass(frozen=True)
class PaperHeading:
    text: str
    blocks: tuple[Block, ...] = ()
    level: int = 2


@dataclass(frozen=True)
class PaperParts:
    """What stands under each heading that every paper has; `matter` are the headings below Ärendet."""

    proposal: tuple[str, ...]
    statement: tuple[Block, ...]
    summary: tuple[Block, ...]
    matter: tuple[PaperHeading, ...]
    effect: tuple[Block, ...]
    annexes: tuple[str, ...]
    extracts: tuple[str, ...]


@dataclass(frozen=True)
class BoardPaper:
    """`facts` are the values that it is made from, by which a later change is seen."""

    title: str
    organisation: str
    called: str
    body: str
    sender: str
    written_on: date
    parts: PaperParts
    facts: tuple[Fact, ...] = ()
    invented: bool = False

    @property
    def headings(self) -> tuple[PaperHeading, ...]:
        parts = self.parts
        proposal = Points(parts.proposal, numbered=True) if len(parts.proposal) > 1 else parts.proposal[0]
        return (
            PaperHeading(PROPOSAL, (proposal,)),
            PaperHeading(STATEMENT, parts.statement),
            PaperHeading(SUMMARY, parts.summary),
            PaperHeading(MATTER),
            *parts.matter,
            PaperHeading(EFFECT, parts.effect),
            PaperHeading(ANNEXES, parts.annexes),
            PaperHeading(EXTRACTS, parts.extracts),
        )

    @property
    def head(self) -> tuple[str, ...]:
        sender = self.sender or "[Er funktion, till exempel jämställdhetsstrateg]"
        return (
            f"{self.called}, {day(self.written_on)}. Diarienummer [fyll i]",
            f"Från: {self.organisation}, {sender}",
            f"Till: {sentence(self.body)}",
        )

    @property
    def file_name(self) -> str:
        return f"{self.called}, {self.title}.docx".replace("/", "-")

    @property
    def text(self) -> str:
        return "\n".join(self._lines())

    @property
    def gaps(self) -> tuple[str, ...]:
        """Return what stands in brackets, in its order."""
        return tuple(gap for line in (*self.head, self.text) for gap in _GAP.findall(line))

    @property
    def gaps_in_words(self) -> str:
        if not self.gaps:
            return "Inget är lämnat tomt."
        return f"{sentence(counted(len(self.gaps), 'ett ställe', 'ställen'))} står inom hakparentes."

    def _lines(self) -> Iterator[str]:
        for heading in self.headings:
            yield heading.text
            for block in heading.blocks:
                yield from (block,) if isinstance(block, str) else block.lines


def board_paper(
    style: PaperStyle,
    parts: PaperParts,
    *,
    title: str,
    written_on: date,
    facts: tuple[Fact, ...],
    invented: bool,
) -> BoardPaper:
    return BoardPaper(
        title=title,
        organisation=style.organisation.name,
        called=style.called,
        body=style.body,
        sender=style.sender,
        written_on=written_on,
        parts=parts,
        facts=facts,
        invented=invented,
    )


def pieces(text: str) -> list[tuple[str, bool]]:
    """Return the text in pieces, each with True if it stands in brackets."""
    return [(piece, bool(_GAP.fullmatch(piece))) for piece in _GAP.split(text) if piece]
