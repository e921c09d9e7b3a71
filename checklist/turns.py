"""The meetings before which an organisation rates itself, and how far it has come with each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from checklist.models import Assessment
from cohorts.models import Participation
from cohorts.roles import Roles
from meetings.models import Meeting
from modell.templatetags.swedish import day, in_words, sentence


@dataclass(frozen=True)
class Turn:
    """One meeting on the list: what is to be done, or was done, before it."""

    meeting: Meeting
    assessment: Assessment | None
    n_items: int
    today: date

    @property
    def is_done(self) -> bool:
        return self.assessment is not None and self.assessment.is_submitted

    @property
    def is_late(self) -> bool:
        return not self.is_done and self.meeting.assessment_due_on < self.today

    @property
    def is_early(self) -> bool:
        """Neither begun nor open yet: the page says when it opens, and asks nobody to begin."""
        return self.assessment is None and self.today < self.meeting.assessment_opens_on

    @property
    def is_full(self) -> bool:
        """Every moment has a value: what is left is to hand in."""
        return self.assessment is not None and self.assessment.rated == self.n_items

    @property
    def headline(self) -> str:
        if self.is_early:
            return f"Självskattningen inför {self.meeting} öppnar {day(self.meeting.assessment_opens_on)}"
        if self.assessment is None:
            return f"Dags för självskattningen inför {self.meeting}"
        if self.is_full:
            return f"Alla moment är skattade inför {self.meeting}"
        rated = self.assessment.rated
        words = sentence(in_words(rated)) if rated else "Inget"
        done = "skattade" if rated > 1 else "skattat"
        return f"{words} av {in_words(self.n_items)} moment är {done} inför {self.meeting}"


def turns_of(participation: Participation, roles: Roles, assessments: Iterable[Assessment]) -> list[Turn]:
    """In time's order. A mentor rates its own organisation outside meetings only; before a meeting that is
    called off nothing is begun."""
    if not participation.is_participant:
        return []
    meetings = Meeting.objects.visible_to(roles).assessed().concerning(participation).order_by("starts_on", "number")
    done = {one.meeting_id: one for one in assessments if one.meeting_id and one.part_id is None}
    n_items, today = len(participation.cohort.plan.items), timezone.localdate()
    asked = [meeting for meeting in meetings if meeting.pk in done or not meeting.is_cancelled]
    return [Turn(meeting, done.get(meeting.pk), n_items, today) for meeting in asked]


def due_turn(turns: Iterable[Turn]) -> Turn | None:
    """The first that is not handed in, of the meetings that have not been."""
    coming = (turn for turn in turns if turn.meeting.ends_on >= turn.today and not turn.meeting.is_cancelled)
    return next((turn for turn in coming if not turn.is_done), None)
