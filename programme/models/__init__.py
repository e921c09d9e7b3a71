from programme.models.edition import (
    Edition,
    EditionAgendaItem,
    EditionHostTask,
    EditionPreparation,
    EditionResult,
    EditionSection,
    EditionStep,
)
from programme.models.setup import GroupingWeights, Setup

__all__ = (
    "Edition",
    "EditionAgendaItem",
    "EditionHostTask",
    "EditionPreparation",
    "EditionResult",
    "EditionSection",
    "EditionStep",
    "GroupingWeights",
    "Setup",
)
