"""What remains open to an organisation when its omgång has ended."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from accounts.models import User
from admission.interest.lookups import open_cohorts
from assessments.perms import START_OUTSIDE
from cohorts.models import Participation
from cohorts.roles import NOBODY
from kit.permissions import may
from kit.templatetags.swedish import day
from mentoring.perms import ANSWER_MENTOR


@dataclass(frozen=True)
class Open:
    url: str
    label: str
    why: str


def open_after(participation: Participation, user: User, today: date) -> list[Open]:
    if participation.cohort.is_open(today):
        return []
    place = [participation.cohort.slug, participation.code]
    openings = [
        Open(
            _interest(participation, cohort.slug),
            f"Anmäl intresse för {cohort.name}",
            _closes(cohort.interest_closes_on),
        )
        for cohort in open_cohorts(today, NOBODY)
    ]
    if may(user, ANSWER_MENTOR, participation) and not participation.mentor_next:
        label = "Svara om ni vill vara mentor i nästa omgång"
        openings.append(
            Open(reverse("mentoring:mentor", args=place), label, "Ni som har gått programmet hjälper andra.")
        )
    if may(user, START_OUTSIDE, participation):
        label = "Skatta igen"
        openings.append(Open(reverse("assessments:own", args=place), label, "Då ser ni om det ni nådde står sig."))
    work = reverse("improvements:work", args=place)
    return [
        *openings,
        Open(work, "Fortsätt förbättringsarbetet", "Det ni har skrivit finns kvar, och ni kan lägga till mer."),
    ]


def _interest(participation: Participation, slug: str) -> str:
    asked = urlencode({"organisation": participation.organisation.code})
    return f"{reverse('admission:interest_new', args=[slug])}?{asked}"


def _closes(closes_on: date | None) -> str:
    return f"Anmälan är öppen till och med {day(closes_on)}." if closes_on else "Anmälan är öppen."
