"""Predicates for an omgång and its people, to be joined by & and |; the table is `tests/modell/test_access.py`."""

from typing import Protocol

import rules
from django.utils import timezone

from accounts.models import User
from cohorts.enums import Function, Role
from cohorts.models import Cohort, Group, Participation
from cohorts.roles import roles_of


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
    """Make a predicate: the person has one of the functions for the participation's organisation."""

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


# Who reads what an organisation has handed in or shared; the same rule as `whose_work_is_read_by`.
reads_work = is_process_leader | is_own | is_in_own_group | is_mentored_by | evaluates_its_cohort


@rules.predicate
def is_near_group(user: User, group: Group) -> bool:
    roles = roles_of(user)
    return group.pk in roles.group_ids | roles.mentored_group_ids


@rules.predicate
def evaluates_its_omgang(user: User, group: Group) -> bool:
    return group.cohort_id in roles_of(user).evaluated_cohort_ids


# Who reads what all in a group have handed in or shared: `reads_work` of each of them.
reads_group = is_process_leader | is_near_group | evaluates_its_omgang


@rules.predicate
def cohort_is_open(_user: User, participation: Participation) -> bool:
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
    """Make a predicate that asks about the organisation that an assessment or a report belongs to."""

    @rules.predicate(f"of_participation:{predicate.name}")
    def applied(user: User, owned: HasParticipation) -> bool:
        return bool(predicate.test(user, owned.participation))

    return applied
