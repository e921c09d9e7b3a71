"""A mailing as each person reads it, and what of it one has to have read before it is sent."""

from accounts.models import User
from cohorts.models import Cohort
from follow_up.mailing.choosing import Addressee
from follow_up.mailing.fields import Surroundings, filled_in
from follow_up.mails import OWN_WORDS
from follow_up.models import Mailing
from kit.staleness import content_of, digest
from mailings.actions import Envelope
from mailings.writing import WrittenMail, write

WORDS = ("subject", "body", "answers_to")


def seen_of(mailing: Mailing) -> str:
    """Return a digest of all that is sent: somebody who has not read it as it is now does not send it."""
    files = sorted(mailing.files.values_list("pk", flat=True))
    return digest({**content_of(mailing, *WORDS), "files": files})


def contacts_of(cohort: Cohort, by: User) -> dict[User, str]:
    """Return those who may sign a mailing and get its replies, with their tasks; the omgång's contact comes first."""
    contacts = {cohort.contact: "projektledare"} if cohort.contact else {}
    for colleague in cohort.colleagues:
        contacts.setdefault(colleague.user, colleague.get_task_display().lower())
    return contacts | ({} if by in contacts else {by: "du själv"})


def envelope(mailing: Mailing, person: Addressee) -> Envelope:
    why = f"Du får mejlet för att du är {person.whose}."
    return Envelope.to(person.user, reason=why, contact=mailing.answers_to or mailing.cohort.contact)


def values_for(mailing: Mailing, person: Addressee, around: Surroundings) -> dict[str, str]:
    return {
        "omgang": mailing.cohort.name,
        "amne": filled_in(mailing.subject, person, around),
        "text": filled_in(mailing.body, person, around),
    }


def as_read_by(mailing: Mailing, person: Addressee, around: Surroundings) -> WrittenMail:
    values = {"namn": person.user.name, **values_for(mailing, person, around)}
    return write(OWN_WORDS, values, envelope(mailing, person).frame(mailing.cohort.get_absolute_url()))
