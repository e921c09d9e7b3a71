"""Parts of the admission that the cohort package carries (data/FORMAT.md)."""

from admission.letter.words import PARAGRAPHS
from admission.models import Interest, InterestAsk, InterestPerson, InterestWriter, Letter, LetterIssue
from kit.carrying import CarriedColumn, Field, OrNull, Shape, ValueKind, is_storable, words


def _are_paragraphs(value: object) -> bool:
    if not isinstance(value, dict):
        return False
    return all(key in PARAGRAPHS and isinstance(text, str) and is_storable(text) for key, text in value.items())


TEXTS = ValueKind("an object of texts by the letter's keys", _are_paragraphs)
LETTER = Shape(
    {
        "introduction": words(),
        "closing": words(),
        "contacts": words(since=3),
        "paragraphs": CarriedColumn(TEXTS, empty={}, since=3),
    },
    Letter,
    by_place=("cohort",),
)
OF_COHORT = {"letter": Field(OrNull(LETTER), since=2)}

NOT_CARRIED = {
    Interest: "interest forms are SKR's alone",
    InterestAsk: "people",
    InterestPerson: "people",
    InterestWriter: "people",
    LetterIssue: "versions of the letter, which are files",
}
