"""Fields of political decisions that the cohort package carries (data/FORMAT.md)."""

from decisions.enums import DecisionKind
from decisions.models import PoliticalDecision
from kit.carrying import LARGEST, NO_ROWS, Field, Rows, Shape, a_number, choice, day, flag_or_null, short, title
from policy.carried import LABELS

DECISION = Shape(
    {
        "kind": choice(DecisionKind.values),
        "body": title(PoliticalDecision, "body"),
        "decided_on": day(),
        "paragraph": short(PoliticalDecision, "paragraph"),
        "diary_number": short(PoliticalDecision, "diary_number"),
        "text": short(PoliticalDecision, "text"),
        "cemr": flag_or_null(),
        **LABELS,
    },
    PoliticalDecision,
    by_place=("participation",),
    known_by=("kind", "body", "decided_on"),
)
# A decision has no key: it is named by its number in the organisation's list, from 1.
DECISION_NUMBER = a_number(1, LARGEST)
OF_PARTICIPANT = {"decisions": Field(Rows(DECISION), NO_ROWS, since=2)}
