"""Values that the start page prints: the assessment that is due, and the groups a mentor supports."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assessments.models import Assessment, AssessmentPlan
from assessments.turns import Turn
from cohorts.duty import Matter, key_of
from cohorts.enums import Status
from cohorts.models import GroupMentor, Participation
from cohorts.roles import Roles
from kit.templatetags.swedish import day, weekday_and_day
from meetings.models import Meeting
from meetings.whom import mentorships_of, supports, theme_of


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
            return f"Det är dags att börja med självskattningen inför {self.meeting}."
        if self.is_done:
            return f"Självskattningen inför {self.meeting} är inlämnad."
        if self.is_full:
            return f"Alla moment är skattade. Lämna in inför {self.meeting}."
        return super().headline

    @property
    def lead(self) -> str:
        if self.is_done:
            return ""
        last_day = day(self.meeting.assessment_due_on)
        if self.is_late:
            return f"Sista dag var {last_day}. Ni kan fortfarande lämna in."
        return f"Lämna in senast {last_day}."


@dataclass(frozen=True)
class MentoredOrganisation:
    """One organisation in a mentored group; `assessment` is the newest submitted one."""

    participation: Participation
    assessment: Assessment | None


@dataclass(frozen=True)
class MentoredGroup:
    """A group with a mentor; `meeting` is the next lärandeträff that the mentor supports there."""

    mentorship: GroupMentor
    members: list[MentoredOrganisation]
    meeting: Meeting | None

    @property
    def theme(self) -> str:
        return theme_of(self.mentorship)


@dataclass(frozen=True)
class Head:
    """The heading of the start page, with the sentence under it."""

    title: str
    lead: str = ""


def head_of(
    participation: Participation,
    due: Due | None,
    own_ratings: list[Assessment],
    mentored: list[MentoredGroup],
    meetings: Sequence[Meeting],
    today: date,
) -> Head:
    """Return the heading; `meetings` are the coming ones that the reader is asked to, the nearest first."""
    if not participation.cohort.is_open(today) and participation.is_participant:
        return Head("Omgången är avslutad.", "Det ni har gjort finns kvar och är ert.")
    if due and due.is_early and meetings:
        # Weeks before it opens, the work at home and the next meeting are what is near.
        return Head(
            f"Nästa träff är {weekday_and_day(meetings[0].starts_on)}: {meetings[0].name}.",
            f"{due.headline} {due.lead}",
        )
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


def keys_with_a_card(due: Due | None, own_ratings: list[Assessment]) -> list[str]:
    """Return the keys of the tasks that have a card of their own, so that the list below can leave them out."""
    keys = [key_of(Matter.RATING, rating.participation_id, rating.pk) for rating in own_ratings]
    if due and due.is_waiting:
        keys.append(key_of(Matter.ASSESSMENT, due.participation.pk, due.meeting.pk))
    return keys


def next_due(participation: Participation, meetings: list[Meeting], today: date) -> Due | None:
    """Return the first assessment that is not handed in, or the next meeting's if all are; None if there is none."""
    if not participation.is_asked(today):
        return None
    plan = AssessmentPlan.objects.filter(cohort=participation.cohort_id).select_related("checklist").first()
    if plan is None:
        return None
    assessments = {}
    for assessment in Assessment.objects.at_meetings().filter(participation=participation).with_progress():
        assessment.participation = participation  # this row has its cohort, which the permission to submit reads
        assessments[assessment.meeting_id] = assessment
    dues = [
        Due(meeting, assessments.get(meeting.pk), len(plan.items), today, True, participation)
        for meeting in meetings
        if meeting.is_assessed
    ]
    return next((due for due in dues if not due.is_done), dues[0] if dues else None)


def mentored_groups(participation: Participation, meetings: list[Meeting], roles: Roles) -> list[MentoredGroup]:
    mentorships = mentorships_of([participation.pk])[participation.pk]
    if not mentorships:
        return []
    members = Participation.objects.visible_to(roles).filter(
        group__in=[mentorship.group_id for mentorship in mentorships]
    )
    newest = newest_submitted(roles)
    participants = members.participants().select_related("organisation", "cohort")
    rows = [MentoredOrganisation(row, newest.get(row.pk)) for row in participants]
    return [
        MentoredGroup(
            mentorship,
            [row for row in rows if row.participation.group_id == mentorship.group_id],
            next((meeting for meeting in meetings if meeting.is_learning and supports(mentorship, meeting)), None),
        )
        for mentorship in mentorships
    ]


def newest_submitted(roles: Roles) -> dict[int, Assessment]:
    """Return the newest assessment handed in before a meeting, by participation in the groups the reader mentors."""
    assessments = (
        Assessment.objects.visible_to(roles)
        .submitted()
        .at_meetings()
        .filter(participation__group__in=roles.mentored_group_ids)
        .select_related("meeting")
        .order_by("meeting__starts_on", "pk")
    )
    return {assessment.participation_id: assessment for assessment in assessments}
