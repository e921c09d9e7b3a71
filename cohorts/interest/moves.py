"""Where an interest form may go from where it stands."""

from datetime import date, timedelta

from django.conf import settings

from cohorts.enums import InterestState as State
from cohorts.models import Interest

ANSWERS = (State.ADMITTED, State.WAITING, State.DECLINED)
ANSWERABLE = (State.SUBMITTED, *ANSWERS)
WITHDRAWABLE = (State.DRAFT, State.SUBMITTED, State.WAITING)


def is_writable(interest: Interest, today: date) -> bool:
    """Until the closing day, also after it has been sent in."""
    return interest.state in (State.DRAFT, State.SUBMITTED) and interest.cohort.takes_interest(today)


def is_answerable(interest: Interest) -> bool:
    return interest.state in ANSWERABLE


def is_answered(interest: Interest) -> bool:
    return interest.state in ANSWERS


def is_withdrawable(interest: Interest) -> bool:
    return interest.state in WITHDRAWABLE


def erased_from(interest: Interest) -> date:
    """The day from which the names and addresses in it are erased; the organisation and the answer stay."""
    cohort = interest.cohort
    settled = {
        State.ADMITTED: interest.answered_on,
        State.DECLINED: interest.answered_on,
        State.WITHDRAWN: interest.withdrawn_on,
        State.DRAFT: cohort.interest_closes_on,
        State.SUBMITTED: cohort.ends_on,
    }
    day = settled.get(State(interest.state)) or cohort.starts_on
    return day + timedelta(days=settings.INTEREST_KEEP_DAYS)
