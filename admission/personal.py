"""What is held about a person here, and for how long (kit/holding.py)."""

from django.db.models import Q

from admission.interest.moves import INTEREST
from admission.models import Interest, InterestAsk, InterestPerson, InterestWriter, Letter, LetterIssue
from kit.holding import Held, NamedException

__all__ = ("EXCEPTIONS", "HELD", "INTEREST", "NOTHING")

HELD = {
    InterestPerson: Held(shows=("interest", "function", "name", "email", "title"), by_address=("email",), deletes=True),
    # Their key opens the form for whoever has it, so that it is not shown.
    InterestWriter: Held(shows=("interest", "email", "standing"), by_address=("email",), deletes=True),
    InterestAsk: Held(shows=("cohort", "organisation", "email", "asked_on"), by_address=("email",), deletes=True),
    LetterIssue: Held(shows=("cohort", "number", "issued_on"), made=("issued_by",)),
}
NOTHING = {
    Interest: "an organisation's own form; its people stand in tables of their own",
    Letter: "SKR's own words",
}
EXCEPTIONS = (
    NamedException(
        LetterIssue,
        ("file",),
        until="så länge omgången finns",
        why=(
            "Antagningsbrevet är en handling hos SKR, sparad så som den skickades. Den namnger dem på SKR som "
            "organisationen kunde fråga."
        ),
        rows=Q,
    ),
)
