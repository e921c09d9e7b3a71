"""Mail to an organisation whose idea another wants to name in public, and about comments on its work."""

from django.db.models import Case, When
from django.urls import reverse

from cohorts.enums import Status
from cohorts.holders import answers_requests
from cohorts.models import Cohort, Participation
from cohorts.telling import tell_each
from improvements.mails import COMMENTED, NAMING_ASKED
from improvements.models import Comment, Improvement


def tell_of_naming(work: Improvement) -> None:
    """Mail the lender, once for each improvement, if it has not answered."""
    if not Improvement.objects.waiting_for_naming().filter(pk=work.pk).exists():
        return
    participation = _lender_of(work)
    if participation is None:
        return
    tell_each(
        answers_requests,
        NAMING_ASKED,
        f"{work.pk}.{work.borrowed_from_id}",
        participation=participation,
        path=reverse("improvements:naming", args=[work.pk]),
        annan=work.participation.organisation.name,
        arbete=work.title,
    )


def tell_of_comment(comment: Comment) -> None:
    """Mail the strategist of the organisation whose work it is, unless the words are its own."""
    work = comment.improvement
    if comment.organisation_id == work.participation.organisation_id:
        return
    tell_each(
        answers_requests,
        COMMENTED,
        comment.pk,
        participation=work.participation,
        path=f"{reverse('improvements:improvement', args=[work.pk])}#kommentarer",
        arbete=work.title,
        vem=comment.writer,
    )


def _lender_of(work: Improvement) -> Participation | None:
    """Return the lender in the omgång; one that is known by an example may be in another, and then in its last."""
    beside = Cohort.objects.beside(work.participation.cohort)
    rows = Participation.objects.filter(organisation=work.borrowed_from_id, cohort__in=beside)
    rows = rows.exclude(status=Status.WITHDRAWN).select_related("organisation", "cohort__contact")
    here = Case(When(cohort=work.participation.cohort_id, then=0), default=1)
    return rows.order_by(here, "-cohort__ends_on").first()
