from django.db.models import TextChoices


class MeetingKind(TextChoices):
    KICKOFF = "kickoff", "Uppstartskonferens"
    MENTOR_MEETING = "mentor_meeting", "Mentorträff"
    STRATEGIST_MEETING = "strategist_meeting", "Strategträff"
    LEARNING_MEETING = "learning_meeting", "Lärandeträff"
    DEEP_DIVE = "deep_dive", "Fördjupning"
    RESULTS_CONFERENCE = "results_conference", "Resultatkonferens"


# The meetings before which organisations rate themselves.
ASSESSED = (MeetingKind.LEARNING_MEETING, MeetingKind.RESULTS_CONFERENCE)


class MeetingForm(TextChoices):
    PHYSICAL = "physical", "På plats"
    DIGITAL = "digital", "Digital"


class AgendaPart(TextChoices):
    """Who meets in a part of the agenda: all together, or those with one function, each by themselves."""

    JOINT = "joint", "Alla tillsammans"
    POLITICIAN = "politician", "Politiker"
    MANAGER = "manager", "Chefer"
    STRATEGIST = "strategist", "Strateger"
    CONTRIBUTOR = "contributor", "Medverkande"
    MENTOR = "mentor", "Mentorer"
    BY_ORGANISATION = "by_organisation", "Varje organisation för sig"


class Whose(TextChoices):
    """Whose time it is: participants have asked for more of their own and less of SKR's."""

    EXCHANGE = "exchange", "Deltagarnas utbyte"
    SKR = "skr", "SKR berättar"
    MENTOR = "mentor", "Mentorn berättar"
    GUEST = "guest", "Gäst berättar"
    PAUSE = "pause", "Paus"


class HostPhase(TextChoices):
    """When something on the organiser's checklist is done."""

    BEFORE = "before", "Före"
    DURING = "during", "Under"
    AFTER = "after", "Efter"


class MaterialKind(TextChoices):
    PRESENTATION = "presentation", "Presentation"
    MATERIAL = "material", "Material"
    DOCUMENTATION = "documentation", "Dokumentation"


class Rsvp(TextChoices):
    YES = "yes", "Kommer"
    NO = "no", "Kommer inte"


class ImpressionKind(TextChoices):
    """Plus – Minus – Intressant, as the programme asks after each meeting."""

    PLUS = "plus", "Plus"
    MINUS = "minus", "Minus"
    INTERESTING = "interesting", "Intressant"
