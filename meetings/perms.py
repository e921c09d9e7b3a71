"""Permissions at a meeting. The table of who may do what is tests/meetings/pages.py."""

import rules
from django.utils import timezone

from accounts.models import User
from cohorts.enums import Function
from cohorts.roles import roles_of
from cohorts.rules import is_administrator, is_process_leader
from kit.permissions import permission
from meetings.models import Agreement, Impression, Material, Meeting, Takeaway
from meetings.whom import seats_asked_to, seats_at

WORKERS = (Function.STRATEGIST, Function.CONTRIBUTOR)
is_skr = is_process_leader | is_administrator


@rules.predicate
def concerned(user: User, meeting: Meeting) -> bool:
    return any(seats_at(roles_of(user), meeting))


@rules.predicate
def speaks_for_one_concerned(user: User, meeting: Meeting) -> bool:
    """True unless the person's organisation has left: it reads on, and writes nothing."""
    return any(not seat.has_left for seat in seats_at(roles_of(user), meeting))


@rules.predicate
def works_for_one_concerned(user: User, meeting: Meeting) -> bool:
    return any(seat.function in WORKERS and not seat.has_left for seat in seats_at(roles_of(user), meeting))


@rules.predicate
def invited(user: User, meeting: Meeting) -> bool:
    return bool(seats_asked_to(roles_of(user), meeting))


@rules.predicate
def evaluates(user: User, meeting: Meeting) -> bool:
    return meeting.cohort_id in roles_of(user).evaluated_cohort_ids


@rules.predicate
def hosts(user: User, meeting: Meeting) -> bool:
    return meeting.host_id is not None and any(
        seat.participation_id == meeting.host_id and seat.function == Function.STRATEGIST and not seat.has_left
        for seat in roles_of(user).seats
    )


@rules.predicate
def is_not_over(_user: User, meeting: Meeting) -> bool:
    return timezone.localdate() <= meeting.ends_on and not meeting.is_cancelled


def _works_for(user: User, participation_id: int | None) -> bool:
    seats = [seat for seat in roles_of(user).seats if seat.participation_id == participation_id]
    return any(seat.function in WORKERS and not seat.has_left for seat in seats)


def _has_left(user: User, participation_id: int | None) -> bool:
    seats = [seat for seat in roles_of(user).seats if seat.participation_id == participation_id]
    return any(seat.has_left for seat in seats)


@rules.predicate
def at_a_meeting_of_ones_own(user: User, row: Agreement | Material) -> bool:
    """True for SKR and for the strategist of the host."""
    return bool((is_skr | hosts).test(user, row.meeting))


@rules.predicate
def agreed_for_ones_own(user: User, agreement: Agreement) -> bool:
    """True for those who work for its organisation; for all who work at the meeting, if it has none."""
    if agreement.participation_id is None:
        return bool(works_for_one_concerned.test(user, agreement.meeting))
    return _works_for(user, agreement.participation_id)


@rules.predicate
def is_its_owner(user: User, agreement: Agreement) -> bool:
    owner = agreement.owner
    return owner is not None and owner.user_id == user.pk and not _has_left(user, owner.participation_id)


@rules.predicate
def added_by_ones_own(user: User, material: Material) -> bool:
    return _works_for(user, material.participation_id)


@rules.predicate
def material_of_ones_meeting(user: User, material: Material) -> bool:
    """True for SKR; for a host if it is its own or SKR's, but never another organisation's presentation."""
    return bool(is_skr.test(user)) or (
        bool(hosts.test(user, material.meeting)) and material.participation_id in (None, material.meeting.host_id)
    )


@rules.predicate
def wrote_it(user: User, impression: Impression) -> bool:
    return impression.written_by_id == user.pk and not _has_left(user, impression.participation_id)


@rules.predicate
def noted_for_ones_own(user: User, idea: Takeaway) -> bool:
    noted = idea.noted_by_id == user.pk and not _has_left(user, idea.participation_id)
    return noted or _works_for(user, idea.participation_id)


# The administrator plans meetings and people, and reads what an omgång is set up from.
EDIT_MEETINGS = permission("meetings.edit_meetings", is_process_leader | is_administrator)
EDIT_MEETING = permission("meetings.edit_meeting", is_skr | hosts)
CHANGE_HOST = permission("meetings.change_host", is_skr)
ANSWER_MEETING = permission("meetings.answer_meeting", invited & is_not_over)
RECORD_ATTENDANCE = permission("meetings.record_attendance", is_skr | hosts)
READ_AT_MEETING = permission("meetings.read_at_meeting", is_skr | evaluates | concerned | hosts)
WRITE_AT_MEETING = permission("meetings.write_at_meeting", is_skr | hosts | works_for_one_concerned)
SPEAK_AT_MEETING = permission("meetings.speak_at_meeting", speaks_for_one_concerned)
CHANGE_AGREEMENT = permission("meetings.change_agreement", at_a_meeting_of_ones_own | agreed_for_ones_own)
TICK_AGREEMENT = permission("meetings.tick_agreement", at_a_meeting_of_ones_own | agreed_for_ones_own | is_its_owner)
CHANGE_IMPRESSION = permission("meetings.change_impression", wrote_it)
REMOVE_IDEA = permission("meetings.remove_idea", noted_for_ones_own)
REMOVE_MATERIAL = permission("meetings.remove_material", material_of_ones_meeting | added_by_ones_own)
