"""Mails of an interest form. Their keys begin with the form's, so that they are erased with its people."""

from hashlib import sha256

from django.urls import reverse
from django.utils import timezone

from admission.enums import InterestState as State
from admission.mails import (
    INTEREST_ADMITTED,
    INTEREST_ARRIVED,
    INTEREST_ASKED,
    INTEREST_COWRITER,
    INTEREST_DECLINED,
    INTEREST_LINK,
    INTEREST_RECEIVED,
    INTEREST_THERE,
    INTEREST_TO_SKR,
    INTEREST_UNKNOWN,
    INTEREST_WAITING,
)
from admission.models import Interest, InterestAsk, InterestWriter
from cohorts.models import Cohort, Organisation
from kit.templatetags.swedish import day
from mailings.actions import Envelope, queue_mail
from mailings.kinds import MailKind
from mailings.models import Mail

WAS_TYPED = "Du får mejlet för att din adress skrevs in när någon bad om en intresseanmälan."

ANSWER_KINDS = {
    State.ADMITTED: INTEREST_ADMITTED,
    State.WAITING: INTEREST_WAITING,
    State.DECLINED: INTEREST_DECLINED,
}


def key_of(interest: Interest) -> str:
    return f"interest:{interest.pk}:"


def send_link(writer: InterestWriter) -> None:
    interest = writer.interest
    reason = (
        "Du får mejlet för att din adress skrevs in när någon bad om en intresseanmälan. Var det inte du behöver du "
        "inte göra något."
    )
    # The key changes each minute, so a double click gives only one mail.
    minute = timezone.now().strftime("%Y%m%d%H%M")
    _to_writer(
        writer, INTEREST_LINK, f"link:{writer.pk}:{minute}", {"sista_dag": last_day(interest.cohort)}, reason=reason
    )


def send_there(cohort: Cohort, organisation: Organisation, email: str, interest: Interest | None) -> None:
    """Tell the person who asked that the organisation already has its place, at most once a day."""
    about = key_of(interest) if interest else f"interest-there:{cohort.pk}:{organisation.pk}:"
    to = Envelope(email, "", WAS_TYPED, contact=cohort.contact)
    key = f"{about}there:{_short(email)}:{timezone.localdate():%Y%m%d}"
    values = {"omgang": cohort.name, "organisation": organisation.name}
    queue_mail(kind=INTEREST_THERE, key=key, to=to, values=values, about=cohort.slug)


def send_unknown(ask: InterestAsk) -> None:
    """Tell the person that SKR looks at it first, at most once a day, and ask SKR once."""
    cohort, values = ask.cohort, {"omgang": ask.cohort.name, "organisation": ask.organisation.name}
    to = Envelope(ask.email, "", WAS_TYPED, contact=cohort.contact)
    key = f"{_key_of_ask(ask)}unknown:{timezone.localdate():%Y%m%d}"
    queue_mail(kind=INTEREST_UNKNOWN, key=key, to=to, values=values, about=cohort.slug)
    if cohort.contact:
        queue_mail(
            kind=INTEREST_TO_SKR,
            key=f"{_key_of_ask(ask)}to-skr",
            to=Envelope.to(cohort.contact, reason=f"Du får mejlet för att du är kontaktperson för {cohort}."),
            values={**values, "adress": ask.email},
            path=reverse("admission:interests", args=[cohort.slug]),
            about=cohort.slug,
        )


def forget_ask(ask: InterestAsk) -> None:
    Mail.objects.filter(key__startswith=_key_of_ask(ask)).delete()


def _key_of_ask(ask: InterestAsk) -> str:
    return f"interest-ask:{ask.pk}:"


def send_asked(holder: InterestWriter, email: str) -> None:
    """Tell one who stands for the organisation that another writes too, once for each address."""
    _to_writer(holder, INTEREST_ASKED, f"asked:{_short(email)}:{holder.pk}", {"adress": email})


def send_cowriter(writer: InterestWriter, invited_by: InterestWriter) -> None:
    values = {"inbjuden_av": invited_by.email, "sista_dag": last_day(writer.interest.cohort)}
    reason = f"Du får mejlet för att {invited_by.email} har bjudit in dig."
    _to_writer(writer, INTEREST_COWRITER, f"cowriter:{writer.pk}", values, reason=reason)


def send_received(interest: Interest) -> None:
    """Mail the writers and SKR's contact person, once for each revision that is sent in."""
    submitted = timezone.localtime(interest.submitted_at).date() if interest.submitted_at else None
    values = {"dag": day(submitted), "beslutas": board_meets(interest.cohort)}
    for writer in interest.writers.all():
        _to_writer(writer, INTEREST_RECEIVED, f"received:{interest.revision}:{writer.pk}", values)
    contact = interest.cohort.contact
    if contact:
        queue_mail(
            kind=INTEREST_ARRIVED,
            key=f"{key_of(interest)}arrived:{interest.revision}",
            to=Envelope.to(contact, reason=f"Du får mejlet för att du är kontaktperson för {interest.cohort}."),
            values={"omgang": interest.cohort.name, "organisation": interest.organisation.name},
            path=reverse("admission:interest_read", args=[interest.cohort.slug, interest.pk]),
            about=interest.cohort.slug,
        )


def send_answer(interest: Interest, changed: str) -> None:
    for writer in interest.writers.all():
        _to_writer(
            writer,
            ANSWER_KINDS[State(interest.state)],
            f"answer:{interest.revision}:{writer.pk}",
            answer_values(interest, changed),
        )


def answer_values(interest: Interest, changed: str) -> dict[str, str]:
    """Return the values of the answer's mail; `changed` says why an earlier answer no longer stands."""
    return {
        "omgang": interest.cohort.name,
        "organisation": interest.organisation.name,
        "beslutat_av": interest.answered_by,
        "dag": day(interest.answered_on),
        "svar": interest.answer,
        "andrat": f"Det svar ni har fått tidigare är ändrat. Skälet är: {changed}" if changed else "",
    }


def last_day(cohort: Cohort) -> str:
    closes = cohort.interest_closes_on
    return f"Sista dag att skicka in är {day(closes)}." if closes else "SKR har inte satt någon sista dag än."


def board_meets(cohort: Cohort) -> str:
    if cohort.board_meets_on and cohort.board_meets_on >= timezone.localdate():
        return f"SKR:s styrgrupp beslutar {day(cohort.board_meets_on)} och därefter får ni svar."
    return "SKR:s styrgrupp beslutar om vilka som antas. Dagen är inte bestämd än."


def _to_writer(writer: InterestWriter, kind: MailKind, key: str, values: dict[str, str], *, reason: str = "") -> None:
    interest = writer.interest
    organisation = interest.organisation.name
    queue_mail(
        kind=kind,
        key=f"{key_of(interest)}{key}",
        to=Envelope(
            writer.email,
            "",
            reason or f"Du får mejlet för att du skriver intresseanmälan för {organisation}.",
            contact=interest.cohort.contact,
        ),
        values={"omgang": interest.cohort.name, "organisation": organisation, **values},
        path=reverse("admission:interest", args=[writer.key]),
        about=interest.cohort.slug,
    )


def _short(email: str) -> str:
    # The key must not reveal the address.
    return sha256(email.encode()).hexdigest()[:16]
