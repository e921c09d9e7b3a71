import rules

from accounts.models import User
from cohorts.enums import Function
from cohorts.roles import roles_of
from cohorts.rules import has_not_left, works_on_it
from improvements.models import Improvement
from kit.permissions import permission


@rules.predicate
def is_strategist_of_its_lender(user: User, improvement: Improvement) -> bool:
    lender = improvement.borrowed_from_id
    return lender is not None and Function.STRATEGIST in roles_of(user).functions_in(lender)


# The work goes on at home after the omgång's end, so its notes stay open; an organisation that has left is shut out.
EDIT_WORK = permission("improvements.edit_work", works_on_it & has_not_left)
ANSWER_NAMING = permission("improvements.answer_naming", is_strategist_of_its_lender)
