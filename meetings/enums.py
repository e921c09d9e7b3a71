from django.db.models import TextChoices


class MeetingKind(TextChoices):
    KICKOFF = "kickoff", "Uppstartskonferens"
    MENTOR_MEETING = "mentor_meeting", "Mentorsträff"
    STRATEGIST_MEETING = "strategist_meeting", "Strategträff"
    LEARNING_MEETING = "learning_meeting", "Lärandeträff"
    DEEP_DIVE = "deep_dive", "Fördjupning"
    RESULTS_CONFERENCE = "results_conference", "Resultatkonferens"


# The meetings before which organisations rate themselves.
ASSESSED = (MeetingKind.LEARNING_MEETING, MeetingKind.RESULTS_CONFERENCE)


class MeetingForm(TextChoices):
    PHYSICAL = "physical", "På plats"
    DIGITAL = "digital", "Digital"
