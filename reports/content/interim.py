"""What an interim report (delrapport) leaves out: the joint report as it stands after a meeting."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from improvements.statistics import ChainShare
from reports.content.joint_value import JointContent
from reports.enums import ChapterKind

# What is printed in a chapter of the kind alone, or in the slides. A figure without its chapter would stand there only.
FILLED_IN: Mapping[str, Mapping[str, Any]] = {
    ChapterKind.RESULTS: {
        "kinds": (),
        "chain": (),
        "chain_rule": "",
        "drawn_chains": (),
        "movement": (),
        "answers": (),
        "gaps": (),
    },
    ChapterKind.ATTAINMENT: {"goals": ()},
    ChapterKind.ANNEX: {"moments": (), "interviews": None},
}
# Reports that are handed in and not approved are counted in the advice, and all are expected at the end only.
AT_THE_END: Mapping[str, Any] = {"advice": ()}


def as_interim(content: JointContent) -> JointContent:
    """Return the content with the chapters that have words, and without what belongs to the others."""
    chapters = tuple(chapter for chapter in content.chapters if chapter.is_written)
    kinds = {chapter.kind for chapter in chapters}
    without: dict[str, Any] = {}
    for kind, values in FILLED_IN.items():
        if kind not in kinds:
            without.update(values)
    return replace(content, chapters=chapters, **AT_THE_END, **without)


def named_by(chain: Mapping[str, Iterable[ChainShare]], names: set[str]) -> dict[str, tuple[ChainShare, ...]]:
    return {
        kind: tuple(
            replace(share, examples=tuple(each for each in share.examples if each.organisation in names))
            for share in shares
        )
        for kind, shares in chain.items()
    }
