"""Rows that the pages about mail print: the state of each mail in words, and the omgång that it belongs to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.utils import timezone

from cohorts.models import Cohort
from kit.templatetags.swedish import in_words, sentence
from mailings.enums import MailState
from mailings.kinds import find_kind
from mailings.models import Mail
from mailings.querysets import MailQuerySet
from people.mails import SIGN_IN_CODE

# The sign that the status component draws beside the words.
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
NOT_TAKEN_UP = "Den del av Modell som skickar koder är inte i gång."
COVERED = "Mejlet har en personlig länk och visas därför inte här."


@dataclass(frozen=True)
class MailRow:
    mail: Mail
    kind: str
    to: str
    state: str
    sign: str
    at: datetime
    details: str
    is_secret: bool


def mail_rows(mails: Iterable[Mail]) -> list[MailRow]:
    return [mail_row(mail) for mail in mails]


def mail_row(mail: Mail) -> MailRow:
    # The state of a mail in a digest is that of the digest.
    carrier = mail.digest or mail
    kind = find_kind(mail.kind)
    return MailRow(
        mail=mail,
        kind=kind.name if kind else mail.kind,
        to=mail.recipient.name if mail.recipient else mail.address or FORGOTTEN,
        state=_state(mail),
        sign=SIGNS.get(MailState(carrier.state), "neutral") if not _is_decided(mail) else "neutral",
        at=carrier.sent_at or mail.made_at,
        details=_details(mail),
        is_secret=_is_secret(mail),
    )


def headline(mails: MailQuerySet, n_unsettled: int) -> str:
    counts = dict(mails.order_by().values_list("state").annotate(Count("pk")))
    waiting = sum(counts.get(state, 0) for state in (MailState.HELD, MailState.QUEUED, MailState.SENDING))
    parts = []
    if waiting:
        parts.append(f"{in_words(waiting)} mejl väntar på att skickas")
    if n_unsettled:
        parts.append(f"{in_words(n_unsettled)}{'' if parts else ' mejl'} behöver ett beslut")
    if parts:
        return f"{sentence(' och '.join(parts))}."
    if written := counts.get(MailState.NOT_SENT):
        return f"{sentence(in_words(written))} mejl är {'skrivet' if written == 1 else 'skrivna'}. Inget skickas."
    return "Inget mejl väntar." if counts else "Inga mejl är skickade än."


def as_read(mail: Mail) -> Mail:
    """Return the mail with its words covered if they are secret. Never save the result."""
    if _is_secret(mail) and not mail.is_erased:
        mail.text, mail.html = f"{COVERED}\n", f"<p>{COVERED}</p>"
    return mail


def _is_secret(mail: Mail) -> bool:
    # In a rehearsal SKR follows the links itself: nobody has got them.
    kind = find_kind(mail.kind)
    return kind is not None and kind.secret and mail.state != MailState.NOT_SENT


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
    waits = mail.state in (MailState.QUEUED, MailState.UNCERTAIN, MailState.FAILED)
    return mail.error if waits else ""


@dataclass(frozen=True)
class CodeTrouble:
    """How many codes do not reach people, since when, and why the last one did not."""

    count: int
    since: datetime
    reason: str


def code_trouble() -> CodeTrouble | None:
    """Return what keeps codes for signing in from people, or None if nothing does."""
    overdue = list(Mail.objects.overdue_codes(timezone.now()).filter(kind=SIGN_IN_CODE.key).order_by("made_at"))
    return CodeTrouble(len(overdue), overdue[0].made_at, overdue[-1].error or NOT_TAKEN_UP) if overdue else None


def demonstrated() -> MailQuerySet:
    """Return all mail. Only the demonstration may call this, since all its recipients are invented."""
    return Mail.objects.select_related(*LISTED)


def cohort_of(mail: Mail) -> Cohort | None:
    """Return the omgång that the mail is about; None if it is about none, or if the omgång has been deleted."""
    return Cohort.objects.filter(slug=mail.about).first() if mail.about else None
