"""What is held about a person here, and for how long (kit/holding.py)."""

from evaluation.models import Advice, AdviceAnswer, EvaluatorQuote, GoalJudgement, Interview, Observation, ProgrammeGoal
from kit.holding import Held, Rows
from kit.retention import Keeping


def _forget_notes(rows: Rows) -> None:
    """Erase the notes, which nobody else reads; that the interview was made stays."""
    rows.update(notes="")


HELD = {
    Observation: Held(
        shows=("cohort", "seen_on", "text", "may_be_used"),
        called="observationer som du har skrivit",
        made=("written_by",),
    ),
    Interview: Held(
        shows=("cohort", "participation", "function", "title", "interviewed_on", "notes", "erase_on"),
        called="intervjuer som du har gjort",
        by=("interviewed_by",),
        erases=_forget_notes,
    ),
    EvaluatorQuote: Held(
        shows=("cohort", "text", "function", "may_be_used"),
        called="citat som du har tagit ut",
        made=("written_by",),
    ),
    GoalJudgement: Held(
        shows=("cohort", "judged_by", "assessment", "basis"),
        called="mål som du har bedömt",
        made=("written_by",),
    ),
}
NOTHING = {
    Advice: "an organisation's advice",
    AdviceAnswer: "SKR's answer to advice",
    ProgrammeGoal: "a goal of the programme",
}
NOTES = Keeping(
    "interview_notes",
    "Utvärderarens anteckningar från intervjuer",
    "från omgångens sista dag",
    180,
    1,
    730,
)
