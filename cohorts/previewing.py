"""What will happen to each row of a list of people, before anything is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from accounts.models import User
from cohorts.actions.people import Newcomer, refuse_unfit
from cohorts.enums import Function
from cohorts.listing import Entry
from cohorts.models import Delegate, Participation
from modell.refusals import ActionRefused


@dataclass(frozen=True)
class Foreseen:
    """`happens` is the sentence for the row; `is_new` is whether it gives a seat.

    `where` is None where nobody can tell which organisation the row is for.
    """

    entry: Entry
    where: Participation | None
    happens: str
    is_new: bool = False
    is_wrong: bool = False

    @property
    def function(self) -> str:
        return Function(self.entry.function).label if self.entry.function else ""


@dataclass(frozen=True)
class Preview:
    rows: tuple[Foreseen, ...]

    @property
    def wrong(self) -> list[Foreseen]:
        return [row for row in self.rows if row.is_wrong]

    @property
    def new(self) -> list[Foreseen]:
        return [row for row in self.rows if row.is_new]

    @property
    def newcomers(self) -> list[Newcomer]:
        return [_newcomer(row.entry) for row in self.new]

    @property
    def by_organisation(self) -> list[tuple[Participation | None, list[Foreseen]]]:
        """By name; the rows of no known organisation first, for they keep the others out."""
        rows = sorted(self.rows, key=lambda row: (str(row.where or ""), row.entry.at))
        return [(where, list(found)) for where, found in groupby(rows, key=lambda row: row.where)]

    @property
    def lists(self) -> dict[Participation, list[Newcomer]]:
        """The new of each organisation that gets any."""
        found: dict[Participation, list[Newcomer]] = {}
        for row in self.new:
            if row.where:
                found.setdefault(row.where, []).append(_newcomer(row.entry))
        return found


def preview(
    participation: Participation, entries: Sequence[Entry], today: date, only: Function | None = None
) -> Preview:
    """Of one organisation's list; `only` is the one function the page is for."""
    return _foreseen([(entry, participation) for entry in entries], today, only)


def preview_of_cohort(there: Mapping[str, Participation], entries: Sequence[Entry], today: date) -> Preview:
    """Of a whole omgång's list; `there` are its organisations by their codes."""
    return _foreseen([(entry, there.get(entry.code)) for entry in entries], today)


def _foreseen(rows: Sequence[tuple[Entry, Participation | None]], today: date, only: Function | None = None) -> Preview:
    """Two questions to the database, however many rows and organisations."""
    emails = {entry.email for entry, _ in rows}
    users = {user.email: user for user in User.objects.filter(email__in=emails)}
    seats = Delegate.objects.filter(participation__in={where for _, where in rows if where}, user__email__in=emails)
    seated = {
        (seat.participation_id, seat.user.email): seat.get_function_display().lower()
        for seat in seats.current_or_coming(today).select_related("user")
    }
    return Preview(tuple(_foresee(entry, where, users, seated, only) for entry, where in rows))


def _foresee(
    entry: Entry,
    where: Participation | None,
    users: Mapping[str, User],
    seated: Mapping[tuple[int, str], str],
    only: Function | None,
) -> Foreseen:
    if entry.wrong or where is None:
        return Foreseen(entry, where, entry.wrong, is_wrong=True)
    if (where.pk, entry.email) in seated:
        return Foreseen(entry, where, f"Är redan med, som {seated[where.pk, entry.email]}. Ändras inte.")
    if only and entry.function != only:
        return Foreseen(entry, where, f"Här läggs bara {only.label.lower()} till.", is_wrong=True)
    user = users.get(entry.email)
    if user is None:
        return Foreseen(entry, where, "Ny person. Får en inbjudan.", is_new=True)
    try:
        refuse_unfit(user, where, seated=False)
    except ActionRefused as refusal:
        return Foreseen(entry, where, refusal.sentence, is_wrong=True)
    called = "" if user.name == entry.name else f", och heter där {user.name}"
    return Foreseen(entry, where, f"Har redan ett konto{called}. Får en inbjudan.", is_new=True)


def _newcomer(entry: Entry) -> Newcomer:
    return Newcomer(entry.name, entry.email, entry.function, entry.deputy)
