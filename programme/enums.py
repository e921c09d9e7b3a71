from django.db.models import TextChoices

from meetings.enums import MeetingKind


class StepKind(TextChoices):
    """What a step of an edition becomes in an omgång: a meeting of a kind, or a period between meetings."""

    KICKOFF = MeetingKind.KICKOFF.value, MeetingKind.KICKOFF.label
    MENTOR_MEETING = MeetingKind.MENTOR_MEETING.value, MeetingKind.MENTOR_MEETING.label
    STRATEGIST_MEETING = MeetingKind.STRATEGIST_MEETING.value, MeetingKind.STRATEGIST_MEETING.label
    LEARNING_MEETING = MeetingKind.LEARNING_MEETING.value, MeetingKind.LEARNING_MEETING.label
    DEEP_DIVE = MeetingKind.DEEP_DIVE.value, MeetingKind.DEEP_DIVE.label
    RESULTS_CONFERENCE = MeetingKind.RESULTS_CONFERENCE.value, MeetingKind.RESULTS_CONFERENCE.label
    HOME_WORK = "home_work", "Arbete på hemmaplan"
    REPORTING = "reporting", "Resultatrapporten skrivs"

    @property
    def is_period(self) -> bool:
        return self in (StepKind.HOME_WORK, StepKind.REPORTING)
