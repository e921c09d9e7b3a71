"""Preview a list of people row by row, before anything is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from accounts.models import User
from cohorts.enums import Function
from cohorts.models import Delegate, Participation
from kit.ordering import swedish
from kit.refusals import ActionRefused
from people.actions.seats import refuse_unfit
from people.invitations import MOST_A_DAY, TOO_MANY_TODAY, invited_today
from people.listing.entries import Entry
from people.models import SeatOffer
from people.newcomers import Newcomer


class Outcome(StrEnum):
    """What happens to a row when the list is added. A refused one stays in the box."""

    NEW = "new"
    ASKS = "asks"
    KNOWN = "known"
    REFUSED = "refused"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Foreseen:
    """`says` are the row's sentences; `where` is None if the row names no known organisation.

    Only SKR sees that a person known elsewhere is asked: an organisation must not learn who is known there.
    """

    entry: Entry
    where: Participation | None
    outcome: Outcome
    says: tuple[str, ...]

    @property
    def function(self) -> str:
        return Function(self.entry.function).label if self.entry.function else ""

    @property
    def happens(self) -> str:
        return " ".join(self.says)

    @property
    def is_new(self) -> bool:
        return self.outcome in (Outcome.NEW, Outcome.ASKS)

    @property
    def is_wrong(self) -> bool:
        return self.outcome is Outcome.REFUSED

    @property
    def asks_function(self) -> bool:
        """True if the function is a proposal, or missing, and may be chosen at the row."""
        lacks_only_that = bool(self.entry.lacks) and not self.entry.wrong
        return self.where is not None and (lacks_only_that or (self.is_new and self.entry.proposed))


@dataclass(frozen=True)
class ListPreview:
    rows: tuple[Foreseen, ...]

    @property
    def wrong(self) -> list[Foreseen]:
        return [row for row in self.rows if row.is_wrong]

    @property
    def new(self) -> list[Foreseen]:
        return [row for row in self.rows if row.is_new]

    @property
    def lacks_function(self) -> bool:
        return any(row.is_wrong and row.asks_function for row in self.rows)

    @property
    def newcomers(self) -> list[Newcomer]:
        return [_newcomer(row.entry) for row in self.new]

    @property
    def by_organisation(self) -> list[tuple[Participation | None, list[Foreseen]]]:
        # Rows without a known organisation come first, because most of them are to be corrected.
        rows = sorted(self.rows, key=lambda row: (swedish(str(row.where or "")), row.entry.at))
        return [(where, list(group)) for where, group in groupby(rows, key=lambda row: row.where)]

    @property
    def lists(self) -> dict[Participation, list[Newcomer]]:
        newcomers: dict[Participation, list[Newcomer]] = {}
        for row in self.new:
            if row.where:
                newcomers.setdefault(row.where, []).append(_newcomer(row.entry))
        return newcomers

    @property
    def left(self) -> str:
        """Return what stays in the box when the new people are added: the refused rows, with their headings."""
        kept = (Outcome.REFUSED, Outcome.SKIPPED)
        return "\n".join(row.entry.source for row in self.rows if row.outcome in kept) if self.wrong else ""


def preview(
    participation: Participation,
    entries: Sequence[Entry],
    today: date,
    only: Function | None = None,
    *,
    tells: bool = False,
    invites: bool = True,
) -> ListPreview:
    """Return the preview of one organisation's list; `only` is the one function that the page accepts."""
    return _foreseen([(entry, participation) for entry in entries], today, only, tells=tells, invites=invites)


def preview_of_cohort(
    there: Mapping[str, Participation], entries: Sequence[Entry], today: date, *, invites: bool = True
) -> ListPreview:
    return _foreseen([(entry, there.get(entry.code)) for entry in entries], today, tells=True, invites=invites)


@dataclass(frozen=True)
class KnownAddresses:
    """What is known of the addresses of a list; `tells` is True if the reader may learn who is known elsewhere.

    `invites` is False if the invitations wait.
    """

    users: Mapping[str, User]
    seated: Mapping[tuple[int, str], str]
    here: frozenset[tuple[int, str]]
    tells: bool
    invites: bool

    @property
    def happens(self) -> str:
        return "Får en inbjudan." if self.invites else "Bjuds in senare."


def _foreseen(
    rows: Sequence[tuple[Entry, Participation | None]],
    today: date,
    only: Function | None = None,
    *,
    tells: bool,
    invites: bool,
) -> ListPreview:
    # The number of queries is the same, however many rows and organisations there are.
    emails = {entry.email for entry, _ in rows}
    places = {where for _, where in rows if where}
    users = {user.email: user for user in User.objects.filter(email__in=emails)}
    seats = Delegate.objects.filter(participation__in=places, user__email__in=emails).current_or_coming(today)
    offers = SeatOffer.objects.filter(participation__in=places, user__email__in=emails)
    seated = {
        (seat.participation_id, seat.user.email): seat.get_function_display().lower()
        for seat in (*seats.select_related("user"), *offers.select_related("user"))
    }
    organisations = {where.organisation_id for where in places}
    here = Delegate.objects.filter(participation__organisation__in=organisations, user__email__in=emails)
    known_here = frozenset(here.values_list("participation__organisation", "user__email"))
    known = KnownAddresses(users, seated, known_here, tells, invites)
    foreseen = [_foresee(entry, where, known, only) for entry, where in rows]
    return ListPreview(_within_the_day(foreseen, invites=invites))


def _foresee(entry: Entry, where: Participation | None, known: KnownAddresses, only: Function | None) -> Foreseen:
    if entry.is_skipped:
        return Foreseen(entry, where, Outcome.SKIPPED, entry.says)
    if entry.wrong or where is None:
        return Foreseen(entry, where, Outcome.REFUSED, entry.says)
    if (where.pk, entry.email) in known.seated:
        function = known.seated[where.pk, entry.email]
        return Foreseen(entry, where, Outcome.KNOWN, (f"Är redan med, som {function}. Ändras inte.", *entry.says))
    if entry.lacks:
        return Foreseen(entry, where, Outcome.REFUSED, entry.says)
    if only and entry.function != only:
        return Foreseen(entry, where, Outcome.REFUSED, (f"Här läggs bara {only.label.lower()} till.", *entry.says))
    return _foresee_new(entry, where, known)


def _foresee_new(entry: Entry, where: Participation, known: KnownAddresses) -> Foreseen:
    user = known.users.get(entry.email)
    is_here = (where.organisation_id, entry.email) in known.here
    if not (is_here or known.tells):
        # The same words for a person whom nobody knows and for one who is known elsewhere.
        return Foreseen(entry, where, Outcome.NEW, (f"Ny hos er. {known.happens}", *entry.says))
    if user is None:
        return Foreseen(entry, where, Outcome.NEW, (f"Ny person. {known.happens}", *entry.says))
    try:
        refuse_unfit(user, where, seated=False)
    except ActionRefused as refusal:
        return Foreseen(entry, where, Outcome.REFUSED, (refusal.sentence, *entry.says))
    called = "" if user.name == entry.name else f", och heter där {user.name}"
    happens = known.happens if is_here else "Får en fråga om uppdraget."
    sentence = f"Har redan ett konto{called}. {happens}"
    return Foreseen(entry, where, Outcome.NEW if is_here else Outcome.ASKS, (sentence, *entry.says))


def _within_the_day(rows: Sequence[Foreseen], *, invites: bool) -> tuple[Foreseen, ...]:
    """Return the rows with those refused that are more than an organisation may invite in a day.

    Where invitations wait, only those who are asked count.
    """
    invited = {code: len(people) for code, people in invited_today().items()}
    within = []
    for row in rows:
        if row.where and (row.is_new if invites else row.outcome is Outcome.ASKS):
            code = row.where.organisation.code
            invited[code] = invited.get(code, 0) + 1
            if invited[code] > MOST_A_DAY:
                within.append(Foreseen(row.entry, row.where, Outcome.REFUSED, (TOO_MANY_TODAY, *row.entry.says)))
                continue
        within.append(row)
    return tuple(within)


def _newcomer(entry: Entry) -> Newcomer:
    return Newcomer(entry.name, entry.email, entry.function, entry.deputy)
