"""What will happen to each row of a list of people, before anything is stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from accounts.models import User
from cohorts.actions.people import Newcomer, refuse_unfit
from cohorts.enums import Function
from cohorts.listing import Entry
from cohorts.models import Participation
from modell.refusals import ActionRefused


@dataclass(frozen=True)
class Foreseen:
    """`happens` is the sentence for the row; `is_new` is whether it gives a seat."""

    entry: Entry
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
        entries = [row.entry for row in self.new]
        return [Newcomer(entry.name, entry.email, entry.function, entry.deputy) for entry in entries]


def preview(
    participation: Participation, entries: Sequence[Entry], today: date, only: Function | None = None
) -> Preview:
    """Two questions to the database, however many rows; `only` is the one function the page is for."""
    emails = [entry.email for entry in entries]
    users = {user.email: user for user in User.objects.filter(email__in=emails)}
    seats = participation.delegates.filter(user__email__in=emails).current_or_coming(today).select_related("user")
    seated = {seat.user.email: seat.get_function_display().lower() for seat in seats}
    return Preview(tuple(_foresee(entry, participation, users, seated, only) for entry in entries))


def _foresee(
    entry: Entry, participation: Participation, users: dict[str, User], seated: dict[str, str], only: Function | None
) -> Foreseen:
    if entry.wrong:
        return Foreseen(entry, entry.wrong, is_wrong=True)
    if entry.email in seated:
        return Foreseen(entry, f"Är redan med, som {seated[entry.email]}. Ändras inte.")
    if only and entry.function != only:
        return Foreseen(entry, f"Här läggs bara {only.label.lower()} till.", is_wrong=True)
    user = users.get(entry.email)
    if user is None:
        return Foreseen(entry, "Ny person. Får en inbjudan.", is_new=True)
    try:
        refuse_unfit(user, participation, seated=False)
    except ActionRefused as refusal:
        return Foreseen(entry, refusal.sentence, is_wrong=True)
    called = "" if user.name == entry.name else f", och heter där {user.name}"
    return Foreseen(entry, f"Har redan ett konto{called}. Får en inbjudan.", is_new=True)
