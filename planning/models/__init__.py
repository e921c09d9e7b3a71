from planning.models.change import EditionChange
from planning.models.edition import (
    Edition,
    EditionAgendaItem,
    EditionChapter,
    EditionHostTask,
    EditionPreparation,
    EditionResult,
    EditionSection,
    EditionStep,
)
from planning.models.setup import Setup

__all__ = (
    "Edition",
    "EditionAgendaItem",
    "EditionChange",
    "EditionChapter",
    "EditionHostTask",
    "EditionPreparation",
    "EditionResult",
    "EditionSection",
    "EditionStep",
    "Setup",
)
