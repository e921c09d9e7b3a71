"""Actions on the comments to an improvement."""

from django.db import transaction

from accounts.models import User
from cohorts.locking import locked
from cohorts.roles import roles_of
from improvements.models import Comment, Improvement
from improvements.speakers import seat_of
from improvements.telling import tell_of_comment
from improvements.trail import ImprovementEvent
from kit import audit
from kit.refusals import ActionRefused

NOT_SHARED = "Förbättringsarbetet delas inte längre, så din kommentar är inte sparad."


@transaction.atomic
def add_comment(*, improvement: Improvement, text: str, by: User) -> Comment:
    """Store what a reader says, as its function and organisation. The writer's last words again are no new comment."""
    locked(improvement.participation)
    improvement = Improvement.objects.select_related("participation__cohort").get(pk=improvement.pk)
    roles = roles_of(by)
    seat = seat_of(roles, improvement)
    if seat is None and not (roles.is_process_leader and improvement.shared):
        raise ActionRefused(NOT_SHARED)
    last = improvement.comments.filter(written_by=by).last()
    if last is not None and last.text == text:
        return last
    comment = Comment.objects.create(
        improvement=improvement,
        text=text,
        organisation_id=seat.organisation_id if seat else None,
        function=seat.function if seat else "",
        shared=improvement.shared,
        written_by=by,
    )
    _record(ImprovementEvent.COMMENTED, comment, seat.participation.organisation.code if seat else "", by)
    tell_of_comment(comment)
    return comment


@transaction.atomic
def remove_comment(*, comment: Comment, by: User) -> None:
    owner = locked(comment.improvement.participation)
    if not Comment.objects.filter(pk=comment.pk).delete()[0]:
        return
    wrote = comment.written_by_id == by.pk
    code = (comment.organisation.code if comment.organisation else "") if wrote else owner.organisation.code
    _record(ImprovementEvent.COMMENT_REMOVED, comment, code, by)


def _record(kind: ImprovementEvent, comment: Comment, code: str, by: User) -> None:
    # The trail names who did it, so that it is their own organisation's, and SKR's where there is none.
    cohort = str(comment.improvement.participation.cohort)
    audit.record(kind, target=comment.improvement, by=by, organisation=code, cohort=cohort)
