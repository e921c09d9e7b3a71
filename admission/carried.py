"""Parts of the admission that the cohort package carries (data/FORMAT.md)."""

from admission.models import Interest, InterestAsk, InterestPerson, InterestWriter, Letter, LetterIssue
from kit.carrying import Field, OrNull, Shape, words

LETTER = Shape({"introduction": words(), "closing": words(), "contacts": words(since=3)}, Letter, by_place=("cohort",))
OF_COHORT = {"letter": Field(OrNull(LETTER), since=2)}

NOT_CARRIED = {
    Interest: "interest forms are SKR's alone",
    InterestAsk: "people",
    InterestPerson: "people",
    InterestWriter: "people",
    LetterIssue: "versions of the letter, which are files",
}
