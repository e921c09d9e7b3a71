"""Every write to mail: queueing, a person's decisions, and the wordings."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from kit import audit
from kit.editing import Changes, save
from kit.filling import refuse_unknown
from kit.refusals import ActionRefused
from mailings import tasks
from mailings.enums import MailState, Rhythm
from mailings.kinds import MailKind, is_rehearsal
from mailings.models import Attachment, Mail, MailChoice, MailHold, Wording
from mailings.querysets import MailQuerySet
from mailings.trail import MailEvent
from mailings.writing import MailFrame, section_of, write


@dataclass(frozen=True)
class Envelope:
    """The recipient, the reason for the mail, and who at SKR signs it and gets the reply.

    `user` is None for a person without an account, whose name may be unknown. A mail without a contact may have
    `replies_to`.
    """

    address: str
    name: str
    reason: str
    user: User | None = None
    contact: User | None = None
    replies_to: str = ""

    @classmethod
    def to(cls, user: User, *, reason: str, contact: User | None = None, replies_to: str = "") -> "Envelope":
        return cls(user.email, user.name, reason, user, contact, replies_to)

    @property
    def reply_to(self) -> str:
        return self.contact.email if self.contact else self.replies_to

    def frame(self, path: str = "", parts: Sequence[Mail] = ()) -> MailFrame:
        # The contact does not sign a mail to the contact.
        signed_by = self.contact.name if self.contact and self.contact != self.user else ""
        sections = [section_of(part) for part in parts]
        return MailFrame(self.reason, path, self.reply_to, signed_by, sections, may_choose=self.user is not None)


@transaction.atomic
def queue_mail(
    *,
    kind: MailKind,
    key: str,
    to: Envelope,
    values: Mapping[str, str],
    path: str = "",
    about: str = "",
    not_before: datetime | None = None,
    expires_at: datetime | None = None,
    files: Sequence[Attachment] = (),
    parts: Sequence[Mail] = (),
    is_one_of_many: bool = False,
    message_id: str = "",
) -> Mail | None:
    """Make the mail with this key and send it after the commit; return None if the key already exists.

    `key` names kind, matter and person: `reminder:assessment:12:34:before`. `values` fill the braces of the kind's
    text, `path` is the page that the button opens, `about` the omgång's slug. If the kind may wait, the mail is kept
    for the digest of a person who has chosen one, but never with `files`. `parts` are the mails that a digest sums up.
    A mail with `expires_at` goes in the lane of code mail. Mail about a rehearsal is written and never sent. Whoever
    makes many at once tells the worker itself, once for them all (`tasks.tell_of_many`): without a broker each call
    waits for half a second.
    """
    if Mail.objects.filter(key=key).exists():
        return None
    written = write(kind, {"namn": to.name, **values}, to.frame(path, parts))
    mail, new = Mail.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind.key,
            "about": about,
            "recipient": to.user,
            "address": to.address,
            "subject": written.subject,
            "body": written.body,
            "text": written.text,
            "html": written.html,
            "reason": to.reason[:300],
            "path": path,
            "reply_to": to.reply_to,
            "state": MailState.NOT_SENT if is_rehearsal(about) else _state(kind, to.user, files),
            "not_before": not_before,
            "expires_at": expires_at,
            "message_id": message_id or new_message_id(),
        },
    )
    if not new:
        return None
    if files:
        mail.files.set(files)
    if mail.state == MailState.QUEUED and not is_one_of_many:
        tell = tasks.tell_code_worker if expires_at else tasks.tell_worker
        transaction.on_commit(partial(tell, mail.pk))
    return mail


def _state(kind: MailKind, user: User | None, files: Sequence[Attachment]) -> MailState:
    if not kind.waits or user is None or files:
        return MailState.QUEUED
    chosen = MailChoice.objects.filter(user=user).values_list("rhythm", flat=True).first()
    return MailState.QUEUED if chosen in (None, Rhythm.AT_ONCE) else MailState.HELD


def new_message_id() -> str:
    # Short, since a header that is folded here is misread by some.
    return f"<{secrets.token_hex(16)}@{settings.MAIL_DOMAIN}>"


SAME_WHEN_RESENT = (
    *("kind", "about", "recipient", "reason", "path", "reply_to"),
    *("subject", "body", "text", "html"),
)


@transaction.atomic
def resend_mail(*, mail: Mail, by: User) -> Mail:
    """Send an unsettled mail again, as a new mail to the person's address of today.

    Return the new mail, or the earlier one if it has been sent again already. Refuse an erased mail, and
    a mail that is neither uncertain nor failed.
    """
    mail = Mail.objects.select_for_update(of=("self",)).select_related("recipient", "resent_as").get(pk=mail.pk)
    if mail.resent_as:
        return mail.resent_as
    if mail.is_erased:
        raise ActionRefused("Mejlets innehåll är borttaget, så det går inte att skicka igen.")
    if not mail.is_unsettled:
        raise ActionRefused("Mejlet är inte osäkert längre, så det skickas inte igen.")
    again = Mail.objects.create(
        key=f"again:{mail.pk}",
        address=mail.recipient.email if mail.recipient else mail.address,
        message_id=new_message_id(),
        **{name: getattr(mail, name) for name in SAME_WHEN_RESENT},
    )
    again.files.set(mail.files.all())
    mail.resent_as = again
    mail.save(update_fields=["resent_as"])
    audit.record(MailEvent.MAIL_RESENT, target=mail.subject, by=by, what=f"till {again.address}")
    transaction.on_commit(partial(tasks.tell_worker, again.pk))
    return again


@transaction.atomic
def leave_mail(*, mail: Mail, by: User) -> None:
    mail = Mail.objects.select_for_update(of=("self",)).get(pk=mail.pk)
    if not mail.needs_a_decision:
        return
    mail.left_at = timezone.now()
    mail.save(update_fields=["left_at"])
    audit.record(MailEvent.MAIL_LEFT, target=mail.subject, by=by, what=f"till {mail.address}")


MAY_BE_SENT = "Modell återställdes från en säkerhetskopia, och mejlet kan redan vara skickat."


@transaction.atomic
def release_mail(*, left: MailQuerySet, by: User | None) -> tuple[int, int]:
    """End the hold after a restore; of the waiting mail, `left` is never sent.

    Return how many mails are left and how many go.
    """
    decided = {"state": MailState.UNCERTAIN, "left_at": timezone.now(), "error": MAY_BE_SENT}
    n_left = left.waiting().update(**decided)
    n_going = Mail.objects.ordinary().filter(state=MailState.QUEUED).count()
    MailHold.objects.all().delete()
    what = f"{n_going} mejl skickas, {n_left} mejl skickas inte"
    audit.record(MailEvent.MAIL_RELEASED, target="Mejl", by=by, what=what)
    return n_left, n_going


@transaction.atomic
def choose_rhythm(*, user: User, rhythm: str, organisation: str = "") -> None:
    """Set how often a person's mail comes; choosing "at once" queues the mail that waits for a digest."""
    choice, _ = MailChoice.objects.select_for_update().get_or_create(user=user)
    if choice.rhythm != rhythm:
        choice.rhythm = rhythm
        choice.save()
        what = choice.get_rhythm_display()
        audit.record(MailEvent.MAIL_CHOICE_CHANGED, target=user, by=user, organisation=organisation, what=what)
    if rhythm == Rhythm.AT_ONCE:
        release_held(user)


def release_held(user: User | None) -> None:
    """Queue the user's mail that waits for a digest which will not be sent."""
    for pk in Mail.objects.filter(recipient=user, state=MailState.HELD).order_by("pk").values_list("pk", flat=True):
        # A digest may have taken the row since it was listed, so the update asks for the state again.
        if Mail.objects.filter(pk=pk, state=MailState.HELD).update(state=MailState.QUEUED):
            transaction.on_commit(partial(tasks.tell_worker, pk))


def readdress(user: User) -> None:
    # Mail that is already sent keeps the address it went to.
    Mail.objects.filter(recipient=user, state__in=(MailState.HELD, MailState.QUEUED)).update(address=user.email)


@transaction.atomic
def save_wording(*, kind: MailKind, subject: str, body: str, seen: str, by: User) -> None:
    """Store SKR's wording of a kind, or remove it if it equals the built-in text.

    Refuse a text with an unknown field, or a wording that somebody else has changed (`Stale`).
    """
    refuse_unknown(subject, kind.fills(), "subject")
    refuse_unknown(body, kind.fills(), "body")
    ours = {"subject": kind.subject, "body": kind.body}
    wording, _ = Wording.objects.select_for_update(of=("self",)).get_or_create(kind=kind.key, defaults=ours)
    written = {"subject": subject, "body": body}
    changes = save(wording, written, seen=seen, changed_by=by)
    if changes:
        audit.record(MailEvent.MAIL_WORDING_CHANGED, target=kind.name, by=by, **_before_and_after(changes))
    if written == ours:
        wording.delete()


def _before_and_after(changes: Changes) -> dict[str, str]:
    # The trail quotes the short subject; of a long text it only says that it changed.
    if changes.touch(["subject"]):
        return {"before": changes.before["subject"], "after": changes.after["subject"]}
    return {"what": "texten"}


@transaction.atomic
def reset_wording(*, kind: MailKind, by: User) -> None:
    if Wording.objects.filter(kind=kind.key).delete()[0]:
        audit.record(MailEvent.MAIL_WORDING_CHANGED, target=kind.name, by=by, what="tillbaka till vår text")
