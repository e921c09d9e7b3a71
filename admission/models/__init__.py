from admission.models.interest import Interest, InterestAsk, InterestPerson, InterestWriter
from admission.models.letter import Letter, LetterIssue

__all__ = (
    "Interest",
    "InterestAsk",
    "InterestPerson",
    "InterestWriter",
    "Letter",
    "LetterIssue",
)
