"""What an organisation's texts may hold between their paragraphs, of what its report publishes."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.text import slugify

from reports.content.blocks import (
    ChapterBlock,
    LeadBlock,
    ListBlock,
    PictureBlock,
    PointLine,
    TextBlock,
    TogetherBlock,
    table_block,
)
from reports.content.indicators import PICTURE, TABLE
from reports.content.placed import TextMaterial, materials_in

if TYPE_CHECKING:
    from reports.content.organisation import OrganisationContent

# The key of the table of the organisation's own values.
OWN_VALUES = "sjalvskattning"
PLACEMENT = "Vår plats på resultatkedjan"
LONGEST_NAME = 100


def own_materials(content: "OrganisationContent") -> list[TextMaterial]:
    named = [*_efforts(content), *_cycles(content)]
    return [*materials_in(_tables(content)), *_indicators(content), *_placement(content), *named]


def _tables(content: "OrganisationContent") -> Iterator[ChapterBlock]:
    if content.values:
        yield table_block(content.values.table, "varden", OWN_VALUES)
        yield PictureBlock(content.values.picture)
    for name, table in content.results.named_tables if content.results else ():
        yield table_block(table, name)


def _indicators(content: "OrganisationContent") -> Iterator[TextMaterial]:
    for part in content.indicators:
        key, table = part.key, table_block(part.table, f"nyckeltal-{part.key}", f"nyckeltal.{part.key}")
        yield TextMaterial(f"{TABLE}{key}", "Tabell", part.table.caption, (table,))
        if part.picture:
            yield TextMaterial(f"{PICTURE}{key}", "Bild", part.picture.title, (PictureBlock(part.picture),))


def _placement(content: "OrganisationContent") -> Iterator[TextMaterial]:
    for text in content.sections:
        if text.entered:
            points = tuple(PointLine(line.text, line.about) for line in text.entered)
            yield TextMaterial(
                "lista-placering", "Lista", PLACEMENT, (TextBlock(PLACEMENT, "about"), ListBlock(points))
            )


def _efforts(content: "OrganisationContent") -> Iterator[TextMaterial]:
    taken: list[str] = []
    for effort in content.efforts:
        points = tuple(PointLine(step.text, f"{step.where}.") for step in effort.steps)
        lead = LeadBlock(effort.title, effort.moment or effort.organisation)
        block = TogetherBlock((lead, *([ListBlock(points)] if points else [])))
        yield TextMaterial(_name("insats", effort.title, taken), "Insats", effort.title, (block,))


def _cycles(content: "OrganisationContent") -> Iterator[TextMaterial]:
    taken: list[str] = []
    for work in content.improvements:
        name = _name("cykel", work.title, taken)
        for cycle in work.cycles:
            points = tuple(PointLine(part.text, f"{part.about}:") for part in cycle.parts)
            block = TogetherBlock((LeadBlock(work.title, f"cykel {cycle.number}"), ListBlock(points)))
            caption = f"{work.title}, cykel {cycle.number}"
            yield TextMaterial(f"{name}-{cycle.number}", "Cykel", caption, (block,))


def _name(kind: str, title: str, taken: list[str]) -> str:
    """Return a name made of the title; of two with the same the later has a number."""
    name = f"{kind}-{slugify(title)[:LONGEST_NAME]}"
    taken.append(name)
    times = taken.count(name)
    return name if times == 1 else f"{name}.{times}"
