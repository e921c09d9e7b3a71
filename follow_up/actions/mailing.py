"""Actions for SKR's own mail to people in an omgång: the choice of people, the words, the files, and the sending."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from cohorts.models import Cohort
from follow_up.mailing.choosing import addressees_of
from follow_up.mailing.fields import read_surroundings, refuse_unknown_fields
from follow_up.mailing.writing import WORDS, envelope, seen_of, values_for
from follow_up.mails import OWN_WORDS
from follow_up.models import Mailing
from follow_up.trail import FollowUpEvent
from kit import audit, limits
from kit.editing import save
from kit.refusals import ActionRefused
from kit.templatetags.swedish import counted
from kit.uploads import MB, name_of, taken
from mailings import tasks
from mailings.actions import queue_mail
from mailings.attachments import attach, remove_unused
from mailings.erasing import MAIL
from mailings.models import Attachment

# An omgång of all 310 with four people each may be reached within the hour, and no more by mistake.
MAILS_AN_HOUR = limits.Hourly("own_words", 1500, "Du kan skicka högst {} mejl i timmen. Försök igen efter klockan {}.")
# Many mail servers take no mail above ten megabytes, and a file grows by a third on its way.
MOST_FILES, MOST_MB = 5, 7
ALREADY_SENT = "Utskicket är redan skickat och går inte att ändra."
READ_AGAIN = "Någon har ändrat utskicket sedan du öppnade sidan. Läs igenom det igen innan du skickar det."


@transaction.atomic
def make_mailing(*, cohort: Cohort, choice: Mapping[str, Any], left_out: Collection[int], by: User) -> Mailing:
    mailing = Mailing.objects.create(cohort=cohort, choice=dict(choice), answers_to=cohort.contact or by, made_by=by)
    mailing.left_out.set(left_out)
    audit.record(FollowUpEvent.MAILING_WRITTEN, target=cohort, by=by, what="valde mottagare")
    return mailing


@transaction.atomic
def choose_people(*, mailing: Mailing, choice: Mapping[str, Any], left_out: Collection[int], by: User) -> None:
    mailing = _held(mailing)
    mailing.choice = dict(choice)
    mailing.save(update_fields=["choice", "changed_at"])
    mailing.left_out.set(left_out)
    audit.record(FollowUpEvent.MAILING_WRITTEN, target=mailing.cohort, by=by, what="valde mottagare")


@transaction.atomic
def write_mailing(*, mailing: Mailing, subject: str, body: str, answers_to: User, seen: str, by: User) -> Mailing:
    refuse_unknown_fields(subject, "subject")
    refuse_unknown_fields(body, "body")
    mailing = _held(mailing)
    if save(mailing, {"subject": subject, "body": body, "answers_to": answers_to}, seen=seen):
        audit.record(FollowUpEvent.MAILING_WRITTEN, target=mailing.cohort, by=by, what=f"”{mailing}”")
    return mailing


@transaction.atomic
def add_mailing_file(*, mailing: Mailing, file: File[bytes], by: User) -> None:
    mailing = _held(mailing)
    there = list(mailing.files.all())
    if len(there) >= MOST_FILES:
        raise ActionRefused(f"Ett utskick får ha högst {MOST_FILES} bilagor. Ta bort någon först.", field="file")
    if sum(row.size for row in there) + file.size > MOST_MB * MB:
        raise ActionRefused(
            f"Bilagorna får vara högst {MOST_MB} MB tillsammans, för annars tar många inte emot mejlet. Lägg en stor "
            "fil på en träffs sida och skriv länken i texten.",
            field="file",
        )
    kind = taken(file, by=by)
    row = attach(f"{name_of(file) or 'bilaga'}.{kind.ending}", file.read(), kind.media_type)
    if row in there:
        raise ActionRefused("Filen finns redan här.", field="file")
    mailing.files.add(row)
    audit.record(FollowUpEvent.MAILING_WRITTEN, target=mailing.cohort, by=by, what=f"lade till bilagan {row}")


@transaction.atomic
def remove_mailing_file(*, mailing: Mailing, file: Attachment, by: User) -> None:
    mailing = _held(mailing)
    mailing.files.remove(file)
    remove_unused()
    audit.record(FollowUpEvent.MAILING_WRITTEN, target=mailing.cohort, by=by, what=f"tog bort bilagan {file}")


@transaction.atomic
def remove_mailing(*, mailing: Mailing, by: User) -> None:
    """Remove a draft; a mailing that is sent stays as long as its mails do."""
    mailing = _held(mailing)
    mailing.delete()
    remove_unused()
    audit.record(FollowUpEvent.MAILING_REMOVED, target=mailing.cohort, by=by, what=f"”{mailing}”")


@transaction.atomic
def send_mailing(*, mailing: Mailing, seen: str, till: Collection[int], by: User) -> int:
    """Send to those in `till` (the people whom the page has shown) who are still chosen; return how many, once.

    Sent again, by a second click or a colleague, nothing more is sent and 0 is returned.
    """
    mailing = _lock(mailing)
    if mailing.is_sent:
        return 0
    if seen != seen_of(mailing):
        raise ActionRefused(READ_AGAIN)
    people = [person for person in addressees_of(mailing, timezone.localdate()) if person.user.pk in till]
    if not people:
        raise ActionRefused("Ingen av dem som du har valt får utskicket längre. Välj mottagare igen.")
    MAILS_AN_HOUR.use(by, len(people))
    around, files = read_surroundings(mailing.cohort, people, timezone.localdate()), list(mailing.files.all())
    for person in people:
        queue_mail(
            kind=OWN_WORDS,
            key=f"{mailing.stem}{person.user.pk}",
            to=envelope(mailing, person),
            values=values_for(mailing, person, around),
            path=mailing.cohort.get_absolute_url(),
            about=mailing.cohort.slug,
            files=files,
            is_one_of_many=True,
        )
    transaction.on_commit(tasks.tell_of_many)
    mailing.sent_at, mailing.sent_by = timezone.now(), by
    mailing.save(update_fields=["sent_at", "sent_by"])
    n_files = f", med {counted(len(files), 'en bilaga', 'bilagor')}" if files else ""
    what = f"”{mailing}”, till {counted(len(people), 'en person', 'personer')}{n_files}"
    audit.record(FollowUpEvent.MAILING_SENT, target=mailing.cohort, by=by, what=what)
    return len(people)


def remove_old_mailings(now: datetime) -> None:
    """Remove mailings as old as the mail that is erased, and drafts that nobody has touched for as long."""
    Mailing.objects.to_remove(MAIL.oldest_kept(now)).delete()
    remove_unused()


def is_whole(mailing: Mailing) -> bool:
    """True if it has words enough to be sent."""
    return all(getattr(mailing, name) for name in WORDS[:2])


def _lock(mailing: Mailing) -> Mailing:
    rows = Mailing.objects.select_for_update(of=("self",)).select_related("cohort__contact", "answers_to")
    row = rows.filter(pk=mailing.pk).first()
    if row is None:
        raise ActionRefused("Utkastet är borttaget.")
    return row


def _held(mailing: Mailing) -> Mailing:
    mailing = _lock(mailing)
    if mailing.is_sent:
        raise ActionRefused(ALREADY_SENT)
    return mailing
