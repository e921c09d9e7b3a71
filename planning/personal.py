"""Nothing is held about a person here but what stands in a text, which the search finds (kit/holding.py)."""

from planning.models import (
    Edition,
    EditionAgendaItem,
    EditionChange,
    EditionChapter,
    EditionHostTask,
    EditionPreparation,
    EditionResult,
    EditionSection,
    EditionStep,
    Setup,
)

NOTHING = dict.fromkeys(
    (
        *(Edition, EditionAgendaItem, EditionHostTask, EditionPreparation, EditionResult, EditionSection, EditionStep),
        *(EditionChange, EditionChapter, Setup),
    ),
    "the programme's own plan",
)
