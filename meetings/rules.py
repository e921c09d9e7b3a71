"""Who may read, answer, write and change at a meeting. The table is tests/areas/meeting.py."""

import rules
from django.utils import timezone

from accounts.models import User
from cohorts.enums import Function
from cohorts.roles import roles_of
from cohorts.rules import is_administrator, is_process_leader
from meetings.models import Agreement, Impression, Material, Meeting, Takeaway
from meetings.whom import seats_asked_to, seats_at
from modell.permissions import Perm

WORKERS = (Function.STRATEGIST, Function.CONTRIBUTOR)
is_skr = is_process_leader | is_administrator


@rules.predicate
def concerned(user: User, meeting: Meeting) -> bool:
    """It is for the person's organisation, as participant or as mentor."""
    return any(seats_at(roles_of(user), meeting))


@rules.predicate
def works_for_one_concerned(user: User, meeting: Meeting) -> bool:
    return any(seat.function in WORKERS for seat in seats_at(roles_of(user), meeting))


@rules.predicate
def invited(user: User, meeting: Meeting) -> bool:
    return bool(seats_asked_to(roles_of(user), meeting))


@rules.predicate
def evaluates(user: User, meeting: Meeting) -> bool:
    return meeting.cohort_id in roles_of(user).evaluated_cohort_ids


@rules.predicate
def hosts(user: User, meeting: Meeting) -> bool:
    """The strategist of the organisation that is host."""
    return meeting.host_id is not None and any(
        seat.participation_id == meeting.host_id and seat.function == Function.STRATEGIST
        for seat in roles_of(user).seats
    )


@rules.predicate
def is_not_over(_user: User, meeting: Meeting) -> bool:
    return timezone.localdate() <= meeting.ends_on and not meeting.is_cancelled


def _works_for(user: User, participation_id: int | None) -> bool:
    return any(seat.participation_id == participation_id and seat.function in WORKERS for seat in roles_of(user).seats)


@rules.predicate
def at_a_meeting_of_ones_own(user: User, row: Agreement | Material) -> bool:
    """SKR's, or the host's strategist's."""
    return bool((is_skr | hosts).test(user, row.meeting))


@rules.predicate
def agreed_for_ones_own(user: User, agreement: Agreement) -> bool:
    """By those who work for its organisation; what is the whole group's by all who work there."""
    if agreement.participation_id is None:
        return bool(works_for_one_concerned.test(user, agreement.meeting))
    return _works_for(user, agreement.participation_id)


@rules.predicate
def is_its_owner(user: User, agreement: Agreement) -> bool:
    return agreement.owner is not None and agreement.owner.user_id == user.pk


@rules.predicate
def added_by_ones_own(user: User, material: Material) -> bool:
    return _works_for(user, material.participation_id)


@rules.predicate
def material_of_ones_meeting(user: User, material: Material) -> bool:
    """SKR takes away any; a host what is its own or SKR's, never another organisation's presentation."""
    return bool(is_skr.test(user)) or (
        bool(hosts.test(user, material.meeting)) and material.participation_id in (None, material.meeting.host_id)
    )


@rules.predicate
def wrote_it(user: User, impression: Impression) -> bool:
    return impression.written_by_id == user.pk


@rules.predicate
def noted_for_ones_own(user: User, idea: Takeaway) -> bool:
    return idea.noted_by_id == user.pk or _works_for(user, idea.participation_id)


rules.add_perm(Perm.EDIT_MEETING, is_skr | hosts)
rules.add_perm(Perm.CHANGE_HOST, is_skr)
rules.add_perm(Perm.RECORD_ATTENDANCE, is_skr | hosts)
rules.add_perm(Perm.ANSWER_MEETING, invited & is_not_over)
rules.add_perm(Perm.READ_AT_MEETING, is_skr | evaluates | concerned | hosts)
rules.add_perm(Perm.WRITE_AT_MEETING, is_skr | hosts | works_for_one_concerned)
rules.add_perm(Perm.SPEAK_AT_MEETING, concerned)
rules.add_perm(Perm.CHANGE_AGREEMENT, at_a_meeting_of_ones_own | agreed_for_ones_own)
rules.add_perm(Perm.TICK_AGREEMENT, at_a_meeting_of_ones_own | agreed_for_ones_own | is_its_owner)
rules.add_perm(Perm.CHANGE_IMPRESSION, wrote_it)
rules.add_perm(Perm.REMOVE_IDEA, noted_for_ones_own)
rules.add_perm(Perm.REMOVE_MATERIAL, material_of_ones_meeting | added_by_ones_own)
