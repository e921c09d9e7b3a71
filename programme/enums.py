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


class Matter(TextChoices):
    """What a task is about, in the order a list of them is read."""

    RATING = "rating", "Enskild skattning"
    ANSWER = "answer", "Svar på inbjudan"
    PREPARATION = "preparation", "Förberedelser"
    ASSESSMENT = "assessment", "Självskattning"
    PRESENTATION = "presentation", "Presentation"
    AGREEMENT = "agreement", "Överenskommelser"
    QUERY = "query", "Frågor från SKR"
    REOPENING = "reopening", "Begäran om att öppna igen"
    REPORT = "report", "Resultatrapport"
    APPROVAL = "approval", "Godkännande av rapporten"
    COMPOSITION = "composition", "Representanter"
    MENTOR = "mentor", "Mentorns uppdrag"
    HOST = "host", "Värdskap"
    ATTENDANCE = "attendance", "Närvaro"
    INTEREST = "interest", "Intresseanmälningar"
    LETTER = "letter", "Antagningsbrev"
    MAIL = "mail", "Mejl"
    MEETING = "meeting", "Träffar"


class TaskState(TextChoices):
    """A task is derived, never stored; `DONE` is what one has seen to already and may want to see again."""

    DUE = "due", "Att göra"
    LATE = "late", "Sent"
    DONE = "done", "Klart"


class RuleKind(TextChoices):
    """What the process leader may decide before groups are proposed."""

    STAY = "stay", "Stannar i sin grupp"
    TOGETHER = "together", "Hålls ihop"
    APART = "apart", "Hålls isär"
