from django.db.models import TextChoices


class MeetingForm(TextChoices):
    PHYSICAL = "physical", "På plats"
    DIGITAL = "digital", "Digital"


class AgendaPart(TextChoices):
    """The people who meet in a part of the agenda: all together, or those with one function by themselves."""

    JOINT = "joint", "Alla tillsammans"
    POLITICIAN = "politician", "Politiker"
    MANAGER = "manager", "Chefer"
    STRATEGIST = "strategist", "Strateger"
    CONTRIBUTOR = "contributor", "Medverkande"
    MENTOR = "mentor", "Mentorer"
    BY_ORGANISATION = "by_organisation", "Varje organisation för sig"


class Whose(TextChoices):
    """The people whose time it is. Participants have asked for more of their own and less of SKR's."""

    EXCHANGE = "exchange", "Deltagarnas utbyte"
    SKR = "skr", "SKR berättar"
    MENTOR = "mentor", "Mentorn berättar"
    GUEST = "guest", "Gäst berättar"
    PAUSE = "pause", "Paus"


class HostPhase(TextChoices):
    """The time when a line of the organiser's checklist is done."""

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
    """The three things that the programme asks about after each meeting."""

    PLUS = "plus", "Plus"
    MINUS = "minus", "Minus"
    INTERESTING = "interesting", "Intressant"
