"""What the pages about mail show: each mail's state in words, and where it belongs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from cohorts.models import Cohort
from cohorts.roles import Roles
from mailings.enums import MailState
from mailings.kinds import find_kind
from mailings.models import Mail
from mailings.querysets import MailQuerySet
from modell.templatetags.swedish import in_words, sentence

# What the status component draws beside the words.
SIGNS = {
    MailState.SENT: "done",
    MailState.UNCERTAIN: "late",
    MailState.FAILED: "late",
    MailState.HELD: "waiting",
    MailState.QUEUED: "waiting",
    MailState.SENDING: "info",
}
LISTED = ("recipient", "digest", "resent_as")
FORGOTTEN = "en adress som är borttagen"
COVERED = "Mejlet har en personlig länk och visas därför inte här."


@dataclass(frozen=True)
class Listed:
    mail: Mail
    kind: str
    to: str
    state: str
    sign: str
    at: datetime
    details: str
    is_secret: bool


def listed(mails: Iterable[Mail]) -> list[Listed]:
    return [listed_one(mail) for mail in mails]


def listed_one(mail: Mail) -> Listed:
    """What a digest tells of stands where the digest stands."""
    carrier = mail.digest or mail
    kind = find_kind(mail.kind)
    return Listed(
        mail=mail,
        kind=kind.name if kind else mail.kind,
        to=mail.recipient.name if mail.recipient else mail.address or FORGOTTEN,
        state=_state(mail),
        sign=SIGNS.get(MailState(carrier.state), "neutral") if not _is_decided(mail) else "neutral",
        at=carrier.sent_at or mail.made_at,
        details=_details(mail),
        is_secret=kind is not None and kind.secret,
    )


def headline(mails: MailQuerySet, n_unsettled: int) -> str:
    """How it stands with them, in a sentence; asks once."""
    counts = dict(mails.order_by().values_list("state").annotate(Count("pk")))
    waiting = sum(counts.get(state, 0) for state in (MailState.HELD, MailState.QUEUED, MailState.SENDING))
    told = []
    if waiting:
        told.append(f"{_some(waiting)} mejl väntar på att skickas")
    if n_unsettled:
        told.append(f"{_some(n_unsettled)}{'' if told else ' mejl'} behöver ett beslut")
    if told:
        return f"{sentence(' och '.join(told))}."
    return "Inget mejl väntar." if counts else "Inga mejl är skickade än."


def _some(number: int) -> str:
    return "ett" if number == 1 else in_words(number)


def as_read(mail: Mail) -> Mail:
    """What others than the one who got it may read: of a secret mail all but its words. Not to be saved."""
    kind = find_kind(mail.kind)
    if kind and kind.secret and not mail.is_erased:
        mail.text, mail.html = f"{COVERED}\n", f"<p>{COVERED}</p>"
    return mail


def _is_decided(mail: Mail) -> bool:
    return mail.is_unsettled and not mail.needs_a_decision


def _state(mail: Mail) -> str:
    if mail.digest:
        return f"{MailState.DIGESTED.label}: {mail.digest.get_state_display().lower()}"
    if mail.is_unsettled and mail.resent_as_id:
        return "Skickat igen som ett nytt mejl"
    if mail.is_unsettled and mail.left_at:
        return f"{mail.get_state_display()}, ingen åtgärd behövs"
    return str(mail.get_state_display())


def _details(mail: Mail) -> str:
    """Why it waits or did not go; what is sent needs no reason."""
    waits = mail.state in (MailState.QUEUED, MailState.UNCERTAIN, MailState.FAILED)
    return mail.error if waits else ""


def demonstrated() -> MailQuerySet:
    """All mail, open to every visitor where nobody is real; the two views that ask are the demonstration's."""
    return Mail.objects.select_related(*LISTED)


def n_unsettled(cohort: Cohort, roles: Roles) -> int:
    """How many of an omgång's mails wait for a decision; none for who may not see them, and then nothing is asked."""
    return Mail.objects.visible_to(roles).about_cohort(cohort.slug).unsettled().count()


def cohort_of(mail: Mail) -> Cohort | None:
    """The omgång it is about; None for SKR's own, and where the omgång is gone."""
    return Cohort.objects.filter(slug=mail.about).first() if mail.about else None
