"""Writes to the admission letter: SKR's own words, and the sending of a version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from admission.letter import letter
from admission.letter.content import LetterContent
from admission.letter.recipients import Recipient, letter_key, recipients
from admission.letter.words import PARAGRAPHS
from admission.mails import ADMISSION_LETTER
from admission.models import Letter, LetterIssue
from admission.trail import AdmissionEvent
from cohorts.models import Cohort, Delegate
from kit import audit
from kit.editing import Changes, compare
from kit.filling import refuse_unknown
from kit.pdf import render_pdf
from kit.refusals import ActionRefused
from kit.templatetags.swedish import enumerated
from kit.uploads import is_there
from mailings.actions import Envelope, queue_mail
from mailings.attachments import attach
from mailings.models import Attachment
from reports.content.frozen import freeze

CONTACTS = str(Letter._meta.get_field("contacts").verbose_name)
READ_AGAIN = "Något i brevet har ändrats sedan du öppnade sidan. Läs igenom det igen innan du skickar det."


@dataclass(frozen=True)
class Next:
    """Describes the version that would be sent now; an old number goes only to those who lack it."""

    number: int
    changed: str
    is_new: bool


def number_of(seen: str, last: LetterIssue | None) -> int:
    """Return the version number of a letter with this checksum: the last one's, or the next."""
    if last is None:
        return 1
    return last.number if last.checksum == seen else last.number + 1


def next_issue(content: LetterContent, last: LetterIssue | None) -> Next:
    number = number_of(content.checksum, last)
    if last is None or number > last.number:
        # The column has room for 400 characters.
        return Next(number, content.changed_since(last.parts)[:400] if last else "", is_new=True)
    return Next(number, last.changed, is_new=False)


@transaction.atomic
def save_words(*, cohort: Cohort, seen: str, content: Mapping[str, str], by: User) -> Letter:
    """Save the letter's texts by key, and more contacts; a text that equals the built-in one is not SKR's own."""
    cohort = Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)
    row = Letter.objects.filter(cohort=cohort).first() or Letter(cohort=cohort)
    changes = compare({**row.texts, "contacts": row.contacts}, content, seen=seen)
    if changes:
        for key in PARAGRAPHS.keys() & changes.after.keys():
            refuse_unknown(changes.after[key], PARAGRAPHS[key].fields, key)
        row.take({**row.texts, "contacts": row.contacts, **changes.after})
        row.save()
        audit.record(AdmissionEvent.LETTER_CHANGED, target=cohort, by=by, what=_named(changes))
    return row


def _named(changes: Changes) -> str:
    names = [PARAGRAPHS[key].name if key in PARAGRAPHS else CONTACTS for key in changes.names]
    return enumerated(name[:1].lower() + name[1:] for name in names)


def send_letter(*, cohort: Cohort, seen: str, by: User, only_new: bool = False) -> int:
    """Send to those who lack this version, or any version, and return how many; `seen` is the checksum shown."""
    content = letter.content_of(cohort)
    if content.is_empty:
        raise ActionRefused("Ingen organisation är antagen än, så det finns inget brev att skicka.")
    if content.checksum != seen:
        raise ActionRefused(READ_AGAIN)
    last = LetterIssue.objects.filter(cohort=cohort).first()
    coming = next_issue(content, last)
    is_lost = not coming.is_new and last is not None and not is_there(last.file)
    printed = content.issued(
        coming.number, coming.changed, last.issued_on if last and is_lost else timezone.localdate()
    )
    # This takes seconds, so it comes before the lock: others must be able to save meanwhile.
    data = render_pdf(printed.html()) if coming.is_new or is_lost else b""
    return _send(cohort, content, coming, data, by, only_new)


@transaction.atomic
def _send(cohort: Cohort, content: LetterContent, coming: Next, data: bytes, by: User, only_new: bool) -> int:
    cohort = Cohort.objects.select_for_update(of=("self",)).select_related("contact").get(pk=cohort.pk)
    issue = LetterIssue.objects.filter(cohort=cohort, number=coming.number).first()
    if issue is None:
        issue = _issue(cohort, content, coming, data, by)
    elif issue.checksum != content.checksum:
        raise ActionRefused("Någon annan har just skickat brevet. Läs igenom det igen.")
    elif data and not is_there(issue.file):
        issue.file.save(file_name(cohort, issue.number), ContentFile(data))
    with issue.file.open("rb") as stored:
        file = attach(file_name(cohort, issue.number), stored.read())
    earlier = {row.number: row.parts for row in LetterIssue.objects.filter(cohort=cohort)}
    sent = []
    for recipient in recipients(cohort, issue.number):
        if recipient.has_it or (only_new and recipient.has):
            continue
        changed = content.changed_since(earlier.get(recipient.has, {})) if recipient.has else ""
        if _mail(cohort, issue, recipient, changed, file):
            sent.append(recipient)
    _invited(cohort, sent)
    if sent:
        what = f"version {issue.number}, till {len(sent)} {'person' if len(sent) == 1 else 'personer'}"
        audit.record(AdmissionEvent.LETTER_SENT, target=cohort, by=by, what=what)
    return len(sent)


def _issue(cohort: Cohort, content: LetterContent, coming: Next, data: bytes, by: User) -> LetterIssue:
    today = timezone.localdate()
    issue = LetterIssue(
        cohort=cohort,
        number=coming.number,
        checksum=content.checksum,
        parts=content.parts,
        content=freeze(content.issued(coming.number, coming.changed, today)),
        changed=coming.changed,
        issued_on=today,
        issued_by=by,
    )
    issue.file.save(file_name(cohort, coming.number), ContentFile(data))
    return issue


def _invited(cohort: Cohort, sent: list[Recipient]) -> None:
    # Whoever waited for the letter has it as the invitation.
    seats = Delegate.objects.filter(participation__cohort=cohort, user__in=[recipient.user for recipient in sent])
    seats.filter(invited_at=None).update(invited_at=timezone.now())


def _mail(cohort: Cohort, issue: LetterIssue, to: Recipient, changed: str, file: Attachment) -> bool:
    mail = queue_mail(
        kind=ADMISSION_LETTER,
        key=letter_key(cohort, issue.number, to.user),
        to=Envelope.to(to.user, reason=to.reason, contact=cohort.contact),
        values={"omgang": cohort.name, "nytt": _news(issue, to, changed)},
        path=issue.get_absolute_url(),
        about=cohort.slug,
        files=[file],
    )
    return mail is not None


def _news(issue: LetterIssue, to: Recipient, changed: str) -> str:
    if not changed:
        return ""
    earlier = "förra versionen" if to.has == issue.number - 1 else f"version {to.has}, som du har fått"
    return f"Det här är version {issue.number}. Ändrat sedan {earlier}: {changed}."


def file_name(cohort: Cohort, number: int) -> str:
    return f"antagningsbrev-{cohort.slug}{f'-{number}' if number > 1 else ''}.pdf"
