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
    """What an organisation is in an omgång."""

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
    """What a person does for their organisation in the programme; their rights follow from it."""

    POLITICIAN = "politician", "Politiker"
    MANAGER = "manager", "Chef"
    STRATEGIST = "strategist", "Strateg"
    CONTRIBUTOR = "contributor", "Medverkande"
