"""Models of this app that the cohort package leaves out, because each omgång has a copy of its own."""

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

CONCEPT = "the concepts, which each site has"
NOT_CARRIED = {
    **dict.fromkeys(
        (
            Edition,
            EditionStep,
            EditionPreparation,
            EditionAgendaItem,
            EditionChange,
            EditionChapter,
            EditionHostTask,
            EditionResult,
            EditionSection,
        ),
        CONCEPT,
    ),
    Setup: "which concept the omgång was copied from says nothing of it afterwards",
}
