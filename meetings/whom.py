"""Rules for whom a meeting is for and which lärandeträffar a mentor supports; every page and mail asks here.

Each rule stands twice, for rows that are read and for the database; tests/meetings/test_whom.py compares them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, prefetch_related_objects

from cohorts.enums import Function, Role, Status
from cohorts.models import Delegate, Group, GroupMentor, Participation
from cohorts.roles import Roles, Seat
from kit.canonical import folded
from meetings.kinds import MeetingKind
from meetings.models import Meeting

# The separator between the themes of a mentor that has chosen several meetings.
BETWEEN = "; "


def functions_for(meeting: Meeting) -> tuple[str, ...]:
    return MeetingKind(meeting.kind).facts.functions


def is_of_group(meeting: Meeting, group_id: int | None) -> bool:
    return meeting.group_id in (None, group_id)


def is_for_participants(meeting: Meeting) -> bool:
    return not MeetingKind(meeting.kind).facts.is_for_mentors_only


def is_to_prepare(participation: Participation, meeting: Meeting) -> bool:
    """True if the meeting's preparations are the organisation's: mentors prepare only for the mentors' own meetings."""
    return participation.is_participant == is_for_participants(meeting)


def supports(mentorship: GroupMentor, meeting: Meeting) -> bool:
    """True if the mentor supports the lärandeträff: one it has chosen, or any of its group's if it has chosen none."""
    if not is_of_group(meeting, mentorship.group_id):
        return False
    chosen = {chosen_meeting.pk for chosen_meeting in mentorship.meetings.all()}
    return meeting.pk in chosen if chosen or mentorship.wished_theme else True


def is_expected(participation: Participation, meeting: Meeting, mentorships: Iterable[GroupMentor]) -> bool:
    """True if any of its people are to be there: neither before it joined nor after it has left.

    `mentorships` are its own, with their `meetings` prefetched. `functions_asked` says which of its people.
    """
    if participation.cohort_id != meeting.cohort_id or not participation.is_active_on(meeting.starts_on):
        return False
    if participation.is_participant:
        return _is_for_participant(meeting, participation.group_id)
    return _is_for_mentor(meeting, mentorships)


def _is_for_participant(meeting: Meeting, group_id: int | None) -> bool:
    return is_for_participants(meeting) and is_of_group(meeting, group_id)


def _is_for_mentor(meeting: Meeting, mentorships: Iterable[GroupMentor]) -> bool:
    """True if a group of its comes; without groups, if the meeting is joint."""
    mentorships = list(mentorships)
    if not mentorships:
        return meeting.group_id is None
    return any(is_of_group(meeting, mentorship.group_id) for mentorship in mentorships)


def functions_asked(
    participation: Participation, meeting: Meeting, mentorships: Sequence[GroupMentor]
) -> tuple[str, ...]:
    """Return the functions of the organisation that are asked to come; none if it is not expected.

    A mentor's strategists are at all meetings, the others not at the lärandeträffar that other mentors support.
    """
    if not is_expected(participation, meeting, mentorships):
        return ()
    if participation.is_participant or comes_whole(meeting, mentorships):
        return functions_for(meeting)
    return (Function.STRATEGIST,)


def comes_whole(meeting: Meeting, mentorships: Sequence[GroupMentor]) -> bool:
    """True unless the meeting is one that other mentors support, where only a mentor's strategists come."""
    if not _is_shared_out(meeting) or not mentorships:
        return True
    return any(supports(mentorship, meeting) for mentorship in mentorships)


def _is_shared_out(meeting: Meeting) -> bool:
    """True if the mentors may share the meetings of its kind among them."""
    return MeetingKind(meeting.kind).facts.is_mentored


def organisations_at(meeting: Meeting) -> QuerySet[Participation]:
    """Return the organisations for which `is_expected` is true."""
    there = ~Q(status=Status.WITHDRAWN) | Q(withdrawn_on__gte=meeting.starts_on)
    joined = Q(joined_on=None) | Q(joined_on__lte=meeting.starts_on)
    active = Participation.objects.with_organisation().filter(there, joined, cohort=meeting.cohort_id)
    return active.filter(_participants_at(meeting) | ~Q(role=Role.PARTICIPANT) & _mentors_at(meeting))


def _participants_at(meeting: Meeting) -> Q:
    if not is_for_participants(meeting):
        return Q(pk__in=[])
    return Q(role=Role.PARTICIPANT) if meeting.group_id is None else Q(role=Role.PARTICIPANT, group=meeting.group_id)


def _mentors_at(meeting: Meeting) -> Q:
    mentorships = GroupMentor.objects.filter(participation=OuterRef("pk"))
    there = Q(Exists(_of_group(mentorships, meeting)))
    return there | Q(~Exists(mentorships)) if meeting.group_id is None else there


def _of_group(mentorships: QuerySet[GroupMentor], meeting: Meeting) -> QuerySet[GroupMentor]:
    return mentorships if meeting.group_id is None else mentorships.filter(group=meeting.group_id)


def participants_at(meeting: Meeting, among: Iterable[Participation]) -> list[Participation]:
    return [row for row in among if row.is_participant and is_expected(row, meeting, ())]


def meetings_for(
    participation: Participation, among: QuerySet[Meeting], functions: Collection[str] = tuple(Function)
) -> list[Meeting]:
    mentorships = () if participation.is_participant else mentorships_of([participation.pk])[participation.pk]
    return [
        meeting
        for meeting in among
        if not set(functions).isdisjoint(functions_asked(participation, meeting, mentorships))
    ]


def mentorships_of(participations: Collection[int]) -> dict[int, list[GroupMentor]]:
    """Return the mentorships by organisation, ready for `supports`, `is_expected` and `theme_of`."""
    rows = GroupMentor.objects.filter(participation__in=participations).select_related("group")
    mentorships: dict[int, list[GroupMentor]] = defaultdict(list)
    for row in rows.prefetch_related("meetings"):
        mentorships[row.participation_id].append(row)
    return mentorships


def theme_of(mentorship: GroupMentor) -> str:
    """Return the themes of the meetings the mentor has chosen, else the one it wishes; empty if it supports all."""
    return BETWEEN.join(dict.fromkeys(map(label_of, mentorship.meetings.all()))) or mentorship.wished_theme


def label_of(meeting: Meeting) -> str:
    """Return the words by which mentors share the lärandeträffar: the theme, or the name of one without."""
    return meeting.theme or meeting.name


def learning_of(group: Group) -> list[Meeting]:
    """Return the group's lärandeträffar that are not cancelled: its mentors choose among these."""
    learning = Meeting.objects.learning().filter(cohort=group.cohort_id)
    return [meeting for meeting in learning if is_of_group(meeting, group.pk)]


def meetings_on(theme: str, group_id: int, meetings: Iterable[Meeting]) -> list[Meeting]:
    """Return the group's lärandeträffar on the theme, as `theme_of` writes it; none if one of several is unknown."""
    labels: dict[str, list[Meeting]] = defaultdict(list)
    for meeting in meetings:
        if _is_shared_out(meeting) and is_of_group(meeting, group_id):
            labels[folded(label_of(meeting))].append(meeting)
    wanted = [folded(theme)] if folded(theme) in labels else [folded(part) for part in theme.split(BETWEEN)]
    return [meeting for part in wanted for meeting in labels[part]] if all(part in labels for part in wanted) else []


def delegates_at(meeting: Meeting, today: date, *, also: int | None = None) -> QuerySet[Delegate]:
    """Return the representatives on its day, before it those of today; `also` adds a seat that may have ended."""
    there = Delegate.objects.filter(
        _asked_at(meeting),
        participation__in=organisations_at(meeting).order_by().values("pk"),
        function__in=functions_for(meeting),
    ).current(min(today, meeting.starts_on))
    return there if also is None else there | Delegate.objects.filter(pk=also)


def _asked_at(meeting: Meeting) -> Q:
    """Match the representatives whose function is among `functions_asked`, where their organisation is expected."""
    if not _is_shared_out(meeting):
        return Q()
    mentorships = GroupMentor.objects.filter(participation=OuterRef("participation"))
    supporting = _of_group(mentorships, meeting).filter(Q(meetings=meeting) | Q(meetings=None, wished_theme=""))
    whole = Q(participation__role=Role.PARTICIPANT) | Q(Exists(supporting)) | Q(~Exists(mentorships))
    return whole | Q(function=Function.STRATEGIST)


def seats_at(roles: Roles, meeting: Meeting) -> Iterator[Seat]:
    """Yield the person's seats that may read what was said at the meeting, whatever their function.

    A mentor reads all its groups' meetings, also those that another mentor has chosen. An organisation that has left
    reads what was before that. `MeetingQuerySet.read_by` is the same rule for the database.
    """
    for seat in roles.seats:
        if seat.cohort_id != meeting.cohort_id or seat.participation.has_left_by(meeting.starts_on):
            continue
        if not seat.is_mentoring:
            within = _is_for_participant(meeting, seat.group_id)
        else:
            within = meeting.group_id is None or meeting.group_id in roles.mentored_group_ids
        if within:
            yield seat


def seats_asked_to(roles: Roles, meeting: Meeting) -> list[Seat]:
    return [
        seat
        for seat in roles.seats
        if not seat.has_left
        and seat.function in functions_asked(seat.participation, meeting, _mentorships(roles, seat))
    ]


def _mentorships(roles: Roles, seat: Seat) -> Sequence[GroupMentor]:
    if not seat.is_mentoring:
        return ()
    prefetch_related_objects(roles.mentorships, "meetings")  # queries once: the roles keep the result
    return [row for row in roles.mentorships if row.participation_id == seat.participation_id]


def meetings_of(roles: Roles) -> list[Meeting]:
    """Return the meetings that the person is asked to and all in omgångar they evaluate; for SKR, those of the
    omgångar that the person is the contact of, but for rehearsals: a calendar is read outside Modell."""
    meetings = Meeting.objects.read_by(roles).select_related("cohort").order_by("starts_on", "pk")
    if roles.is_skr:
        return list(meetings.filter(cohort__contact=roles.user_id, cohort__rehearsal=False))
    evaluated = roles.evaluated_cohort_ids
    own = meetings.filter(cohort__in=roles.cohort_ids | evaluated)
    return [meeting for meeting in own if meeting.cohort_id in evaluated or seats_asked_to(roles, meeting)]
