"""When an organisation is asked what it wants to reach itself: from some time before its omgång begins."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from cohorts.models import Participation
from improvements.models import OwnGoal
from meetings.kinds import MeetingKind
from meetings.models import Meeting
from meetings.whom import is_expected

ASKED_BEFORE = timedelta(days=30)


def kickoff_of(participation: Participation) -> Meeting | None:
    return _kickoff(participation, participation.cohort.meetings.taking_place())


def without_goals(participations: Sequence[Participation], today: date) -> Mapping[int, Meeting]:
    """Return the kickoff of each participant that has no goal and is asked for one by now, by its key."""
    asked = [row for row in participations if row.is_participant]
    with_goals = set(OwnGoal.objects.filter(participation__in=asked).values_list("participation", flat=True))
    lacking = [row for row in asked if row.pk not in with_goals]
    meetings = defaultdict(list)
    for meeting in Meeting.objects.taking_place().filter(cohort__in={row.cohort_id for row in lacking}):
        meetings[meeting.cohort_id].append(meeting)
    kickoffs = {row.pk: _kickoff(row, meetings[row.cohort_id]) for row in lacking}
    return {pk: meeting for pk, meeting in kickoffs.items() if meeting and today >= meeting.starts_on - ASKED_BEFORE}


def _kickoff(participation: Participation, meetings: Iterable[Meeting]) -> Meeting | None:
    """Return the meeting that opens the omgång, or the first that the organisation comes to where it has none."""
    its = [meeting for meeting in meetings if is_expected(participation, meeting, ())]
    return min(its, key=_how_early, default=None)


def _how_early(meeting: Meeting) -> tuple[bool, date, int]:
    return not MeetingKind(meeting.kind).facts.is_opening, meeting.starts_on, meeting.pk
