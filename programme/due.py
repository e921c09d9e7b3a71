"""What waits for a person: the assessment that is due, the report, the work of the groups they mentor."""

from dataclasses import dataclass
from datetime import date

from checklist.models import Assessment, AssessmentPlan
from checklist.turns import Turn
from cohorts.enums import Status
from cohorts.mentoring import supports
from cohorts.models import GroupMentor, Participation
from cohorts.roles import Roles
from meetings.models import Meeting
from modell.templatetags.swedish import day
from programme.enums import Matter
from programme.following.task import key_of


@dataclass(frozen=True)
class Due(Turn):
    """The next meeting's assessment of one organisation; `assessment` is None before it is begun."""

    participation: Participation

    @property
    def is_waiting(self) -> bool:
        return not (self.is_done or self.is_early)

    @property
    def headline(self) -> str:
        if self.assessment is None and not self.is_early:
            return f"Dags att börja med självskattningen inför {self.meeting}."
        if self.is_done:
            return f"Självskattningen inför {self.meeting} är inlämnad."
        if self.is_full:
            return f"Alla moment är skattade. Lämna in inför {self.meeting}."
        return f"{super().headline}."

    @property
    def lead(self) -> str:
        if self.is_done:
            return ""
        last_day = day(self.meeting.assessment_due_on)
        if self.is_late:
            return f"Den skulle ha varit inlämnad {last_day}. Det går bra att lämna in nu."
        return f"Lämna in senast {last_day}."


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


@dataclass(frozen=True)
class Head:
    """What the start page says first."""

    title: str
    lead: str = ""


def head_of(
    participation: Participation, due: Due | None, own_ratings: list[Assessment], mentored: list[MentoredGroup]
) -> Head:
    if due:
        return Head(due.headline, due.lead)
    if own_ratings:
        return Head("Ni skattar var för sig, och enas sedan.")
    if mentored:
        return Head("Det här kan du läsa inför nästa träff.")
    if not participation.is_participant:
        lead = "Processledaren på SKR sätter ihop grupperna. Här får du sedan läsa det som gruppen har lämnat in."
        return Head("Ni är mentor, men har ingen grupp än.", lead)
    if participation.status == Status.WITHDRAWN:
        return Head("Ni har lämnat omgången.", "Det ni har gjort finns kvar och är ert.")
    return Head("Ingen självskattning väntar just nu.")


def told_above(due: Due | None, own_ratings: list[Assessment]) -> list[str]:
    """The tasks that have a card of their own on the start page, so that its list of tasks leaves them out."""
    told = [key_of(Matter.RATING, one.participation_id, one.pk) for one in own_ratings]
    if due and due.is_waiting:
        told.append(key_of(Matter.ASSESSMENT, due.participation.pk, due.meeting.pk))
    return told


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
