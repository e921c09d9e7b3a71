"""Mail at once to a person about their account, their role at SKR or their task as an evaluator."""

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from cohorts.models import Cohort
from mailings.actions import Envelope, queue_mail
from mailings.kinds import MailKind

REASON = "Du får mejlet för att adressen används för att logga in i Modell."


def who_did(by: User | None) -> str:
    """Return who did something, as a mail about it says; without a person it is a command, which SKR runs."""
    if by is None:
        return "SKR"
    return f"{by.name} på SKR" if by.skr_role else by.name


def tell_of_access(
    kind: MailKind, user: User, *, by: User | None, cohort: Cohort | None = None, opens: bool = True, **values: str
) -> None:
    """Queue a mail each time: access may be given, taken and given again. `opens` gives it a button to the site."""
    queue_mail(
        kind=kind,
        key=f"{kind.key}:{user.pk}:{timezone.now():%Y%m%d%H%M%S%f}",
        # The one who did it answers, where no omgång has a contact who does.
        to=Envelope.to(user, reason=REASON, contact=cohort.contact if cohort else by),
        values={"vem": who_did(by), **({"omgang": cohort.name} if cohort else {}), **values},
        path=reverse("home") if opens else "",
        about=cohort.slug if cohort else "",
    )
