"""Tables and pictures that a text may hold between its paragraphs: which there are, and which are not printed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.http import QueryDict

from kit.rich import Document, markdown_of
from kit.rich.placing import placed_in
from kit.rich.structure import PlacedNode
from reports.content import JointContent, organisation_content
from reports.content.indicators import indicator_parts
from reports.content.joint_chapters import joint_materials
from reports.content.organisation import own_occasions, own_values
from reports.content.own_materials import own_materials
from reports.content.placed import TextMaterial
from reports.content.results import results_of
from reports.models import Report

NOT_CHOSEN = "Trycks inte, eftersom ni inte har valt att publicera det"
OWN_RULE = (
    "Bara det som ni har valt att publicera trycks. Ett nyckeltal publiceras när ni lägger in det. Om texten får "
    "användas i den gemensamma rapporten kan nyckeltalet visas där också."
)
JOINT_RULE = "Den trycks här och inte en gång till i samma kapitel."
OWN_GONE = "Det har bytt namn, är borttaget eller får inte publiceras."
JOINT_GONE = "Underlaget har ändrats, eller så skrivs siffrorna som ord."


@dataclass(frozen=True)
class Placeable:
    """Something that a text may hold; `left_out` says why it would not be printed, and is empty where it would."""

    ref: str
    kind: str
    caption: str
    left_out: str = ""

    @property
    def markdown(self) -> str:
        """Return the line that one types to put it in a text."""
        return markdown_of(Document((PlacedNode(self.ref, self.caption),)))


@dataclass(frozen=True)
class Unprinted:
    """What stands in a text and is not printed there."""

    title: str
    text: str


def tables_are_shown(asked: QueryDict, document: Document) -> bool:
    return "tabeller" in asked or bool(placed_in(document))


def placeables_of(report: Report) -> tuple[Placeable, ...]:
    """Return all that the organisation may put in its report, also what it has not chosen to publish."""
    published = organisation_content(report)
    participation = report.participation
    whole = replace(
        published,
        values=published.values or own_values(report, participation.cohort.plan.items, own_occasions(report)),
        results=published.results or results_of(participation),
        indicators=indicator_parts(participation),
    )
    chosen = {each.ref for each in own_materials(replace(published, indicators=whole.indicators))}
    return tuple(_placeable(each, "" if each.ref in chosen else NOT_CHOSEN) for each in own_materials(whole))


def placeables_in_joint(content: JointContent) -> tuple[Placeable, ...]:
    return tuple(_placeable(each) for each in joint_materials(content))


def _placeable(material: TextMaterial, left_out: str = "") -> Placeable:
    return Placeable(material.ref, material.kind, material.caption, left_out)


def unprinted_in(document: Document, placeables: Iterable[Placeable], gone: str = OWN_GONE) -> tuple[Unprinted, ...]:
    """Return what stands in the text and is not printed there; `gone` says why something may no longer be there."""
    return tuple(_unprinted(placed_in(document), {each.ref: each for each in placeables}, gone))


def _unprinted(rows: Iterable[PlacedNode], known: dict[str, Placeable], gone: str) -> Iterator[Unprinted]:
    seen: set[str] = set()
    for placed in rows:
        name, current = f"”{placed.caption}”", known.get(placed.what)
        if placed.what in seen:
            yield Unprinted("Tabellen står två gånger", f"{name} trycks bara på den första platsen.")
        elif current is None:
            yield Unprinted("Tabellen finns inte längre", f"{name} trycks inte. {gone}")
        elif current.left_out:
            yield Unprinted("Tabellen trycks inte", f"Ni har inte valt att publicera {name}, så där trycks inget.")
        seen.add(placed.what)
