"""What is held about a person here, and for how long (kit/holding.py)."""

from cohorts.models import (
    Cohort,
    CohortContact,
    Delegate,
    Evaluator,
    ExpectedResult,
    Group,
    GroupMentor,
    GroupMove,
    Organisation,
    Part,
    Participation,
)
from kit.holding import Held
from kit.retention import Keeping

HELD = {
    Cohort: Held(shows=("name",), called="omgångar där du är kontaktperson", made=("contact",)),
    CohortContact: Held(shows=("cohort", "task"), called="uppgifter som kontaktperson", by=("user",), deletes=True),
    Delegate: Held(
        shows=("participation", "function", "deputy", "starts_on", "ends_on", "invited_at"),
        called="uppdrag",
        by=("user",),
    ),
    Evaluator: Held(shows=("cohort", "until"), called="uppdrag som lärande utvärderare", by=("user",)),
    GroupMove: Held(shows=("moved_on", "participation", "from_name", "to_name", "reason"), made=("by",)),
}
NOTHING = dict.fromkeys(
    (ExpectedResult, Group, GroupMentor, Organisation, Part, Participation),
    "about organisations, and not about a person",
)
LEFT_UPLOADS = Keeping(
    "left_uploads",
    "Filer från organisationer som har lämnat omgången",
    "från den dag organisationen lämnade",
    365,
    30,
    3650,
)
