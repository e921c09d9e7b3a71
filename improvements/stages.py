"""What the stages of the result chain mean, with examples from the programme; the words stand in the data file."""

import json
from dataclasses import dataclass
from functools import cache

from django.conf import settings

from improvements.enums import Stage


@dataclass(frozen=True)
class StageExample:
    """An example from a kommun or a region, and the report that tells of it."""

    whose: str
    text: str
    source: str


@dataclass(frozen=True)
class StageMeaning:
    stage: Stage
    means: str
    examples: tuple[StageExample, ...]


@cache
def meanings() -> dict[str, StageMeaning]:
    document = json.loads((settings.DATA_DIR / "result-chain.json").read_text(encoding="utf-8"))
    sources = document["sources"]
    return {
        row["key"]: StageMeaning(
            Stage(row["key"]),
            row["means"],
            tuple(
                StageExample(whose, row[kind]["text"], sources[row[kind]["source"]])
                for kind, whose in (("kommun", "Från en kommun"), ("region", "Från en region"))
            ),
        )
        for row in document["stages"]
    }
