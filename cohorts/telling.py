"""Mail to a person about something that waits for them. The app that has the task brings the kind and its words."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from cohorts.holders import Holder, holders_of, seat_in_words
from cohorts.models import Delegate, Participation
from mailings.actions import Envelope, queue_mail
from mailings.kinds import MailKind


def tell_each(
    whom: Callable[[Holder], bool],
    kind: MailKind,
    about: object,
    *,
    participation: Participation,
    path: str,
    **values: str,
) -> None:
    """Tell those of the organisation's people today for whom the matter is, by the rule that gives them the task."""
    for holder in holders_of(participation, timezone.localdate()):
        if whom(holder):
            tell(kind, about, to=holder.delegate, participation=participation, path=path, **values)


def first_of_today(asked: QuerySet[Any]) -> int | None:
    """Return the key of today's first question without an answer: the questions of a day share a mail."""
    waiting = asked.filter(answered_at=None, asked_at__date=timezone.localdate())
    return waiting.order_by("pk").values_list("pk", flat=True).first()


def tell(
    kind: MailKind, about: object, *, to: Delegate, participation: Participation, path: str, **values: str
) -> bool:
    """Queue a mail, once for each kind, matter and person; return False if there is one, or the account is closed.

    `participation` is what the matter belongs to. The person may have the seat in another omgång of the organisation.
    """
    if not to.user.is_active:
        return False
    cohort = participation.cohort
    reason = f"Du får mejlet för att du är {seat_in_words(to, participation)}."
    mail = queue_mail(
        kind=kind,
        key=f"{kind.key}:{about}:{to.user_id}",
        to=Envelope.to(to.user, reason=reason, contact=cohort.contact),
        values={"omgang": cohort.name, "organisation": participation.organisation.name, **values},
        path=path,
        about=cohort.slug,
    )
    return mail is not None
