import rules

from accounts.models import User
from cohorts.enums import Function
from cohorts.models import Cohort
from cohorts.roles import roles_of
from cohorts.rules import evaluates, has_not_left, is_process_leader, reads_group, works_on_it
from improvements.models import Comment, Improvement
from improvements.speakers import seat_of
from kit.permissions import permission


@rules.predicate
def is_strategist_of_its_lender(user: User, improvement: Improvement) -> bool:
    lender = improvement.borrowed_from_id
    return lender is not None and Function.STRATEGIST in roles_of(user).functions_in(lender)


@rules.predicate
def speaks_about_it(user: User, improvement: Improvement) -> bool:
    """True for its workers, and for those who read what is shared; the evaluator reads and says nothing."""
    roles = roles_of(user)
    by_skr = roles.is_process_leader and improvement.shared
    return (by_skr or seat_of(roles, improvement) is not None) and bool(
        has_not_left.test(user, improvement.participation)
    )


@rules.predicate
def wrote_or_works_on_it(user: User, comment: Comment) -> bool:
    improvement = comment.improvement
    wrote = comment.written_by_id == user.pk and speaks_about_it.test(user, improvement)
    return bool(wrote) or bool((works_on_it & has_not_left).test(user, improvement.participation))


@rules.predicate
def mentors_in(user: User, cohort: Cohort) -> bool:
    seats = roles_of(user).seats
    return any(seat.is_mentoring and not seat.has_left and seat.cohort_id == cohort.pk for seat in seats)


# The work goes on at home after the omgång's end, so its notes stay open; an organisation that has left is shut out.
EDIT_WORK = permission("improvements.edit_work", works_on_it & has_not_left)
READ_GROUP_WORK = permission("improvements.read_group_work", reads_group)
# A mentor reads what its groups share, the others what everyone shares.
READ_SHARED_WORK = permission("improvements.read_shared_work", is_process_leader | evaluates | mentors_in)
TAKE_SHARED_WORK = permission("improvements.take_shared_work", is_process_leader | evaluates)
ANSWER_NAMING = permission("improvements.answer_naming", is_strategist_of_its_lender)
COMMENT = permission("improvements.comment", speaks_about_it)
REMOVE_COMMENT = permission("improvements.remove_comment", wrote_or_works_on_it)
