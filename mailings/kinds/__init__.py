"""Every kind of mail there is, an area a file; told by the occasion that a mail comes from."""

from dataclasses import dataclass

from mailings.kinds import admission, following, mailing, meeting, mentoring, people, setup
from mailings.kinds.base import MailKind


@dataclass(frozen=True)
class Occasion:
    """What makes one write, as the process leader would look for it."""

    name: str
    kinds: tuple[MailKind, ...]


OCCASIONS = (
    Occasion("Intresse och antagning", admission.KINDS),
    Occasion(
        "Uppdrag",
        (people.INVITATION, people.COMING_SEAT, people.TAKES_OVER, people.HANDED_OVER, people.NEW_POLITICIAN),
    ),
    Occasion(
        "Före och efter en träff",
        (
            following.MEETING_INVITATION,
            *meeting.KINDS,
            following.ASSESSMENT_OPENS,
            following.MEETING_REMINDER,
            following.MEETING_LATE,
            following.MEETING_WRAP_UP,
            following.AGREEMENT_REMINDER,
        ),
    ),
    Occasion("När planen ändras", (*setup.KINDS, people.COHORT_EXTENDED)),
    Occasion("Mentorer", mentoring.KINDS),
    Occasion("Resultatrapporten", (following.REPORT_REMINDER, following.REPORT_LATE)),
    Occasion("Påminnelser för hand och sammandrag", (following.SKR_REMINDER, *mailing.KINDS)),
)
KINDS: tuple[MailKind, ...] = tuple(kind for occasion in OCCASIONS for kind in occasion.kinds)


def kind_of(key: str) -> MailKind:
    return next(kind for kind in KINDS if kind.key == key)


def find_kind(key: str) -> MailKind | None:
    """None where a mail is older than today's kinds."""
    return next((kind for kind in KINDS if kind.key == key), None)


__all__ = ("KINDS", "OCCASIONS", "MailKind", "Occasion", "find_kind", "kind_of")
