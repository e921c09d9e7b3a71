"""Who may do what with an omgång and its people. Sentences joined by & and |; the table is docs/architecture.md."""

from typing import Protocol

import rules
from django.utils import timezone

from accounts.models import User
from cohorts.enums import Function, Role
from cohorts.models import Cohort, Participation
from cohorts.roles import roles_of
from modell.permissions import Perm


class HasParticipation(Protocol):
    participation: Participation


@rules.predicate
def is_process_leader(user: User) -> bool:
    return roles_of(user).is_process_leader


@rules.predicate
def is_administrator(user: User) -> bool:
    return roles_of(user).is_administrator


@rules.predicate
def takes_part(user: User, cohort: Cohort) -> bool:
    return cohort.pk in roles_of(user).cohort_ids


@rules.predicate
def evaluates(user: User, cohort: Cohort) -> bool:
    return cohort.pk in roles_of(user).evaluated_cohort_ids


def has_function(*functions: Function) -> rules.predicates.Predicate:
    """The person holds one of these functions for the participation's organisation."""

    @rules.predicate(f"has_function:{'/'.join(functions)}")
    def predicate(user: User, participation: Participation) -> bool:
        return bool(roles_of(user).functions_in(participation.organisation_id) & set(functions))

    return predicate


is_own = has_function(*Function)
is_strategist = has_function(Function.STRATEGIST)
works_on_it = has_function(Function.STRATEGIST, Function.CONTRIBUTOR)
leads_it = has_function(Function.POLITICIAN, Function.MANAGER)


@rules.predicate
def is_in_own_group(user: User, participation: Participation) -> bool:
    return participation.group_id is not None and participation.group_id in roles_of(user).group_ids


@rules.predicate
def is_mentored_by(user: User, participation: Participation) -> bool:
    return participation.group_id is not None and participation.group_id in roles_of(user).mentored_group_ids


@rules.predicate
def evaluates_its_cohort(user: User, participation: Participation) -> bool:
    return participation.cohort_id in roles_of(user).evaluated_cohort_ids


@rules.predicate
def cohort_is_open(_user: User, participation: Participation) -> bool:
    """Open for this organisation: the omgång runs, and the organisation has not left it."""
    today = timezone.localdate()
    return participation.cohort.is_open(today) and not participation.has_left_by(today)


@rules.predicate
def has_not_left(_user: User, participation: Participation) -> bool:
    return not participation.has_left_by(timezone.localdate())


@rules.predicate
def is_open(_user: User, cohort: Cohort) -> bool:
    return cohort.is_open(timezone.localdate())


@rules.predicate
def is_participant(_user: User, participation: Participation) -> bool:
    return participation.role == Role.PARTICIPANT


@rules.predicate
def is_mentoring(_user: User, participation: Participation) -> bool:
    return participation.role != Role.PARTICIPANT


def of_participation(predicate: rules.predicates.Predicate) -> rules.predicates.Predicate:
    """The same sentence, said of the organisation that an assessment or a report belongs to."""

    @rules.predicate(f"of_participation:{predicate.name}")
    def applied(user: User, owned: HasParticipation) -> bool:
        return bool(predicate.test(user, owned.participation))

    return applied


rules.add_perm(Perm.SEE_READINESS, is_process_leader | is_administrator)
rules.add_perm(Perm.READ_INTERESTS, is_process_leader | is_administrator)
rules.add_perm(Perm.ADMIT, is_process_leader)
# Reasons rest on what organisations have wished and, for the process leader alone, on their values.
rules.add_perm(Perm.READ_GROUPING, is_process_leader | is_administrator)
rules.add_perm(Perm.EDIT_GROUPS, is_process_leader & is_open)
rules.add_perm(Perm.READ_PEOPLE, is_process_leader | is_administrator | is_own | is_mentored_by)
rules.add_perm(Perm.EDIT_PEOPLE, is_process_leader | is_administrator | (is_strategist & has_not_left))
rules.add_perm(Perm.READ_INTRODUCTION, is_process_leader | is_administrator | is_own)
rules.add_perm(Perm.READ_DECISIONS, is_process_leader | is_administrator | is_own)
rules.add_perm(Perm.RECORD_DECISION, is_process_leader | is_administrator | (is_strategist & has_not_left))
rules.add_perm(Perm.READ_DIRECTORY, is_process_leader | is_administrator | takes_part)
rules.add_perm(Perm.EXPORT_DIRECTORY, is_process_leader | is_administrator)
# To any of an omgång's organisations: those who may edit the people of them all.
rules.add_perm(Perm.EDIT_ALL_PEOPLE, is_process_leader | is_administrator)
rules.add_perm(Perm.READ_PARTICIPATION, is_process_leader | is_administrator)
rules.add_perm(Perm.EDIT_PARTICIPATION, is_process_leader)
rules.add_perm(Perm.WITHDRAW, is_process_leader)
rules.add_perm(Perm.ADD_PARTICIPATION, is_process_leader)
rules.add_perm(Perm.EXTEND_COHORT, is_process_leader)

rules.add_perm(Perm.READ_MENTOR_POOL, is_process_leader | is_administrator)
rules.add_perm(Perm.READ_MENTORING, is_process_leader | is_administrator | is_own)
rules.add_perm(Perm.PREPARE_AS_MENTOR, is_own & is_mentoring)
# Also when the omgång is over: that is when one is asked.
rules.add_perm(Perm.ANSWER_MENTOR, is_strategist)
rules.add_perm(Perm.AGREE_TO_MENTOR, (is_strategist | leads_it) & is_mentoring & cohort_is_open)
