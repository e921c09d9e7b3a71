"""How far the mails of SKR's own mailings have come: who has got it, who waits, and whom it has not reached."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Case, IntegerField, Value, When

from cohorts.models import Cohort
from follow_up.mails import OWN_WORDS
from follow_up.models import Mailing
from kit.ordering import by_name
from kit.templatetags.swedish import counted, enumerated, sentence, some
from mailings.enums import UNSETTLED, MailState
from mailings.models import Mail
from mailings.querysets import MailQuerySet

LISTED = ("recipient", "digest", "resent_as")
# What somebody has to look at comes first.
ORDER = Case(
    When(state__in=UNSETTLED, then=Value(0)),
    When(state=MailState.SENT, then=Value(2)),
    default=Value(1),
    output_field=IntegerField(),
)


@dataclass(frozen=True)
class MailingStanding:
    sent: int
    failed: int
    withheld: int  # written in a rehearsal, which sends nothing
    total: int

    @property
    def words(self) -> str:
        if self.withheld:
            return f"{sentence(counted(self.withheld, 'ett mejl är skrivet', 'mejl är skrivna'))}. Inget skickas."
        waiting = self.total - self.sent - self.failed
        parts = [f"{some(self.sent)} har fått det"]
        parts += [f"{some(waiting)} väntar på det"] if waiting else []
        parts += [f"{some(self.failed)} har kanske inte fått det"] if self.failed else []
        return f"{sentence(enumerated(parts))}."


def standings(cohort: Cohort) -> dict[str, MailingStanding]:
    """Return how far each mailing has come, by the stem of its keys; what is sent again counts as the new mail."""
    mails = Mail.objects.filter(about=cohort.slug, kind=OWN_WORDS.key).order_by()
    rows = {pk: row for pk, *row in mails.values_list("pk", "key", "state", "resent_as")}
    counts: dict[str, Counter[str]] = {}
    for key, state, resent_as in rows.values():
        if not key.startswith(OWN_WORDS.key):
            continue
        while resent_as in rows:
            _, state, resent_as = rows[resent_as]
        stem = f"{key.rpartition(':')[0]}:"
        counts.setdefault(stem, Counter())[state] += 1
    return {stem: _standing(states) for stem, states in counts.items()}


def _standing(states: Counter[str]) -> MailingStanding:
    failed = sum(states[state] for state in UNSETTLED)
    return MailingStanding(states[MailState.SENT], failed, states[MailState.NOT_SENT], states.total())


def mails_of(mailing: Mailing) -> MailQuerySet:
    """Return its mails, those that did not arrive first."""
    mails = Mail.objects.filter(key__startswith=mailing.stem).select_related(*LISTED).defer("text", "html", "body")
    return mails.order_by(ORDER, by_name("recipient__name"), "pk")
