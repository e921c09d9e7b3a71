"""Every write to the letter: SKR's own words in it, and the sending, once for each person and version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from cohorts.models import Cohort
from mailings.actions import Envelope, queue_mail
from mailings.kinds.admission import ADMISSION_LETTER
from modell import audit
from modell.audit import Kind
from modell.refusals import ActionRefused
from modell.staleness import Stale, content_of, digest
from programme.letter import letter
from programme.letter.content import LetterContent
from programme.letter.recipients import letter_key, recipients
from programme.models import Letter, LetterIssue
from reports.pdf import render_pdf

WORDS = ("introduction", "closing")


@dataclass(frozen=True)
class Next:
    """The version that would be sent now: a new one, or the last again to those who have not had it."""

    number: int
    changed: str
    is_new: bool


def number_of(seen: str, last: LetterIssue | None) -> int:
    """Which version a letter with this sum is: the last one again, or the next."""
    if last is None:
        return 1
    return last.number if last.checksum == seen else last.number + 1


def next_issue(content: LetterContent, last: LetterIssue | None) -> Next:
    number = number_of(content.checksum, last)
    if last is None or number > last.number:
        return Next(number, content.changed_since(last.parts)[:400] if last else "", is_new=True)
    return Next(number, last.changed, is_new=False)


@transaction.atomic
def save_words(*, cohort: Cohort, seen: str, content: Mapping[str, str], by: User) -> Letter:
    """SKR's introduction and closing; emptied, ours stand again."""
    cohort = Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)
    row = Letter.objects.filter(cohort=cohort).first() or Letter(cohort=cohort)
    stored = content_of(row, *WORDS)
    if stored == dict(content):
        return row
    if seen != digest(stored):
        raise Stale(stored)
    row.introduction, row.closing = content["introduction"], content["closing"]
    row.save()
    audit.record(Kind.LETTER_CHANGED, target=cohort, by=by)
    return row


def send_letter(*, cohort: Cohort, seen: str, by: User) -> int:
    """Send it to those who have not had this version; how many that were. `seen` is the sum of what was shown.

    The file is built before anything is locked: it takes seconds, and others must be able to save meanwhile.
    """
    content = letter.content_of(cohort)
    if content.is_empty:
        raise ActionRefused("Ingen organisation är antagen än, så det finns inget brev att skicka.")
    if content.checksum != seen:
        raise ActionRefused("Något i brevet har ändrats sedan ni öppnade sidan. Läs igenom det igen och skicka sedan.")
    coming = next_issue(content, LetterIssue.objects.filter(cohort=cohort).first())
    printed = content.issued(coming.number, coming.changed, timezone.localdate())
    data = render_pdf(printed.html()) if coming.is_new else b""
    return _send(cohort, content, coming, data, by)


@transaction.atomic
def _send(cohort: Cohort, content: LetterContent, coming: Next, data: bytes, by: User) -> int:
    cohort = Cohort.objects.select_for_update(of=("self",)).select_related("contact").get(pk=cohort.pk)
    issue = LetterIssue.objects.filter(cohort=cohort, number=coming.number).first()
    if issue is None:
        issue = _issue(cohort, content, coming, data, by)
    elif issue.checksum != content.checksum:
        raise ActionRefused("Någon annan har just skickat brevet. Läs igenom det igen.")
    with issue.file.open("rb") as file:
        data = file.read()
    sent = [one for one in recipients(cohort, issue.number) if _mail(cohort, issue, one.user, one.reason, data)]
    if sent:
        what = f"version {issue.number}, till {len(sent)} {'person' if len(sent) == 1 else 'personer'}"
        audit.record(Kind.LETTER_SENT, target=cohort, by=by, what=what)
    return len(sent)


def _issue(cohort: Cohort, content: LetterContent, coming: Next, data: bytes, by: User) -> LetterIssue:
    issue = LetterIssue(
        cohort=cohort,
        number=coming.number,
        checksum=content.checksum,
        parts=content.parts,
        changed=coming.changed,
        issued_on=timezone.localdate(),
        issued_by=by,
    )
    issue.file.save(file_name(cohort, coming.number), ContentFile(data))
    return issue


def _mail(cohort: Cohort, issue: LetterIssue, user: User, reason: str, data: bytes) -> bool:
    new = f"Det här är version {issue.number}. Ändrat sedan förra versionen: {issue.changed}." if issue.changed else ""
    mail = queue_mail(
        kind=ADMISSION_LETTER,
        key=letter_key(cohort, issue.number, user),
        to=Envelope.to(user, reason=reason, reply_to=cohort.contact.email if cohort.contact else ""),
        values={"omgang": cohort.name, "nytt": new},
        path=cohort.get_absolute_url(),
        about=cohort.slug,
        attachment=ContentFile(data, file_name(cohort, issue.number)),
    )
    return mail is not None


def file_name(cohort: Cohort, number: int) -> str:
    return f"antagningsbrev-{cohort.slug}{f'-{number}' if number > 1 else ''}.pdf"
