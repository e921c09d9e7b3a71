from programme.models.edition import (
    Edition,
    EditionAgendaItem,
    EditionHostTask,
    EditionPreparation,
    EditionResult,
    EditionSection,
    EditionStep,
)
from programme.models.grouping import GroupingRule
from programme.models.letter import Letter, LetterIssue
from programme.models.setup import GroupingWeights, Setup

__all__ = (
    "Edition",
    "EditionAgendaItem",
    "EditionHostTask",
    "EditionPreparation",
    "EditionResult",
    "EditionSection",
    "EditionStep",
    "GroupingRule",
    "GroupingWeights",
    "Letter",
    "LetterIssue",
    "Setup",
)
