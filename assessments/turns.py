"""Meetings before which an organisation rates itself, and how far it has come with each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from assessments.models import Assessment
from cohorts.models import Participation
from cohorts.roles import Roles
from kit.templatetags.swedish import day, in_words, sentence
from meetings.models import Meeting
from meetings.whom import meetings_for


@dataclass(frozen=True)
class Turn:
    """One meeting on the list, with the assessment before it if the organisation has begun one."""

    meeting: Meeting
    assessment: Assessment | None
    n_items: int
    today: date
    is_asked: bool

    @property
    def is_done(self) -> bool:
        return self.assessment is not None and self.assessment.is_submitted

    @property
    def is_late(self) -> bool:
        return self.is_asked and not self.is_done and self.meeting.assessment_due_on < self.today

    @property
    def is_early(self) -> bool:
        return self.assessment is None and self.today < self.meeting.assessment_opens_on

    @property
    def is_full(self) -> bool:
        return self.assessment is not None and self.assessment.rated == self.n_items

    @property
    def headline(self) -> str:
        if self.is_early:
            return f"Självskattningen inför {self.meeting} öppnar {day(self.meeting.assessment_opens_on)}."
        if self.assessment is None:
            return f"Det är dags för självskattningen inför {self.meeting}."
        if self.is_full:
            return f"Alla moment är skattade inför {self.meeting}."
        rated = self.assessment.rated
        words = sentence(in_words(rated)) if rated else "Inget"
        done = "skattade" if rated > 1 else "skattat"
        return f"{words} av {in_words(self.n_items)} moment är {done} inför {self.meeting}."


def turns_of(participation: Participation, roles: Roles, assessments: Iterable[Assessment]) -> list[Turn]:
    # A mentor rates its own organisation only outside meetings.
    if not participation.is_participant:
        return []
    assessed = Meeting.objects.visible_to(roles).assessed().order_by("starts_on", "number")
    done = {
        assessment.meeting_id: assessment
        for assessment in assessments
        if assessment.meeting_id and assessment.part_id is None
    }
    n_items, today = len(participation.cohort.plan.items), timezone.localdate()
    meetings = meetings_for(participation, assessed.filter(cohort=participation.cohort_id))
    # Nothing is begun before a meeting that is called off.
    asked = [meeting for meeting in meetings if meeting.pk in done or not meeting.is_cancelled]
    is_asked = participation.is_asked(today)
    return [Turn(meeting, done.get(meeting.pk), n_items, today, is_asked) for meeting in asked]


def due_turn(turns: Iterable[Turn]) -> Turn | None:
    # A meeting that is over or called off asks for nothing.
    coming = (
        turn for turn in turns if turn.is_asked and turn.meeting.ends_on >= turn.today and not turn.meeting.is_cancelled
    )
    return next((turn for turn in coming if not turn.is_done), None)
