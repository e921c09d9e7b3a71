"""Mail about what waits for an organisation's people: their own rating, and what SKR has asked."""

from collections.abc import Callable, Iterable
from datetime import date

from django.urls import reverse

from accounts.models import User
from assessments.duties import which
from assessments.mails import QUERY_ASKED, RATING_ASKED, RATING_REMINDER, REOPENING_ASKED
from assessments.models import Assessment, Query, RatingRound, Reopening
from cohorts.holders import Holder, answers_queries, answers_requests
from cohorts.models import Delegate
from cohorts.telling import first_of_today, tell, tell_each
from mailings.kinds import MailKind


def tell_raters(opened: RatingRound, invited: Iterable[Delegate], *, by: User) -> None:
    """Mail those invited, but not the one who invites: they have just seen the page."""
    for delegate in invited:
        if delegate.user_id != by.pk:
            _tell(RATING_ASKED, opened.pk, delegate, opened.assessment, _own_rating(opened))


def remind_raters(opened: RatingRound, delegates: Iterable[Delegate], today: date) -> int:
    """Remind each at most once a day, and return how many were reminded."""
    about = f"{opened.pk}.{today}"
    path = _own_rating(opened)
    return sum(_tell(RATING_REMINDER, about, delegate, opened.assessment, path) for delegate in delegates)


def _own_rating(opened: RatingRound) -> str:
    return reverse("assessments:rate_alone", args=[opened.assessment_id])


def tell_of_query(query: Query) -> None:
    """Mail those who may answer; the questions of one day that wait for an answer share a mail."""
    assessment = query.assessment
    _tell_each(answers_queries, QUERY_ASKED, first_of_today(assessment.queries.all()), assessment)


def tell_of_reopening(reopening: Reopening) -> None:
    _tell_each(answers_requests, REOPENING_ASKED, reopening.pk, reopening.assessment, "#oppna-igen")


def _tell_each(
    whom: Callable[[Holder], bool], kind: MailKind, about: object, assessment: Assessment, place: str = ""
) -> None:
    path = assessment.get_absolute_url() + place
    tell_each(whom, kind, about, participation=assessment.participation, path=path, vilken=which(assessment))


def _tell(kind: MailKind, about: object, to: Delegate, assessment: Assessment, path: str) -> bool:
    return tell(kind, about, to=to, participation=assessment.participation, path=path, vilken=which(assessment))
