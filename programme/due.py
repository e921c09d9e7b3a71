"""What waits for a person: the assessment that is due, the report, the work of the groups they mentor."""

from dataclasses import dataclass
from datetime import date

from checklist.models import Assessment, AssessmentPlan
from checklist.turns import Turn
from cohorts.mentoring import supports
from cohorts.models import GroupMentor, Participation
from cohorts.roles import Roles
from meetings.models import Meeting


@dataclass(frozen=True)
class Due(Turn):
    """The next meeting's assessment of one organisation; `assessment` is None before it is begun."""

    participation: Participation

    @property
    def is_waiting(self) -> bool:
        return not self.is_done

    @property
    def headline(self) -> str:
        if self.assessment is None:
            return f"Dags att börja med självskattningen inför {self.meeting}."
        if self.is_done:
            return f"Självskattningen inför {self.meeting} är inlämnad."
        if self.is_full:
            return f"Alla moment är skattade. Lämna in inför {self.meeting}."
        return f"{super().headline}."


@dataclass(frozen=True)
class Mentored:
    """One organisation in a mentored group; `assessment` is the newest submitted one."""

    participation: Participation
    assessment: Assessment | None


@dataclass(frozen=True)
class MentoredGroup:
    """A group one mentors; `meeting` is the next lärandeträff that one supports there."""

    mentorship: GroupMentor
    members: list[Mentored]
    meeting: Meeting | None


def next_due(participation: Participation, meetings: list[Meeting], today: date) -> Due | None:
    """The first assessment not yet handed in whose meeting is among the coming ones, else the next, done or not.

    Of one that has left, or comes later, none is asked.
    """
    plan = AssessmentPlan.objects.filter(cohort=participation.cohort_id).select_related("checklist").first()
    if plan is None:
        return None
    assessments = {}
    for assessment in Assessment.objects.at_meetings().filter(participation=participation).with_progress():
        assessment.participation = participation  # the row with its cohort: who may submit is asked of it
        assessments[assessment.meeting_id] = assessment
    found = [
        Due(meeting, assessments.get(meeting.pk), len(plan.items), today, participation)
        for meeting in meetings
        if meeting.is_assessed and participation.is_active_on(meeting.starts_on)
    ]
    return next((due for due in found if not due.is_done), found[0] if found else None)


def mentored_groups(participation: Participation, meetings: list[Meeting], roles: Roles) -> list[MentoredGroup]:
    """The groups that a mentoring organisation has, with what there is to read before it meets them."""
    mentorships = list(participation.mentorships.select_related("group"))
    if not mentorships:
        return []
    members = Participation.objects.visible_to(roles).filter(
        group__in=[mentorship.group_id for mentorship in mentorships]
    )
    newest = newest_submitted(roles)
    participants = members.participants().select_related("organisation", "cohort")
    rows = [Mentored(row, newest.get(row.pk)) for row in participants]
    return [
        MentoredGroup(
            mentorship,
            [row for row in rows if row.participation.group_id == mentorship.group_id],
            next((meeting for meeting in meetings if meeting.is_learning and supports(mentorship, meeting)), None),
        )
        for mentorship in mentorships
    ]


def newest_submitted(roles: Roles) -> dict[int, Assessment]:
    """By organisation in the groups one mentors, the newest assessment handed in before a meeting."""
    assessments = (
        Assessment.objects.visible_to(roles)
        .submitted()
        .at_meetings()
        .filter(participation__group__in=roles.mentored_group_ids)
        .select_related("meeting")
        .order_by("meeting__starts_on", "pk")
    )
    return {assessment.participation_id: assessment for assessment in assessments}
