"""Rules that decide where an interest form may go from its state."""

from datetime import date, timedelta

from admission.enums import InterestState as State
from admission.models import Interest
from kit.retention import Keeping

INTEREST = Keeping(
    "interest",
    "Namn och adresser i en intresseanmälan",
    "från svaret på anmälan",
    90,
    30,
    730,
    "INTEREST_KEEP_DAYS",
)
ANSWERS = (State.ADMITTED, State.WAITING, State.DECLINED)
ANSWERABLE = (State.SUBMITTED, *ANSWERS)
WITHDRAWABLE = (State.DRAFT, State.SUBMITTED, State.WAITING)


def is_writable(interest: Interest, today: date) -> bool:
    # A form may be changed after it is sent in, until the closing day.
    return interest.state in (State.DRAFT, State.SUBMITTED) and interest.cohort.takes_interest(today)


def is_answerable(interest: Interest) -> bool:
    return interest.state in ANSWERABLE


def is_answered(interest: Interest) -> bool:
    return interest.state in ANSWERS


def is_withdrawable(interest: Interest) -> bool:
    return interest.state in WITHDRAWABLE


def erased_from(interest: Interest) -> date:
    """Return the day from which the names and addresses in the form are erased."""
    cohort = interest.cohort
    settled = {
        State.ADMITTED: interest.answered_on,
        State.DECLINED: interest.answered_on,
        State.WITHDRAWN: interest.withdrawn_on,
        State.DRAFT: cohort.interest_closes_on,
        State.SUBMITTED: cohort.ends_on,
    }
    # A draft has no such day if the omgång has no closing day.
    day = settled.get(State(interest.state)) or cohort.starts_on
    return day + timedelta(days=INTEREST.days)
