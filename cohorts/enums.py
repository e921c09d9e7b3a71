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


class MentorModel(TextChoices):
    """How an omgång shares its mentors; `NONE` is a model like the others, never something that is lacking."""

    PER_GROUP = "per_group", "En eller flera mentorer för varje grupp"
    BY_THEME = "by_theme", "En mentor för varje lärandeträff, efter tema"
    NONE = "none", "Utan mentorer"


class MentorAnswer(TextChoices):
    """What a former participant says of being a mentor."""

    YES = "yes", "Ja"
    MAYBE = "maybe", "Kanske"
    LATER = "later", "Inte förrän om ett år"
    NO = "no", "Nej"


class DecisionKind(TextChoices):
    """What a political decision of an organisation is about."""

    ENTRY = "entry", "Beslut om jämställdhetsintegrering"
    REAFFIRMED = "reaffirmed", "Bekräftat efter val"
    MENTORSHIP = "mentorship", "Beslut om mentorskap"


class InterestState(TextChoices):
    """An interest form on its way; who may move it where stands in `cohorts/interest/moves.py`."""

    DRAFT = "draft", "Påbörjad"
    SUBMITTED = "submitted", "Inskickad"
    ADMITTED = "admitted", "Antagen"
    WAITING = "waiting", "På väntelista"
    DECLINED = "declined", "Inte antagen"
    WITHDRAWN = "withdrawn", "Återtagen"


class Wish(TextChoices):
    """What matters most to an organisation when groups are formed."""

    NEARNESS = "nearness", "Nära oss"
    THEME = "theme", "Samma tema"
    PARTNER = "partner", "Tillsammans med vissa organisationer"
    NONE = "none", "Inget särskilt"
