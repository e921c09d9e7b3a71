from django.db.models import TextChoices


class OrganisationKind(TextChoices):
    KOMMUN = "kommun", "Kommun"
    REGION = "region", "Region"
    ASSOCIATION = "association", "Kommunalförbund"
    DISTRICT = "district", "Stadsdel"
    ADMINISTRATION = "administration", "Förvaltning"


class CohortKind(TextChoices):
    KOMMUNER = "kommuner", "Kommuner"
    REGIONER = "regioner", "Regioner"
    MIXED = "blandad", "Kommuner och regioner"


class ExpectedKind(TextChoices):
    EXPECTED = "expected", "Förväntat resultat"
    DESIRABLE = "desirable", "Önskvärt resultat"


class Role(TextChoices):
    """The role of an organisation in an omgång."""

    PARTICIPANT = "participant", "Deltagare"
    MENTOR = "mentor", "Mentor"
    SUPPORTING_MENTOR = "supporting_mentor", "Stödjande mentor"


class Status(TextChoices):
    ACTIVE = "active", "Deltar"
    COMPLETED = "completed", "Har fullföljt"
    WITHDRAWN = "withdrawn", "Har lämnat"


class MentorNext(TextChoices):
    YES = "yes", "Ja"
    MAYBE = "maybe", "Kanske"
    NO = "no", "Nej"


class Function(TextChoices):
    """The task of a person for their organisation in the programme; their rights follow from it."""

    POLITICIAN = "politician", "Politiker"
    MANAGER = "manager", "Chef"
    STRATEGIST = "strategist", "Strateg"
    CONTRIBUTOR = "contributor", "Medverkande"


class ContactTask(TextChoices):
    """The task at SKR of one whom an omgång may ask beside its project leader, who is its contact."""

    SUPPORT = "support", "Administrativt stöd"
    COMMUNICATION = "communication", "Kommunikationsstrateg"


class MentorModel(TextChoices):
    """The way an omgång shares its mentors. `NONE` is a model like the others, not a missing value."""

    PER_GROUP = "per_group", "En eller flera mentorer för varje grupp"
    BY_THEME = "by_theme", "En mentor för varje lärandeträff, efter tema"
    NONE = "none", "Utan mentorer"
