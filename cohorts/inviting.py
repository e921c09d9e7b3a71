"""The mails that tell a person of their seat: made once for each key, sent by a worker after the commit."""

from datetime import date

from django.urls import reverse
from django.utils import timezone

from cohorts.models import Cohort, Delegate
from mailings.actions import Envelope, queue_mail
from mailings.kinds import MailKind
from mailings.kinds.people import COMING_SEAT, HANDED_OVER, INVITATION, NEW_POLITICIAN, TAKES_OVER
from modell.templatetags.swedish import day


def called(delegate: Delegate) -> str:
    """politiker; strateg, ersättare."""
    return f"{delegate.get_function_display().lower()}{', ersättare' if delegate.deputy else ''}"


def reply_to(cohort: Cohort) -> str:
    return cohort.contact.email if cohort.contact else ""


def invite(delegate: Delegate, *, again: str = "") -> None:
    """`again` tells one sending from another; without it the seat has been invited to once, and stays so."""
    begins = delegate.starts_on <= timezone.localdate()
    send(delegate, INVITATION if begins else COMING_SEAT, again=again)


def welcome_politician(delegate: Delegate) -> None:
    """To one who is new after an election: the button opens the introduction."""
    participation = delegate.participation
    path = reverse("programme:introduction", args=[participation.cohort.slug, participation.code])
    send(delegate, NEW_POLITICIAN, path=path)


def tell_of_hand_over(leaving: Delegate, successor: Delegate, follows: str) -> None:
    """Both are told, each once: who, from when and, to the one who takes over, what comes along."""
    # One may take over from several, and a seat that is handed over may later be another's again.
    send(successor, TAKES_OVER, again=str(leaving.pk), foretradare=leaving.user.name, foljer=follows)
    send(leaving, HANDED_OVER, again=str(successor.pk), begins=successor.starts_on, eftertradare=successor.user.name)


def send(
    delegate: Delegate, kind: MailKind, *, path: str = "", again: str = "", begins: date | None = None, **more: str
) -> None:
    """Make one mail about a seat. Whatever tells its person that they have it marks it as invited."""
    participation = delegate.participation
    cohort = participation.cohort
    mail = queue_mail(
        kind=kind,
        key=f"{kind.key}:{delegate.pk}{f':{again}' if again else ''}",
        to=Envelope.to(
            delegate.user,
            reason=f"Du får mejlet för att du är {called(delegate)} för {participation.organisation}.",
            reply_to=reply_to(cohort),
        ),
        values={
            "omgang": cohort.name,
            "organisation": participation.organisation.name,
            "funktion": called(delegate),
            "dag": day(begins or delegate.starts_on),
            **more,
        },
        path=path or reverse("home"),
        about=cohort.slug,
    )
    if mail is not None and kind != HANDED_OVER:
        delegate.invited_at = timezone.now()
        delegate.save(update_fields=["invited_at"])
